"""Categories: their names, their class in the micro-list 实事微清单, their own limits."""

import pyarrow as pa
import streamlit as st

from db.categories import CategoryView, add_category, categories, change_category
from db.now import now
from db.tables import ServiceClass
from domain import labels
from domain.workdays import DayBasis
from pages.parts import export
from pages.parts.forms import Form, Sent
from pages.parts.settings_pick import pick
from pages.parts.who import actor
from pages.parts.words import _, speak


def show() -> None:
    """One category at a time, and the list of all."""
    rows = {row.id: row for row in categories(actor(), inactive=True)}
    language = speak()
    names = {key: row.name(language) for key, row in rows.items()}
    chosen = pick(_("Category"), _("A new category"), names, "settings_category")
    category_form(rows.get(chosen) if chosen is not None else None)
    export.frame(
        pa.table(
            {
                "name": list(names.values()),
                "class": [_(labels.SERVICE[row.service_class]) for row in rows.values()],
                "basis": [_(labels.BASIS[row.basis]) for row in rows.values()],
                "days": pa.array([row.done_days for row in rows.values()], pa.int64()),
                "active": [row.active for row in rows.values()],
            }
        ),
        hide_index=True,
        key="settings_categories",
        alt=_("All categories"),
        column_config={
            "name": st.column_config.TextColumn(_("Category"), width="medium"),
            "class": st.column_config.TextColumn(_("Class in the micro-list"), width="medium"),
            "basis": st.column_config.TextColumn(_("Days counted"), width="small"),
            "days": st.column_config.NumberColumn(_("Own limit in days"), width="small"),
            "active": st.column_config.CheckboxColumn(_("In use"), width="small"),
        },
    )


def category_form(category: CategoryView | None) -> None:
    """Names, class, basis, limit."""
    form = Form(f"settings_category_{category.id if category else 'new'}")
    with st.form(f"{form.name}_form"):
        left, right = st.columns(2)
        with left:
            st.text_input(
                _("Name in Chinese"),
                value=category.name_zh if category else "",
                key=form.key("name_zh"),
                max_chars=20,
            )
            form.mend("name_zh")
        with right:
            st.text_input(
                _("Name in English"),
                value=category.name_en if category else "",
                key=form.key("name_en"),
                max_chars=40,
            )
            form.mend("name_en")
        classes, bases = list(ServiceClass), list(DayBasis)
        left, middle, right = st.columns(3)
        with left:
            st.selectbox(
                _("Class in the micro-list"),
                classes,
                index=classes.index(category.service_class) if category else len(classes) - 1,
                format_func=lambda one: _(labels.SERVICE[one]),
                key=form.key("class"),
            )
        with middle:
            st.selectbox(
                _("Days counted"),
                bases,
                index=bases.index(category.basis) if category else 0,
                format_func=lambda one: _(labels.BASIS[one]),
                key=form.key("basis"),
            )
        with right:
            st.number_input(
                _("Own limit in days"),
                min_value=0,
                max_value=366,
                value=category.done_days if category else None,
                key=form.key("done_days"),
                placeholder=_("as everywhere"),
            )
            form.mend("done_days")
        if category:
            st.toggle(_("In use"), value=category.active, key=form.key("active"))
        label = _("Save") if category else _("Add the category")
        form.submit(label, save, category.id if category else None)


def save(sent: Sent, category_id: int | None) -> None:
    """Add it or change it."""
    me, at = actor(), now()
    service_class, basis = ServiceClass(sent.pick("class")), DayBasis(sent.pick("basis"))
    if category_id is None:
        add_category(
            me,
            at,
            name_zh=sent.text("name_zh"),
            name_en=sent.text("name_en"),
            service_class=service_class,
            basis=basis,
            done_days=sent.pick("done_days"),
            once_key=sent.once,
        )
        return
    change_category(
        me,
        at,
        category_id,
        name_zh=sent.text("name_zh"),
        name_en=sent.text("name_en"),
        service_class=service_class,
        basis=basis,
        done_days=sent.pick("done_days"),
        active=bool(sent.pick("active")),
    )
