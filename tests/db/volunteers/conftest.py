"""What the tests of volunteers share."""

import pytest

from db.engine import Database
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.squads import Squads, muster


@pytest.fixture
def squads(cast: Cast, database: Database, clock: TestClock) -> Squads:
    """A leader and two doctors of the health squad, and a guard."""
    return muster(cast, database, clock.now)
