"""The owners' committee 业主委员会: its term, its filing, who steps up when a member leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import N_, FieldError

MOST_YEARS = 5  # 每届任期不超过5年
TERM_SOURCE = "《业主大会和业主委员会指导规则》第三十二条"
FILING_DAYS = 30  # 自选举产生之日起30日内备案
FILING_SOURCE = "《物业管理条例》第十六条、《业主大会和业主委员会指导规则》第三十三条"
FIRST_MEETING_DAYS = 7  # 自选举之日起7日内召开首次会议
# 候补委员 are of local rules; who has none calls a by-election.
CHANGE_DAYS = 30  # 备案内容变更的，自变更之日起30日内书面报告 (art. 34)
CHANGE_SOURCE = "《业主大会和业主委员会指导规则》第三十四条"


class Office(StrEnum):
    """What a member is in the committee."""

    CHAIR = "chair"  # 主任
    VICE = "vice"  # 副主任
    MEMBER = "member"  # 委员
    ALTERNATE = "alternate"  # 候补委员


OFFICE_WORDS: dict[Office, str] = {
    Office.CHAIR: N_("chair"),
    Office.VICE: N_("vice chair"),
    Office.MEMBER: N_("member"),
    Office.ALTERNATE: N_("alternate"),
}


class Left(StrEnum):
    """Why a member's seat became free (art. 43, 44)."""

    RESIGNED = "resigned"
    SOLD = "sold"
    DIED = "died"
    RECALLED = "recalled"
    OTHER = "other"


LEFT_WORDS: dict[Left, str] = {
    Left.RESIGNED: N_("resigned in writing"),
    Left.SOLD: N_("is no longer an owner"),
    Left.DIED: N_("died or lost legal capacity"),
    Left.RECALLED: N_("recalled by the owners' assembly"),
    Left.OTHER: N_("another reason"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One name on the committee's list, in the order of the election.

    Args:
        sits: in a seat now; an alternate does from the day of stepping up.
        gone: left, or will not step up.
    """

    id: int
    sits: bool
    gone: bool = False


def term_ends(begins: date, years: int) -> date:
    """The last day of the term.

    Raises:
        FieldError: no such term is lawful.
    """
    if not 1 <= years <= MOST_YEARS:
        raise FieldError("years", N_("A term lasts between 1 and {most} years."), most=MOST_YEARS)
    leap = (begins.month, begins.day) == (2, 29)
    day = begins.replace(year=begins.year + years, day=28) if leap else None
    return (day or begins.replace(year=begins.year + years)) - timedelta(days=1)


def file_by(elected_on: date) -> date:
    """Last day to file the committee; the day of the election is not counted (art. 201)."""
    return elected_on + timedelta(days=FILING_DAYS)


def first_meeting_by(elected_on: date) -> date:
    """Last day of the first meeting, which chooses chair and vice chair."""
    return elected_on + timedelta(days=FIRST_MEETING_DAYS)


def steps_up(places: Sequence[Place]) -> int | None:
    """The id of the alternate whose turn it is: the first in rank who neither sits nor is gone."""
    return next((one.id for one in places if not one.sits and not one.gone), None)
