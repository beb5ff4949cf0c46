"""The page of what is made public: what waits for review, and what is public."""

import pytest

from tests.pages.conftest import Open
from tests.pages.story import Story
from tests.support.cast import Cast

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_what_is_done_waits_for_review_and_what_was_published_is_shown(
    open_page: Open, cast: Cast, story: Story
) -> None:
    story.published()
    waiting = story.done(text="楼道灯不亮", once="b")
    page = open_page(cast.secretary, "publish")
    assert not page.exception
    assert [b.key for b in page.button if "publish_open" in (b.key or "")] == [
        f"publish_open_{waiting}"
    ]
    assert "电梯已修好。" in [item.value for item in page.text]


def test_an_empty_page_says_when_something_comes(open_page: Open, cast: Cast) -> None:
    page = open_page(cast.secretary, "publish")
    assert page.success
    assert page.info
