"""Times and deadlines as pages say them: in words, with a colour that repeats the words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import streamlit as st

from db.now import now
from db.views import ClockView
from domain import labels
from domain.clocks import Standing
from domain.days import local_day, local_time
from locales.times import day_words, left_words, moment_words
from pages.parts.words import _, opening, speak

SOON = timedelta(hours=24)  # from here on a deadline is coloured as near

SETTLED = {
    Standing.MET: ("green", "check_circle"),
    Standing.MET_LATE: ("red", "running_with_errors"),
    Standing.MISSED: ("red", "running_with_errors"),
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline in words, the colour of its badge, and its icon."""

    words: str
    colour: str
    icon: str


def moment(at: datetime) -> str:
    """Such as 11月22日 周日 14:30."""
    speak()
    return moment_words(local_time(at), local_day(now()))


def day(at: datetime) -> str:
    """Such as 11月22日 周日."""
    speak()
    return day_words(local_day(at), local_day(now()))


def last_day(due_at: datetime) -> str:
    """The last day on which something due at 24:00 is in time."""
    return day(due_at - timedelta(seconds=1))


def deadline(clock: ClockView) -> Deadline:
    """Where a promise stands: 还剩 3 小时 · 首次回应."""
    speak()
    promise = _(labels.PROMISE[clock.promise])
    if clock.remaining is None or clock.standing is Standing.PAUSED:
        standing = _(labels.STANDING[clock.standing])
        words = opening(_("{promise}: {standing}", promise=promise, standing=standing))
        return Deadline(words, *SETTLED.get(clock.standing, ("gray", "pause_circle")))
    left = left_of(clock.remaining)
    return Deadline(
        _("{left}: {promise}", left=left.words, promise=promise), left.colour, left.icon
    )


def left_of(left: timedelta) -> Deadline:
    """What is left of some time: 还剩 2 天, 已超 1 天."""
    speak()
    if left < timedelta(0):
        return Deadline(left_words(left), "red", "running_with_errors")
    return Deadline(left_words(left), "orange" if left <= SOON else "green", "schedule")


def show_deadline(line: Deadline) -> None:
    """The deadline as a badge."""
    st.badge(line.words, icon=f":material/{line.icon}:", color=line.colour)  # type: ignore[arg-type]


def today_words() -> str:
    """Today's date."""
    return day(now())
