"""Talking with the reporters: an answer for all, a call, a rating taken down."""

import streamlit as st

from db import telling
from db.casefile_views import CaseFile, ReportView
from db.now import now
from domain import labels
from domain.closing import FAILED_CONTACTS_ENOUGH
from pages.parts.case_form import case_form
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.rating_fields import rate, rating_fields
from pages.parts.when import day
from pages.parts.who import actor
from pages.parts.words import _, opening

RATING = "rating"


def answer_form(file: CaseFile) -> None:
    """Words for all reporters."""
    form = case_form("answer")
    with st.form(form.key("form"), border=False):
        st.text_area(_("The answer to the reporter"), key=form.key("words"), height=100)
        form.mend("answer")
        st.caption(_("The reporter reads these words on the follow page."))
        form.submit(_("Answer"), answer, file.line.code)


def answer(sent: Sent, code: str) -> None:
    """Put the answer on the follow page."""
    telling.answer(actor(), now(), code, sent.text("words"), key=sent.once)


def whom(form: Form, file: CaseFile) -> int | None:
    """Ask which of the reporters; where there is only one, returns who it is."""
    names = {report.id: who(report) for report in file.reports}
    first = next(iter(names), None)
    if len(names) < 2:
        return first
    plain_choice(_("Which reporter?"), names, form.key("report"), first)
    return None


def chosen(sent: Sent, only: int | None) -> int:
    """The report of whoever was chosen, or of the only one."""
    return only if only is not None else int(sent.pick("report") or 0)


def who(report: ReportView) -> str:
    """A reporter in a list: name and masked number, else the day."""
    known = report.reporter
    parts = [part for part in (known.name, known.phone) if part] if known else []
    return " ".join(parts) or _("reported on {day}", day=day(report.received_at))


def call_form(file: CaseFile) -> None:
    """One call: whom, what for, reached or not."""
    purposes = dict(labels.PURPOSE) | dict(labels.TOLD)
    form = case_form("call")
    with st.form(form.key("form"), border=False):
        only = whom(form, file)
        plain_choice(
            _("What was it about?"),
            {key: opening(_(words)) for key, words in purposes.items()},
            form.key("purpose"),
            "answer",
        )
        st.segmented_control(
            _("Was the reporter reached?"),
            [True, False],
            default=True,
            required=True,
            format_func=lambda yes: opening(_("reached") if yes else _("not reached")),
            key=form.key("reached"),
        )
        st.text_area(_("What was said (may be empty)"), key=form.key("words"), height=80)
        form.mend("words")
        form.submit(_("Record the call"), call, file.line.code, only)


def call(sent: Sent, code: str, only: int | None) -> None:
    """Record the call."""
    telling.contact(
        actor(),
        now(),
        code,
        report_id=chosen(sent, only),
        purpose=str(sent.pick("purpose") or "answer"),
        reached=bool(sent.pick("reached")),
        words=sent.text("words"),
        key=sent.once,
    )


def rate_form(file: CaseFile) -> None:
    """A rating told by telephone."""
    form = case_form("rate")
    with st.form(form.key("form"), border=False):
        only = whom(form, file)
        rating_fields(form)
        form.submit(_("Save the rating"), rate, file.line.code, only)


def unreached(file: CaseFile, failed: int) -> None:
    """A call for the rating that reached nobody."""
    form = case_form("unreached")
    with st.form(form.key("form"), border=False):
        only = whom(form, file)
        st.caption(
            _(
                "Calls that reached nobody: {failed} of {enough}",
                failed=failed,
                enough=FAILED_CONTACTS_ENOUGH,
            )
        )
        form.submit(_("Nobody answered"), failed_call, file.line.code, only, main=False)


def failed_call(sent: Sent, code: str, only: int | None) -> None:
    """Record the attempt."""
    telling.contact(
        actor(),
        now(),
        code,
        report_id=chosen(sent, only),
        purpose=RATING,
        reached=False,
        key=sent.once,
    )
