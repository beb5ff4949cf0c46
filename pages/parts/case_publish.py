"""晒事: what becomes public, read once more by a person before it does."""

import streamlit as st

from db import publishing
from db.casefile_views import CaseFile
from db.now import now
from domain import labels
from domain.closing import Outcome
from domain.errors import N_
from domain.private_text import Kind
from pages.parts.case_form import case_form
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.photos import WIDTH, address
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, opening

FOUND: dict[Kind, str] = {
    Kind.MOBILE: N_("a mobile number"),
    Kind.LANDLINE: N_("a telephone number"),
    Kind.ID_NUMBER: N_("an ID number"),
    Kind.ACCOUNT: N_("a WeChat or QQ account"),
    Kind.EMAIL: N_("an e-mail address"),
    Kind.ADDRESS: N_("somebody's address"),
}


def publish_form(file: CaseFile) -> None:
    """The review: how it ended, what the board says, which photos stand beside it."""
    form = case_form("publish")
    with st.form(form.key("form"), border=False):
        outcomes = {outcome: opening(_(labels.OUTCOME[outcome])) for outcome in Outcome}
        plain_choice(_("How did it end?"), outcomes, form.key("outcome"), file.outcome)
        form.mend("outcome")
        st.text_area(
            _("Summary for the public board"),
            value=file.summary or unit_words(file),
            key=form.key("summary"),
            height=120,
            max_chars=publishing.LONGEST_SUMMARY,
            help=_("No names, numbers or rooms: everybody can read it."),
        )
        form.mend("summary")
        personal(form)
        photos(form, file)
        with st.expander(_("Nothing to publish, or no photo of the result")):
            st.text_input(_("Why is nothing published?"), key=form.key("no_summary"))
            form.mend("no_summary_reason")
            st.text_input(_("Why is there no photo of the result?"), key=form.key("no_evidence"))
            form.mend("no_evidence_reason")
        form.submit(_("Publish the result"), publish, file.line.code, codes(file))
        st.form_submit_button(
            _("Keep as a draft"),
            key=form.key("draft"),
            type="tertiary",
            **form.sends(keep, file.line.code),
        )


def unit_words(file: CaseFile) -> str:
    """What the unit said of its work, as a beginning."""
    for entry in reversed(file.timeline):
        if entry.move is not None and entry.words and entry.facts.get("round") == file.line.round:
            return entry.words
    return ""


def personal(form: Form) -> None:
    """What was found that should not be public, and the tick that it may be."""
    error = form.error
    if not isinstance(error, publishing.PersonalDataFound):
        return
    for finding in error.findings:
        st.markdown(
            f":material/warning: {opening(_(FOUND[finding.kind]))}: **{plain(finding.text)}**"
        )
    st.checkbox(_("I have read it again: it may be public"), key=form.key("personal_ok"))


def codes(file: CaseFile) -> tuple[str, ...]:
    """All photos of the file."""
    return tuple(photo.code for photo in file.photos)


def photos(form: Form, file: CaseFile) -> None:
    """Which photos are public."""
    if not file.photos:
        return
    st.caption(_("Photos for the board: only those where nobody can be recognised."))
    with st.grid("auto", min_column_width=WIDTH):
        for number, photo in enumerate(file.photos, start=1):
            with st.container(gap="xsmall"):
                st.image(
                    address(photo, small=True),
                    width=WIDTH,
                    link=address(photo),
                    alt=_("Photo {n}: {what}", n=number, what=file.line.title),
                )
                st.checkbox(
                    _("Photo {n} is public", n=number),
                    value=photo.public,
                    key=form.key(f"photo_{photo.code}"),
                )


def publish(sent: Sent, code: str, known: tuple[str, ...]) -> None:
    """Publish, or say why not."""
    picked = sent.pick("outcome")
    publishing.show(
        actor(),
        now(),
        code,
        outcome=Outcome(picked) if picked else None,
        summary=sent.text("summary") if not sent.text("no_summary").strip() else "",
        no_summary_reason=sent.text("no_summary"),
        no_evidence_reason=sent.text("no_evidence"),
        public_photos=[photo for photo in known if sent.pick(f"photo_{photo}")],
        personal_ok=bool(sent.pick("personal_ok")),
        key=sent.once,
    )


def keep(sent: Sent, code: str) -> None:
    """Keep what is being written; nothing becomes public."""
    publishing.draft_summary(actor(), now(), code, sent.text("summary"))
