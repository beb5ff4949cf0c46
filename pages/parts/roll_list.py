"""The units as a table, by filter and search."""

import pyarrow as pa
import streamlit as st

from db.roll.listing import RollPage, Show, UnitLine
from domain.areas import show_area
from domain.roll_matching import DOUBTS
from pages.parts.roll_address import FIRST, QUERY, SHOW, UNIT, at, number
from pages.parts.roll_words import KIND, square_metres
from pages.parts.roll_words import SHOW as SHOW_WORDS
from pages.parts.words import _, ngettext, opening

PORTION = 50


def show(page: RollPage) -> None:
    """Filter, table, and the next portion."""
    filters()
    if page.lines:
        pick(page)
        table(page)
        portions(page)
    else:
        st.info(_("No unit fits. Choose another filter."), icon=":material/search_off:")


def filters() -> None:
    """What is listed; the address says it."""
    asked = st.query_params.get(SHOW, Show.ALL)
    st.session_state["roll_show"] = Show(asked if asked in set(Show) else Show.ALL).value
    st.session_state["roll_q"] = str(st.query_params.get(QUERY, ""))
    st.pills(
        _("Which units?"),
        [one.value for one in Show],
        format_func=lambda one: _(SHOW_WORDS[Show(one)]),
        key="roll_show",
        required=True,
        on_change=chosen,
        label_visibility="collapsed",
    )
    st.text_input(
        _("Search"),
        type="search",
        placeholder=_("Room, name, initials, or the last four digits of a number"),
        key="roll_q",
        max_chars=60,
        on_change=chosen,
    )


def chosen() -> None:
    """Put filter and search into the address."""
    wanted = str(st.session_state["roll_show"])
    at(
        {
            SHOW: "" if wanted == Show.ALL else wanted,
            QUERY: str(st.session_state["roll_q"]).strip(),
            FIRST: "",
        }
    )


def right(line: UnitLine) -> str:
    """What the unit's right adds up to, where that is more than the unit."""
    if line.right_units < 2:
        return ""
    return _("{n} units, {area} m²", n=line.right_units, area=square_metres(line.right_area))


def owners(line: UnitLine) -> str:
    """The owners' names; whose name was erased is still an owner."""
    named = "、".join(name or _("(erased)") for name in line.owners)
    if line.developer:
        return (_("The developer") + f" {named}").strip()
    return named


def table(page: RollPage) -> None:
    """Fifty units at most, each with the way to it."""
    lines = page.lines
    st.session_state["roll_ids"] = [line.id for line in lines]
    column = st.column_config
    st.dataframe(
        pa.table(
            {
                "open": [_("Open")] * len(lines),
                "label": [line.label for line in lines],
                "owners": [owners(line) for line in lines],
                "area": [show_area(line.area) for line in lines],
                "kind": [opening(_(KIND[line.kind])) for line in lines],
                "right": [right(line) for line in lines],
                "doubt": [opening(_(DOUBTS[line.doubt])) if line.doubt else "" for line in lines],
                "phone": [line.phone for line in lines],
            }
        ),
        key="roll_table",
        hide_index=True,
        height="content",
        placeholder="",
        alt=_("Units of the roll that the filter lets through"),
        column_config={
            "open": column.ButtonColumn(
                _("See"), key="roll_open", on_click=opened, width=72, pinned=True
            ),
            "label": column.TextColumn(_("Place"), width=180),
            "owners": column.TextColumn(_("Owners"), width=200),
            "area": column.TextColumn(_("Area (m²)"), width=100, alignment="right"),
            "kind": column.TextColumn(_("Use"), width=90),
            "right": column.TextColumn(_("Its voting right"), width=190),
            "doubt": column.TextColumn(_("To be settled"), width=240),
            "phone": column.TextColumn(_("Telephone"), width=130),
        },
    )


def opened() -> None:
    """Open the unit of the clicked row."""
    click = st.session_state["roll_open"]
    ids = st.session_state.get("roll_ids", [])
    if click is not None and 0 <= click["row"] < len(ids):
        at({UNIT: str(ids[click["row"]])})


def pick(page: RollPage) -> None:
    """The same units as a list to type in: the table's buttons want a mouse."""
    names = {line.id: f"{line.label} {owners(line)}" for line in page.lines}
    st.session_state["roll_pick"] = None
    st.selectbox(
        _("Open by typing"),
        list(names),
        index=None,
        format_func=lambda key: names.get(key, ""),
        key="roll_pick",
        placeholder=_("Open by typing"),
        label_visibility="collapsed",
        icon=":material/keyboard:",
        on_change=picked,
        width=320,
    )


def picked() -> None:
    """Open the unit that was picked."""
    if st.session_state["roll_pick"]:
        at({UNIT: str(st.session_state["roll_pick"])})


def portions(page: RollPage) -> None:
    """Where in the list one is, and the way on."""
    first = number(FIRST) or 0
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            ngettext("{n} unit fits", "{n} units fit", page.found)
            + f" · {first + 1}–{first + len(page.lines)}"
        )
        if first:
            st.button(
                _("From the beginning"),
                key="roll_first",
                icon=":material/first_page:",
                on_click=at,
                args=({FIRST: ""},),
            )
        if first + len(page.lines) < page.found:
            st.button(
                _("More"),
                key="roll_more",
                icon=":material/chevron_right:",
                on_click=at,
                args=({FIRST: str(first + PORTION)},),
            )
