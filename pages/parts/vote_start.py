"""Start a vote: the matter leads to its way, with the article and the majority in words."""

import streamlit as st

from db.casefile import case_file
from db.estates import estates
from db.now import now
from db.votes import preparing
from domain.lanes import GUIDES, PATH_WORDS, Matter, Path, guide
from domain.moves import Step
from domain.people import Right
from domain.thresholds import COMMITTEE_SIZES, fewest_candidates
from pages.parts import go
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _

MADE = "vote_made"  # the code of the vote that was just begun, in this tab
VOTED_ON = frozenset({Path.COMMITTEE, Path.ORDINARY, Path.SPECIAL, Path.ELECTION})


def start(case_code: str) -> None:
    """The guided choice, and the form where it leads to a vote.

    Args:
        case_code: the file that the vote is about; empty for none.
    """
    file = case_file(actor(), case_code, now()) if case_code else None
    if file is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_("About: **{title}**", title=plain(file.line.title)))
            go.case_link(case_code, _("File"))
    guides = {row.matter: row for row in GUIDES}
    chosen = st.radio(
        _("What is to be settled?"),
        list(guides),
        index=None,
        format_func=lambda matter: _(guides[matter].words),
        captions=[row.article or _("no article: it binds nobody") for row in GUIDES],
        key="vote_matter",
    )
    if chosen is None:
        st.info(_("Choose the matter: its way and its majority follow."), icon=":material/route:")
        return
    path = guides[chosen].path
    st.success(_(PATH_WORDS[path]), icon=":material/route:")
    if path in VOTED_ON:
        form(chosen, case_code, file.estate_id if file else None, file.line.title if file else "")
    elif path is Path.POLL:
        poll(case_code)
    else:
        instead(case_code)


def form(matter: Matter, case_code: str, estate_id: int | None, title: str) -> None:
    """Title, explanation and estate; in an election the seats."""
    made = Form("vote_start", then=open_made)
    names = {row.id: row.name for row in estates(actor())}
    if case_code and not actor().may(Right.HANDLE):
        st.info(
            _("The community office turns a file to a vote: ask it, or start without the file."),
            icon=":material/info:",
        )
        return
    with st.form(made.key("form")):
        if estate_id is None:
            only = next(iter(names)) if len(names) == 1 else None
            plain_choice(_("Estate"), names, made.key("estate"), only)
            made.mend("estate")
        st.text_input(
            _("Title of the vote"),
            value=title,
            max_chars=120,
            key=made.key("title"),
            help=_("As it will stand on the notice and on every ballot."),
        )
        made.mend("title")
        st.text_area(_("Explanation for the owners"), height=120, key=made.key("explanation"))
        made.mend("explanation")
        if guide(matter).path is Path.ELECTION:
            seats = {n: seats_words(n) for n in COMMITTEE_SIZES}
            plain_choice(_("Seats of the committee"), seats, made.key("seats"), 5)
            made.mend("seats")
        made.submit(_("Begin to prepare it"), create, matter, case_code, estate_id)


def seats_words(seats: int) -> str:
    """Such as 7 seats, at least 9 candidates."""
    return _(
        "{seats} seats, at least {fewest} candidates", seats=seats, fewest=fewest_candidates(seats)
    )


def poll(case_code: str) -> None:
    """A poll is opened from its file."""
    if case_code:
        go.case_link(case_code, _("Open the poll on the page of the file"), "ballot")
    else:
        st.caption(_("A poll belongs to a file: choose one in deliberation and open it there."))
        go.link("inbox", _("Files in deliberation"), "inbox", {"step": Step.DELIBERATE.value})


def instead(case_code: str) -> None:
    """Where to go on without a vote."""
    if case_code:
        go.case_link(case_code, _("Go on in the file"))
    else:
        go.link("intake", _("Take it in as a file"), "record_voice_over")


def create(sent: Sent, matter: Matter, case_code: str, estate_id: int | None) -> None:
    """Begin to prepare the vote."""
    st.session_state[MADE] = preparing.create(
        actor(),
        now(),
        estate_id=estate_id or sent.pick("estate") or 0,
        matter=matter,
        title=sent.text("title"),
        explanation=sent.text("explanation"),
        case_code=case_code or None,
        seats=sent.pick("seats"),
        key=sent.once,
    )


def open_made() -> None:
    """Go to the page of the vote."""
    go.to_vote(st.session_state.pop(MADE))
