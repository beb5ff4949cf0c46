"""Whoever sees figures alone sees nobody: on the page, its charts, its exports, the slides."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

import locales
from db.engine import read
from db.figures.reads import Wanted, months_before, overview
from db.tables import Account, Case, Report, Reporter
from db.tables.requests import RequestPerson
from db.tables.rounds import CarePerson
from db.tables.volunteers import VolunteerRow
from documents import council
from documents.monthly_report import monthly_report
from domain.days import local_day
from domain.people import Actor, Role
from pages.parts.metric_export import figures_table
from pages.parts.metric_filter import Chosen
from pages.parts.metric_report import facts_of
from routes.council_slides import slides_of
from tests.pages.conftest import Open
from tests.support.clock import TestClock

VIEWER = Actor(None, "访客", roles=frozenset({Role.VIEWER}))


def secrets() -> set[str]:
    """Names, numbers and residents' own words that the demo holds."""
    names = (Reporter.name, Account.name, VolunteerRow.name, CarePerson.name, RequestPerson.name)
    others = (Reporter.phone, CarePerson.phone, RequestPerson.phone, VolunteerRow.phone)
    others += (Report.text, Case.title)
    found: set[str] = set()
    with read() as session:
        for column in (*names, *others):
            found |= {value for value in session.scalars(select(column)) if value}
    return {value for value in found if len(value) > 1}


def drawn(page: AppTest) -> Iterator[str]:
    """All that goes to the browser, the data of charts and tables too."""
    yield str(page)
    for table in page.dataframe:
        yield table.value.to_string()
    for chart in page.get("vega_lite_chart"):
        yield chart.proto.SerializeToString().decode("utf-8", "ignore")


@pytest.mark.slow
@pytest.mark.usefixtures("demo_day")
def test_figures_charts_exports_and_slides_name_nobody(open_page: Open, clock: TestClock) -> None:
    hidden = secrets()
    assert len(hidden) > 300
    this = local_day(clock.now).replace(day=1)
    shown: dict[str, str] = {}
    for part in ("figures", "charts", "people"):
        page = open_page(VIEWER, "metrics", show=part, list="received.due")
        assert not page.exception
        assert len(page.metric) or len(page.get("vega_lite_chart"))
        shown[part] = "\n".join(drawn(page))
    assert "电梯" in shown["charts"]  # what is searched is what is drawn
    locales.use(locales.CHINESE)
    year = overview(VIEWER, clock.now, Wanted(months_before(this, 11), this))
    shown["export"] = str(figures_table(year))
    slides = list(slides_of(VIEWER, clock.now, this, year, "测试社区", locales.CHINESE))
    assert 8 <= len(slides) <= 10
    shown["slides"] = council.page(slides, "汇报", "测试社区", locales.CHINESE)
    facts = facts_of(VIEWER, clock.now, Wanted(this, this), Chosen(None, None, None), "测试社区")
    assert monthly_report(facts)
    shown["report"] = str(facts)
    for place, text in shown.items():
        assert {value for value in hidden if value in text} == set(), place
