"""Held back: what a flood brought is let in or discarded by a person, once."""

import pytest
from sqlalchemy import func, select

from db import intake
from db.engine import Database
from db.tables import Case, Channel
from domain.people import RESIDENT
from tests.pages.conftest import Open
from tests.support.cast import Cast
from tests.support.clock import TestClock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

WORDS = "**买** <b>便宜</b> http://x.example"


def held(cast: Cast, clock: TestClock, why: str, once: str) -> int:
    return intake.take_report(
        RESIDENT,
        clock.now,
        text=WORDS,
        channel=Channel.QR,
        place_code=cast.gate_code,
        held_for=why,
        once_key=once,
    ).report_id


def files(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


def test_each_says_why_it_waits_and_shows_the_words_as_words(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    for why in ("flood:address", "flood:place", "honeypot", "something new"):
        held(cast, clock, why, why)
    page = open_page(cast.social_worker, "held")
    assert not page.exception
    assert [item.value for item in page.text].count(WORDS) == 4
    reasons = [item.value for item in page.caption if ":material/shield:" in item.value]
    assert len(set(reasons)) == 4


def test_one_is_let_in_and_one_discarded(
    open_page: Open, cast: Cast, clock: TestClock, database: Database
) -> None:
    first = held(cast, clock, "flood:place", "a")
    second = held(cast, clock, "honeypot", "b")
    page = open_page(cast.social_worker, "held")
    page.button(key=f"held_in_{first}_save").click().run()
    assert [item.value for item in page.toast] == ["已保存"]
    assert files(database) == 1
    page.button(key=f"held_out_{second}_save").click().run()
    assert files(database) == 1
    assert page.success[0].value == "没有暂存的来件。"


def test_intake_says_that_something_waits(open_page: Open, cast: Cast, clock: TestClock) -> None:
    held(cast, clock, "honeypot", "a")
    page = open_page(cast.social_worker, "intake")
    assert [link for link in page.page_link if link.page.split("/")[-1].startswith("held")]
