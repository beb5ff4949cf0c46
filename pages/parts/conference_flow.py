"""联席会议商定—小区支部领办—共建单位助力 as a flow with counts; each opens its list."""

import streamlit as st

from db.conference.flow import Stop, flow
from db.now import now
from domain.errors import N_
from pages.parts import export, export_together
from pages.parts.conference_item import decision, item_head, to_file
from pages.parts.conference_past import conference_link
from pages.parts.who import actor
from pages.parts.words import _

STOP = "stop"  # in the address
NAMES: dict[Stop, tuple[str, str]] = {
    Stop.DECIDED: ("gavel", N_("The conference decides")),
    Stop.BRANCH: ("flag", N_("The branch leads")),
    Stop.PARTNERS: ("handshake", N_("Partner units help")),
    Stop.DONE: ("task_alt", N_("Done")),
}
MOST = 40


def show() -> None:
    """The flow, then the list of the stop that was chosen."""
    found = flow(actor(), now())
    asked = str(st.query_params.get(STOP, Stop.DECIDED))
    here = Stop(asked) if asked in set(Stop) else Stop.DECIDED
    st.caption(_("Decisions of the past twelve months"))
    with st.grid(4, min_column_width=120, border=True, key="conference_flow"):
        for stop in Stop:
            icon, words = NAMES[stop]
            onward = " :gray[:material/chevron_right:]" if stop is not Stop.DONE else ""
            with st.container(gap=None):
                st.metric(f":material/{icon}: {_(words)}{onward}", str(len(found[stop])))
                st.page_link(
                    "conference.py",
                    label=_("Open"),
                    icon="",
                    query_params={"s": "decided", STOP: stop.value},
                    help="",
                )
    st.subheader(_(NAMES[here][1]), anchor=False)
    if not found[here]:
        st.info(
            _("Nothing yet. What a conference decides appears here with how it stands."),
            icon=":material/info:",
        )
    if found[here]:
        named = export_together.decisions(found[here], _(NAMES[here][1]))
        export.downloads(named, "conference_decided")
    for place, item in enumerate(found[here][:MOST]):
        with st.container(border=True, gap="xsmall"):
            item_head(item, why=False)
            if item.decided is not None:
                decision(item.decided)
            with st.container(horizontal=True, gap="small"):
                conference_link(item.conference, item.held_at, f"flow_{place}")
                to_file(item, f"conference_flow_{place}")
