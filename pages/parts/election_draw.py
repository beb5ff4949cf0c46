"""The draw 抽签 that settles a tie across the last seat, before two witnesses."""

from datetime import time

import streamlit as st

from db.now import now
from db.votes import counting
from db.votes.reads import result_view
from db.votes.views import VoteView
from domain.days import at_local, local_day, local_time
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _


def section(view: VoteView) -> None:
    """The form, while the result needs a draw."""
    found = result_view(actor(), view.line.code)
    if found is None or not found.count.seating.needs_lot:
        return
    tied = found.count.seating.needs_lot
    free = (view.seats or 0) - len(found.count.seating.elected)
    st.subheader(_("A tie across the last seat"), anchor=False)
    st.warning(
        _(
            "Equal by area and by heads: {names}. {free} of them are seated by lot.",
            names="、".join(plain(name) for name in tied),
            free=free,
        ),
        icon=":material/casino:",
    )
    form = Form(f"vote_draw_{view.line.code}")
    today = local_time(now())
    with st.form(form.key("form")):
        st.multiselect(
            _("Winners, in the order drawn"),
            list(tied),
            max_selections=free,
            key=form.key("winners"),
            placeholder=_("Choose"),
        )
        form.mend("winners")
        st.text_input(
            _("How was it drawn?"),
            max_chars=500,
            key=form.key("how"),
            placeholder=_("Such as: two sealed slips, drawn by the head of the group"),
        )
        form.mend("how")
        left, right = st.columns(2)
        left.text_input(_("First witness"), max_chars=40, key=form.key("one"))
        right.text_input(_("Second witness"), max_chars=40, key=form.key("two"))
        form.mend("witnesses")
        left, right = st.columns(2)
        left.date_input(
            _("Day of the draw"),
            value=local_day(now()),
            max_value=local_day(now()),
            key=form.key("day"),
            format="YYYY-MM-DD",
        )
        right.time_input(
            _("Time"), value=time(today.hour, today.minute), step=60, key=form.key("clock")
        )
        form.mend("drawn_at")
        form.submit(_("Record the draw"), draw, view.line.code)


def draw(sent: Sent, code: str) -> None:
    """Record it."""
    at = now()
    day, clock = sent.pick("day") or local_day(at), sent.pick("clock") or local_time(at).time()
    counting.record_draw(
        actor(),
        at,
        code,
        winners=[str(name) for name in sent.many("winners")],
        how=sent.text("how"),
        witnesses=(sent.text("one"), sent.text("two")),
        drawn_at=at_local(day, clock),
        key=sent.once,
    )
