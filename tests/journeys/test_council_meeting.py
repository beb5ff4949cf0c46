"""A council meeting: the figures narrowed and opened, a list taken along, the slides shown."""

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from playwright.sync_api import expect

from db.figures.made import make
from tests.pages.story import PHONE as NUMBER
from tests.pages.story import WORDS, Story
from tests.support.browser import Screen
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.walk import choose, looks_right, part, press, sees, zh

PROJECTOR = {"viewport": {"width": 1920, "height": 1080}}


def figures_are_opened(pc: Screen) -> None:
    """A filter, a click on a figure, and as many rows in the downloaded file."""
    pc.go("/metrics")
    sees(pc, zh("Files received"))
    looks_right(pc, "metrics_1280")
    choose(pc, "metrics_estate", "一小区")
    pc.page.wait_for_url("**estate=*")
    sees(pc, "3 件")
    press(pc, "metric_received_due")
    sees(pc, "共 3 行")
    with pc.page.expect_download() as download:
        part(pc, "metric_list_xlsx").locator("button, a").first.click()
    book = openpyxl.load_workbook(BytesIO(download.value.path().read_bytes()))
    table, notes = book.worksheets
    assert table.max_row == 1 + 3
    assert any("一小区" in str(row[0].value) for row in notes.iter_rows())
    looks_right(pc, "metrics_list_1280")


def slides_are_shown(projector: Screen) -> None:
    """From any page to the first slide by one click, and by the arrow key to the last."""
    projector.sign_in("viewer")
    projector.go("/today")
    link = projector.page.get_by_role("link", name=zh("Council view"))
    expect(link).to_be_visible()
    projector.page.goto(str(link.get_attribute("href")))
    slides = projector.page.locator("section")
    last = slides.count() - 1
    assert last >= 6
    told = ""
    for place in range(last + 1):
        expect(slides.nth(place)).to_be_visible()
        assert slides.locator("visible=true").count() == 1
        told += slides.nth(place).inner_text()
        fits = "slide => slide.scrollHeight <= innerHeight && slide.scrollWidth <= innerWidth"
        assert slides.nth(place).evaluate(fits), f"slide {place + 1} is cut"
        if place == 1:
            projector.shot("council_1920")
        projector.page.keyboard.press("ArrowRight")
    expect(slides.nth(last)).to_be_visible()
    projector.page.keyboard.press("Home")
    expect(slides.nth(0)).to_be_visible()
    projector.check_axe()
    for hidden in (WORDS, NUMBER, NUMBER[-4:], "林一"):
        assert hidden not in told


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_figures_are_opened_and_the_slides_go_from_first_to_last(
    cast: Cast, clock: TestClock, pc: Screen, open_screen: Callable[..., Screen]
) -> None:
    story = Story(cast, clock)
    story.published(once="1")
    story.reported(once="2", text="路灯不亮")
    story.accepted(once="3", text="楼道堆物")
    make(clock.now)
    pc.sign_in("secretary")
    figures_are_opened(pc)
    projector = open_screen(PROJECTOR)
    slides_are_shown(projector)
    faults = [one for one in (*pc.faults, *projector.faults) if "/_stcore/" not in one]
    assert faults == []
