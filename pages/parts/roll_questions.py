"""Doubtful owners: one person or two? Somebody who knows says so, and it stays said."""

from collections.abc import Sequence

import streamlit as st

from db.now import now
from db.roll.listing import DoubtfulOwner, Question
from db.roll.settling import settle
from domain.roll_matching import DOUBTS
from pages.parts.forms import Form, Sent
from pages.parts.roll_words import strong
from pages.parts.who import actor
from pages.parts.words import _, opening

MOST_UNITS = 4  # of one owner that are named


def show(estate_id: int, questions: Sequence[Question]) -> None:
    """The first open questions, the others behind them."""
    if not questions:
        return
    with st.container(border=True):
        st.subheader(_("Who is who?"), anchor=False)
        st.caption(
            _(
                "Each owner is one head, however many units they own. Nothing here tells these "
                "apart; ask them, or compare their papers."
            )
        )
        for question in questions[:3]:
            one(estate_id, question)
        if len(questions) > 3:
            st.caption(_("The next questions appear when these are answered."))


def one(estate_id: int, question: Question) -> None:
    """One name, or one paper, with those who may be one person."""
    key = "_".join(str(owner.id) for owner in question.owners[:8])
    form = Form(f"roll_settle_{key}")
    st.markdown(strong(opening(_(DOUBTS[question.why]))))
    names = {owner.id: told(owner) for owner in question.owners}
    if len(names) > 2:
        st.multiselect(
            _("Which of them?"),
            list(names),
            default=list(names),
            format_func=names.__getitem__,
            key=form.key("owners"),
            placeholder=_("Choose"),
        )
        form.mend("owners")
    else:
        for words in names.values():
            st.text(words)
    with st.container(horizontal=True):
        ids = tuple(names)
        form.button(
            _("One person"), decide, estate_id, ids, True, main=False, icon=":material/person:"
        )
        st.button(
            _("Different people"),
            key=form.key("apart"),
            icon=":material/group:",
            **form.sends(decide, estate_id, ids, False),
        )


def told(owner: DoubtfulOwner) -> str:
    """Name, units, and what is known of them."""
    parts = [owner.name, "、".join(owner.units[:MOST_UNITS])]
    if len(owner.units) > MOST_UNITS:
        parts.append(f"+{len(owner.units) - MOST_UNITS}")
    parts.append(owner.phone or _("no number"))
    parts.append(_("document …{tail}", tail=owner.tail) if owner.tail else _("no document"))
    return " · ".join(parts)


def decide(sent: Sent, estate_id: int, ids: tuple[int, ...], same: bool) -> None:
    """Keep what was said, of those who were chosen."""
    chosen = tuple(int(one) for one in sent.many("owners")) if len(ids) > 2 else ids
    settle(actor(), now(), estate_id, chosen, same=same)
