"""四点半课堂: a term is opened, a child enrolled by its guardian, a lesson held and gone home."""

from collections.abc import Callable

import pytest

from db import verify
from db.classes import reads
from db.classes.reads import CourseLine
from db.engine import Database
from tests.support.browser import PHONE, Screen
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.squads import muster
from tests.support.walk import choose, looks_right, part, press, sees, write, zh

CHILD, MOTHER, GRANDFATHER = "小雨", "雨妈妈", "外公"
COURSE, TEACHER = "自然科普", "医生壬"


def unfold(screen: Screen, words: str) -> None:
    """Open the box with this heading."""
    screen.page.get_by_text(zh(words), exact=True).first.click()
    screen.settle()


def term_is_opened(pc: Screen, cast: Cast, clock: TestClock) -> CourseLine:
    """The term, and a course of its Mondays."""
    pc.go("/classes?s=terms")
    write(pc, "class_term_new_name", "2026 春季")
    pc.page.keyboard.press("Escape")  # the first day's calendar, which opens by itself
    press(pc, "class_term_new_save")
    sees(pc, "2026 春季")
    (term,) = reads.terms(cast.secretary)
    pc.go("/classes?s=courses")
    unfold(pc, "Add a course")
    form = f"class_course_{term.code}"
    write(pc, f"{form}_name", COURSE)
    write(pc, f"{form}_place", "四点半教室")
    choose(pc, f"{form}_teacher", TEACHER)
    press(pc, f"{form}_save")
    sees(pc, zh("Add a course"))
    looks_right(pc, "class_courses_1280")
    (course,) = reads.term(cast.secretary, clock.now, term.code).courses
    assert (course.name, course.planned > 10) == (COURSE, True)
    return course


def child_is_enrolled(pc: Screen, term: str) -> None:
    """What the guardian said on the telephone, and agreed to."""
    pc.go("/classes?s=children")
    unfold(pc, "Enrol a child")
    form = f"class_enrol_{term}"
    for label, words in (
        ("Child's name", CHILD),
        ("Grade", "二年级"),
        ("Guardian", MOTHER),
        ("Guardian's phone", "13800001001"),
        ("If nobody answers, ring", "姑姑"),
        ("Their phone", "13800001002"),
        ("Who else may fetch the child: name and number, one a line", f"{GRANDFATHER} 13800001003"),
    ):
        pc.page.get_by_label(zh(label), exact=True).first.fill(words)
    choose(pc, f"{form}_courses", COURSE)
    pc.page.keyboard.press("Escape")
    part(pc, f"{form}_data").locator("label").first.click()
    press(pc, f"{form}_save")
    looks_right(pc, "class_children_1280")


def lesson_is_held(phone: Screen) -> None:
    """Begun, the child is here, its grandfather fetches it, ended: all on one screen."""
    phone.sign_in("volunteer")
    phone.go("/tasks")
    press(phone, "lesson_begin_")
    sees(phone, CHILD)
    press(phone, "lesson_present_")
    looks_right(phone, "class_lesson_360")
    unfold(phone, "Goes home")
    phone.page.get_by_role("button", name=GRANDFATHER).click()
    phone.settle()
    sees(phone, GRANDFATHER)
    press(phone, "lesson_end_")


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_term_begins_and_a_child_comes_and_goes_home(
    cast: Cast,
    clock: TestClock,
    database: Database,
    pc: Screen,
    open_screen: Callable[..., Screen],
) -> None:
    muster(cast, database, clock.now)
    pc.sign_in("secretary")
    course = term_is_opened(pc, cast, clock)
    (term,) = reads.terms(cast.secretary)
    child_is_enrolled(pc, term.code)
    assert reads.term(cast.secretary, clock.now, term.code).courses[0].enrolled == 1
    clock.set("2026-03-02T16:30")
    teacher = open_screen(PHONE)
    lesson_is_held(teacher)
    (line,) = reads.term(cast.secretary, clock.now, term.code).courses
    assert (line.code, line.held, line.attended) == (course.code, 1, 1)
    others = open_screen(PHONE)
    others.sign_in("committee")
    others.go("/classes")
    sees(others, "2026 春季")
    for name in (CHILD, MOTHER, GRANDFATHER):
        assert name not in others.page.content()
    assert list(verify.verify()) == []
    faults = (*pc.faults, *teacher.faults, *others.faults)
    assert [fault for fault in faults if "/_stcore/" not in fault] == []
