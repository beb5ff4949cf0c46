"""The figures' filter in the address: months, estate, category, unit, and which list is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from db.categories import CategoryView, categories
from db.estates import EstateView, estates
from db.figures.reads import Wanted, months_before
from db.units import UnitView, units
from domain.people import Actor
from locales.times import month_words
from pages.parts.metric_address import FROM, LIST, SHOW, TO, TREND, said
from pages.parts.words import _, speak

NAMES = (FROM, TO, "estate", "category", "unit")
# How far back the months can be chosen; the figures of an address go as far as they like.
YEARS_TO_CHOOSE = 3
SHOWN_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, by what stands in the address."""

    months: tuple[date, ...]
    estates: Mapping[str, EstateView]
    categories: Mapping[str, CategoryView]
    units: Mapping[str, UnitView]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen of them; None for all."""

    estate: EstateView | None
    category: CategoryView | None
    unit: UnitView | None


def choices(actor: Actor, today: date) -> Choices:
    """The lists behind the widgets; the newest month first."""
    this = today.replace(day=1)
    return Choices(
        months=tuple(months_before(this, back) for back in range(YEARS_TO_CHOOSE * 12)),
        estates={row.code: row for row in estates(actor) if actor.sees_estate(row.id)},
        categories={row.slug: row for row in categories(actor, inactive=True)},
        units={row.code: row for row in units(actor, inactive=True)},
    )


def wanted(known: Choices) -> Wanted:
    """The filter that the address means; what it does not know narrows nothing."""
    last = _month(TO, known) or known.months[0]
    first = _month(FROM, known) or months_before(last, SHOWN_MONTHS - 1)
    rows = chosen_rows(known)
    return Wanted(
        first=min(first, last),
        last=max(first, last),
        estate_id=rows.estate.id if rows.estate else None,
        category_id=rows.category.id if rows.category else None,
        unit_id=rows.unit.id if rows.unit else None,
    )


def chosen_rows(known: Choices) -> Chosen:
    """What the address narrows the figures to; None for all."""
    return Chosen(
        known.estates.get(said("estate")),
        known.categories.get(said("category")),
        known.units.get(said("unit")),
    )


def widgets(known: Choices, now_wanted: Wanted) -> None:
    """The widgets, each as the address says."""
    english = speak() == "en"
    named: dict[str, dict[str, str]] = {
        "estate": {code: row.name for code, row in known.estates.items()},
        "category": {
            slug: row.name_en if english else row.name_zh for slug, row in known.categories.items()
        },
        "unit": {code: row.name for code, row in known.units.items()},
    }
    months = {f"{month:%Y-%m}": month_words(month) for month in known.months}
    st.session_state["metrics_from"] = f"{now_wanted.first:%Y-%m}"
    st.session_state["metrics_to"] = f"{now_wanted.last:%Y-%m}"
    with st.grid("auto", min_column_width=150, vertical_alignment="bottom"):
        for name, label in ((FROM, _("From")), (TO, _("To"))):
            chosen_month = f"{(now_wanted.first if name == FROM else now_wanted.last):%Y-%m}"
            st.selectbox(
                label,
                list(months | {chosen_month: months.get(chosen_month, chosen_month)}),
                format_func=lambda key: months.get(key, key),
                key=f"metrics_{name}",
                on_change=chosen,
            )
        for name, label in (
            ("estate", _("Estate")),
            ("category", _("Category")),
            ("unit", _("Leading unit")),
        ):
            names = {"": _("All")} | named[name]
            code = said(name)
            st.session_state[f"metrics_{name}"] = code if code in names else ""
            st.selectbox(
                label,
                list(names),
                format_func=names.__getitem__,
                key=f"metrics_{name}",
                on_change=chosen,
            )


def chosen() -> None:
    """Put what the widgets say into the address; an open list begins anew."""
    kept = {name: str(st.session_state.get(f"metrics_{name}") or "") for name in NAMES}
    kept |= {name: said(name) for name in (LIST, TREND, SHOW)}
    st.query_params.from_dict({name: value for name, value in kept.items() if value})


def filter_words(known: Choices, now_wanted: Wanted) -> list[str]:
    """The filter in words, as an export states it."""
    english = speak() == "en"
    first, last = month_words(now_wanted.first), month_words(now_wanted.last)
    lines = [_("Files opened from {first} to {last}", first=first, last=last)]
    for name, label, rows in (
        ("estate", _("Estate"), known.estates),
        ("category", _("Category"), known.categories),
        ("unit", _("Leading unit"), known.units),
    ):
        row = rows.get(said(name))
        if isinstance(row, CategoryView):
            lines.append(f"{label}: {row.name_en if english else row.name_zh}")
        else:
            lines.append(f"{label}: {row.name if row else _('All')}")
    return lines


def _month(name: str, known: Choices) -> date | None:
    try:
        month = date.fromisoformat(f"{said(name)}-01")
    except ValueError:
        return None
    return month if month <= known.months[0] else None
