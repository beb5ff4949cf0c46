"""The consultation inbox 咨询: questions with their answers, some of them made public."""

from collections.abc import Mapping

import streamlit as st

from db.elections import consultations
from db.elections.questions import QuestionView, questions
from db.now import now
from db.publishing import PersonalDataFound
from domain.people import Right
from pages.parts import export, export_papers
from pages.parts.case_publish import FOUND
from pages.parts.election_write import write_form
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _, opening

NUMBER = "vote_number_shown"
MOST = 20  # forms on the page of all votes


def section(estate_id: int, vote_code: str) -> None:
    """The questions of one estate, and the form for one that came by phone."""
    listed(questions(actor(), estate_id=estate_id))
    with st.expander(_("Write down a question asked by phone or in person")):
        write_form({estate_id: ""}, vote_code)


def all_estates(names: Mapping[int, str]) -> None:
    """What waits in all estates that this person sees; the rest stands beside its vote."""
    listed(questions(actor(), waiting=True)[:MOST])
    write_form(names, "")


def listed(found: tuple[QuestionView, ...]) -> None:
    """One after the other, those that wait first."""
    if found:
        export.downloads(export_papers.questions(found), "vote_questions")
    for row in found:
        one(row)
    if not found:
        st.info(
            _("No question waits. Questions come by the guide page's form."),
            icon=":material/info:",
        )


def one(row: QuestionView) -> None:
    """One question, and what can be done with it."""
    with st.container(border=True, gap="xsmall"):
        marks(row)
        st.text(row.text)
        told = [
            row.estate,
            row.vote or "",
            moment(row.received_at),
            row.name or "",
            row.phone or "",
        ]
        st.caption(plain(" · ".join(part for part in told if part)))
        if row.phone:
            number(row)
        if row.answer:
            st.markdown(f"**{_('Answer')}**")
            st.text(row.answer)
        with st.expander(_("Answer again") if row.answer else _("Answer")):
            answer_form(row)
        if row.answer:
            with st.expander(_("On the guide page") if row.said else _("Put it on the guide page")):
                public_form(row)


def marks(row: QuestionView) -> None:
    """Where it stands."""
    with st.container(horizontal=True, gap="small"):
        if row.held_for:
            st.badge(_("held back as spam"), icon=":material/shield:", color="gray")
        if row.answer is None:
            st.badge(_("waits for an answer"), icon=":material/reply:", color="orange")
        elif row.called:
            st.badge(_("answered by phone"), icon=":material/call:", color="green")
        else:
            st.badge(_("answered"), icon=":material/task_alt:", color="green")
        if row.said:
            st.badge(_("public"), icon=":material/public:", color="blue")


def number(row: QuestionView) -> None:
    """The whole number, for who may see it and says why."""
    if not actor().may(Right.REVEAL):
        return
    shown = st.session_state.get(NUMBER)
    if isinstance(shown, tuple) and shown[0] == row.id:
        st.link_button(shown[1], f"tel:{shown[1]}", icon=":material/call:", type="tertiary")
        return
    form = Form(f"vote_reveal_{row.id}")
    with st.popover(_("Show the number"), icon=":material/call:"), st.form(form.key("form")):
        st.text_input(_("Why do you need it?"), value=_("to call back"), key=form.key("reason"))
        form.mend("reason")
        form.submit(_("Show it"), reveal, row.id, main=False)


def reveal(sent: Sent, question_id: int) -> None:
    """Show it until another is shown."""
    phone = consultations.reveal(actor(), now(), question_id, sent.text("reason"))
    st.session_state[NUMBER] = (question_id, phone)


def answer_form(row: QuestionView) -> None:
    """The answer, given here or by phone."""
    form = Form(f"vote_consult_{row.id}")
    with st.form(form.key("form"), border=False):
        st.text_area(_("Answer"), value=row.answer or "", height=90, key=form.key("answer"))
        form.mend("answer")
        st.checkbox(_("I told them by phone"), value=row.called, key=form.key("called"))
        form.submit(_("Save the answer"), answer, row.id, main=False)


def answer(sent: Sent, question_id: int) -> None:
    """Answer it."""
    called = bool(sent.pick("called"))
    consultations.answer(
        actor(), now(), question_id, sent.text("answer"), called=called, key=sent.once
    )


def public_form(row: QuestionView) -> None:
    """How it stands for everybody to read."""
    form = Form(f"vote_faq_{row.id}")
    with st.form(form.key("form"), border=False):
        st.text_area(
            _("Question as everybody reads it"),
            value=row.asked or row.text,
            height=70,
            key=form.key("asked"),
        )
        form.mend("asked")
        st.text_area(
            _("Answer as everybody reads it"),
            value=row.said or row.answer or "",
            height=90,
            key=form.key("said"),
        )
        form.mend("said", "summary")
        if isinstance(form.error, PersonalDataFound):
            for found in form.error.findings:
                st.markdown(f"- {opening(_(FOUND[found.kind]))}: **{plain(found.text)}**")
            st.checkbox(_("I have read it again: it may be public"), key=form.key("personal_ok"))
        form.submit(_("Make it public"), publish, row.id, main=False)
    if row.said:
        st.button(
            _("Take it off the guide page"),
            key=f"vote_faq_off_{row.id}",
            on_click=take_back,
            args=(row.id,),
        )


def publish(sent: Sent, question_id: int) -> None:
    """Put it on the guide page."""
    consultations.make_public(
        actor(),
        now(),
        question_id,
        asked=sent.text("asked"),
        said=sent.text("said"),
        personal_ok=bool(sent.pick("personal_ok")),
        key=sent.once,
    )


def take_back(question_id: int) -> None:
    """Take it off."""
    consultations.take_back(actor(), now(), question_id)
