"""The timetable of an owners' vote: each legal period with its number, its source, its standing.

The days themselves are reckoned by `domain.timetable`; this says what they mean for one vote.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.thresholds import Lane
from domain.timetable import (
    LocalNumber,
    Period,
    earliest_meeting,
    in_force,
    objections_until,
    publish_by,
)


class Milestone(StrEnum):
    """What happens on a day of the timetable, in its order."""

    NOTICE = "notice"  # 公告: the notice is posted, with roll and questions
    OBJECTIONS = "objections"  # 公示异议期: last day to object to what was displayed
    MEETING = "meeting"  # first day of voting
    CLOSE = "close"  # last day of voting
    PUBLISH = "publish"  # last day to publish the result
    RESULT_OBJECTIONS = "result_objections"  # last day to object to the result


class Kept(StrEnum):
    """Whether a period is kept."""

    PLANNED = "planned"  # no day is fixed yet; the day shown is the earliest possible
    COMING = "coming"
    RUNNING = "running"
    KEPT = "kept"
    BROKEN = "broken"


class About(StrEnum):
    """What a written objection 异议 is against."""

    ROLL = "roll"
    CANDIDATES = "candidates"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of a vote as far as they are fixed, all in the community's time zone."""

    noticed_on: date | None = None
    meets_on: date | None = None
    closes_on: date | None = None
    closed: bool = False
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One day of the timetable.

    Args:
        number: the period behind it with its source; None for a day that people chose.
    """

    milestone: Milestone
    on: date | None
    kept: Kept
    number: LocalNumber | None = None


def timetable(
    lane: Lane, dates: Dates, numbers: Iterable[LocalNumber], today: date
) -> tuple[Line, ...]:
    """All days of a vote in their order; while nothing is fixed, as if it were posted today.

    Args:
        numbers: the estate's own numbers; the defaults hold where it has none.
    """
    return tuple(_lines(lane, dates, tuple(numbers), today))


def _lines(
    lane: Lane, dates: Dates, numbers: tuple[LocalNumber, ...], today: date
) -> Iterator[Line]:
    posted = dates.noticed_on or today
    fixed = dates.noticed_on is not None
    notice = in_force(numbers, Period.AGENDA if lane is Lane.COMMITTEE else Period.NOTICE, posted)
    objection = in_force(numbers, Period.OBJECTION, posted)
    earliest = earliest_meeting(posted, notice.days)
    meets = dates.meets_on or earliest
    until = objections_until(posted, objection.days)

    yield Line(Milestone.NOTICE, posted, Kept.KEPT if fixed else Kept.PLANNED)
    if lane is not Lane.COMMITTEE:
        yield Line(Milestone.OBJECTIONS, until, _objecting(fixed, until, meets, today), objection)
    yield Line(Milestone.MEETING, meets, _meeting(dates, earliest, today), notice)
    closes = dates.closes_on
    if closes is None:
        yield Line(Milestone.CLOSE, None, Kept.PLANNED)
        return
    running = meets <= today and not dates.closed
    ended = Kept.KEPT if dates.closed else Kept.RUNNING if running else Kept.COMING
    yield Line(Milestone.CLOSE, closes, ended)
    publish = in_force(numbers, Period.PUBLISH, closes)
    last = publish_by(closes, publish.days)
    yield Line(Milestone.PUBLISH, last, _publishing(dates, last, today), publish)
    shown = dates.published_on
    own = in_force(numbers, Period.OBJECTION, shown or last)
    yield Line(
        Milestone.RESULT_OBJECTIONS,
        objections_until(shown or last, own.days),
        Kept.COMING
        if shown is None
        else Kept.RUNNING
        if today <= objections_until(shown, own.days)
        else Kept.KEPT,
        own,
    )


def _objecting(fixed: bool, until: date, meets: date, today: date) -> Kept:
    if not fixed:
        return Kept.PLANNED
    if until >= meets:
        return Kept.BROKEN
    return Kept.RUNNING if today <= until else Kept.KEPT


def _meeting(dates: Dates, earliest: date, today: date) -> Kept:
    if dates.meets_on is None:
        return Kept.PLANNED
    if dates.meets_on < earliest:
        return Kept.BROKEN
    return Kept.KEPT if today >= dates.meets_on else Kept.COMING


def _publishing(dates: Dates, last: date, today: date) -> Kept:
    if dates.published_on is not None:
        return Kept.KEPT if dates.published_on <= last else Kept.BROKEN
    if not dates.closed:
        return Kept.COMING
    return Kept.RUNNING if today <= last else Kept.BROKEN


def in_objection_period(
    about: About, received_on: date, dates: Dates, numbers: Iterable[LocalNumber]
) -> bool:
    """Whether an objection came within its period; a late one is recorded and answered too."""
    displayed = dates.published_on if about is About.RESULT else dates.noticed_on
    if displayed is None:
        return about is not About.RESULT  # before anything is displayed nothing can be late
    days = in_force(numbers, Period.OBJECTION, displayed).days
    return received_on <= objections_until(displayed, days)
