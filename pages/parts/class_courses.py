"""The courses of a term in numbers; for the staff each with its lessons."""

import pyarrow as pa
import streamlit as st

import locales.times
from db.classes.reads import CourseLine, TermView
from db.now import now
from domain.classes import share
from domain.days import local_day
from domain.people import Right
from pages.parts import class_course, class_course_form, export
from pages.parts.who import actor
from pages.parts.words import _, speak


def show(view: TermView) -> None:
    """The table; the staff opens a course by choosing its row."""
    speak()
    waiting = sum(line.waiting for line in view.courses)
    with st.container(horizontal=True):
        st.metric(_("Children"), view.children, border=True)
        st.metric(_("Courses"), len(view.courses), border=True)
        st.metric(_("Waiting for a place"), waiting, border=True)
    if view.courses:
        picked = table(view)
        if picked is not None and view.staffed:
            class_course.one(picked)
    else:
        st.info(_("This term has no course yet."), icon=":material/school:")
    if actor().may(Right.RUN_SERVICES):
        class_course_form.add(view.line)


def table(view: TermView) -> CourseLine | None:
    """Every course, and the one that was chosen."""
    today = local_day(now())
    lines = view.courses
    columns = {
        "name": [line.name for line in lines],
        "when": [when(line) for line in lines],
        "seats": [f"{line.enrolled} / {line.places}" for line in lines],
        "waiting": [line.waiting for line in lines],
        "where": [line.where for line in lines],
        "teacher": [line.teacher for line in lines],
        "held": [f"{line.held} / {line.planned}" for line in lines],
        "came": [came(line) for line in lines],
        "next": [
            locales.times.day_words(line.next_on, today) if line.next_on else "" for line in lines
        ],
    }
    if not any(line.teacher for line in lines):
        del columns["teacher"]
    export.frame(
        pa.table(columns),
        hide_index=True,
        height="content",
        key="class_courses",
        on_select="rerun" if view.staffed else "ignore",
        selection_mode="single-row",
        alt=_("The courses of the term with their places and lessons"),
        column_config={
            "name": st.column_config.TextColumn(_("Course"), width=85),
            "when": st.column_config.TextColumn(_("When"), width=120),
            "where": st.column_config.TextColumn(_("Where"), width=95),
            "teacher": st.column_config.TextColumn(_("Teacher"), width=70),
            "seats": st.column_config.TextColumn(_("Places taken"), width=75),
            "waiting": st.column_config.NumberColumn(_("Waiting"), width=50),
            "held": st.column_config.TextColumn(_("Lessons held"), width=75),
            "came": st.column_config.TextColumn(_("Attendance"), width=110),
            "next": st.column_config.TextColumn(_("Next lesson"), width=105),
        },
    )
    if not view.staffed:
        return None
    st.caption(_("Choose a row to see its lessons."))
    rows = st.session_state["class_courses"].selection.rows
    return lines[rows[0]] if rows and rows[0] < len(lines) else None


def when(line: CourseLine) -> str:
    """Such as 周一 16:30–17:30."""
    hours = line.hours
    return (
        f"{locales.times.weekday_words(hours.weekday)} "
        f"{hours.start // 60:02d}:{hours.start % 60:02d}–{hours.end // 60:02d}:{hours.end % 60:02d}"
    )


def came(line: CourseLine) -> str:
    """The share with what it is of."""
    percent = share(line.attended, line.noted)
    return "" if percent is None else f"{percent}% ({line.attended} / {line.noted})"
