"""The class's page for its staff and for others, and a teacher's lesson on a phone."""

import pytest
from streamlit.testing.v1 import AppTest

from db.classes import children, reads, terms
from db.engine import Database
from domain.classes import ClassConsent
from tests.db.test_classes import course, enrol, term
from tests.pages.conftest import Open
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.squads import muster, row_id

ONCE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def click(page: AppTest, key: str) -> AppTest:
    page.button(key).click()
    page.run()
    assert not page.exception
    return page


def errors(page: AppTest) -> list[str]:
    return [error.value for error in page.error]


@ONCE
def test_a_term_is_opened_a_course_added_and_a_child_enrolled(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    page = open_page(cast.secretary, "classes")
    assert any("还没有学期" in info.value for info in page.info)
    page = open_page(cast.secretary, "classes", s="terms")
    page.text_input("class_term_new_name").set_value("春季")
    page.text_area("class_term_new_free").set_value("明天")
    click(page, "class_term_new_save")
    assert len(errors(page)) == 1
    page.text_area("class_term_new_free").set_value("2026-03-16")
    click(page, "class_term_new_save")
    (line,) = reads.terms(cast.secretary)
    worker = cast.social_worker.account_id
    page.selectbox(f"class_name_{line.code}_account").set_value(worker)
    click(page, f"class_name_{line.code}_save")
    assert list(terms.staff(cast.secretary, line.code)) == [worker]
    page = open_page(cast.secretary, "classes", s="courses")
    page.text_input(f"class_course_{line.code}_name").set_value("围棋")
    click(page, f"class_course_{line.code}_save")
    assert len(errors(page)) == 1  # neither a room nor a place
    page.text_input(f"class_course_{line.code}_place").set_value("大厅")
    click(page, f"class_course_{line.code}_save")
    (made,) = reads.term(cast.secretary, clock.now, line.code).courses
    assert (made.name, made.planned > 10) == ("围棋", True)
    page = open_page(cast.social_worker, "classes", s="children")
    for field, value in (
        ("name", "小明"),
        ("guardian", "妈妈甲"),
        ("guardian_phone", "13800001001"),
        ("emergency", "姑姑乙"),
        ("emergency_phone", "13800001002"),
    ):
        page.text_input(f"class_enrol_{line.code}_{field}").set_value(value)
    page.multiselect(f"class_enrol_{line.code}_courses").set_value([made.code])
    page.text_area(f"class_enrol_{line.code}_fetchers").set_value("外公 13800001003\n邻居王姨")
    click(page, f"class_enrol_{line.code}_save")
    assert len(errors(page)) == 1  # nobody asked the guardian
    page.checkbox(f"class_enrol_{line.code}_data").check()
    click(page, f"class_enrol_{line.code}_save")
    assert errors(page) == []
    (child,) = children.look_at_term(cast.secretary, clock.now, line.code)
    assert [one.name for one in child.fetchers] == ["妈妈甲", "外公", "邻居王姨"]
    assert [one.consent for one in child.consents] == [ClassConsent.DATA]


@ONCE
def test_a_teacher_holds_the_lesson_and_others_see_numbers(
    open_page: Open, cast: Cast, clock: TestClock, database: Database
) -> None:
    squads = muster(cast, database, clock.now)
    code = term(cast, clock)
    chess = course(cast, clock, code, teacher_id=row_id(database, squads.doctor))
    child = enrol(cast, clock, chess).code
    clock.set("2026-03-02 16:30")
    page = open_page(cast.volunteer, "tasks")
    assert "小明" not in repr(page)
    click(page, f"lesson_begin_{chess}_save")
    assert any("小明" in text.value for text in page.markdown)
    click(page, f"lesson_present_{chess}_{child}_save")
    click(page, f"lesson_end_{chess}_save")
    assert len(errors(page)) == 1  # somebody is still here
    click(page, f"lesson_alone_{chess}_{child}_save")
    click(page, f"lesson_end_{chess}_save")
    (line,) = reads.term(cast.secretary, clock.now, code).courses
    assert (line.held, line.attended, line.noted) == (1, 1, 1)
    for person in (cast.viewer, cast.committee, cast.social_worker, cast.squad_leader):
        page = open_page(person, "classes", s="children")
        assert not page.exception
        assert len(page.dataframe) == 1
        assert not any(word in repr(page) for word in ("小明", "妈妈甲", "花生"))
