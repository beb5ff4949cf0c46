"""Pages in Chromium as a person waits for them: Today, and what residents open on their phones."""

import statistics
import time
from collections.abc import Callable, Mapping
from functools import partial

from _pytest.outcomes import Skipped
from playwright.sync_api import Browser, BrowserContext, Page

from tests.bench.goals import Measured
from tests.bench.ground import Ground
from tests.bench.page_list import SESSION_COOKIE
from tests.support.browser import chromium

TITLE = "Today and the public pages in Chromium (goal 11)"
WARM, COLD, KILOBYTES = 1.5, 0.25, 60.0
PUBLIC = ("/report", "/board", "/follow", "/help", "/ballot", "/guide")
READY = (
    "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
)
REPEATS = 15  # each takes seconds


def run(ground: Ground) -> list[Measured]:
    """Load in turns: Today and an empty page warm, public pages and an empty one cold."""
    try:
        with chromium() as browser:
            return _run(ground, browser)
    except Skipped as missing:
        return [Measured(11, "pages in Chromium", WARM, None, str(missing))]


def _run(ground: Ground, browser: Browser) -> list[Measured]:
    ours, empty = ground.server("large").address, ground.server("stock").address
    repeats = 1 if ground.quick else min(REPEATS, ground.repeats)
    token = ground.visits["today (secretary)"][0].token
    signed_in, nobody = _device(browser), _device(browser)
    signed_in.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": ours}])
    warm = _turns(
        {
            "today": partial(_load, signed_in.new_page(), ours, READY),
            "stock": partial(_load, nobody.new_page(), empty, READY),
        },
        repeats,
    )
    doing = {"stock": partial(_cold, browser, empty, READY)}
    doing |= {path: partial(_cold, browser, ours + path, "main") for path in PUBLIC}
    cold = _turns(doing, repeats)
    first = statistics.median(cold.pop("stock"))
    ratios = {path: statistics.median(spent) / first for path, spent in cold.items()}
    sizes = {path: _size(browser, ours + path) / 1024 for path in PUBLIC}
    slowest, largest = max(ratios, key=ratios.__getitem__), max(sizes, key=sizes.__getitem__)
    today = statistics.median(warm["today"]) / statistics.median(warm["stock"])
    shown = f"{statistics.median(warm['today']) * 1000:.0f} ms"
    return [
        Measured(11, "Today, warm / stock-empty, warm", WARM, today, shown),
        Measured(11, "public page, cold / stock-empty, cold", COLD, ratios[slowest], slowest),
        Measured(11, "public page, kB", KILOBYTES, sizes[largest], largest),
    ]


def _device(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 1280, "height": 800})


def _turns(doing: Mapping[str, Callable[[], float]], repeats: int) -> dict[str, list[float]]:
    spent: dict[str, list[float]] = {name: [] for name in doing}
    for turn in range(repeats + 1):
        for name, load in doing.items():
            seconds = load()
            if turn:  # the first is the warm-up
                spent[name].append(seconds)
    return spent


def _load(page: Page, address: str, ready: str) -> float:
    """Seconds until the page stands."""
    begun = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(ready, state="attached")
    return time.perf_counter() - begun


def _cold(browser: Browser, address: str, ready: str) -> float:
    """As somebody who was never here: nothing is in the browser's cache."""
    context = _device(browser)
    spent = _load(context.new_page(), address, ready)
    context.close()
    return spent


def _size(browser: Browser, address: str) -> float:
    """Bytes that come over the line, all that the page loads included."""
    context = _device(browser)
    page = context.new_page()
    session = context.new_cdp_session(page)
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    session.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    context.close()
    return sum(received)
