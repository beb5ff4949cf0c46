"""The class as rows: places, fetching, consents, who sees what, rooms, and what goes at the end."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from db import engine, personal, work_calendar
from db.activities.bookings import RoomTaken, bookings
from db.activities.rooms import add_room
from db.classes import (
    agreeing,
    children,
    courses,
    enrolling,
    erasing,
    lesson_reads,
    lessons,
    reads,
    terms,
)
from db.classes.children import ChildLine
from db.classes.courses import CourseWords
from db.classes.enrolling import ChildWords, Contacts, Enrolled
from db.engine import Database
from db.tables import Event
from db.tables.classes import ClassChild, ClassFetcher
from db.tables.volunteers import ServiceHours
from domain.classes import ClassConsent, Presence
from domain.days import day_bounds
from domain.errors import FieldError, NotFound, Refused
from domain.people import Actor
from domain.service_hours import Source
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.squads import muster, row_id

# The clock stands at Monday, 2 March 2026, 9:00. 6 April 2026 is a Monday and a holiday (清明).
STARTS, ENDS = date(2026, 3, 2), date(2026, 6, 26)
MONDAY = 0
ALL = frozenset(ClassConsent)
MOTHER = "13800001001"
ONCE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def term(cast: Cast, clock: TestClock, free: Sequence[date] = ()) -> str:
    return terms.open_term(
        cast.secretary, clock.now, name="春季", starts_on=STARTS, ends_on=ENDS, free=free
    )


def course(
    cast: Cast,
    clock: TestClock,
    term_code: str,
    *,
    name: str = "围棋",
    weekday: int = MONDAY,
    start: int = 990,
    places: int = 2,
    room_id: int | None = None,
    teacher_id: int | None = None,
) -> str:
    words = CourseWords(
        name, weekday, start, start + 60, places, room_id, "" if room_id else "大厅", teacher_id
    )
    return courses.add_course(cast.secretary, clock.now, term_code, words)


def enrol(
    cast: Cast,
    clock: TestClock,
    *codes: str,
    name: str = "小明",
    phone: str = MOTHER,
    consents: frozenset[ClassConsent] = ALL,
    actor: Actor | None = None,
    once: str | None = None,
) -> Enrolled:
    child = ChildWords(
        name,
        "二年级",
        Contacts("妈妈甲", phone, "姑姑乙", "13800001002"),
        (("外公丙", "13800001003"),),
        "花生过敏",
    )
    return enrolling.enrol(actor or cast.secretary, clock.now, codes, child, consents, once)


def seen(cast: Cast, clock: TestClock, term_code: str) -> dict[str, ChildLine]:
    return {line.code: line for line in children.look_at_term(cast.secretary, clock.now, term_code)}


def looks() -> int:
    with engine.read() as session:
        kind = Event.kind == "class_children_seen"
        return session.scalar(select(func.count(Event.id)).where(kind)) or 0


def test_lessons_pass_over_holidays_and_free_days_and_book_their_room(
    cast: Cast, clock: TestClock
) -> None:
    room = add_room(cast.secretary, clock.now, name="多功能厅")
    code = term(cast, clock, [date(2026, 3, 16)])
    chess = course(cast, clock, code, room_id=room)
    days = [line.day for line in lesson_reads.lessons(cast.secretary, chess)]
    assert days[:4] == [date(2026, 3, day) for day in (2, 9, 23, 30)]
    assert date(2026, 4, 6) not in days
    span = day_bounds(STARTS, ENDS)
    assert len(bookings(cast.secretary, *span)) == len(days)
    # The same room at the same time is refused whole; nothing of it is left.
    with pytest.raises(RoomTaken):
        course(cast, clock, code, name="书法", start=1020, room_id=room)
    course(cast, clock, code, name="书法", start=1050, room_id=room)
    assert [line.name for line in reads.term(cast.secretary, clock.now, code).courses] == [
        "围棋",
        "书法",
    ]
    # A lesson that is cancelled gives its room back; so does one on a day that became free.
    taken = len(bookings(cast.secretary, *span))
    lessons.cancel(cast.secretary, clock.now, chess, date(2026, 3, 9), "老师生病")
    terms.change_term(
        cast.secretary,
        clock.now,
        code,
        name="春季",
        starts_on=STARTS,
        ends_on=ENDS,
        free=[date(2026, 3, 23)],
    )
    after = [line.day for line in lesson_reads.lessons(cast.secretary, chess)]
    assert date(2026, 3, 16) in after
    assert date(2026, 3, 23) not in after
    # 9 and 23 March are free for two courses … but the cancelled lesson for one alone.
    assert len(bookings(cast.secretary, *span)) == taken - 1
    line = reads.term(cast.secretary, clock.now, code).courses[0]
    assert (line.next_on, line.where) == (STARTS, "多功能厅")


def test_who_comes_third_waits_and_moves_up(cast: Cast, clock: TestClock) -> None:
    code = term(cast, clock)
    chess, drawing = course(cast, clock, code), course(cast, clock, code, name="画画", weekday=1)
    first = enrol(cast, clock, chess, drawing, once="form")
    assert enrol(cast, clock, chess, drawing, once="form").code == first.code
    with pytest.raises(FieldError, match="already"):
        enrol(cast, clock, chess)
    enrol(cast, clock, chess, name="小红")
    third = enrol(cast, clock, chess, name="小刚")
    fourth = enrol(cast, clock, chess, name="小丽")
    assert (first.waiting, third.waiting, fourth.waiting) == ((), (chess,), (chess,))
    assert [line.waiting for line in reads.term(cast.viewer, clock.now, code).courses] == [2, 0]
    enrolling.leave(cast.secretary, clock.now, first.code, chess)
    enrolling.leave(cast.secretary, clock.now, first.code, chess)
    found = seen(cast, clock, code)
    assert found[third.code].courses == (chess,)
    assert found[fourth.code].waiting == (chess,)
    # Nobody passes those who wait, even who was there before.
    assert not enrolling.join(cast.secretary, clock.now, first.code, chess)
    words = CourseWords("围棋", MONDAY, 990, 1050, 3, place="大厅")
    courses.change_course(cast.secretary, clock.now, chess, words)
    found = seen(cast, clock, code)
    assert found[fourth.code].courses == (chess,)
    assert found[first.code].waiting == (chess,)
    # Nobody is in two courses at once.
    singing = course(cast, clock, code, name="唱歌", start=1020)
    with pytest.raises(FieldError, match="another course"):
        enrolling.join(cast.secretary, clock.now, third.code, singing)


@ONCE
def test_nothing_is_kept_without_consent_and_all_goes_when_it_is_taken_back(
    cast: Cast, clock: TestClock
) -> None:
    code = term(cast, clock)
    chess = course(cast, clock, code, places=1)
    with pytest.raises(FieldError, match="agreement"):
        enrol(cast, clock, chess, consents=frozenset({ClassConsent.PHOTOS}))
    child = enrol(cast, clock, chess, consents=frozenset({ClassConsent.DATA})).code
    waiting = enrol(cast, clock, chess, name="小红", phone="13800001009").code
    agreeing.give_consent(cast.secretary, clock.now, child, ClassConsent.ALONE)
    agreeing.withdraw_consent(cast.secretary, clock.now, child, ClassConsent.ALONE)
    line = seen(cast, clock, code)[child]
    assert [(one.consent, one.given_by, one.withdrawn_at) for one in line.consents] == [
        (ClassConsent.DATA, "妈妈甲", None),
        (ClassConsent.ALONE, "妈妈甲", clock.now),
    ]
    agreeing.withdraw_consent(cast.secretary, clock.now, child, ClassConsent.DATA)
    found = seen(cast, clock, code)
    assert (list(found), found[waiting].courses) == ([waiting], (chess,))
    with engine.read() as session:
        row = session.execute(select(ClassChild).where(ClassChild.code == child)).scalar_one()
        kept = (row.name, row.guardian, row.guardian_phone, row.emergency_phone, row.note)
        assert kept == ("—", "—", None, None, None)
    with pytest.raises(Refused, match="erased"):
        enrolling.join(cast.secretary, clock.now, child, chess)


def test_a_lesson_from_the_first_child_to_the_last_at_home(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    squads = muster(cast, database, clock.now)  # the doctor is the cast's volunteer
    code = term(cast, clock)
    teacher = row_id(database, squads.doctor)
    chess = course(cast, clock, code, teacher_id=teacher)
    with pytest.raises(FieldError, match="teaches another"):
        course(cast, clock, code, name="书法", start=1020, teacher_id=teacher)
    ming = enrol(cast, clock, chess).code
    hong = enrol(cast, clock, chess, name="小红", consents=frozenset({ClassConsent.DATA})).code
    me = cast.volunteer
    clock.set("2026-03-02 15:29")
    with pytest.raises(Refused, match="16:30"):
        lessons.begin(me, clock.now, chess)
    clock.set("2026-03-02 16:25")
    (mine,) = lesson_reads.today(me, clock.now)
    assert (mine.own, mine.placed, mine.begun_at) == (True, 2, None)
    with pytest.raises(Refused, match="not begun"):
        lessons.end(me, clock.now, chess)
    lessons.begin(me, clock.now, chess)
    listed = {line.name: line for line in children.look(me, clock.now, chess)}
    assert set(listed) == {"小明", "小红"}
    lessons.note(me, clock.now, chess, ming, Presence.PRESENT)
    lessons.note(me, clock.now, chess, hong, Presence.ABSENT)
    lessons.note(me, clock.now, chess, hong, Presence.PRESENT)
    clock.set("2026-03-02 17:35")
    with pytest.raises(Refused, match="every child"):
        lessons.end(me, clock.now, chess)
    grandfather = listed["小明"].fetchers[1].code
    lessons.hand_over(me, clock.now, chess, ming, grandfather)
    with pytest.raises(Refused, match="already"):
        lessons.hand_over(me, clock.now, chess, ming, grandfather)
    with pytest.raises(Refused, match="by itself"):
        lessons.hand_over(me, clock.now, chess, hong, None)
    with pytest.raises(FieldError, match="may not fetch"):
        lessons.hand_over(me, clock.now, chess, hong, grandfather)
    with pytest.raises(NotFound):
        agreeing.add_fetcher(me, clock.now, hong, "舅舅")
    uncle = agreeing.add_fetcher(cast.secretary, clock.now, hong, "舅舅")
    agreeing.end_fetcher(cast.secretary, clock.now, hong, uncle)
    with pytest.raises(FieldError, match="may not fetch"):
        lessons.hand_over(me, clock.now, chess, hong, uncle)
    lessons.hand_over(me, clock.now, chess, hong, listed["小红"].fetchers[0].code)
    lessons.end(me, clock.now, chess)
    lessons.end(me, clock.now, chess)
    (mine,) = lesson_reads.today(me, clock.now)
    assert (mine.here, mine.left, mine.ended_at) == (2, 2, clock.now)
    # Who fetched whom is told to the staff, and the look is recorded.
    before = looks()
    (came,) = children.attendance(cast.secretary, clock.now, ming)
    assert (came.course, came.presence, came.fetched_by) == ("围棋", Presence.PRESENT, "外公丙")
    assert looks() == before + 1
    with pytest.raises(NotFound):
        children.attendance(me, clock.now, ming)
    # The teacher's service was noted from beginning to end.
    with database.read() as session:
        (served,) = session.scalars(select(ServiceHours)).all()
        assert (served.source, served.volunteer_id) == (Source.LESSON, teacher)
        assert served.left_at is not None
        assert served.left_at - served.arrived_at == timedelta(minutes=70)
    line = reads.term(cast.viewer, clock.now, code).courses[0]
    assert (line.held, line.attended, line.noted, line.teacher) == (1, 2, 2, "")
    # What was forgotten is added by the staff, not by the teacher, and never before its day.
    clock.set("2026-03-10 09:00")
    with pytest.raises(NotFound):
        lessons.note(me, clock.now, chess, ming, Presence.PRESENT, date(2026, 3, 9))
    lessons.note(cast.secretary, clock.now, chess, ming, Presence.PRESENT, date(2026, 3, 9))
    with pytest.raises(Refused, match="to come"):
        lessons.note(cast.secretary, clock.now, chess, ming, Presence.PRESENT, date(2026, 3, 23))


@ONCE
def test_only_the_staff_sees_children_and_each_look_is_recorded(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    squads = muster(cast, database, clock.now)
    code = term(cast, clock)
    chess = course(cast, clock, code, teacher_id=row_id(database, squads.doctor))
    drawing = course(cast, clock, code, name="画画", weekday=1)
    enrol(cast, clock, chess, drawing)
    before = looks()
    assert len(children.look(cast.volunteer, clock.now, chess)) == 1
    assert len(children.look_at_term(cast.secretary, clock.now, code)) == 1
    assert looks() == before + 2
    secret = ("小明", "妈妈甲", MOTHER, "姑姑乙", "13800001002", "外公丙", "花生过敏")
    for login, person in cast.people.items():
        shown = repr(
            (
                reads.terms(person),
                reads.term(person, clock.now, code),
                lesson_reads.today(person, clock.now),
            )
        )
        assert not any(word in shown for word in secret), login
        if login == "secretary":
            continue
        with pytest.raises(NotFound):
            children.look_at_term(person, clock.now, code)
        with pytest.raises(NotFound):  # the volunteer teaches another course than this one
            children.look(person, clock.now, drawing)
    assert looks() == before + 2
    # A social worker is no staff until the secretary names them, and no longer than that.
    worker = cast.social_worker.account_id or 0
    with pytest.raises(FieldError):
        terms.name_staff(cast.secretary, clock.now, code, cast.committee.account_id or 0)
    terms.name_staff(cast.secretary, clock.now, code, worker)
    terms.name_staff(cast.secretary, clock.now, code, worker)
    assert len(children.look_at_term(cast.social_worker, clock.now, code)) == 1
    terms.release_staff(cast.secretary, clock.now, code, worker)
    with pytest.raises(NotFound):
        children.look_at_term(cast.social_worker, clock.now, code)
    # After the term its teacher has nothing to look at any more.
    clock.set("2026-06-27 09:00")
    with pytest.raises(NotFound):
        children.look(cast.volunteer, clock.now, chess)


def test_sixty_days_after_the_term_names_and_numbers_are_gone(cast: Cast, clock: TestClock) -> None:
    code = term(cast, clock)
    chess = course(cast, clock, code)
    child = enrol(cast, clock, chess).code
    clock.set("2026-03-02 17:00")
    lessons.note(cast.secretary, clock.now, chess, child, Presence.PRESENT)
    clock.set("2026-08-25 23:59")
    assert erasing.erase_old(clock.now) == 0
    clock.set("2026-08-26 00:00")
    assert erasing.erase_old(clock.now) == 1
    assert erasing.erase_old(clock.now) == 0
    assert seen(cast, clock, code) == {}
    view = reads.term(cast.viewer, clock.now, code)
    assert (view.children, view.line.erased, view.courses[0].attended) == (1, True, 1)
    with engine.read() as session:
        names = set(session.scalars(select(ClassFetcher.name)))
        phones = set(session.scalars(select(ClassFetcher.phone)))
        assert (names, phones) == ({"—"}, {None})
    with pytest.raises(Refused, match="over"):
        enrol(cast, clock, chess, name="小红")


@ONCE
def test_a_guardian_is_told_and_erased_on_request(cast: Cast, clock: TestClock) -> None:
    code = term(cast, clock)
    chess = course(cast, clock, code)
    enrol(cast, clock, chess)
    told = json.dumps(personal.export_person(cast.secretary, clock.now, MOTHER), ensure_ascii=False)
    assert all(word in told for word in ("小明", "花生过敏", "姑姑乙", "外公丙"))
    # Who is no staff hands nothing of a child out, and a fetcher learns nothing of it either.
    for person, phone in ((cast.social_worker, MOTHER), (cast.secretary, "13800001003")):
        told = json.dumps(personal.export_person(person, clock.now, phone), ensure_ascii=False)
        assert "named_for_a_child" in told
        assert not any(word in told for word in ("小明", "花生过敏"))
    personal.erase_person(cast.secretary, clock.now, "13800001003")
    (line,) = seen(cast, clock, code).values()
    assert [one.name for one in line.fetchers] == ["妈妈甲"]
    personal.erase_person(cast.secretary, clock.now, MOTHER)
    assert seen(cast, clock, code) == {}
    assert reads.term(cast.secretary, clock.now, code).courses[0].enrolled == 0


@ONCE
def test_a_changed_number_is_the_guardians_everywhere(cast: Cast, clock: TestClock) -> None:
    code = term(cast, clock)
    child = enrol(cast, clock, course(cast, clock, code)).code
    words = ChildWords(
        "小明", "三年级", Contacts("妈妈甲", "13800001999", "姑姑乙", "13800001002"), note="无"
    )
    enrolling.change_child(cast.secretary, clock.now, child, words)
    line = seen(cast, clock, code)[child]
    assert (line.grade, line.guardian_phone, line.note) == ("三年级", "13800001999", "无")
    assert [(one.name, one.phone) for one in line.fetchers] == [
        ("妈妈甲", "13800001999"),
        ("外公丙", "13800001003"),
    ]


def test_the_last_places_are_given_out_once(cast: Cast, clock: TestClock) -> None:
    code = term(cast, clock)
    chess = course(cast, clock, code, places=2)

    def one(number: int) -> bool:
        return enrol(cast, clock, chess, name=f"孩子{number}").waiting == ()

    with ThreadPoolExecutor(6) as pool:
        placed = list(pool.map(one, range(6)))
    assert placed.count(True) == 2
    (line,) = reads.term(cast.secretary, clock.now, code).courses
    assert (line.enrolled, line.waiting) == (2, 4)


@ONCE
def test_a_day_that_becomes_a_holiday_later_has_no_lesson(cast: Cast, clock: TestClock) -> None:
    code = term(cast, clock)
    chess = course(cast, clock, code)
    work_calendar.set_day(cast.administrator, clock.now, date(2026, 3, 9), False, "台风")
    days = [line.day for line in lesson_reads.lessons(cast.secretary, chess)]
    assert date(2026, 3, 9) not in days
    clock.set("2026-03-09 16:00")
    assert lesson_reads.today(cast.secretary, clock.now) == ()
    assert reads.term(cast.secretary, clock.now, code).courses[0].planned == len(days)
