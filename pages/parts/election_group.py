"""The preparation group 筹备组: who is in it, what the guideline still asks, the form for it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from db.elections.group import group, name_group
from db.now import now
from db.votes.views import VoteView
from domain.preparation import GAP_WORDS, GROUP_SOURCE, SEAT_WORDS, Member, Seat, gaps
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, opening

SPARE = 7  # empty lines beside those that are filled in


def section(view: VoteView) -> None:
    """The group as it is, and the form that names it as a whole."""
    st.subheader(_("Preparation group"), anchor=False)
    members = group(actor(), view.line.code)
    for one in members:
        told = [_(SEAT_WORDS[one.seat])]
        told += [_("leads the group")] if one.heads else []
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{plain(one.name)}**")
            st.caption(" · ".join(told))
            if one.party:
                st.badge(_("Party member"), icon=":material/star:", color="red")
    found = gaps(members)
    if found:
        st.warning("\n".join(f"- {_(GAP_WORDS[gap])}" for gap in found), icon=":material/info:")
        st.caption(
            _("{source}; towns differ: this is shown and refuses nothing.", source=GROUP_SOURCE)
        )
    with st.expander(_("Name the group"), expanded=not members):
        form_for(view, members)


def form_for(view: VoteView, members: Sequence[Member]) -> None:
    """One line a member."""
    form = Form(f"vote_group_{view.line.code}")
    column = st.column_config
    with st.form(form.key("form"), border=False):
        st.data_editor(
            pa.table(
                {
                    "name": [one.name for one in members] + [""] * SPARE,
                    "seat": [one.seat.value for one in members] + [Seat.OWNER.value] * SPARE,
                    "heads": [one.heads for one in members] + [False] * SPARE,
                    "party": [one.party for one in members] + [False] * SPARE,
                }
            ),
            key=form.key("rows"),
            num_rows="dynamic",
            hide_index=True,
            alt=_("Members of the preparation group, one a line"),
            column_config={
                "name": column.TextColumn(_("Name"), width=110),
                "seat": column.SelectboxColumn(
                    _("Sits for"),
                    options=[seat.value for seat in Seat],
                    format_func=lambda seat: opening(_(SEAT_WORDS[Seat(str(seat))])),
                    width=120,
                ),
                "heads": column.CheckboxColumn(_("Leads"), width=60),
                "party": column.CheckboxColumn(_("Party member"), width=80),
            },
        )
        form.mend("group")
        form.submit(_("Save the group"), save, view.line.code, tuple(members), main=False)


def rows_of(members: Sequence[Member], state: Mapping[str, Any] | None) -> list[Member]:
    """The lines as they stand in the form; those without a name are left out.

    Args:
        state: what Streamlit keeps of a data editor: only the changes to its first rows.
    """
    state = state or {}
    blank: dict[str, Any] = {"name": "", "seat": Seat.OWNER.value, "heads": False, "party": False}
    rows = [
        {"name": one.name, "seat": one.seat.value, "heads": one.heads, "party": one.party}
        for one in members
    ] + [dict(blank) for _place in range(SPARE)]
    for place, changed in state.get("edited_rows", {}).items():
        rows[int(place)].update(changed)
    gone = {int(place) for place in state.get("deleted_rows", ())}
    kept = [row for place, row in enumerate(rows) if place not in gone]
    kept += [{**blank, **row} for row in state.get("added_rows", ())]
    return [
        Member(
            str(row["name"]),
            Seat(row["seat"] or Seat.OWNER),
            party=bool(row["party"]),
            heads=bool(row["heads"]),
        )
        for row in kept
        if str(row["name"] or "").strip()
    ]


def save(sent: Sent, code: str, members: Sequence[Member]) -> None:
    """Name the group."""
    name_group(actor(), now(), code, rows_of(members, sent.pick("rows")), sent.once)
