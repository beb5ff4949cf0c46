"""My tasks: what a unit was given, its answer and its report, and nothing about who reported."""

from io import BytesIO

import pytest
from PIL import Image

from db.casefile import case_file
from domain.closing import Outcome
from domain.moves import State
from pages.parts.case_form import DOING
from pages.parts.case_next import Also
from tests.pages.conftest import Open
from tests.pages.story import Story
from tests.support.cast import Cast

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def jpeg() -> bytes:
    file = BytesIO()
    Image.new("RGB", (600, 400), "green").save(file, "JPEG")
    return file.getvalue()


def test_a_unit_reports_done_with_words_and_a_photo(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code, task = story.given()
    page = open_page(cast.property_contact, "tasks", t=task)
    page.text_area(key="task_done_words").set_value("已更换曳引轮")
    page.file_uploader(key="task_done_photos").upload("修好.jpg", jpeg())
    page.button(key="task_done_save").click().run()
    assert not page.error
    assert [item.value for item in page.toast] == ["已保存"]
    file = case_file(cast.secretary, code, story.clock.now)
    assert (file.line.state, file.outcome) == (State.PUBLISHING, Outcome.SOLVED)
    assert len(file.photos) == 1
    assert "task_done_save_1" not in [button.key for button in page.button]


def test_a_file_that_is_no_photo_is_refused_beside_the_field_and_the_words_stay(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code, task = story.given()
    page = open_page(cast.property_contact, "tasks", t=task)
    page.text_area(key="task_done_words").set_value("已更换曳引轮")
    page.file_uploader(key="task_done_photos").upload("report.jpg", b"%PDF-1.7 and more")
    page.button(key="task_done_save").click().run()
    assert len(page.error) == 1
    assert page.text_area(key="task_done_words").value == "已更换曳引轮"
    assert case_file(cast.secretary, code, story.clock.now).line.state is State.DOING


def test_a_unit_says_how_it_stands_and_keeps_the_task(
    open_page: Open, cast: Cast, story: Story
) -> None:
    _code, task = story.given()
    page = open_page(cast.property_contact, "tasks", t=task)
    page.segmented_control(key="task_way").set_value("answer").run()
    page.text_area(key="task_answer_words").set_value("配件已订，周四到货")
    page.button(key="task_answer_save").click().run()
    assert "配件已订，周四到货" in [item.value for item in page.text]
    assert page.segmented_control(key="task_way")


def test_the_lists_hold_what_is_open_and_what_is_done(
    open_page: Open, cast: Cast, story: Story
) -> None:
    story.done()
    _code, task = story.given(text="楼道灯不亮", once="b")
    page = open_page(cast.property_contact, "tasks")
    assert [b.key for b in page.button if "task_open" in (b.key or "")] == [f"task_open_{task}"]
    page.button(key="tasks_other").click().run()
    assert dict(page.query_params) == {"done": "1"}
    assert len([b for b in page.button if "task_open" in (b.key or "")]) == 1


def test_no_name_and_no_number_of_a_reporter_reaches_a_unit(
    open_page: Open, cast: Cast, story: Story
) -> None:
    _code, task = story.given(text="电梯停了，电话13912345678联系我")
    page = open_page(cast.property_contact, "tasks", t=task)
    whole = str(page)
    assert "13912345678" not in whole
    assert "林一" not in whole


def test_another_units_task_and_no_task_get_the_same_answer(
    open_page: Open, cast: Cast, story: Story
) -> None:
    _code, task = story.given()
    answers = [
        [item.value for item in open_page(cast.branch_contact, "tasks", t=code).error]
        for code in (task, "nothing")
    ]
    assert len(answers[0]) == 1
    assert answers[0] == answers[1]


def test_a_unit_asks_for_a_later_day_and_the_office_grants_it(
    open_page: Open, cast: Cast, story: Story
) -> None:
    code, task = story.given()
    page = open_page(cast.property_contact, "tasks", t=task)
    page.segmented_control(key="task_way").set_value("later").run()
    page.text_area(key="task_later_words").set_value("配件要向厂家订货")
    page.button(key="task_later_save").click().run()
    assert not page.error
    office = open_page(cast.secretary, "today")
    office.button(key=f"today_later_{code}").click()
    office = open_page(cast.secretary, "case", c=code)
    office.session_state[DOING] = Also.LATER
    office.run()
    office.text_area(key="case_later_words").set_value("同意")
    office.button(key="case_later_save").click().run()
    given = case_file(cast.secretary, code, story.clock.now).tasks[0]
    assert given.first_due_at is not None
    assert given.due_at > given.first_due_at
