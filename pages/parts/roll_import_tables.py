"""What an import of the roll does, in figures and tables."""

from collections.abc import Sequence

import pyarrow as pa
import streamlit as st

from db.roll.importing import RollResult
from domain.private_text import mask_phone
from domain.rights import Kind
from domain.roll_changes import FIELDS, Change, Field
from pages.parts.roll_words import KIND, strong
from pages.parts.upload import MOST
from pages.parts.words import _, opening


def counts(result: RollResult) -> None:
    """What goes in, differs, is there, and does not."""
    with st.grid("auto", min_column_width=130, border=True):
        st.metric(_("New units"), f"{result.imported:,}")
        st.metric(_("Changed units"), f"{result.changed:,}")
        st.metric(_("Already there"), f"{result.unchanged:,}")
        st.metric(_("Refused"), f"{len(result.refused):,}")
        st.metric(_("To be settled"), f"{result.doubtful:,}")


def changed(changes: Sequence[Change]) -> None:
    """Old and new, thing by thing."""
    if not changes:
        return
    st.markdown(strong(_("What the table says differently")))
    shown = changes[:MOST]
    st.dataframe(
        pa.table(
            {
                "line": pa.array([one.line for one in shown], pa.int64()),
                "label": [one.label for one in shown],
                "field": [_(FIELDS[one.field]) for one in shown],
                "old": [value(one.field, one.old) for one in shown],
                "new": [value(one.field, one.new) for one in shown],
            }
        ),
        hide_index=True,
        key="roll_changes",
        alt=_("What the table says differently"),
        column_config={
            "line": st.column_config.NumberColumn(_("Row"), width=60),
            "label": st.column_config.TextColumn(_("Place"), width=180),
            "field": st.column_config.TextColumn(_("What differs"), width=140),
            "old": st.column_config.TextColumn(_("Until now"), width=220),
            "new": st.column_config.TextColumn(_("In the table"), width=220),
        },
    )


def value(field: Field, kept: str) -> str:
    """A value as people read it."""
    if field is Field.KIND:
        return opening(_(KIND[Kind(kept)]))
    if field in (Field.DEVELOPER, Field.ACTIVE):
        return _("Yes") if kept == "1" else _("No")
    if field is Field.PHONE:
        return mask_phone(kept)
    return f"…{kept}" if field is Field.DOCUMENT and kept else kept
