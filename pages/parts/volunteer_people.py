"""The list of volunteers: searched, opened, taken in from Excel and given out."""

from datetime import date

import pyarrow as pa
import streamlit as st

from db.now import now
from db.volunteers.listing import Found, VolunteerLine, volunteers
from domain.skills import SKILL, SkillKind
from domain.volunteers import SQUAD, Squad
from pages.parts import volunteer_file, volunteer_form, volunteer_sheet
from pages.parts.who import actor
from pages.parts.words import _, ngettext, opening

ONE, NEW = "v", "new"  # in the address: whose file is open
EMPTY = ""


def show() -> None:
    """The list, or one person."""
    code = str(st.query_params.get(ONE, ""))
    if not code:
        the_list()
        return
    st.button(
        _("All volunteers"),
        key="volunteers_back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=close,
    )
    if code == NEW:
        st.subheader(_("A new volunteer"), anchor=False)
        volunteer_form.show(None)
    else:
        volunteer_file.show(code)


def open_file(code: str) -> None:
    """Open one person; for callbacks."""
    st.query_params.from_dict({ONE: code})


def close() -> None:
    """Back to the list."""
    st.query_params.clear()


def the_list() -> None:
    """Search, table, sheet."""
    with st.grid("auto", min_column_width=170, vertical_alignment="bottom"):
        query = st.text_input(
            _("Search"),
            type="search",
            key="volunteers_query",
            placeholder=_("Name, initials or number"),
            max_chars=60,
        )
        squad = st.selectbox(
            _("Squad"),
            [EMPTY, *Squad],
            format_func=lambda one: _(SQUAD[Squad(one)]) if one else _("All"),
            key="volunteers_squad",
        )
        skill = st.selectbox(
            _("Skill"),
            [EMPTY, *SkillKind],
            format_func=lambda one: opening(_(SKILL[SkillKind(one)])) if one else _("All"),
            key="volunteers_skill",
        )
        left = st.toggle(_("Who left"), key="volunteers_left")
    found = volunteers(
        actor(),
        now(),
        query=query,
        squad=Squad(squad) if squad else None,
        skill=SkillKind(skill) if skill else None,
        left=left,
    )
    st.button(
        _("Enter a volunteer"),
        key="volunteers_new",
        type="primary",
        icon=":material/person_add:",
        on_click=open_file,
        args=(NEW,),
    )
    if found.lines:
        table(found)
    elif query or squad or skill or left:
        st.info(_("Nobody fits. Search for less."), icon=":material/search_off:")
    else:
        st.info(
            _("No volunteer yet. Enter the first, or take in a squad's list from Excel."),
            icon=":material/diversity_1:",
        )
    volunteer_sheet.show(found)


def table(found: Found) -> None:
    """The lines; choosing one opens it."""
    lines = found.lines
    if found.count > len(lines):
        st.caption(_("The first {n} of {count}: search for less.", n=len(lines), count=found.count))

    def picked() -> None:
        rows = st.session_state["volunteers_table"].selection.rows
        if rows:
            open_file(lines[rows[0]].code)

    st.dataframe(
        pa.table(
            {
                "number": [one.number for one in lines],
                "name": [one.name for one in lines],
                "squad": [
                    " · ".join((_(SQUAD[one.squad]), *([_("leader")] if one.leader else [])))
                    for one in lines
                ],
                "skills": [skilled(one) for one in lines],
                "where": [one.where for one in lines],
                "insured": [_day(one.insured_until) for one in lines],
                "card": [_day(one.card_until) for one in lines],
            }
        ),
        hide_index=True,
        key="volunteers_table",
        on_select=picked,
        selection_mode="single-row",
        alt=_("Volunteers; choose a row to open it"),
        column_config={
            "number": st.column_config.TextColumn(_("Number"), width=60),
            "name": st.column_config.TextColumn(_("Name"), width=80),
            "squad": st.column_config.TextColumn(_("Squad"), width=120),
            "skills": st.column_config.TextColumn(_("Verified skills"), width=150),
            "where": st.column_config.TextColumn(_("Where"), width=150),
            "insured": st.column_config.TextColumn(_("Insured until"), width=95),
            "card": st.column_config.TextColumn(_("Card until"), width=95),
        },
    )
    st.caption(_("Choose a row to open it."))


def skilled(line: VolunteerLine) -> str:
    """The verified skills, and how many wait for somebody who has seen the proof."""
    words = [opening(_(SKILL[kind])) for kind in line.skills]
    if line.waiting:
        words.append(ngettext("{n} to verify", "{n} to verify", line.waiting))
    return "、".join(words)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
