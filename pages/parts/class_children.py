"""The children of a term, once the look at them is recorded; and enrolling."""

import pyarrow as pa
import streamlit as st

from db.classes import children
from db.classes.children import ChildLine
from db.classes.reads import TermView
from db.exports import Exported
from db.now import now
from pages.parts import class_child, class_enrol, class_seen, export
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _


def show(view: TermView) -> None:
    """The list and one child's file; enrolling stands below."""
    code = view.line.code
    if view.line.erased:
        st.info(
            _(
                "This term is over and its data were erased. Children who were enrolled: {n}",
                n=view.children,
            ),
            icon=":material/auto_delete:",
        )
        return
    listed = class_seen.seen(code)
    if listed is None:
        st.write(_("Children enrolled: {n}", n=view.children))
        Form(f"class_look_{code}").button(
            _("Show the children"), look, code, icon=":material/visibility:", said=False
        )
        st.caption(_("Each look at the list is recorded."))
    elif listed:
        picked = table(view, listed)
        if picked is not None:
            class_child.one(view, picked)
    else:
        st.info(
            _("No child is enrolled yet. Enrol the first one below."), icon=":material/child_care:"
        )
    class_enrol.enrol(view, main=listed is not None)


def table(view: TermView, listed: tuple[ChildLine, ...]) -> ChildLine | None:
    """Everybody, and the one that was chosen."""
    names = {line.code: line.name for line in view.courses}
    chosen = export.frame(
        pa.table(
            {
                "name": [line.name for line in listed],
                "grade": [line.grade for line in listed],
                "courses": [
                    ", ".join(names.get(code, "") for code in line.courses) for line in listed
                ],
                "waiting": [
                    ", ".join(names.get(code, "") for code in line.waiting) for line in listed
                ],
                "guardian": [line.guardian for line in listed],
                "phone": [line.guardian_phone or "" for line in listed],
                "note": [line.note for line in listed],
            }
        ),
        hide_index=True,
        key="class_children",
        on_select="rerun",
        selection_mode="single-row",
        alt=_("The children of the term; choose a row to open it"),
        leaves=Exported.CHILDREN,
        column_config={
            "name": st.column_config.TextColumn(_("Child"), width=90),
            "grade": st.column_config.TextColumn(_("Grade"), width=80),
            "courses": st.column_config.TextColumn(_("Courses"), width=180),
            "waiting": st.column_config.TextColumn(_("Waiting for"), width=120),
            "guardian": st.column_config.TextColumn(_("Guardian"), width=90),
            "phone": st.column_config.TextColumn(_("Phone"), width=120),
            "note": st.column_config.TextColumn(_("What a teacher must know"), width="medium"),
        },
    )
    st.caption(_("Choose a row to open it."))
    rows = chosen.selection.rows
    return listed[rows[0]] if rows and rows[0] < len(listed) else None


def look(_sent: Sent, code: str) -> None:
    """Look; this is recorded."""
    class_seen.keep(code, lambda: children.look_at_term(actor(), now(), code))
