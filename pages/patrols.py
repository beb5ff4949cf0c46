"""Patrols and surveys 排查与走访: started in a minute, followed live, reported as a Word file."""

import streamlit as st

from db.rounds.patrol_query import patrols
from domain.people import Right
from pages.parts import export, export_help, patrol_live, patrol_start, survey_list
from pages.parts.patrol_start import PATROL, progress_words
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _

SECTION = "s"  # in the address


def leave() -> None:
    """Back to the list."""
    st.query_params.pop(PATROL, None)


def the_patrols() -> None:
    """One patrol, or all with the form to start one."""
    code = str(st.query_params.get(PATROL, ""))
    if code:
        st.button(
            _("All patrols"),
            key="patrols_back",
            icon=":material/arrow_back:",
            type="tertiary",
            on_click=leave,
        )
        patrol_live.show(code)
        return
    patrol_start.show()
    found = patrols(actor())
    if found:
        export.downloads(export_help.patrols(found), "patrols")
    for seen in found:
        with st.container(border=True, gap="small"):
            st.markdown(f"**{plain(seen.title)}** · {plain(seen.estate)}")
            count = seen.coverage
            state = moment(seen.ended_at) if seen.ended_at else _("still going on")
            words = progress_words(count.seen, count.of, count.hazards)
            st.caption(plain(f"{moment(seen.started_at)} – {state} · {words}"))
            st.button(
                _("Open"),
                key=f"patrol_open_{seen.code}",
                on_click=st.query_params.update,
                args=({PATROL: seen.code},),
                help=plain(seen.title),
            )


SHOW = {"patrols": the_patrols, "surveys": survey_list.show}


def chosen() -> None:
    """Put the chosen section into the address."""
    st.query_params.from_dict({SECTION: str(st.session_state["patrols_section"])})


st.set_page_config(layout="wide")
st.title(_("Patrols and surveys"), anchor=False)
actor().need(Right.DISPATCH)
names = {
    "patrols": ("thunderstorm", _("Storm patrols")),
    "surveys": ("door_front", _("Surveys")),
}
asked = str(st.query_params.get(SECTION, "patrols"))
st.session_state["patrols_section"] = asked if asked in SHOW else "patrols"
st.pills(
    _("Section"),
    list(names),
    format_func=lambda name: f":material/{names[name][0]}: {names[name][1]}",
    key="patrols_section",
    required=True,
    on_change=chosen,
    label_visibility="collapsed",
)
SHOW[str(st.session_state["patrols_section"])]()
