"""A person at a signed-in page: fields by their keys, buttons by their words."""

import re
from contextlib import suppress

from playwright.sync_api import Locator, TimeoutError, expect

from locales import CHINESE, catalogue
from tests.support.browser import RUN_SECONDS, Screen

TRIES = 3
BEGINS_SECONDS = 0.6
RUNNING = "[data-testid=stApp][data-test-script-state=running]"


def zh(msgid: str) -> str:
    """The Chinese words of a text, as the page shows them."""
    text = catalogue(CHINESE).gettext(msgid)
    assert text != msgid, f"not translated: {msgid}"
    return text


def part(screen: Screen, key: str) -> Locator:
    """The element with that key; forms that were saved before have a number behind it."""
    return screen.page.locator(f'[class*="st-key-{key}"]').last


def write(screen: Screen, key: str, text: str) -> None:
    """Type into a text field and leave it."""
    field = part(screen, key).locator("input, textarea").first
    field.fill(text)
    field.press("Tab")
    screen.settle()


def choose(screen: Screen, key: str, words: str) -> None:
    """Choose from a list that opens, by typing; a run of the page may close it: open it again."""
    option = screen.page.get_by_role("option", name=re.compile(re.escape(words))).first
    for _again in range(TRIES):
        field = part(screen, key).locator("input").first
        field.click()
        field.fill(words)
        with suppress(TimeoutError):
            option.click(timeout=RUN_SECONDS * 1000 / TRIES)
            break
        screen.settle()
    else:
        raise AssertionError(f"{words} is not to be chosen at {key}")
    screen.settle()


def press(screen: Screen, key: str) -> None:
    """Press the button with that key."""
    part(screen, key).locator("button, a").filter(visible=True).first.click()
    with suppress(TimeoutError):  # a run begins a moment after the click, or is over already
        screen.page.wait_for_selector(RUNNING, timeout=BEGINS_SECONDS * 1000, state="attached")
    screen.settle()


def sees(screen: Screen, words: str) -> None:
    """Wait until these words stand on the page."""
    found = screen.page.get_by_text(words).filter(visible=True).first
    expect(found).to_be_visible(timeout=RUN_SECONDS * 1000)


def looks_right(screen: Screen, name: str) -> None:
    """No serious accessibility fault, not wider than the screen, and a picture of it."""
    screen.settle()
    # Streamlit 1.67 gives its toasts no name that axe accepts; they are gone after four seconds.
    expect(screen.page.get_by_test_id("stToast")).to_have_count(0, timeout=RUN_SECONDS * 1000)
    screen.check_axe()
    screen.check_width()
    screen.shot(name)
