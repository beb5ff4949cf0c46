"""A file is put in order: title, place, category."""

import streamlit as st

from db import sorting
from db.casefile_views import CaseFile
from db.categories import categories
from db.estates import buildings, estates
from db.now import now
from pages.parts.case_form import case_form
from pages.parts.choice import plain_choice
from pages.parts.forms import Sent
from pages.parts.who import actor
from pages.parts.words import _, speak


def sort_form(file: CaseFile) -> None:
    """Title, category, estate, building."""
    me = actor()
    english = speak() == "en"
    of_estate = {row.id: row.name for row in estates(me) if me.sees_estate(row.id)}
    houses = {
        row.id: f"{of_estate[row.estate_id]} {row.name}"
        for row in buildings(me)
        if row.estate_id in of_estate
    }
    kinds = {row.id: row.name_en if english else row.name_zh for row in categories(me)}
    form = case_form("sort")
    with st.form(form.key("form"), border=False):
        st.text_input(_("Title"), value=file.line.title, key=form.key("title"), max_chars=120)
        form.mend("title")
        plain_choice(_("Category"), kinds, form.key("category"), file.category_id, none=True)
        form.mend("category")
        left, right = st.columns(2)
        with left:
            plain_choice(_("Estate"), of_estate, form.key("estate"), file.estate_id, none=True)
            form.mend("estate")
        with right:
            plain_choice(_("Building"), houses, form.key("building"), file.building_id, none=True)
            form.mend("building")
        form.submit(_("Save"), sort, file.line.code)


def sort(sent: Sent, code: str) -> None:
    """Save it."""
    sorting.sort(
        actor(),
        now(),
        code,
        title=sent.text("title"),
        category_id=sent.pick("category"),
        estate_id=sent.pick("estate"),
        building_id=sent.pick("building"),
        key=sent.once,
    )
