"""Planning: one activity or a weekly series, whose dates are seen before they are saved."""

from datetime import date, datetime, time, timedelta

import streamlit as st

from db.activities import planning
from db.now import now
from domain.days import at_local, local_day
from domain.errors import N_, FieldError
from domain.series import Plan
from pages.parts import activity_fields as fields
from pages.parts.activity_words import ACTIVITY, DAY, MONTH, day_words
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _, ngettext

BEGINS, ENDS = time(15, 0), time(16, 30)
QUARTER = 900  # seconds between the times to choose
WEEKS = timedelta(weeks=11)  # of a series, unless another end is chosen
MOST_SHOWN = 12


def show() -> None:
    """The form; nothing of it is saved before its button."""
    form = Form("activity_plan")
    fields.what(form, None)
    times(form, asked_day(), BEGINS, ENDS)
    weekly(form)
    fields.where(form, None)
    fields.whom(form, None)
    form.button(_("Plan it"), save, icon=":material/event_available:")


def asked_day() -> date:
    """The day that the address asks for, at the earliest tomorrow."""
    tomorrow = local_day(now()) + timedelta(days=1)
    try:
        return max(tomorrow, date.fromisoformat(str(st.query_params.get(DAY, ""))))
    except ValueError:
        return tomorrow


def times(form: Form, day: date, begins: time, ends: time) -> None:
    """The day, and from when to when."""
    left, middle, right = st.columns([2, 1, 1])
    with left:
        st.date_input(_("Day"), value=day, key=form.key("day"))
        form.mend("day")
    with middle:
        st.time_input(_("Begins"), value=begins, step=QUARTER, key=form.key("begins"))
    with right:
        st.time_input(_("Ends"), value=ends, step=QUARTER, key=form.key("ends"))
        form.mend("ends")


def weekly(form: Form) -> None:
    """Every week until a last day, and what that comes to."""
    if not st.toggle(_("Every week"), key=form.key("weekly")):
        return
    day = st.session_state[form.key("day")]
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        st.date_input(_("Until this day"), value=day + WEEKS, key=form.key("last_on"))
        form.mend("last_on")
    with right:
        st.checkbox(_("Leave out public holidays"), value=True, key=form.key("skips"))
    last = st.session_state[form.key("last_on")]
    preview(Plan(day.weekday(), BEGINS, 60, bool(st.session_state[form.key("skips")])), day, last)


def preview(plan: Plan, first: date, last: date) -> None:
    """The dates that it would have, and the holidays that it leaves out."""
    try:
        seen = planning.outlook(actor(), plan, first, last)
    except FieldError:
        return  # said when it is saved
    words = ngettext("{n} date", "{n} dates", len(seen.dates))
    named = _(", ").join(day_words(day) for day in seen.dates[:MOST_SHOWN])
    more = " …" if len(seen.dates) > MOST_SHOWN else ""
    st.caption(f"{words}: {named}{more}")
    if seen.holidays:
        left_out = _(", ").join(day_words(day) for day in seen.holidays)
        st.info(_("Left out as holidays: {days}", days=left_out), icon=":material/celebration:")
    if seen.unknown_years:
        years = _(", ").join(str(year) for year in seen.unknown_years)
        st.warning(
            _(
                "The holidays of {years} are not known yet; the administrator enters them.",
                years=years,
            ),
            icon=":material/calendar_today:",
        )


def moments(sent: Sent) -> tuple[datetime, datetime]:
    """Beginning and end as they were entered.

    Raises:
        FieldError: a field is empty.
    """
    day, begins, ends = sent.pick("day"), sent.pick("begins"), sent.pick("ends")
    if day is None or begins is None or ends is None:
        raise FieldError("ends", N_("Choose the day, the beginning and the end."))
    return at_local(day, begins), at_local(day, ends)


def minutes(sent: Sent) -> int:
    """How long it lasts.

    Raises:
        FieldError: a field is empty, or the end lies before the beginning.
    """
    starts_at, ends_at = moments(sent)
    if ends_at <= starts_at:
        raise FieldError("ends", N_("The end must lie after the beginning."))
    return (ends_at - starts_at) // timedelta(minutes=1)


def save(sent: Sent) -> None:
    """Plan it and show it."""
    day, begins = sent.pick("day"), sent.pick("begins")
    if not sent.pick("weekly"):
        starts_at, ends_at = moments(sent)
        code = planning.plan_activity(
            actor(), now(), fields.entered(sent), starts_at, ends_at, sent.once
        )
        st.query_params.from_dict({ACTIVITY: code})
        return
    last = sent.pick("last_on")
    if last is None:
        raise FieldError("last_on", N_("Choose the last day of the series."))
    plan = Plan(day.weekday(), begins, minutes(sent), bool(sent.pick("skips")))
    planning.plan_series(actor(), now(), fields.entered(sent), plan, day, last, sent.once)
    st.query_params.from_dict({MONTH: f"{day:%Y-%m}"})
