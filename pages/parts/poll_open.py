"""The polls of a file, and the form that opens one in under a minute."""

from datetime import date, time

import streamlit as st

from db.casefile_views import CaseFile
from db.estates import buildings, estates
from db.now import now
from db.polls import opening
from db.polls.reads import polls_of_case
from db.polls.views import PollLine
from domain.clocks import Promise
from domain.days import at_local, local_time
from domain.errors import N_
from domain.moves import State
from domain.people import Right
from domain.polls import LONGEST_QUESTION, PollState, proposed_close
from pages.parts import go
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.poll_words import state_badge, turnout_words
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _

OPENED = "poll_opened"  # the poll that was opened by the click that led to this run
# What is proposed, as it fits layout wishes and most questions of yes or no.
PROPOSED = (N_("I agree"), N_("I do not agree"), N_("Either is fine with me"))


def case_polls(file: CaseFile) -> tuple[PollLine, ...]:
    """What the neighbours were asked about this file; returns it."""
    if OPENED in st.session_state:
        # Its own page has what comes next: the slips, and the answers by telephone.
        go.to_poll(st.session_state.pop(OPENED))
    found = polls_of_case(actor(), now(), file.line.code)
    for line in found:
        one(line)
    return found


def ask_neighbours(file: CaseFile, found: tuple[PollLine, ...]) -> None:
    """The way to ask the neighbours about a file that is being deliberated."""
    is_open = any(line.state is PollState.OPEN for line in found)
    deliberating = file.line.state is State.DELIBERATING
    if deliberating and not is_open and actor().may(Right.RUN_VOTES):
        ask(file)


def one(line: PollLine) -> None:
    """One poll: how it stands, and the way to its page."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None, width="stretch"):
            st.markdown(f"**{plain(line.question)}**")
            told = [turnout_words(line), str(line.where)]
            if line.decided_at is not None:
                told.append(_("decided {when}", when=moment(line.decided_at)))
            elif line.state is PollState.OPEN:
                told.append(_("to be decided when it has closed"))
            st.caption(plain(" · ".join(told)))
        state_badge(line)
        st.button(
            _("To the poll"),
            key=f"case_poll_{line.code}",
            on_click=go.to_poll,
            args=(line.code,),
            help=plain(line.question),
        )


def ask(file: CaseFile) -> None:
    """Open a poll now, or note that one is to be opened today."""
    box = st.expander(
        _("Ask the neighbours: open a poll"),
        icon=":material/ballot:",
        key="case_poll_box",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        sent = any(
            clock.promise is Promise.VOTE_OPENED and clock.round == file.line.round
            for clock in file.clocks
        )
        open_form(file)
        if not sent:
            st.caption(_("Someone else opens it? Note that the file is to be asked about today."))
            Form("case_poll_send").button(
                _("To be asked today"), send, file.line.code, icon=":material/send:", main=False
            )


def open_form(file: CaseFile) -> None:
    """Question, answers, whom it asks, until when."""
    form = Form("case_poll_open")
    places = scopes(file)
    closes = local_time(proposed_close(now()))
    with st.form(form.key("form"), border=False):
        st.text_input(
            _("The question to the neighbours"),
            value=file.line.title,
            max_chars=LONGEST_QUESTION,
            key=form.key("question"),
        )
        form.mend("question")
        if isinstance(form.error, opening.PersonalInPoll):
            st.checkbox(_("I have read it again: it may be public"), key=form.key("personal_ok"))
        left, right = st.columns([3, 2])
        with left:
            st.text_area(
                _("Answers to choose from, one a line"),
                value="\n".join(_(text) for text in PROPOSED),
                key=form.key("options"),
                height=120,
            )
            form.mend("options")
        with right:
            proposed = (file.estate_id or 0, file.building_id)
            plain_choice(
                _("Who is asked"),
                places,
                form.key("scope"),
                (proposed[0], None) if (proposed[0], None) in places else None,
            )
            form.mend("scope")
            st.date_input(
                _("Closes on"), value=closes.date(), key=form.key("day"), format="YYYY-MM-DD"
            )
            st.time_input(_("Closes at"), value=closes.time(), key=form.key("time"), step=900)
            form.mend("closes")
        st.caption(
            _(
                "Everybody who is asked reads this: no names, no numbers. One answer a household; "
                "it advises, and you decide by the end of tomorrow."
            )
        )
        form.submit(_("Open this poll"), open_it, file.line.code, main=False)


def scopes(file: CaseFile) -> dict[tuple[int, int | None], str]:
    """The estate of the file and each of its buildings; of a file without one, all in scope."""
    found: dict[tuple[int, int | None], str] = {}
    for estate in estates(actor()):
        if file.estate_id in (None, estate.id):
            found[estate.id, None] = _("{estate}, everybody", estate=estate.name)
            for row in buildings(actor(), estate.id):
                found[estate.id, row.id] = f"{estate.name} {row.name}"
    return found


def send(sent: Sent, code: str) -> None:
    """The promise to open it today begins."""
    opening.send(actor(), now(), code, key=sent.once)


def open_it(sent: Sent, code: str) -> None:
    """Open the poll."""
    estate, building = sent.pick("scope") or (0, None)
    draft = opening.PollDraft(
        question=sent.text("question"),
        options=sent.text("options").splitlines(),
        closes_at=at_local(sent.pick("day") or date.min, sent.pick("time") or time.min),
        estate_id=estate,
        building_id=building,
        personal_ok=bool(sent.pick("personal_ok")),
    )
    st.session_state[OPENED] = opening.open_poll(actor(), now(), code, draft, key=sent.once)
