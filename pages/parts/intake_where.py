"""Where a matter is and what it is about: one list to type into, one row to touch."""

from dataclasses import dataclass

import streamlit as st

from db.categories import categories
from db.estates import buildings, estates
from db.places import places
from domain.people import Actor
from pages.parts.forms import Form
from pages.parts.words import _, speak


@dataclass(frozen=True, slots=True)
class Spot:
    """A public area of an estate, a building, or a place with a poster."""

    name: str
    estate_id: int
    building_id: int | None = None
    place_code: str | None = None
    category_id: int | None = None


def of_building(building_id: int) -> str:
    """The key of a building in `spots`."""
    return f"building:{building_id}"


def spots(actor: Actor) -> dict[str, Spot]:
    """Everything that can be chosen, by key: each estate, then what stands in it."""
    found: dict[str, Spot] = {}
    houses, posters = buildings(actor), places(actor)
    for estate in estates(actor):
        found[f"estate:{estate.id}"] = Spot(estate.name, estate.id)
        for house in houses:
            if house.estate_id == estate.id:
                name = f"{estate.name} · {house.name}"
                found[of_building(house.id)] = Spot(name, estate.id, house.id)
        for place in posters:
            if place.estate_id == estate.id:
                parts = (estate.name, place.building, place.name)
                found[f"place:{place.code}"] = Spot(
                    " · ".join(part for part in parts if part),
                    estate.id,
                    place.building_id,
                    place.code,
                    place.category_id,
                )
    return found


def where_field(form: Form, known: dict[str, Spot]) -> Spot | None:
    """The field; the only estate is chosen at first."""
    key = form.key("where")
    only = [name for name, spot in known.items() if spot.building_id is None]
    if key not in st.session_state and len(only) == 1:
        st.session_state[key] = only[0]
    st.selectbox(
        _("Where it happens"),
        [None, *known],
        format_func=lambda one: known[one].name if one in known else _("Not known yet"),
        key=key,
        placeholder=_("Estate, building or place"),
    )
    form.mend("estate", "building")
    return known.get(str(st.session_state[key]))


def category_names(actor: Actor) -> dict[int, str]:
    """The categories in this tab's language."""
    return {row.id: row.name(speak()) for row in categories(actor)}


def category_field(form: Form, names: dict[int, str]) -> int | None:
    """The field, all categories in sight."""
    chosen = st.pills(
        _("Category"),
        list(names),
        format_func=names.__getitem__,
        key=form.key("category"),
    )
    form.mend("category")
    return chosen
