"""An empty machine: the first visit, the demo community, and every page on both devices."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from db import accounts, engine
from domain.people import Actor, Role
from pages.parts.menu import entries_for
from tests.support.browser import PC, PHONE, RUN_SECONDS, Screen
from tests.support.clock import TestClock
from tests.support.server import Server
from tests.support.walk import looks_right, sees, zh

# Who works with what: these roles use a phone.
ON_PHONES = {Role.PROPERTY, Role.UNIT, Role.VOLUNTEER, Role.SQUAD_LEADER}
LOADED_WITHIN = 180_000  # a busy machine; how long it takes is a benchmark's business


def as_role(screen: Screen, role: Role) -> list[str]:
    """Sign in as a role of the demo by one click; returns the addresses of its pages."""
    screen.page.goto("/signin")
    with screen.page.expect_navigation():
        screen.page.locator(f'button[value="{role.value}"]').click()
    screen.settle()
    somebody = Actor(None, role.value, frozenset({role}))
    return [f"/{entry.name}" for entry in entries_for(somebody) if entry.listed]


@pytest.fixture
def empty_server(
    database: engine.Database, clock: TestClock, start_server: Callable[..., Server]
) -> Server:
    clock.set("2026-11-20 10:30")
    return start_server()


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_newcomer_loads_the_demo_and_looks_around_as_everybody(
    empty_server: Server, browser: Browser
) -> None:
    def screen(shape: dict[str, Any]) -> Screen:
        return Screen(browser, empty_server.address, shape)

    first = screen(PHONE)
    first.go("/")
    expect(first.page).to_have_url(f"{empty_server.address}/welcome")
    looks_right(first, "welcome_360")
    first.page.get_by_role("button", name=zh("Load the demo community")).click()
    expect(first.page.locator("progress")).to_be_visible()
    first.page.wait_for_url("**/signin", timeout=LOADED_WITHIN)
    looks_right(first, "signin_360")
    first.close()
    looked_at: set[tuple[str, bool]] = set()
    for role in Role:
        seen = screen(PHONE if role in ON_PHONES else PC)
        addresses = as_role(seen, role)
        assert addresses[0] == "/today"
        for address in addresses:
            # A page that another role has opened on such a device shows this one nothing new.
            if address != "/today" and (address, role in ON_PHONES) in looked_at:
                continue
            looked_at.add((address, role in ON_PHONES))
            seen.go(address)
            seen.page.locator("h1").first.wait_for(timeout=RUN_SECONDS * 1000)
            assert seen.page.get_by_test_id("stException").count() == 0
            looks_right(seen, f"demo_{role.value}_{address.strip('/')}")
        assert [fault for fault in seen.faults if "/_stcore/" not in fault] == []
        seen.close()
    assert empty_server.errors() == []


@pytest.mark.slow
def test_a_newcomer_starts_empty_with_the_code_that_the_server_printed(
    empty_server: Server, browser: Browser
) -> None:
    screen = Screen(browser, empty_server.address, PC)
    screen.go("/")
    printed = re.search(r"Set-up code:\s+(\S+)", empty_server.log)
    assert printed
    for name, text in (
        ("community", "河畔社区"),
        ("name", "管理员"),
        ("login", "admin"),
        ("password", "calamus-and-plum-163"),
        ("code", "AAAAA-AAAAA"),
    ):
        screen.page.locator(f"input[name={name}]").fill(text)
    screen.page.get_by_role("button", name=zh("Start"), exact=True).click()
    sees(screen, zh("Start empty"))
    assert not accounts.any_account()
    screen.page.locator("input[name=code]").fill(printed.group(1))
    screen.page.locator("input[name=password]").fill("calamus-and-plum-163")
    screen.page.get_by_role("button", name=zh("Start"), exact=True).click()
    screen.settle()
    sees(screen, zh("Today"))
    looks_right(screen, "first_today_1280")
    screen.close()
