"""The inbox's filter in the address: what a link says, and what the widgets choose from.

Addresses carry the codes of estates and units, the slug of a category and a building's name,
so that a link reads the same in both languages and shows no row id.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from db.categories import CategoryView, categories
from db.estates import BuildingView, EstateView, buildings, estates
from db.inbox import CaseFilter, Which
from db.units import UnitView, units
from domain import labels
from domain.moves import Step
from domain.people import Actor
from pages.parts.words import _, speak

ALL = "all"  # in the address of a list of open and closed files
NAMES = ("step", "estate", "building", "category", "unit", "overdue", "q")
AFTER = "after"  # where the list goes on


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, by what stands in the address."""

    estates: Mapping[str, EstateView]
    buildings: Mapping[str, BuildingView]
    categories: Mapping[str, CategoryView]
    units: Mapping[str, UnitView]


def asked() -> dict[str, str]:
    """The filter as the address says it, without what is empty."""
    return {name: value for name in NAMES if (value := str(st.query_params.get(name, "")).strip())}


def choices(actor: Actor, params: Mapping[str, str]) -> Choices:
    """The lists behind the widgets; buildings only of the chosen estate."""
    of_estate = {row.code: row for row in estates(actor) if actor.sees_estate(row.id)}
    estate = of_estate.get(params.get("estate", ""))
    only = next(iter(of_estate.values())) if len(of_estate) == 1 else estate
    return Choices(
        estates=of_estate,
        buildings={row.name: row for row in buildings(actor, only.id)} if only else {},
        categories={row.slug: row for row in categories(actor)},
        units={row.code: row for row in units(actor)},
    )


def in_words(params: Mapping[str, str], known: Choices) -> list[str]:
    """The filter as people say it, one part each."""
    step = params.get("step", "")
    category = known.categories.get(params.get("category", ""))
    rows = (known.estates.get(params.get("estate", "")), known.units.get(params.get("unit", "")))
    parts = [
        _(labels.STEP[Step(step)]) if step in frozenset(Step) else None,
        _("open and closed") if step == ALL else None,
        *(row.name if row else None for row in rows),
        params.get("building"),
        category.name(speak()) if category else None,
        _("Overdue only") if params.get("overdue") else None,
        params.get("q"),
    ]
    return [part for part in parts if part] or [_("open files")]


def case_filter(params: Mapping[str, str], known: Choices) -> CaseFilter:
    """The filter that an address means; what it does not know narrows nothing."""
    step = params.get("step", "")
    estate = known.estates.get(params.get("estate", ""))
    building = known.buildings.get(params.get("building", ""))
    category = known.categories.get(params.get("category", ""))
    unit = known.units.get(params.get("unit", ""))
    return CaseFilter(
        which=Which.ALL if step == ALL else Which.OPEN,
        step=Step(step) if step in frozenset(Step) else None,
        estate_id=estate.id if estate else None,
        building_id=building.id if building else None,
        category_id=category.id if category else None,
        unit_id=unit.id if unit else None,
        overdue=bool(params.get("overdue")),
        query=params.get("q", ""),
    )
