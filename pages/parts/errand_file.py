"""One errand: who waits for it, what happened, its papers, and the next step."""

import streamlit as st

from db.errands import reads, working
from db.errands.reads import ErrandView
from db.now import now
from domain.errands import STEP
from domain.errors import NotFound
from domain.labels import SERVICE
from pages.parts import errand_papers
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent, announce
from pages.parts.show import plain, show_error
from pages.parts.when import last_day, left_of, moment, show_deadline
from pages.parts.who import actor
from pages.parts.words import _, opening

ERRAND = "e"  # in the address


def open_one(code: str) -> None:
    """Open an errand; for callbacks."""
    st.query_params[ERRAND] = code


def leave() -> None:
    """Back to the list."""
    st.query_params.pop(ERRAND, None)


def show(code: str) -> None:
    """The errand's page."""
    st.button(
        _("All errands"),
        key="errand_back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=leave,
    )
    announce()
    try:
        view = reads.errand(actor(), code)
    except NotFound as error:
        show_error(error)
        return
    head(view)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        if view.line.ended_at is None:
            steps(view)
        story(view)
    with right:
        errand_papers.papers(view)


def head(view: ErrandView) -> None:
    """What it is, for whom, and until when."""
    line = view.line
    st.title(plain(line.service), anchor=False)
    told = [line.number, opening(_(SERVICE[line.service_class])), line.where]
    st.caption(plain(" · ".join(part for part in told if part)))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if line.ended_at is not None:
            at = moment(line.ended_at)
            words = _("taken back {when}", when=at) if line.reason else _("done {when}", when=at)
            st.badge(
                words,
                icon=":material/check_circle:",
                color="gray" if line.reason else "green",
            )
        else:
            show_deadline(left_of(line.due_at - now()))
            st.caption(_("until {day}", day=last_day(line.due_at)), width="content")
        st.badge(
            _("seen to by {name}", name=plain(line.holder))
            if line.holder
            else _("nobody sees to it"),
            icon=":material/person:",
            color="blue" if line.holder else "orange",
        )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{plain(line.name)}**", width="content")
        if line.phone:
            st.link_button(line.phone, f"tel:{line.phone}", icon=":material/call:")
    if view.note:
        st.text(view.note)


def steps(view: ErrandView) -> None:
    """Tell, give, take papers over, end: one form at a time."""
    code = view.line.code
    ways = {
        "tell": _("Tell how it stands"),
        "finish": _("It is done"),
        "papers": _("Further papers"),
        "give": _("Give to somebody"),
        "cancel": _("The resident takes it back"),
    }
    st.segmented_control(
        _("What is the next step?"),
        list(ways),
        default="tell",
        required=True,
        format_func=lambda way: ways[way],
        key="errand_way",
    )
    way = str(st.session_state["errand_way"])
    form = Form(f"errand_{way}_{code}")
    with st.form(form.key("form")):
        if way in ("tell", "finish"):
            st.text_area(
                _("What the resident is told"),
                key=form.key("text"),
                height=80,
                placeholder=_("Such as: the office has the papers and answers on Thursday"),
            )
            form.mend("text")
            st.checkbox(_("Told on the telephone as well"), key=form.key("told"))
        elif way == "papers":
            st.text_area(_("Papers handed over, one a line"), key=form.key("papers"), height=80)
            form.mend("papers")
        elif way == "give":
            plain_choice(
                _("Seen to by"), reads.holders(actor()), form.key("holder"), view.line.holder_id
            )
            form.mend("holder")
        else:
            st.text_input(_("Reason"), key=form.key("reason"), max_chars=120)
            form.mend("reason")
        form.submit(ways[way] if way in ("finish", "cancel") else _("Save"), act, way, code)


def act(sent: Sent, way: str, code: str) -> None:
    """Do it."""
    text, told = sent.text("text"), bool(sent.pick("told"))
    if way == "tell":
        working.tell(actor(), now(), code, text, told=told, once_key=sent.once)
    elif way == "finish":
        working.finish(actor(), now(), code, text, told=told)
    elif way == "papers":
        working.papers_in(actor(), now(), code, sent.text("papers"), sent.once)
    elif way == "give":
        working.give(actor(), now(), code, int(sent.pick("holder") or 0))
    else:
        working.cancel(actor(), now(), code, sent.text("reason"))


def story(view: ErrandView) -> None:
    """What happened, the newest first; the resident reads the same."""
    st.subheader(_("What the resident reads"), anchor=False)
    for one in reversed(view.steps):
        with st.container(gap=None):
            told = _("told on the telephone") if one.told else ""
            st.caption(plain(" · ".join(part for part in (moment(one.at), one.by, told) if part)))
            st.markdown(f"**{_(STEP[one.kind])}**")
            if one.text:
                st.text(one.text)
