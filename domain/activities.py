"""What is held at the activity centre and elsewhere: kinds, and what people are to be told."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import N_

HERE_BEFORE = timedelta(hours=1)  # the door's page takes people from then on
HERE_AFTER = timedelta(hours=2)  # and until so long after the end
FEEDBACK_FOR = timedelta(days=14)  # afterwards nobody remembers well
MOST_PLACES = 2000


class ActivityKind(StrEnum):
    """What is held."""

    ACTIVITY = "activity"  # 活动，如八段锦沙龙
    PERFORMANCE = "performance"  # 文艺演出
    EXHIBITION = "exhibition"  # 书法绘画展览
    CLASS = "class"  # 课程、讲座
    MEETING = "meeting"  # 会议


KIND: Mapping[ActivityKind, str] = {
    ActivityKind.ACTIVITY: N_("activity"),
    ActivityKind.PERFORMANCE: N_("performance"),
    ActivityKind.EXHIBITION: N_("exhibition"),
    ActivityKind.CLASS: N_("class"),
    ActivityKind.MEETING: N_("meeting"),
}

# 一周一活动: lessons go on by their timetable and meetings are counted by the month.
OF_THE_WEEK = frozenset({ActivityKind.ACTIVITY, ActivityKind.PERFORMANCE, ActivityKind.EXHIBITION})


class News(StrEnum):
    """What somebody who signed up has to be told by phone, until the desk ticks it off."""

    MOVED_UP = "moved_up"
    MOVED = "moved"
    CANCELLED = "cancelled"


NEWS: Mapping[News, str] = {
    News.MOVED_UP: N_("has a place now"),
    News.MOVED: N_("the time or place has changed"),
    News.CANCELLED: N_("it does not take place"),
}


def takes_people_at_the_door(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether somebody can say at the door that they are here."""
    return starts_at - HERE_BEFORE <= now <= ends_at + HERE_AFTER


def takes_feedback(ends_at: datetime, now: datetime) -> bool:
    """Whether those who came may say how it was."""
    return ends_at <= now <= ends_at + FEEDBACK_FOR
