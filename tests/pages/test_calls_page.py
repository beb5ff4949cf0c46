"""The list of calls: masked numbers, attempts, and the rating that is taken down at once."""

import pytest
from streamlit.testing.v1 import AppTest

from db.calls import calls
from db.casefile import case_file
from tests.pages.conftest import Open
from tests.pages.story import PHONE, Story
from tests.support.cast import Cast

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def one_call(cast: Cast, story: Story) -> int:
    waiting = calls(cast.secretary, story.clock.now).lines
    assert len(waiting) == 1
    return waiting[0].telling_id


def keys(page: AppTest) -> set[str | None]:
    return {button.key for button in page.button}


def opened(page: AppTest, call: int) -> AppTest:
    page.session_state[f"call_result_{call}"] = True
    return page.run()


def test_a_call_shows_what_to_say_and_masks_the_number_until_it_is_asked_for(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code = story.published()
    call = one_call(cast, story)
    page = open_page(cast.secretary, "calls")
    assert "电梯已修好。" in [item.value for item in page.text]
    assert not page.link_button
    page.button(key=f"call_number_{call}_save").click().run()
    assert [link.url for link in page.link_button] == [f"tel:{PHONE}"]
    story_of = case_file(cast.secretary, code, story.clock.now).timeline
    assert [entry for entry in story_of if entry.kind == "phone_revealed"]


def test_a_rating_taken_down_ends_the_call(open_page: Open, cast: Cast, story: Story) -> None:
    code = story.published()
    call = one_call(cast, story)
    page = opened(open_page(cast.secretary, "calls"), call)
    page.segmented_control(key=f"call_rate_{call}_level").set_value(5)
    page.segmented_control(key=f"call_rate_{call}_solved").set_value("yes")
    page.button(key=f"call_rate_{call}_save").click().run()
    assert not calls(cast.secretary, story.clock.now).lines
    ratings = case_file(cast.secretary, code, story.clock.now).ratings
    assert [(row.level, row.recorded_by) for row in ratings] == [(5, cast.secretary.name)]
    assert page.success


def test_a_rating_without_a_level_is_refused_beside_the_field(
    open_page: Open, cast: Cast, story: Story
) -> None:
    story.published()
    call = one_call(cast, story)
    page = opened(open_page(cast.secretary, "calls"), call)
    page.button(key=f"call_rate_{call}_save").click().run()
    assert len(page.error) == 1
    assert one_call(cast, story) == call


def test_two_attempts_that_reached_nobody_take_a_call_off_the_list(
    open_page: Open, cast: Cast, story: Story
) -> None:
    story.published()
    call = one_call(cast, story)
    page = open_page(cast.secretary, "calls")
    page.button(key=f"call_missed_{call}_save").click().run()
    assert [item for item in page.markdown if "已有 1 次未接通" in item.value]
    page.button(key=f"call_missed_{call}_save_1").click().run()
    assert f"call_missed_{call}_save_2" not in keys(page)


def test_who_may_not_see_numbers_has_no_such_page(
    open_page: Open, cast: Cast, story: Story
) -> None:
    story.published()
    with pytest.raises(ValueError, match="calls"):
        open_page(cast.committee, "calls")
