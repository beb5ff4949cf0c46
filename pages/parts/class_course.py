"""One course for the class's staff: its lessons, what was forgotten, a cancelling, its form."""

from datetime import date

import pyarrow as pa
import streamlit as st

from db.classes import lesson_reads, lessons
from db.classes.lesson_reads import LessonLine
from db.classes.reads import CourseLine
from db.now import now
from domain.days import local_day
from domain.people import Right
from locales.times import day_words
from pages.parts import class_course_form, export
from pages.parts.choice import plain_choice
from pages.parts.class_past import past_card
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _


def one(line: CourseLine) -> None:
    """The course below the table in which it was chosen."""
    st.subheader(plain(line.name), anchor=False)
    rows = lesson_reads.lessons(actor(), line.code)
    today = local_day(now())
    words = {row.day: day_words(row.day, today) for row in rows}
    export.frame(
        pa.table(
            {
                "day": list(words.values()),
                "state": [state(row) for row in rows],
                "here": [f"{row.here} / {len(row.marks)}" if row.marks else "" for row in rows],
                "reason": [row.reason for row in rows],
            }
        ),
        hide_index=True,
        key="class_lessons",
        alt=_("The lessons of this course"),
        column_config={
            "day": st.column_config.TextColumn(_("Day"), width=120),
            "state": st.column_config.TextColumn(_("Lesson"), width=100),
            "here": st.column_config.TextColumn(_("Here of noted"), width=110),
            "reason": st.column_config.TextColumn(_("Reason"), width="medium"),
        },
    )
    standing = [row for row in rows if not row.cancelled]
    coming = [row.day for row in standing if row.day >= today and row.begun_at is None]
    with st.container(horizontal=True, gap="small"):
        if coming:
            cancelling(line.code, {day: words[day] for day in coming})
        if actor().may(Right.RUN_SERVICES):
            class_course_form.change(line)
    past = {row.day: row for row in standing if row.day < today}
    if past:
        forgotten(line.code, past, words)


def state(row: LessonLine) -> str:
    """Held, cancelled, or to come."""
    if row.cancelled:
        return _("cancelled")
    if row.begun_at is not None:
        return _("held")
    return _("to come") if row.day >= local_day(now()) else _("not noted")


def forgotten(code: str, past: dict[date, LessonLine], words: dict[date, str]) -> None:
    """What was not noted on the day is added by the staff."""
    box = st.expander(
        _("Add what was not noted"),
        icon=":material/edit_calendar:",
        key=f"class_forgotten_{code}",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        days = list(reversed(past))
        plain_choice(_("Day"), {day: words[day] for day in days}, f"class_past_{code}", days[0])
        past_card(past[st.session_state[f"class_past_{code}"]])


def cancelling(code: str, days: dict[date, str]) -> None:
    """A lesson that does not take place."""
    with st.popover(_("Cancel a lesson"), icon=":material/event_busy:"):
        form = Form(f"class_cancel_{code}")
        with st.form(form.key("form"), border=False):
            plain_choice(_("Day"), days, form.key("day"), next(iter(days)))
            st.text_input(_("Reason"), key=form.key("reason"), max_chars=120)
            form.mend("reason")
            form.submit(_("Cancel a lesson"), cancel, code, main=False)


def cancel(sent: Sent, code: str) -> None:
    """It does not take place."""
    lessons.cancel(actor(), now(), code, sent.pick("day"), sent.text("reason"))
