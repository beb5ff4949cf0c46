"""Fixtures that several tests of `db` share."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db import engine
from db.tables.volunteers import VolunteerRow
from domain.people import Actor
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.helpers import on_call, with_account
from tests.support.rolls import taken_in


@pytest.fixture
def doctors(cast: Cast, clock: TestClock) -> list[Actor]:
    """Eight volunteers who sign in: doctor0 is the primary, doctor1 the backup, all in daytime."""
    with engine.write() as session:
        actors = [
            with_account(session, clock.now, f"doctor{n}", building_id=cast.building_one)
            for n in range(8)
        ]
        session.flush()
        keys = list(session.scalars(select(VolunteerRow.id).order_by(VolunteerRow.id)))
        on_call(session, clock.now - timedelta(hours=1), 24 * 7, keys[:2])
    return actors


@pytest.fixture
def taken(cast: Cast, clock: TestClock) -> None:
    """Estate one has its small roll."""
    taken_in(clock.now, cast.estate_one)
