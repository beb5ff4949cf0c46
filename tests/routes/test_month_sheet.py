"""The month's sheet: counts with what they are a part of, pictures that are public, thanks."""

import re

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from db import engine
from db.month_board import month_board
from db.photos import store
from db.tables import Case
from domain.closing import Outcome
from tests.routes.test_board import published
from tests.support import stories
from tests.support.cast import PASSWORD, Cast
from tests.support.clock import TestClock
from tests.support.pictures import photo


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_sheet_shows_what_was_published_in_the_month_with_its_denominators(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    code = published(cast, clock.now)
    published(cast, clock.now, "滑梯已加固。", words="滑梯松了", outcome=Outcome.PARTLY_SOLVED)
    stories.report(cast, clock.now, "王阿姨还在等")
    clock.forward(days=5)
    assert web.get("/print/month").status_code == 303
    web.post("/signin", data={"login": "secretary", "password": PASSWORD})
    sheet = web.get("/print/month")
    assert 'class="flow a4"' in sheet.text
    text = " ".join(re.sub(r"<[^>]+>", " ", sheet.text).split())
    for words in ("本月提出 3", "本月公示 2", "1 / 2", "三号楼电梯已检修", "滑梯已加固"):
        assert words in text
    assert "一号物业公司 ×2" in text
    hidden = ["王阿姨", "林一", *(person.name for person in cast.people.values())]
    assert [word for word in hidden if word in sheet.text] == []
    assert "data:image/jpeg" not in sheet.text
    show_photo(cast, clock, code)
    assert web.get("/print/month?paper=a3").text.count("data:image/jpeg") == 1
    before = web.get("/print/month?month=2026-02")
    assert "这个月还没有公示" in before.text
    assert web.get("/print/month?month=nonsense").status_code == 200


def show_photo(cast: Cast, clock: TestClock, code: str) -> None:
    """A public photo of how it was before."""
    with engine.write() as session:
        case_id = session.scalars(select(Case.id).where(Case.code == code)).one()
        store(session, photo(), clock.now, case_id=case_id, public=True)


def test_a_month_counts_by_the_communitys_days(cast: Cast, clock: TestClock) -> None:
    published(cast, clock.set("2026-03-28 23:59"))  # published on 31 March
    published(cast, clock.set("2026-03-29 00:00"), words="另一件")  # on 1 April
    march, april = (month_board(clock.now.date().replace(month=n, day=1)) for n in (3, 4))
    assert (march.raised, march.published, april.raised, april.published) == (2, 1, 0, 1)
    assert (march.solved.n, march.solved.of) == (1, 1)
