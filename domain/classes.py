"""The after-school class 四点半课堂: when lessons are, who has a place, whose data who sees."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.days import as_utc, local_day
from domain.errors import N_, FieldError, Refused
from domain.workdays import WorkCalendar

LONGEST_TERM = timedelta(days=240)
MOST_PLACES = 60
# Beyond the term for whoever still rings with a question; then names and numbers go.
KEPT_AFTER = timedelta(days=60)
DAY = 24 * 60
BEFORE = timedelta(hours=1)


class ClassConsent(StrEnum):
    """What a guardian is asked for, one by one."""

    DATA = "data"
    ALONE = "alone"
    PHOTOS = "photos"


CONSENT: Mapping[ClassConsent, str] = {
    ClassConsent.DATA: N_("names and numbers are kept for the class until 60 days after the term"),
    ClassConsent.ALONE: N_("the child may go home by itself"),
    ClassConsent.PHOTOS: N_("photos of the class with the child may be shown"),
}


class Presence(StrEnum):
    """Whether a child was at a lesson."""

    PRESENT = "present"
    ABSENT = "absent"


PRESENCE: Mapping[Presence, str] = {
    Presence.PRESENT: N_("attended"),
    Presence.ABSENT: N_("absent"),
}

# What the audit log says.
EVENTS: Mapping[str, str] = {
    "class_term_opened": N_("A term of the after-school class was opened"),
    "class_term_changed": N_("A term of the after-school class was changed"),
    "class_staff_named": N_("Somebody was named for the staff of the class"),
    "class_staff_released": N_("Somebody left the staff of the class"),
    "class_course_added": N_("A course of the class was added"),
    "class_course_changed": N_("A course of the class was changed"),
    "class_child_enrolled": N_("A child was enrolled for the class"),
    "class_child_changed": N_("A child's contacts were changed"),
    "class_child_placed": N_("A child got a place in a course"),
    "class_child_left": N_("A child left a course"),
    "class_consent_given": N_("A guardian agreed to something"),
    "class_consent_withdrawn": N_("A guardian took an agreement back"),
    "class_fetcher_added": N_("Somebody may fetch a child"),
    "class_fetcher_ended": N_("Somebody may not fetch a child any more"),
    "class_children_seen": N_("The list of a course's children was looked at"),
    "class_lesson_begun": N_("A lesson began"),
    "class_lesson_ended": N_("A lesson ended"),
    "class_lesson_cancelled": N_("A lesson was cancelled"),
    "class_presence_noted": N_("It was noted whether a child is there"),
    "class_child_fetched": N_("A child was handed over"),
    "class_children_erased": N_("The children's data of a term were erased"),
}


def check_term(starts_on: date, ends_on: date) -> None:
    """Refuse days that are no term.

    Raises:
        FieldError: it ends before it starts, or is longer than two thirds of a year.
    """
    if ends_on < starts_on:
        raise FieldError("ends", N_("The term ends before it starts. Correct one of the days."))
    if ends_on - starts_on > LONGEST_TERM:
        raise FieldError("ends", N_("This is longer than a term. Correct one of the days."))


def check_course(weekday: int, from_minute: int, to_minute: int, places: int) -> None:
    """Refuse a course that no week holds.

    Raises:
        FieldError: hours that end before they begin, or no sensible number of places.
    """
    if not (0 <= weekday < 7 and 0 <= from_minute < to_minute <= DAY):
        raise FieldError("hours", N_("The hours must end after they begin."))
    if not 1 <= places <= MOST_PLACES:
        raise FieldError("places", N_("Choose 1 to {most} places."), most=MOST_PLACES)


@dataclass(frozen=True, slots=True)
class Hours:
    """When a course is every week; minutes from 00:00, the end not in it."""

    weekday: int
    start: int
    end: int

    def meets(self, other: "Hours") -> bool:
        """Whether one person could not be at both."""
        return self.weekday == other.weekday and self.start < other.end and other.start < self.end


def lesson_days(
    weekday: int,
    starts_on: date,
    ends_on: date,
    calendar: WorkCalendar,
    free: Collection[date] = (),
) -> tuple[date, ...]:
    """The days of a course's lessons: that weekday of the term, without holidays.

    A weekend on which people make up for a holiday moves nothing, as the school's own
    timetable for such a day is known only shortly before.
    """
    first = starts_on + timedelta(days=(weekday - starts_on.weekday()) % 7)
    weeks = range(max(0, (ends_on - first).days // 7 + 1))
    days = (first + timedelta(weeks=week) for week in weeks)
    return tuple(day for day in days if calendar.days.get(day, True) and day not in free)


def may_begin(starts_at: datetime, now: datetime) -> bool:
    """Whether a lesson can begin: an hour before its time at the earliest, as service counts."""
    return as_utc(now) >= as_utc(starts_at) - BEFORE


def check_fetched(presence: Presence | None, fetched_at: datetime | None) -> None:
    """A child that is handed over is here, and was not handed over before.

    Raises:
        Refused: it is not, or it was.
    """
    if presence is not Presence.PRESENT:
        raise Refused(N_("Note first that the child is here."))
    if fetched_at is not None:
        raise Refused(N_("This child was handed over already."))


def check_all_home(here: int) -> None:
    """A lesson ends when nobody's child is left.

    Raises:
        Refused: some are still here.
    """
    if here:
        raise Refused(N_("Hand over every child first. Still here: {n}"), n=here)


def teaches(starts_on: date, ends_on: date, now: datetime) -> bool:
    """Whether a course's teacher may see its children: from a week before until the last day."""
    return starts_on - timedelta(days=7) <= local_day(now) <= ends_on


def to_erase(ends_on: date, now: datetime) -> bool:
    """Whether a term has been over for so long that its children's data go."""
    return local_day(now) > ends_on + KEPT_AFTER


def share(attended: int, noted: int) -> int | None:
    """Children who were there, of those noted, in whole percent; None without any."""
    return round(100 * attended / noted) if noted else None


def fetchers_typed(text: str) -> tuple[tuple[str, str], ...]:
    """Names and numbers of a field with one person a line: 张奶奶 13800000000, or a name alone."""
    found = []
    for line in text.splitlines():
        name, _space, last = line.strip().rpartition(" ")
        if name and any(character.isdigit() for character in last):
            found.append((name.strip(), last))
        elif line.strip():
            found.append((line.strip(), ""))
    return tuple(found)


def days_typed(text: str) -> tuple[date, ...]:
    """The days of a field with one a line, such as 2026-04-06.

    Raises:
        FieldError: a line that is no day.
    """
    days = []
    for line in text.split():
        try:
            days.append(date.fromisoformat(line))
        except ValueError:
            raise FieldError("free", N_("Write each day as 2026-04-06, one a line.")) from None
    return tuple(days)


def clashes(hours: Hours, others: Iterable[Hours]) -> bool:
    """Whether any of the others lies at the same time."""
    return any(hours.meets(other) for other in others)
