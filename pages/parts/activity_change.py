"""Changing an activity: this date alone, its series from a day on, or cancelling it."""

from datetime import timedelta

import streamlit as st

from db.activities import changing
from db.activities.reads import ActivityFile
from db.activities.views import ActivityView, SeriesView
from db.now import now
from domain.days import local_day, local_time
from domain.errors import N_, FieldError
from domain.series import Plan
from locales.times import weekday_words
from pages.parts import activity_fields as fields
from pages.parts.activity_plan import QUARTER, minutes, moments, times
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _, speak


def show(found: ActivityFile) -> None:
    """What can still be changed."""
    view, series = found.view, found.series
    if view.ends_at > now() and not view.cancelled:
        label = _("Change or move this date") if series else _("Change or move it")
        with st.expander(label, icon=":material/edit_calendar:"):
            one(view)
        label = _("Cancel this date") if series else _("Cancel it")
        with st.expander(label, icon=":material/event_busy:"):
            cancel(view)
    if series is not None and series.last_on > local_day(now()):
        with st.expander(_("Change the series from a day on"), icon=":material/event_repeat:"):
            whole(view, series)


def one(view: ActivityView) -> None:
    """The same fields as when it was planned."""
    form = Form(f"activity_change_{view.code}")
    fields.what(form, view.entered)
    begins, ends = local_time(view.starts_at), local_time(view.ends_at)
    times(form, begins.date(), begins.time(), ends.time())
    fields.where(form, view.entered)
    fields.whom(form, view.entered)
    form.button(_("Save the change"), save, view.code, main=False)


def save(sent: Sent, code: str) -> None:
    """Change this one."""
    starts_at, ends_at = moments(sent)
    changing.change_activity(actor(), now(), code, fields.entered(sent), starts_at, ends_at)


def cancel(view: ActivityView) -> None:
    """With a reason that people read."""
    form = Form(f"activity_cancel_{view.code}")
    with st.form(f"activity_cancel_{view.code}_form", border=False):
        st.text_input(
            _("Why? People who signed up read it."), key=form.key("reason"), max_chars=200
        )
        form.mend("reason")
        form.submit(_("Cancel it; the room is free again"), call_off, view.code, main=False)


def call_off(sent: Sent, code: str) -> None:
    """Cancel it; whoever signed up has to be told."""
    changing.cancel_activity(actor(), now(), code, sent.text("reason"))


def whole(view: ActivityView, series: SeriesView) -> None:
    """Another weekday, time, room or end; what was held stays."""
    speak()
    form = Form(f"series_{series.code}")
    tomorrow = local_day(now()) + timedelta(days=1)
    left, right = st.columns(2)
    with left:
        st.date_input(_("From this day on"), value=tomorrow, key=form.key("since"))
        form.mend("since")
    with right:
        last = max(series.last_on, tomorrow)
        st.date_input(_("Until this day"), value=last, key=form.key("last_on"))
        form.mend("last_on")
    fields.what(form, view.entered)
    left, middle, right = st.columns(3)
    begins = series.plan.starts
    with left:
        st.selectbox(
            _("Weekday"),
            list(range(7)),
            index=series.plan.weekday,
            format_func=weekday_words,
            key=form.key("weekday"),
        )
    with middle:
        st.time_input(_("Begins"), value=begins, step=QUARTER, key=form.key("begins"))
    with right:
        ends = (begins.hour * 60 + begins.minute + series.plan.minutes) % (24 * 60)
        value = begins.replace(hour=ends // 60, minute=ends % 60)
        st.time_input(_("Ends"), value=value, step=QUARTER, key=form.key("ends"))
        form.mend("ends")
    st.checkbox(
        _("Leave out public holidays"), value=series.plan.skips_holidays, key=form.key("skips")
    )
    fields.where(form, view.entered)
    fields.whom(form, view.entered)
    st.caption(
        _("What was held stays as it was, and so does a date that was moved or cancelled alone.")
    )
    form.button(_("Change the series"), save_series, series.code, main=False)


def save_series(sent: Sent, code: str) -> None:
    """Change what comes."""
    since, last = sent.pick("since"), sent.pick("last_on")
    if since is None or last is None:
        raise FieldError("last_on", N_("Choose the first and the last day."))
    dated = Sent({**sent.values, "day": since}, sent.once)
    plan = Plan(
        int(sent.pick("weekday")), sent.pick("begins"), minutes(dated), bool(sent.pick("skips"))
    )
    changing.change_series(actor(), now(), code, fields.entered(sent), plan, since, last)
