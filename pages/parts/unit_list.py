"""All units: who did nothing this quarter, who offers what; calls for help that nobody took."""

import streamlit as st

from db.conference import helping
from db.conference.unit_views import UnitLine
from db.conference.units import unit_list
from db.now import now
from db.tables import UnitKind
from domain import labels
from domain.conference import quarter
from domain.days import local_day
from locales.times import day_words
from pages.parts import export, export_together
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _, ngettext, opening

IDLE = "idle"  # in the address
ALL = "all"


def show() -> None:
    """The figure that counts, then the units."""
    found = unit_list(actor(), now())
    partners = [one for one in found if one.kind is UnitKind.PARTNER]
    idle = [one for one in partners if one.idle]
    first, last = quarter(local_day(now()))
    today = local_day(now())
    days = f"{day_words(first, today)} – {day_words(last, today)}"
    with st.grid(3, min_column_width=150, border=True, key="unit_figures"):
        st.metric(_("Partner units"), len(partners))
        st.metric(_("Did something this quarter"), len(partners) - len(idle))
        st.metric(_("Nothing yet this quarter"), len(idle))
    st.caption(
        _(
            "This quarter: {days}. A deed is a part of a file that was reported done, "
            "or an activity that was held.",
            days=days,
        )
    )
    open_calls()
    shown = st.segmented_control(
        _("Which units?"),
        [IDLE, "partners", ALL],
        default=IDLE if idle else "partners",
        required=True,
        format_func={
            IDLE: _("Nothing yet this quarter"),
            "partners": _("All partner units"),
            ALL: _("Branches and companies too"),
        }.__getitem__,
        key="unit_which",
        label_visibility="collapsed",
    )
    rows = {IDLE: idle, "partners": partners, ALL: list(found)}[str(shown)]
    if not rows:
        st.success(_("Every partner unit did something."), icon=":material/handshake:")
    if rows:
        narrowed = {IDLE: _("Nothing yet this quarter"), "partners": _("All partner units")}
        said = narrowed.get(str(shown), _("Branches and companies too"))
        export.downloads(export_together.units(rows, said), "units")
    with st.grid(3, min_column_width=260, key="unit_cards"):
        for row in rows:
            card(row)


def card(row: UnitLine) -> None:
    """One unit."""
    with st.container(border=True, gap="xsmall"):
        st.button(
            plain(row.name),
            key=f"unit_{row.code}",
            icon=":material/handshake:",
            type="tertiary",
            wrap=True,
            on_click=to_unit,
            args=(row.code,),
        )
        told = [
            opening(_(labels.UNIT[row.kind])),
            ngettext("{n} offer", "{n} offers", row.offers),
            _("{n} open", n=row.open),
        ]
        st.caption(" · ".join(told))
        if row.idle:
            st.badge(_("Nothing yet this quarter"), icon=":material/bedtime:", color="orange")
        else:
            words = ngettext(
                "{shown} deed this quarter",
                "{shown} deeds this quarter",
                row.done.n,
                shown=row.done,
            )
            st.badge(words, icon=":material/check_circle:", color="green")


def to_unit(code: str) -> None:
    """Open a unit's page; for callbacks."""
    st.switch_page("unit.py", query_params={"u": code})


def open_calls() -> None:
    """What partner units are asked for and nobody has taken yet."""
    for line in helping.open_calls(actor()):
        with st.container(border=True, gap="xsmall"):
            st.badge(_("Help wanted"), icon=":material/campaign:", color="orange")
            st.text(line.words)
            st.caption(plain(f"{line.where} · {moment(line.asked_at)}"))
            Form(f"unit_close_{line.code}").button(
                _("No longer wanted"), close, line.code, main=False, icon=":material/close:"
            )


def close(_sent: Sent, code: str) -> None:
    """Nobody is asked any more."""
    helping.close_help(actor(), now(), code)
