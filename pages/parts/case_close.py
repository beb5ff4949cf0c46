"""销号: what the gate still lacks, told plainly, with the form that helps; else the button."""

import streamlit as st

from db import publishing
from db.casefile_views import CaseFile
from db.now import now
from domain.closing import MISSING_WORDS, Missing
from pages.parts.case_form import case_form
from pages.parts.case_tell import rate_form, unreached
from pages.parts.forms import Sent
from pages.parts.who import actor
from pages.parts.words import _


def close_form(file: CaseFile) -> None:
    """The gate."""
    gate = file.closing
    if gate is None:
        return
    if not gate.missing:
        st.caption(_("Nothing is missing: the file can be closed."))
        case_form("close").button(
            _("Close the file"), close, file.line.code, icon=":material/verified:"
        )
        return
    st.markdown(_("Before it can be closed:"))
    for lack in gate.missing:
        st.markdown(f"- {_(MISSING_WORDS[lack])}")
    if Missing.EVIDENCE in gate.missing:
        evidence_form(file)
    if Missing.RATING in gate.missing:
        st.subheader(_("Ask for the rating by telephone"), anchor=False)
        rate_form(file)
        unreached(file, gate.failed_contacts)


def evidence_form(file: CaseFile) -> None:
    """Why there is no photo of the result."""
    form = case_form("evidence")
    with st.form(form.key("form"), border=False):
        st.text_input(_("Why is there no photo of the result?"), key=form.key("reason"))
        form.mend("no_evidence_reason")
        form.submit(_("Save"), explain, file.line.code)


def explain(sent: Sent, code: str) -> None:
    """Keep the reason."""
    publishing.add_missing(
        actor(), now(), code, no_evidence_reason=sent.text("reason"), key=sent.once
    )


def close(sent: Sent, code: str) -> None:
    """Close it."""
    publishing.close(actor(), now(), code, key=sent.once)
