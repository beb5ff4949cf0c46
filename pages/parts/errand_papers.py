"""The papers of an errand: what the desk has in hand, what went back, the slips."""

import streamlit as st

from db.errands import working
from db.errands.reads import ErrandView, PaperLine
from db.now import now
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _

SLIP = "/print/errand"


def papers(view: ErrandView) -> None:
    """What the desk has in hand, what went back, and the slips."""
    st.subheader(_("Papers of the errand"), anchor=False)
    held = [one for one in view.papers if one.returned_at is None]
    back = [one for one in view.papers if one.returned_at is not None]
    if not view.papers:
        st.caption(_("None was handed over."))
        return
    if held:
        give_back(view.line.code, held)
    for one in back:
        if one.returned_at is not None:
            words = _("given back {when}", when=moment(one.returned_at))
            st.caption(plain(f"{one.name} · {words}"))
    with st.container(horizontal=True, gap="small"):
        slip_link(view.line.code, back=False)
        if back:
            slip_link(view.line.code, back=True)


def give_back(code: str, held: list[PaperLine]) -> None:
    """Papers in hand, and giving them back."""
    form = Form(f"errand_back_{code}")
    names = {one.code: one.name for one in held}
    with st.form(form.key("form")):
        st.multiselect(
            _("At the desk"),
            list(names),
            default=list(names),
            format_func=lambda one: plain(names.get(one, "")),
            key=form.key("papers"),
        )
        form.mend("papers")
        form.submit(_("Give back"), returned, code, main=False)


def returned(sent: Sent, code: str) -> None:
    """They are back with the resident."""
    working.papers_out(actor(), now(), code, [str(one) for one in sent.many("papers")])


def slip_link(code: str, *, back: bool) -> None:
    """The slip to print, in a tab of its own."""
    st.link_button(
        _("Slip: given back") if back else _("Slip: taken over"),
        f"{SLIP}?code={code}" + ("&back=1" if back else ""),
        icon=":material/print:",
    )
