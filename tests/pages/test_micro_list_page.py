"""The micro-list's page: each number opens its list, and the list can be taken along."""

import pytest

from tests.pages.conftest import Open
from tests.pages.story import Story
from tests.support.cast import Cast
from tests.support.clock import TestClock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_number_opens_exactly_the_list_that_it_counts(
    open_page: Open, cast: Cast, story: Story, clock: TestClock
) -> None:
    story.published()
    story.reported("楼道灯不亮", once="b", place=cast.garden_code)
    clock.forward(minutes=1)
    page = open_page(cast.secretary, "micro_list")
    assert not page.exception
    label = {button.key: button.label for button in page.button}
    assert label["micro_social_filed"] == "建档 1"
    assert label["micro_unsorted_open"] == "办理中 1"
    assert label["micro_social_closed"] == "已销号 0"
    page.button(key="micro_social_filed").click().run()
    assert page.query_params["service"] == "social"
    assert len(page.dataframe[0].value) == 1
    page.selectbox(key="micro_year").set_value("2025").run()
    assert (page.query_params["year"], page.query_params["service"]) == ("2025", "social")
    assert [info.value for info in page.info] == ["没有符合的事项，点上面别的数字看看。"]


def test_an_address_that_means_nothing_narrows_nothing(
    open_page: Open, cast: Cast, story: Story
) -> None:
    story.reported()
    page = open_page(
        cast.committee, "micro_list", service="x", shelf="x", estate="x", year="12345", after="x"
    )
    assert not page.exception
    assert len(page.dataframe[0].value) == 1
