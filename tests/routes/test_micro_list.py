"""The public micro-list: its numbers and their lists, and nothing that nobody reviewed."""

import pytest
from httpx import Response
from lxml.html import HtmlElement
from sqlalchemy import select
from starlette.testclient import TestClient

from db import engine, publishing, telling
from db.tables import Report
from tests.routes.test_board import published
from tests.support import stories
from tests.support.cast import PASSWORD, Cast
from tests.support.clock import TestClock
from tests.support.html import Seen, faults

# What is asked here is what a page shows, and not how a database answers.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def numbers(seen: Seen) -> dict[str, list[str]]:
    """Each category's numbers: filed, under way, struck off."""
    return {
        row.xpath("string(th)"): [cell.text_content() for cell in row.xpath("td")]
        for row in seen.root.xpath("//tbody/tr")
    }


def test_before_it_is_reviewed_a_matter_shows_neither_words_nor_place(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    stories.report(cast, clock.now, "王阿姨家的电梯坏了，住3号楼502")
    page = web.get("/list")
    seen = Seen(page)
    assert faults(page) == []
    card = seen.text("//article")
    assert "社会服务 电梯维修 提事" in card
    assert "时限 3月9日" in card
    hidden = ["王阿姨", "3号楼", "一小区", "林一", *(p.name for p in cast.people.values())]
    assert [word for word in hidden if word in page.text] == []


def test_every_number_opens_the_list_that_it_counts_to_the_day_of_striking_off(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    code = published(cast, clock.now)
    stories.report(cast, clock.now, "另一件")
    clock.forward(days=4)
    publishing_closed(cast, clock, code)
    page = web.get("/list")
    assert numbers(Seen(page))["社会服务"] == ["2", "1", "1"]
    for link, n in ((link.get("href"), int(link.text)) for link in _links(page)):
        listed = web.get(link)
        assert len(Seen(listed).root.xpath("//article")) == n, link
        assert faults(listed) == []
    card = Seen(web.get("/list?service=social&shelf=closed")).text("//article")
    for word in ("三号楼电梯已检修", "已解决", "时限", "办结", "已销号 3月"):
        assert word in card
    assert numbers(Seen(web.get("/list?year=2025")))["社会服务"] == ["0", "0", "0"]
    english = web.get("/list?lang=en")
    assert "Struck off" in english.text
    assert faults(english) == []


def test_the_printed_list_asks_for_a_sign_in_and_comes_on_two_sizes(
    web: TestClient, cast: Cast, clock: TestClock
) -> None:
    published(cast, clock.now)
    assert web.get("/print/list").status_code == 303
    web.post("/signin", data={"login": "viewer", "password": PASSWORD})
    for paper, asked in (("a4", ""), ("a3", "?paper=A3"), ("a4", "?paper=../x")):
        sheet = web.get(f"/print/list{asked}")
        assert f'class="flow {paper}"' in sheet.text
        assert "三号楼电梯已检修" in sheet.text
        assert "王阿姨" not in sheet.text


def publishing_closed(cast: Cast, clock: TestClock, code: str) -> None:
    """Two calls that reached nobody, then closed."""
    with engine.read() as session:
        report = session.scalars(select(Report.id).order_by(Report.id)).first() or 0
    for _ in range(2):
        telling.contact(
            cast.secretary, clock.now, code, report_id=report, purpose="rating", reached=False
        )
    publishing.close(cast.secretary, clock.now, code)


def _links(page: Response) -> list[HtmlElement]:
    found: list[HtmlElement] = Seen(page).root.xpath("//tbody//a")
    return found
