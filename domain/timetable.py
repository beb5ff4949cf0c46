"""The legal periods of an owners' assembly; days are those of the community's time zone.

Local numbers are rows with a source and a first day, because streets and estates differ and
change them; the rows here are what holds where nobody has entered another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import N_, DeskError


class Period(StrEnum):
    """What a number of days is for."""

    NOTICE = "notice"  # 通知: from the notice to the assembly
    AGENDA = "agenda"  # 议程公告: from the agenda to the committee's meeting
    OBJECTION = "objection"  # 异议期: after something was displayed
    PUBLISH = "publish"  # 公告: from the close to the published result


@dataclass(frozen=True, slots=True)
class LocalNumber:
    """A number of days with the text that sets it and the first day on which it holds."""

    period: Period
    days: int
    source: str
    effective: date


DEFAULTS = (
    LocalNumber(Period.NOTICE, 15, "《物业管理条例》第十四条", date(2003, 9, 1)),
    LocalNumber(Period.AGENDA, 7, "《业主大会和业主委员会指导规则》", date(2010, 1, 1)),
    LocalNumber(Period.OBJECTION, 7, "163议事台默认", date(2010, 1, 1)),
    LocalNumber(Period.PUBLISH, 3, "《业主大会和业主委员会指导规则》", date(2010, 1, 1)),
)


class NoticeTooShort(DeskError):
    """The assembly or meeting is too soon after its notice."""


def in_force(numbers: Iterable[LocalNumber], period: Period, on: date) -> LocalNumber:
    """Pick the latest number that holds on a day, else the default."""
    entered = [row for row in numbers if row.period is period and row.effective <= on]
    if entered:
        return max(entered, key=lambda row: row.effective)
    return next(row for row in DEFAULTS if row.period is period)


def earliest_meeting(notice: date, days: int) -> date:
    """First day on which a meeting may be held: meeting date − notice date ≥ days."""
    return notice + timedelta(days=days)


def require_notice(meeting: date, notice: date, days: int) -> None:
    """Check the notice of an assembly, or the agenda of a committee meeting.

    Raises:
        NoticeTooShort: fewer than `days` days lie between the two dates.
    """
    earliest = earliest_meeting(notice, days)
    if meeting < earliest:
        raise NoticeTooShort(
            N_("{days} days must lie between notice and meeting. Meet on {earliest} or later."),
            days=days,
            earliest=earliest,
        )


def objections_until(displayed: date, days: int) -> date:
    """Last day for objections; the day of display is not counted (《民法典》 art. 201)."""
    return displayed + timedelta(days=days)


def publish_by(closed: date, days: int) -> date:
    """Last day to publish a result; the closing day is not counted (《民法典》 art. 201)."""
    return closed + timedelta(days=days)
