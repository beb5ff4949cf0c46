"""Personal data 个人信息: what is kept of a person, given out or erased when they ask for it."""

import json

import streamlit as st

from db.now import now
from db.personal import KEPT_MONTHS, erase_person, export_person
from domain.errors import N_, FieldError
from domain.people import Right
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _, ngettext

EXPORTED, ERASED = "personal_exported", "personal_erased"


def ask() -> None:
    """The telephone number, and the two things that can be done for its owner."""
    form = Form("personal")
    with st.form("personal_form"):
        st.text_input(_("The person's telephone number"), key=form.key("phone"), max_chars=30)
        form.mend("phone")
        st.checkbox(_("I made sure that it is this person who asks"), key=form.key("sure"))
        form.mend("sure")
        form.submit(_("Show what is kept"), export)


def export(sent: Sent) -> None:
    """Gather it; that it was given out is recorded."""
    need_sure(sent)
    st.session_state.pop(ERASED, None)
    phone = sent.text("phone")
    st.session_state[EXPORTED] = (phone, export_person(actor(), now(), phone))


def need_sure(sent: Sent) -> None:
    """Nothing is given out to somebody who merely calls."""
    if not sent.pick("sure"):
        raise FieldError("sure", N_("Make sure who is asking, then tick this."))


def exported() -> None:
    """What is kept, to be handed over, and the way to erase it."""
    kept = st.session_state.get(EXPORTED)
    if kept is None:
        return
    phone, told = kept
    count = len(told["reports"])
    st.success(
        ngettext(
            "{n} report is kept of this person.", "{n} reports are kept of this person.", count
        ),
        icon=":material/person_search:",
    )
    st.download_button(
        _("Download as a file for the person"),
        data=json.dumps(told, ensure_ascii=False, indent=2),
        file_name="163desk-person.json",
        mime="application/json",
        key="personal_download",
        icon=":material/download:",
        on_click="ignore",
    )
    with st.expander(_("Erase this person"), icon=":material/person_remove:"):
        st.markdown(
            _(
                "Name, number and photos go, details in words are masked, in open files too: "
                "nobody can call this person about them any more. What was done stays. This "
                "cannot be taken back."
            )
        )
        form = Form("personal_erase")
        st.checkbox(_("The person asked for it"), key=form.key("sure"))
        form.mend("sure")
        form.button(_("Erase for good"), erase, phone, icon=":material/delete_forever:")


def erase(sent: Sent, phone: str) -> None:
    """Erase them."""
    need_sure(sent)
    st.session_state[ERASED] = erase_person(actor(), now(), phone)
    st.session_state.pop(EXPORTED, None)


st.title(_("Personal data"), anchor=False)
actor().need(Right.REVEAL)
st.caption(
    _(
        "Whoever gave us their data may see them and have them erased. Closed files lose names "
        "and numbers by themselves {n} months after closing.",
        n=KEPT_MONTHS,
    )
)
ask()
exported()
if (gone := st.session_state.get(ERASED)) is not None:
    st.success(
        ngettext(
            "The person was erased from {n} file.",
            "The person was erased from {n} files.",
            gone.files,
        ),
        icon=":material/check_circle:",
    )
