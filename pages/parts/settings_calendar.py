"""The work calendar: a year's holidays and make-up workdays 调休, and corrections to them."""

from datetime import date

import pyarrow as pa
import streamlit as st

from db.now import now
from db.work_calendar import (
    NamedDay,
    YearView,
    clear_day,
    confirm_year,
    set_day,
    year_view,
)
from domain.days import local_day
from locales.times import day_words
from pages.parts import export
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _

WORKING, OFF = "working", "off"


def show() -> None:
    """One year at a time."""
    today = local_day(now())
    years = list(range(today.year - 1, today.year + 3))
    year: int = st.segmented_control(
        _("Year"), years, default=today.year, required=True, key="settings_year"
    )
    view = year_view(actor(), year)
    if not view.known:
        st.warning(
            _(
                "The holidays of {year} are not known yet: working days follow Monday to Friday. "
                "Enter the days of the State Council's notice, then confirm the year.",
                year=year,
            ),
            icon=":material/warning:",
        )
    day_form(view, today)
    confirming(view)
    table(view, today)


def day_form(view: YearView, today: date) -> None:
    """One day: people work, or they do not."""
    form = Form(f"settings_day_{view.year}")
    first, last = date(view.year, 1, 1), date(view.year, 12, 31)
    with st.form(f"{form.name}_form"):
        left, right = st.columns(2)
        with left:
            st.date_input(
                _("Day"),
                value=min(max(today, first), last),
                min_value=first,
                max_value=last,
                format="YYYY-MM-DD",
                key=form.key("day"),
            )
            form.mend("day")
        with right:
            st.text_input(
                _("What the day is called"),
                key=form.key("name"),
                max_chars=30,
                placeholder=_("Such as: Spring Festival"),
            )
        st.segmented_control(
            _("Work or day off"),
            [OFF, WORKING],
            default=OFF,
            required=True,
            format_func={OFF: _("have the day off"), WORKING: _("work")}.__getitem__,
            key=form.key("kind"),
        )
        form.submit(_("Set the day"), put_day)


def put_day(sent: Sent) -> None:
    """Set it."""
    day = sent.pick("day")
    if isinstance(day, date):
        set_day(actor(), now(), day, sent.pick("kind") == WORKING, sent.text("name"))


def confirming(view: YearView) -> None:
    """Say that an unknown year was entered, or take that back."""
    if view.confirmed or not view.known:
        label = (
            _("The days of {year} are not complete after all", year=view.year)
            if view.confirmed
            else _("All days of {year} are entered", year=view.year)
        )
        Form(f"settings_confirm_{view.year}").button(
            label,
            confirm,
            view.year,
            not view.confirmed,
            main=False,
            icon=":material/undo:" if view.confirmed else ":material/done_all:",
        )


def confirm(sent: Sent, year: int, complete: bool) -> None:
    """Confirm the year, or take it back."""
    confirm_year(actor(), now(), year, complete)


def table(view: YearView, today: date) -> None:
    """The named days, and the ways back for those that the office set."""
    if not view.days:
        st.caption(_("No day of this year differs from the ordinary week yet."))
        return
    export.frame(
        pa.table(
            {
                "day": [day_words(row.day, today) for row in view.days],
                "name": [_(row.name) for row in view.days],
                "working": [_("workday") if row.working else _("day off") for row in view.days],
                "edited": [row.edited for row in view.days],
            }
        ),
        hide_index=True,
        key=f"settings_days_{view.year}",
        alt=_("Holidays and make-up workdays of {year}", year=view.year),
        column_config={
            "day": st.column_config.TextColumn(_("Day"), width="medium"),
            "name": st.column_config.TextColumn(_("What the day is called"), width="medium"),
            "working": st.column_config.TextColumn(_("Work or day off"), width="small"),
            "edited": st.column_config.CheckboxColumn(_("Set by the office"), width="small"),
        },
    )
    edited = [row for row in view.days if row.edited]
    for row in edited:
        take_back(row, today)


def take_back(row: NamedDay, today: date) -> None:
    """The way back from a day that the office set."""
    Form(f"settings_back_{row.day}").button(
        _("Take back {day}", day=day_words(row.day, today)),
        drop,
        row.day,
        main=False,
        icon=":material/undo:",
    )


def drop(sent: Sent, day: date) -> None:
    """Take it back."""
    clear_day(actor(), now(), day)
