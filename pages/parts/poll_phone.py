"""A household answers on the telephone, or is given a new link: found by its room."""

import streamlit as st

from db.now import now
from db.polls import answering, links
from db.polls.homes import HomeLine, homes
from db.polls.reads import PollView
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor, settings
from pages.parts.words import _

FRESH = "poll_link"  # the link that was just made, in this tab alone


def phone(view: PollView) -> None:
    """Find the household, then write its answer down."""
    st.subheader(_("Answer on the telephone"), anchor=False)
    form = Form("poll_phone")
    typed = st.text_input(
        _("Building and room"), key=form.key("find"), placeholder=_("such as 3-501")
    )
    found = homes(actor(), view.line.code, typed) if typed.strip() else ()
    if typed.strip() and not found:
        st.info(_("This poll asks no household like that. Type building and room."))
    if not found:
        return
    names = {home.id: said(home) for home in found}
    # Outside of the form: the button for a link reads the choice as well.
    st.radio(
        _("Household"),
        list(names),
        format_func=lambda key: names.get(key, ""),
        key=form.key("household"),
        horizontal=True,
    )
    form.mend("household")
    with st.form(form.key("form"), border=False):
        options = {option.position: plain(option.text) for option in view.line.options}
        st.radio(
            _("The household's answer"),
            list(options),
            index=None,
            format_func=lambda key: options.get(key, ""),
            key=form.key("option"),
        )
        form.mend("option")
        form.submit(_("Save the answer"), take_down, view.line.code)
    Form("poll_link").button(
        _("Make a new link for this household"),
        new_link,
        view.line.code,
        form.key("household"),
        icon=":material/link:",
        main=False,
        said=False,
    )


def said(home: HomeLine) -> str:
    """Building and room, and whether an answer is in; not which."""
    name = plain(home.name)
    return _("{home} (has answered)", home=name) if home.answered else name


def take_down(sent: Sent, code: str) -> None:
    """Keep what was said."""
    answering.answer_by_phone(
        actor(),
        now(),
        code,
        sent.pick("household") or 0,
        sent.pick("option") or 0,
        key=sent.once,
    )


def new_link(_sent: Sent, code: str, chosen: str) -> None:
    """A link for the household that is chosen in the form above."""
    slip = links.issue_link(actor(), now(), code, st.session_state.get(chosen) or 0)
    st.session_state[FRESH] = (code, slip)


def fresh_link(view: PollView) -> None:
    """The link that was just made, to be passed on; it is kept nowhere else."""
    code, slip = st.session_state.get(FRESH, (None, None))
    if code != view.line.code or slip is None:
        return
    base = (settings().base_url or address()).rstrip("/")
    half = len(slip.code) // 2
    with st.container(border=True):
        st.markdown(
            _(
                "For {home}. Pass it on now: it is kept nowhere.",
                home=plain(f"{slip.building} {slip.room}"),
            )
        )
        st.code(f"{base}/a/{slip.token}", language=None, wrap_lines=True)
        st.caption(_("Code for the lobby: {code}", code=f"{slip.code[:half]}-{slip.code[half:]}"))
        st.button(_("Done"), key="poll_link_done", on_click=forget)


def address() -> str:
    """This server as the browser calls it."""
    head, _mark, rest = (st.context.url or "").partition("://")
    return f"{head}://{rest.partition('/')[0]}" if rest else ""


def forget() -> None:
    """Take the link off the page."""
    st.session_state.pop(FRESH, None)
