"""Real Chromium, as a phone or a PC, with what goes wrong in it collected."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from tests.support.cast import PASSWORD
from tests.support.need import ROOT, program

ARTIFACTS = ROOT / "tests" / "artifacts"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
PC = {"viewport": {"width": 1280, "height": 800}}
RUN_SECONDS = 30


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    path = program("chromium", "chromium-browser", "google-chrome", package="chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


class Screen:
    """One person's device: a context of its own, one page, and the faults seen on it.

    Args:
        shape: `PHONE` or `PC`.
        script: False is a browser without JavaScript.
    """

    def __init__(
        self,
        browser: Browser,
        address: str,
        shape: dict[str, Any],
        language: str = "zh-CN",
        script: bool = True,
    ) -> None:
        self.context: BrowserContext = browser.new_context(
            base_url=address,
            locale=language,
            timezone_id="Asia/Shanghai",
            java_script_enabled=script,
            reduced_motion="reduce",
            **shape,
        )
        self.context.set_default_timeout(RUN_SECONDS * 1000)
        self.faults: list[str] = []
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))
        self.page: Page = self.context.new_page()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location.get("url", "")
            self.faults.append(f"console: {message.text} ({where})")

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        """Sign in by the form, as a person does."""
        self.page.goto("/signin")
        self.page.locator("input[name=login]").fill(login)
        self.page.locator("input[name=password]").fill(password)
        with self.page.expect_navigation():
            self.page.locator("input[name=password]").press("Enter")
        self.settle()

    def go(self, path: str) -> None:
        """Open an address and wait until its page stands."""
        self.page.goto(path)
        self.settle()

    def settle(self) -> None:
        """Wait until a signed-in page's script has run; plain pages stand at once."""
        app = self.page.locator("[data-testid=stApp]")
        self.page.wait_for_load_state()
        if "_stcore" in self.page.content() or app.count():
            expect(app).to_have_attribute(
                "data-test-connection-state", "CONNECTED", timeout=RUN_SECONDS * 1000
            )
            expect(app).to_have_attribute(
                "data-test-script-state", "notRunning", timeout=RUN_SECONDS * 1000
            )

    def shot(self, name: str) -> Path:
        """Keep a picture of the whole page under `tests/artifacts`."""
        ARTIFACTS.mkdir(parents=True, exist_ok=True)
        path = ARTIFACTS / f"{name}.png"
        self.page.screenshot(path=path, full_page=True)
        return path

    def check_axe(self) -> None:
        """Fail where axe finds a serious or critical accessibility fault."""
        found = Axe().run(self.page).response["violations"]
        bad = [one for one in found if one["impact"] in {"serious", "critical"}]
        assert not bad, f"{self.page.url}:\n" + "\n".join(
            f"{one['id']} ({one['impact']}): {one['help']}\n  "
            + "\n  ".join(node["html"][:300] for node in one["nodes"])
            for one in bad
        )

    def check_width(self) -> None:
        """Fail where the page is wider than the screen."""
        wide, screen = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= screen, f"{self.page.url} is {wide} px wide on a screen of {screen} px"

    def close(self) -> None:
        """Put the device away."""
        self.context.close()
