"""The widgets above the inbox; each shows what the address says, and writes it there."""

import streamlit as st

from domain.moves import Step
from pages.parts import flow
from pages.parts.case_filter import ALL, NAMES, Choices
from pages.parts.words import _, speak


def filters(params: dict[str, str], known: Choices) -> None:
    """The widgets, each as the address says."""
    lists: dict[str, dict[str, str]] = {
        "estate": {code: row.name for code, row in known.estates.items()},
        "building": {name: name for name in known.buildings},
        "category": {
            slug: row.name_en if speak() == "en" else row.name_zh
            for slug, row in known.categories.items()
        },
        "unit": {code: row.name for code, row in known.units.items()},
    }
    steps = {step.value: flow.name(step) for step in Step} | {ALL: _("All")}
    for name in NAMES:
        value = params.get(name, "")
        if value not in lists.get(name, {value: ""}):
            value = ""
        shown = {"overdue": bool(value), "step": value if value in steps else None}
        st.session_state[f"inbox_{name}"] = shown.get(name, value)
    st.pills(
        _("Step"),
        list(steps),
        format_func=steps.__getitem__,
        key="inbox_step",
        on_change=chosen,
        label_visibility="collapsed",
    )
    with st.grid("auto", min_column_width=150, vertical_alignment="bottom"):
        st.text_input(
            _("Search"),
            type="search",
            placeholder=_("Words, number or place"),
            key="inbox_q",
            on_change=chosen,
            max_chars=100,
        )
        for name, label in (
            ("estate", _("Estate")),
            ("building", _("Building")),
            ("category", _("Category")),
            ("unit", _("Leading unit")),
        ):
            names = {"": _("All")} | lists[name]
            st.selectbox(
                label,
                list(names),
                format_func=names.__getitem__,
                key=f"inbox_{name}",
                on_change=chosen,
            )
        st.toggle(_("Overdue only"), key="inbox_overdue", on_change=chosen)


def chosen() -> None:
    """Put what the widgets say into the address; the list begins anew."""
    said = {name: st.session_state.get(f"inbox_{name}") for name in NAMES}
    if (said["estate"] or "") != st.query_params.get("estate", ""):
        said["building"] = None  # it was another estate's
    kept = {
        name: "1" if value is True else str(value).strip() for name, value in said.items() if value
    }
    st.query_params.from_dict({name: value for name, value in kept.items() if value})


def cleared() -> None:
    """No filter at all."""
    st.query_params.clear()
