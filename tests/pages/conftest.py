"""What tests of pages share: the frame with one of the cast in it, and files to look at."""

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from db.settings import Settings
from domain.people import Actor
from pages.parts import who
from tests.pages.story import Story
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.need import ROOT

Open = Callable[..., AppTest]


@pytest.fixture
def open_page() -> Iterator[Open]:
    """Opens a page as somebody; parameters are those of its address."""

    def open_as(actor: Actor, name: str, **params: str) -> AppTest:
        who.stand_in(actor, Settings(community="测试社区"))
        page = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20).run()
        page.switch_page(f"{name}.py")
        for key, value in params.items():
            page.query_params[key] = value
        return page.run()

    yield open_as
    who.stand_in(None)


@pytest.fixture
def story(cast: Cast, clock: TestClock) -> Story:
    """Takes files along the loop."""
    return Story(cast, clock)
