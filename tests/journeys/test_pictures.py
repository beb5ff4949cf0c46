"""Every page of the demo community as its people see it: no fault, and a picture for the docs.

With `DESK_PICTURES=1` each page is taken in both languages, light and dark, and the pictures in
`docs/screens` with their list `docs/screens.md` are made anew.
"""

import os
from collections.abc import Iterator
from io import BytesIO
from itertools import product

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from db import engine
from db.polls.reads import polls
from db.tables import Case, Place
from db.votes.reads import votes
from domain.moves import State
from domain.people import SYSTEM, Role
from pages.parts import go
from pages.parts.menu import standing
from tests.support.browser import PC, PHONE, Screen
from tests.support.clock import TestClock
from tests.support.need import ROOT
from tests.support.server import Server

pytestmark = pytest.mark.slow

MAKING = "DESK_PICTURES" in os.environ
PICTURES = ROOT / "docs" / "screens"
TALLEST = 1600  # px; what lies below is more of the same
QUALITY = 70

# Who looks at a page; everything else is the secretary's.
WHOSE = {
    "roll": Role.COMMITTEE,
    "tasks": Role.VOLUNTEER,
    "metrics": Role.VIEWER,
    "settings": Role.ADMINISTRATOR,
    "audit": Role.ADMINISTRATOR,
}
ON_PHONES = {"tasks", "visits"}
# Everybody sees a page in one of these ways, and in all of them when pictures are made.
WAYS = tuple(product(("zh-CN", "en"), ("light", "dark")))
PUBLIC = ("report", "board", "list", "help", "follow", "receipt")


def address_of(name: str, now: TestClock) -> str:
    """Where a page shows something: those that are about one thing are given one."""
    with engine.read() as session:
        case = session.scalar(select(Case.code).where(Case.state == State.RATING).limit(1))
    poll = polls(SYSTEM, now.now)[0].code
    vote = next(one.code for one in votes(SYSTEM, now.now) if one.published_at)
    about = {"case": {go.CASE: case}, "poll": {go.POLL: poll}, "vote": {go.VOTE: vote}}
    about["papers"] = about["vote"]
    asked = "&".join(f"{key}={value}" for key, value in about.get(name, {}).items())
    return f"/{name}?{asked}" if asked else f"/{name}"


@pytest.fixture
def address(demo_day: engine.Database, clock: TestClock) -> Iterator[str]:
    """The server on the demo community, at its day."""
    server = Server(demo_day.url.render_as_string(hide_password=False), clock.path)
    yield server.start().address
    server.remove()


def look(screen: Screen, name: str) -> None:
    """No error on the page, and nothing beside the screen."""
    screen.settle()
    expect(screen.page.get_by_test_id("stException")).to_have_count(0)
    screen.check_width()
    if MAKING:
        keep(screen, name)


def keep(screen: Screen, name: str) -> None:
    """The page as far as it is tall, small enough for the repository."""
    width = screen.page.evaluate("innerWidth")
    tall = screen.page.evaluate(
        "(document.querySelector('[data-testid=stMain]') || document.documentElement).scrollHeight"
    )
    screen.page.set_viewport_size({"width": width, "height": min(int(tall) + 40, TALLEST)})
    screen.page.wait_for_timeout(400)  # charts follow the new size
    picture = Image.open(BytesIO(screen.page.screenshot()))
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture.save(PICTURES / f"{name}.webp", quality=QUALITY, method=6)
    screen.page.set_viewport_size({"width": width, "height": PC["viewport"]["height"]})


def way_of(place: int) -> list[tuple[str, str]]:
    """One way of looking, another for the next page; all of them when pictures are made."""
    return list(WAYS) if MAKING else [WAYS[place % len(WAYS)]]


def test_every_signed_in_page_stands(browser: Browser, address: str, clock: TestClock) -> None:
    held: dict[tuple[Role, bool, str, str], Screen] = {}
    for place, entry in enumerate(standing()):
        role = WHOSE.get(entry.name, Role.SECRETARY)
        shape = PHONE if entry.name in ON_PHONES else PC
        for language, theme in way_of(place):
            screen = held.get((role, entry.name in ON_PHONES, language, theme))
            if screen is None:
                screen = Screen(browser, address, shape | {"color_scheme": theme}, language)
                screen.page.goto("/signin")
                screen.page.locator(f'button[value="{role.value}"]').click()
                held[role, entry.name in ON_PHONES, language, theme] = screen
            screen.go(address_of(entry.name, clock))
            if theme == "light":
                screen.check_axe()
            look(screen, f"{entry.name}_{language[:2]}_{theme}")
    for screen in held.values():
        # Streamlit looks for its server below the page's own address first.
        assert [fault for fault in screen.faults if "/_stcore/" not in fault] == []
        screen.close()


def test_every_public_page_stands(browser: Browser, address: str) -> None:
    with engine.read() as session:
        place = session.scalar(select(Place.code).limit(1))
    for number, name in enumerate(PUBLIC):
        for language, theme in way_of(number):
            screen = Screen(browser, address, PHONE | {"color_scheme": theme}, language)
            screen.go(f"/r/{place}" if name == "report" else f"/{name}")
            screen.check_axe()
            look(screen, f"public_{name}_{language[:2]}_{theme}")
            assert screen.faults == []
            screen.close()
    if MAKING:
        listed()


def listed() -> None:
    """The page that shows all pictures."""
    names = sorted({path.stem.rsplit("_", 2)[0] for path in PICTURES.glob("*.webp")})
    ways = [f"{language[:2]}_{theme}" for language, theme in WAYS]
    lines = [
        "# Screens",
        "",
        "Every page of the demo community, made by `tests/journeys/test_pictures.py`.",
        "",
        "| | 中文 | 中文，夜间 | English | English, dark |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name in names:
        shown = [f'<img src="screens/{name}_{way}.webp" width="240" alt="{name}">' for way in ways]
        lines.append(f"| {name} | {' | '.join(shown)} |")
    (ROOT / "docs" / "screens.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
