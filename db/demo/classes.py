"""The demo's after-school class: a term half over, three courses, twenty children."""

import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy import select

from db.activities.rooms import add_room
from db.classes import courses, enrolling, lesson_reads, lessons, terms
from db.classes.children import ChildLine, look
from db.classes.courses import CourseWords
from db.classes.enrolling import ChildWords, Contacts
from db.demo.diary import Diary
from db.demo.estates import Home
from db.demo.names import YOUNG
from db.demo.settled import Settled
from db.engine import read
from db.tables.volunteers import VolunteerRow
from domain.classes import ClassConsent, Presence
from domain.days import at_local, local_day
from domain.errors import NotFound
from domain.people import Actor
from domain.volunteers import Squad

OPENED_AGO, BEGAN_AGO, GOES_ON = 80, 70, 56  # days
CHILDREN = 20
ROOM = "四点半教室"
BEGINS, LASTS = 16 * 60 + 30, 60
# Name, days after today's weekday, places; the first one's teacher is the demo's volunteer.
COURSES = (("作业辅导", 0, 10), ("少儿书法", 1, 8), ("自然科普", 3, 5))
NOTED = 1  # lessons of each course, the last ones, with everybody's attendance
NOTES = {3: "花生过敏", 11: "哮喘，喷雾在书包侧袋"}
GRADES = ("一年级", "二年级", "三年级", "四年级")


@dataclass(slots=True)
class _Class:
    """What stands of it; the codes are known once it is opened."""

    secretary: Actor
    clerk: Actor
    volunteer: Actor
    first: date
    last: date
    term: str = ""
    courses: tuple[str, ...] = ()


def teach(diary: Diary, settled: Settled) -> None:
    """Write the class into the diary.

    Chance is its own, so that the rest of the story does not depend on it.
    """
    rng = random.Random("classes")  # noqa: S311 – a story, no secret
    people, today = settled.people, local_day(diary.now)
    room = _Class(
        people.secretary,
        people.clerks[0],
        people.volunteer,
        today - timedelta(days=BEGAN_AGO),
        today + timedelta(days=GOES_ON),
    )
    diary.add(diary.day(OPENED_AGO, 9, 30), partial(_open, room))
    homes = [home for house in settled.estates.houses for home in house.homes if home.phone]
    for number, home in enumerate(rng.sample(homes, CHILDREN)):
        at = diary.day(OPENED_AGO - 1 - number % 6, 9 + number % 8, 7 * number % 60)
        other = homes[rng.randrange(len(homes))]
        given = rng.choice(YOUNG.split())
        diary.add(at, partial(_enrol, room, number, home, other, given))
    for place, (_name, after, _places) in enumerate(COURSES):
        weekday = (today.weekday() + after) % 7
        day = room.first + timedelta(days=(weekday - room.first.weekday()) % 7)
        days = []
        while day <= today:
            days.append(day)
            day += timedelta(weeks=1)
        for day in days:
            at = at_local(day, time.min) + timedelta(minutes=BEGINS + 4)
            noted = day in days[-NOTED:]
            diary.add(at, partial(_begin, room, place, noted, day.day))
            if day < today:
                diary.add(at + timedelta(minutes=LASTS), partial(_end, room, place, noted))


def _open(room: _Class, now: datetime) -> None:
    room.term = terms.open_term(
        room.secretary,
        now,
        name="四点半课堂本学期",
        starts_on=room.first,
        ends_on=room.last,
    )
    terms.name_staff(room.secretary, now, room.term, room.clerk.account_id or 0)
    place = add_room(room.secretary, now, name=ROOM, spot="社区服务中心二楼", seats=20)
    today = room.first + timedelta(days=BEGAN_AGO)
    room.courses = tuple(
        courses.add_course(
            room.secretary,
            now,
            room.term,
            CourseWords(
                name,
                (today.weekday() + after) % 7,
                BEGINS,
                BEGINS + LASTS,
                places,
                room_id=place,
                teacher_id=teacher,
            ),
        )
        for (name, after, places), teacher in zip(COURSES, _teachers(room), strict=True)
    )


def _teachers(room: _Class) -> Sequence[int | None]:
    """The demo's volunteer, then the first of the harmony squad who are somebody else."""
    account = VolunteerRow.account_id
    squad = select(VolunteerRow.id).where(VolunteerRow.squad == Squad.HARMONY)
    with read() as session:
        own = session.scalar(select(VolunteerRow.id).where(account == room.volunteer.account_id))
        others = session.scalars(squad.order_by(VolunteerRow.id).limit(len(COURSES)))
        found = [own, *(key for key in others if key != own)]
    return (found + [None] * len(COURSES))[: len(COURSES)]


def _enrol(room: _Class, number: int, home: Home, other: Home, given: str, now: datetime) -> None:
    child = ChildWords(
        name=home.name[0] + given,
        grade=GRADES[number % len(GRADES)],
        contacts=Contacts(home.name, home.phone or "", other.name, other.phone or ""),
        note=NOTES.get(number, ""),
    )
    agreed = {ClassConsent.DATA} | ({ClassConsent.ALONE} if number % 5 == 0 else set())
    agreed |= {ClassConsent.PHOTOS} if number % 3 else set()
    wanted = (room.courses[number % len(room.courses)],)
    enrolling.enrol(room.clerk, now, wanted, child, agreed)


def _begin(room: _Class, place: int, noted: bool, seed: int, now: datetime) -> None:
    """A lesson that the calendar passes over is nobody's."""
    code = room.courses[place]
    try:
        lessons.begin(room.clerk, now, code)
    except NotFound:
        return
    if noted:
        for number, child in enumerate(_children(room, code, now)):
            there = Presence.ABSENT if (number + seed) % 9 == 0 else Presence.PRESENT
            lessons.note(room.clerk, now, code, child.code, there)


def _end(room: _Class, place: int, noted: bool, now: datetime) -> None:
    code = room.courses[place]
    if noted:
        today = {one.course: one.marks for one in lesson_reads.today(room.clerk, now)}
        for child in _children(room, code, now) if today.get(code) else ():
            if today[code][child.code].presence is Presence.PRESENT:
                fetcher = None if child.agrees(ClassConsent.ALONE) else child.fetchers[0].code
                lessons.hand_over(room.clerk, now, code, child.code, fetcher)
    with suppress(NotFound):
        lessons.end(room.clerk, now, code)


def _children(room: _Class, code: str, now: datetime) -> tuple[ChildLine, ...]:
    return look(room.clerk, now, code)
