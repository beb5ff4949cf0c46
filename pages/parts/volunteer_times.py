"""Fields for the hours in which a volunteer may be asked, and what was meant by them."""

from collections.abc import Iterable
from datetime import time

import streamlit as st

from domain.availability import Part, Quiet, Weekly, weekly
from locales.times import weekday_words
from pages.parts.forms import Form, Sent
from pages.parts.words import _, speak

DAYS = range(7)


def time_fields(form: Form, free: Iterable[Weekly], quiet: Quiet | None) -> None:
    """Days and nights to tick, and quiet hours of every day."""
    speak()
    known = set(free)
    for part, label in (
        (Part.DAY, _("May be asked by day (06:00–22:00)")),
        (Part.NIGHT, _("May be asked at night (22:00–06:00 of the next morning)")),
    ):
        st.pills(
            label,
            list(DAYS),
            selection_mode="multi",
            default=[day for day in DAYS if weekly(day, part) in known],
            format_func=weekday_words,
            key=form.key(f"free_{part.value}"),
        )
    form.mend("free")
    left, right = st.columns(2)
    with left:
        st.time_input(
            _("Quiet from"),
            value=_clock(quiet.start) if quiet else None,
            key=form.key("quiet_from"),
        )
    with right:
        st.time_input(
            _("Quiet until"),
            value=_clock(quiet.end) if quiet else None,
            key=form.key("quiet_to"),
        )
    form.mend("quiet")


def free_of(sent: Sent, before: Iterable[Weekly] = ()) -> tuple[Weekly, ...]:
    """The ticked hours, and those that were there and are none of the boxes."""
    boxes = {weekly(day, part) for day in DAYS for part in Part}
    ticked = {weekly(int(day), part) for part in Part for day in sent.many(f"free_{part.value}")}
    return tuple(sorted(ticked | (set(before) - boxes)))


def quiet_of(sent: Sent) -> Quiet | None:
    """The quiet hours; none where neither end is given.

    Raises:
        FieldError: one end without the other, or two equal ones.
    """
    start, end = sent.pick("quiet_from"), sent.pick("quiet_to")
    if start is None and end is None:
        return None
    first = _minute(start) if start is not None else -1
    return Quiet(first, _minute(end) if end is not None else -1)


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
