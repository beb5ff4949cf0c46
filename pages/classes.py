"""The after-school class 四点半课堂: today's lessons, courses in numbers, children, terms."""

import streamlit as st

from db.classes import reads
from db.now import now
from domain.people import Right
from pages.parts import class_children, class_courses, class_setup, class_term, class_today
from pages.parts.who import actor
from pages.parts.words import _

SECTION = "s"  # in the address


def sections(staffed: bool) -> dict[str, tuple[str, str]]:
    """Each section's icon and name; children are for the class's staff."""
    found = {"courses": ("calendar_view_week", _("Courses"))}
    if staffed:
        found = {"today": ("today", _("Today's lessons"))} | found
        found["children"] = ("groups", _("Children"))
    if actor().may(Right.RUN_SERVICES):
        found["terms"] = ("tune", _("Terms and staff"))
    return found


def chosen() -> None:
    """Put the chosen section into the address."""
    st.query_params[SECTION] = str(st.session_state["classes_section"])


st.set_page_config(layout="wide")
st.title(_("After-school class"), anchor=False)
code = class_term.choose()
view = reads.term(actor(), now(), code) if code else None
names = sections(view is not None and view.staffed)
asked = str(st.query_params.get(SECTION, next(iter(names))))
st.session_state["classes_section"] = asked if asked in names else next(iter(names))
if len(names) > 1:
    st.pills(
        _("Section"),
        list(names),
        format_func=lambda name: f":material/{names[name][0]}: {names[name][1]}",
        key="classes_section",
        required=True,
        on_change=chosen,
        label_visibility="collapsed",
    )
section = str(st.session_state["classes_section"])
if section == "terms":
    class_setup.show(view)
elif view is None:
    class_term.nothing()
elif section == "today":
    class_today.show()
elif section == "children":
    class_children.show(view)
else:
    class_courses.show(view)
