"""The Metrics page: figures with what they are made of, lists for readers, downloads."""

from io import BytesIO

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from db.estates import estates
from db.figures.lists import Listed, listed
from db.figures.made import make
from db.figures.reads import Wanted, overview
from documents.sheet_writing import write_csv, write_table
from domain.days import local_day
from domain.figure_words import TITLES, Figure
from locales import gettext
from pages.parts.metric_export import figures_table, list_header, list_row
from tests.pages.conftest import Open
from tests.pages.story import PHONE, WORDS, Story
from tests.support.cast import Cast
from tests.support.clock import TestClock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def figures(page: AppTest) -> dict[str, str]:
    """What each metric shows."""
    return {metric.label: metric.value for metric in page.metric}


def title(figure: Figure) -> str:
    return gettext(TITLES[figure])


def said(page: AppTest) -> str:
    """All words of the page, its buttons and help too."""
    shown = (page.markdown, page.caption, page.subheader, page.info, page.metric, page.text)
    words = [str(item.value) for group in shown for item in group]
    helps = [
        str(getattr(item, "help", "")) for group in (page.metric, page.button) for item in group
    ]
    return "\n".join([*words, *helps, *(button.label for button in page.button)])


def test_each_figure_opens_as_many_rows_as_it_counts(
    open_page: Open, cast: Cast, clock: TestClock, story: Story
) -> None:
    story.reported(once="1")
    story.accepted(once="2", text="楼道灯不亮")
    make(clock.now)
    page = open_page(cast.secretary, "metrics")
    assert not page.exception
    assert figures(page)[title(Figure.RECEIVED)] == "2"
    assert figures(page)[title(Figure.BACKLOG)] == "2"
    page.button(key="metric_received_due").click().run()
    assert page.query_params["list"] == "received.due"
    assert len(page.dataframe[0].value) == 2
    assert not page.metric
    page.button(key="metric_back").click().run()
    assert page.metric


def test_the_filter_stands_in_the_address(
    open_page: Open, cast: Cast, clock: TestClock, story: Story
) -> None:
    story.reported()
    make(clock.now)
    page = open_page(cast.secretary, "metrics")
    codes = {row.id: row.code for row in estates(cast.secretary)}
    for estate, n in ((cast.estate_one, "1"), (cast.estate_two, "0")):
        page.selectbox(key="metrics_estate").set_value(codes[estate]).run()
        assert page.query_params["estate"] == codes[estate]
        assert figures(page)[title(Figure.RECEIVED)] == n


def test_an_address_that_means_nothing_narrows_nothing(
    open_page: Open, cast: Cast, clock: TestClock, story: Story
) -> None:
    story.reported()
    make(clock.now)
    page = open_page(
        cast.secretary, "metrics", **{"from": "x", "to": "2999-01", "estate": "no", "list": "no.no"}
    )
    assert not page.exception
    assert figures(page)[title(Figure.RECEIVED)] == "1"


def test_a_viewer_sees_figures_without_lists_and_nothing_personal(
    open_page: Open, cast: Cast, clock: TestClock, story: Story
) -> None:
    story.published()
    make(clock.now)
    for address in ({}, {"list": "received.due"}, {"show": "charts"}, {"show": "people"}):
        page = open_page(cast.viewer, "metrics", **address)
        assert not page.exception
        assert page.metric or page.get("vega_lite_chart")
        assert not [b for b in page.button if (b.key or "").startswith("metric_")]
        for hidden in (WORDS, PHONE, PHONE[-4:], "林一"):
            assert hidden not in said(page)


def test_few_ratings_are_hidden_on_the_page_and_in_the_table(
    open_page: Open, cast: Cast, clock: TestClock, story: Story
) -> None:
    story.published()
    make(clock.now)
    page = open_page(cast.secretary, "metrics")
    assert figures(page)[title(Figure.SATISFIED)] == "–"
    this = local_day(clock.now).replace(day=1)
    found = overview(cast.secretary, clock.now, Wanted(this, this))
    _header, rows = figures_table(found)
    satisfied = [row for row in rows if row[1] == title(Figure.SATISFIED)]
    assert satisfied
    assert all(row[2] is None and row[4] is None for row in satisfied)


def test_a_downloaded_list_has_its_rows_and_its_filter_and_no_formula(
    cast: Cast, clock: TestClock, story: Story
) -> None:
    for once, words in (("1", "=1+1 电梯"), ("2", "路灯不亮")):
        story.reported(once=once, text=words)
    make(clock.now)
    this = local_day(clock.now).replace(day=1)
    page = listed(cast.secretary, clock.now, Wanted(this, this), Listed(Figure.RECEIVED))
    rows = [list_row(line, "zh_CN") for line in page.lines]
    sheet = write_table(list_header(), rows, sheet="数据", notes=["小区: 全部"])
    book = openpyxl.load_workbook(BytesIO(sheet))
    table = list(book["数据"].iter_rows(values_only=True))
    assert table[0][:2] == (gettext("Number"), gettext("Title"))
    assert len(table) == 1 + len(page.lines) == 3
    assert {str(row[1])[0] for row in table[1:]} == {"'", "路"}
    assert book["说明"]["A1"].value == "小区: 全部"
    plain = write_csv(list_header(), rows)
    assert plain.startswith(b"\xef\xbb\xbf")
    assert len(plain.decode("utf-8-sig").splitlines()) == 3


def test_the_figure_over_a_year_stands_in_the_address_and_opens_a_months_files(
    open_page: Open, cast: Cast, clock: TestClock, story: Story
) -> None:
    story.reported()
    make(clock.now)
    page = open_page(cast.secretary, "metrics", trend="received")
    assert page.selectbox(key="metrics_trend").value == Figure.RECEIVED
    page.selectbox(key="metrics_trend").set_value(Figure.DURATION).run()
    assert page.query_params["trend"] == "duration"
    assert not page.exception
    month = f"{local_day(clock.now):%Y-%m}"
    address = {"from": month, "to": month, "list": "received.due", "trend": "received"}
    page = open_page(cast.secretary, "metrics", **address)
    assert len(page.dataframe[0].value) == 1
    page = open_page(cast.secretary, "metrics", list="received.building999")
    assert not page.exception
    assert not page.dataframe
