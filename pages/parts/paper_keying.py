"""Key paper by the keyboard alone: the number, the marks, Enter; nobody sees another's reading."""

import streamlit as st

from db.now import now
from db.votes import papers
from db.votes.keying import KeyingForm, key_paper, keying_form
from db.votes.paper_desk import PaperDesk
from db.votes.views import VoteView
from domain.paper_marks import read_marks
from domain.votes import Stage
from pages.parts.forms import Form, Sent
from pages.parts.service_words import WAITS
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, opening

MOST_NUMBERS = 30


def keying(view: VoteView, desk: PaperDesk) -> None:
    """The form for tellers, and what waits for whom."""
    st.subheader(_("Key the ballots"), anchor=False)
    if not desk.waiting:
        st.success(_("No ballot waits to be keyed."), icon=":material/task_alt:")
        return
    if not desk.teller:
        st.info(
            _("Only this vote's named tellers key ballots. They see what waits here."),
            icon=":material/lock:",
        )
    elif view.line.stage in (Stage.OPEN, Stage.COUNTING):
        form_of(view, desk)
    for waits in dict.fromkeys(waits for _number, waits in desk.waiting):
        numbers = [str(number) for number, one in desk.waiting if one is waits]
        told = opening(_(WAITS[waits]))
        st.caption(_("{what}: {numbers}", what=told, numbers=_numbers(numbers)))


def form_of(view: VoteView, desk: PaperDesk) -> None:
    """Two fields; the numbers that wait for this person stand above."""
    if not desk.mine:
        st.info(
            _("What waits you have keyed already; other tellers must read it."),
            icon=":material/group:",
        )
        return
    st.markdown(_("Waiting for you: {numbers}", numbers=_numbers([str(one) for one in desk.mine])))
    asked = keying_form(actor(), view.line.code)
    form = Form("paper_keying")
    with st.form(form.key("form"), border=False):
        number, marks = st.columns([1, 3])
        number.text_input(_("Number"), key=form.key("number"))
        marks.text_input(_("Marks"), key=form.key("marks"))
        form.mend("number", "marks")
        legend(asked)
        form.submit(_("Save the reading"), save, view.line.code)


def legend(asked: KeyingForm) -> None:
    """What is typed, and in which order."""
    if asked.seats is None:
        st.caption(_("One digit for each question: 1 for, 2 against, 3 abstain, 0 invalid."))
    else:
        st.caption(
            _("Numbers of the chosen with blanks between; - for nobody, 0 for an invalid ballot.")
        )
    st.markdown(
        "\n".join(
            f"{place}. {plain(name)}" for place, (_position, name) in enumerate(asked.questions, 1)
        )
    )


def save(sent: Sent, code: str) -> None:
    """Keep the reading; where two agree, the ballot goes into the box."""
    asked = keying_form(actor(), code)
    positions = [position for position, _name in asked.questions]
    number = papers.number_typed(sent.text("number"))
    choices = read_marks(sent.text("marks"), positions, asked.seats)
    key_paper(actor(), now(), code, number, choices, sent.once)


def _numbers(numbers: list[str]) -> str:
    shown = ", ".join(numbers[:MOST_NUMBERS])
    return f"{shown} …" if len(numbers) > MOST_NUMBERS else shown
