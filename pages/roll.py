"""The owners' roll 业主名册: who owns what, who is who, who speaks for whom, by which rules."""

import streamlit as st

from db.estates import estates
from db.now import now
from db.roll.listing import RollPage, Show, roll
from domain.days import local_day
from domain.errors import N_
from domain.people import Right
from pages.parts import (
    roll_export,
    roll_import,
    roll_list,
    roll_mandates,
    roll_questions,
    roll_rules,
    roll_unit,
)
from pages.parts.forms import announce
from pages.parts.roll_address import ESTATE, FIRST, QUERY, SECTION, SHOW, UNIT, at, number
from pages.parts.roll_words import square_metres
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _

UNITS, TAKE_IN, MANDATES, RULES = SECTIONS = ("units", "import", "mandates", "rules")


def chosen_estate() -> None:
    """Put the chosen estate into the address."""
    at({ESTATE: _asked("roll_estate")}, clear=True)


def chosen_section() -> None:
    """Put the chosen section into the address."""
    at({ESTATE: _asked("roll_here"), SECTION: _asked("roll_section")}, clear=True)


def _asked(key: str) -> str:
    return str(st.session_state[key])


def which(names: dict[int, str]) -> int:
    """The estate that the address names, else the first."""
    asked = number(ESTATE)
    here = asked if asked in names else next(iter(names))
    st.session_state["roll_estate"] = st.session_state["roll_here"] = here
    if len(names) > 1:
        st.selectbox(
            _("Estate"),
            list(names),
            format_func=names.__getitem__,
            key="roll_estate",
            on_change=chosen_estate,
            label_visibility="collapsed",
            width=220,
        )
    return here


def sections() -> str:
    """What of the roll is shown."""
    named = {
        UNITS: ":material/list_alt: " + _("Roll"),
        TAKE_IN: ":material/upload_file: " + _("From Excel"),
        MANDATES: ":material/signature: " + _("Who speaks for whom"),
        RULES: ":material/gavel: " + _("Voting rules"),
    }
    asked = str(st.query_params.get(SECTION, UNITS))
    st.session_state["roll_section"] = asked if asked in SECTIONS else UNITS
    st.pills(
        _("Section"),
        SECTIONS,
        format_func=named.__getitem__,
        key="roll_section",
        required=True,
        on_change=chosen_section,
        label_visibility="collapsed",
    )
    return _asked("roll_section")


def totals(page: RollPage) -> None:
    """What the roll adds up to."""
    sums = page.totals
    with st.grid("auto", min_column_width=180, border=True):
        st.metric(_("Voting rights (heads)"), f"{sums.heads:,}")
        st.metric(_("Counted area (m²)"), square_metres(sums.area))
        st.metric(_("Units on the roll"), f"{sums.units:,}")
        st.metric(_("To be settled (units)"), f"{sums.doubtful_units:,}")
    told = [
        _(
            "{merged} rights hold several units, {joint} are owned jointly.",
            merged=sums.merged,
            joint=sums.joint,
        ),
        _(
            "The developer holds {n} units with {area} m²: one right.",
            n=sums.developer_units,
            area=square_metres(sums.developer_area),
        ),
    ]
    if sums.parking_units:
        words = (
            N_("Parking counts: {n} spaces, {area} m².")
            if sums.count_parking
            else N_("Parking does not count: {n} spaces, {area} m².")
        )
        told.append(_(words, n=sums.parking_units, area=square_metres(sums.parking_area)))
    st.caption(" ".join(told))


def units(estate_id: int, estate: str) -> None:
    """The roll itself: its sums, its open questions, its units."""
    if (unit_id := number(UNIT)) is not None:
        roll_unit.show(estate_id, unit_id)
        return
    show = st.query_params.get(SHOW, Show.ALL)
    page = roll(
        actor(),
        local_day(now()),
        estate_id,
        show=Show(show) if show in set(Show) else Show.ALL,
        query=str(st.query_params.get(QUERY, "")),
        first=number(FIRST) or 0,
        limit=roll_list.PORTION,
    )
    if not page.totals.units:
        st.info(
            _("This estate has no roll yet. Take it in from Excel first."),
            icon=":material/upload_file:",
        )
        roll_import.show(estate_id)
        return
    totals(page)
    roll_questions.show(estate_id, page.questions)
    roll_list.show(page)
    roll_export.download(estate_id, estate)


st.set_page_config(layout="wide")
announce()
actor().need(Right.READ_ROLL)
known = {row.id: row.name for row in estates(actor())}
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    st.title(_("Owners' roll"), anchor=False, width="content")
    here = which(known) if known else None
if here is None:
    st.info(
        _("No estate yet. The administrator enters estates in the settings."),
        icon=":material/apartment:",
    )
else:
    if len(known) == 1:
        st.caption(plain(known[here]))
    section = sections()
    if section == TAKE_IN:
        roll_import.show(here)
    elif section == MANDATES:
        roll_mandates.show(here)
    elif section == RULES:
        roll_rules.show(here)
    else:
        units(here, known[here])
