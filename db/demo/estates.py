"""The demo's estates: buildings, households with their residents, places with QR posters."""

import random
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from sqlalchemy import select

from db import estates as lists
from db import places
from db.demo.names import Names
from db.engine import read
from db.household_import import import_households
from db.tables import Category, EstateKind, Household, Resident
from domain.household_rows import Roll, RollRow
from domain.people import SYSTEM

_HIGH, _LOW = "high", "low"  # with a lift, without


@dataclass(frozen=True, slots=True)
class Plan:
    """How an estate is built: its buildings, each with a number of floors and of flats a floor."""

    key: str
    name: str
    kind: EstateKind
    buildings: tuple[tuple[str, int, int], ...]  # high or low, floors, flats a floor


PLANS = (
    Plan("bali", "三盛巴厘岛", EstateKind.COMMODITY, ((_HIGH, 18, 2),) * 8),
    Plan(
        "xinyuan", "菖蒲新苑", EstateKind.RESETTLEMENT, ((_HIGH, 18, 2),) * 2 + ((_LOW, 6, 4),) * 5
    ),
    Plan("jiangpan", "江畔里", EstateKind.RESETTLEMENT, ((_LOW, 6, 4),) * 6),
)
# Places of an estate besides those of its buildings: key, name, category of the poster.
PLACES = {
    "bali": (
        ("garage", "地下车库入口", "parking"),
        ("gate", "南门岗亭", None),
        ("yard", "中心花园公告栏", None),
        ("centre", "文化活动中心", None),
    ),
    "xinyuan": (
        ("garage", "半地下停车场", "parking"),
        ("gate", "东门岗亭", None),
        ("yard", "小广场公告栏", None),
        ("pavilion", "睦邻亭", None),
    ),
    "jiangpan": (("gate", "江边大门", None), ("yard", "晾晒场公告栏", None)),
}
# Where a kind of place is, when its poster does not stand in every estate.
ONLY_IN = {"pavilion": "xinyuan", "centre": "bali"}
WITHIN_BUILDING = frozenset({"lift", "lobby", "stairs", "roof", "home", "old"})


@dataclass(frozen=True, slots=True)
class Home:
    """One resident with a household, as a possible reporter."""

    household: int
    room: str
    name: str
    phone: str | None


@dataclass(slots=True)
class House:
    """One building of the demo, with its people and its posters by kind."""

    id: int
    estate: str
    name: str
    high: bool
    homes: list[Home] = field(default_factory=list)
    posters: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Estates:
    """What stands in the demo: ids, buildings, posters of the grounds."""

    ids: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    houses: list[House] = field(default_factory=list)
    posters: dict[tuple[str, str], str] = field(default_factory=dict)

    def house_for(self, at: str, estate: str | None, rng: random.Random) -> House:
        """A building where such a matter can arise."""
        estate = estate or ONLY_IN.get(at)
        fitting = [
            house
            for house in self.houses
            if estate in (None, house.estate)
            and (at != "lift" or house.high)
            and (at != "old" or not house.high)
            and (at != "garage" or (house.estate, at) in self.posters)
        ]
        return rng.choice(fitting)

    def poster(self, at: str, house: House) -> str | None:
        """The poster that hangs where the matter is, if one does."""
        if at in WITHIN_BUILDING:
            return house.posters.get("lift" if at == "lift" else "lobby")
        return self.posters.get((house.estate, at))


def build(now: datetime, units: dict[str, int], rng: random.Random) -> Estates:
    """Enter estates, buildings, households, residents and places."""
    built = Estates()
    rows: list[RollRow] = []
    names, lines = Names(rng), count(2)
    for plan in PLANS:
        built.names[plan.key] = plan.name
        built.ids[plan.key] = lists.add_estate(
            SYSTEM,
            now,
            name=plan.name,
            kind=plan.kind,
            branch_id=units[f"branch:{plan.key}"],
            property_id=units[f"property:{plan.key}"],
        )
        for number, (shape, floors, flats) in enumerate(plan.buildings, 1):
            for room in _rooms(shape, floors, flats):
                rows += _household(plan.name, f"{number}号楼", room, names, lines, rng)
    import_households(SYSTEM, now, Roll(tuple(rows), (), 0, 0))
    for plan in PLANS:
        for view, (shape, _, _) in zip(
            lists.buildings(SYSTEM, built.ids[plan.key]), plan.buildings, strict=True
        ):
            built.houses.append(House(view.id, plan.key, view.name, shape == _HIGH))
    _residents(built)
    _posters(now, built)
    return built


def _rooms(shape: str, floors: int, flats: int) -> list[str]:
    if shape == _HIGH:
        return [
            f"{floor}{flat:02d}" for floor in range(1, floors + 1) for flat in range(1, flats + 1)
        ]
    half = flats // 2
    return [
        f"{entrance}单元{floor}{flat:02d}"
        for entrance in (1, 2)
        for floor in range(1, floors + 1)
        for flat in range(1, half + 1)
    ]


def _household(
    estate: str, building: str, room: str, names: Names, lines: "count[int]", rng: random.Random
) -> list[RollRow]:
    """One or two people; some have no telephone, some rooms are let and nobody is known."""
    if rng.random() < 0.04:
        return [RollRow(next(lines), estate, building, room, "", None)]
    first = names.name()
    people = [first] if rng.random() < 0.45 else [first, names.name()]
    return [
        RollRow(
            next(lines),
            estate,
            building,
            room,
            name,
            names.phone() if rng.random() < 0.85 else None,
        )
        for name in people
    ]


def _residents(built: Estates) -> None:
    by_id = {house.id: house for house in built.houses}
    query = (
        select(Household.building_id, Household.id, Household.room, Resident.name, Resident.phone)
        .join(Resident, Resident.household_id == Household.id)
        .order_by(Resident.id)
    )
    with read() as session:
        for building, household, room, name, phone in session.execute(query):
            by_id[building].homes.append(Home(household, room, name, phone))


def _posters(now: datetime, built: Estates) -> None:
    with read() as session:
        categories = dict(session.execute(select(Category.slug, Category.id)).all())

    def hang(estate: str, name: str, category: str | None, building: int | None = None) -> str:
        return places.add_place(
            SYSTEM,
            now,
            name=name,
            estate_id=built.ids[estate],
            building_id=building,
            category_id=categories[category] if category else None,
        )

    for house in built.houses:
        house.posters["lobby"] = hang(house.estate, f"{house.name}门厅", None, house.id)
        if house.high:
            house.posters["lift"] = hang(house.estate, f"{house.name}电梯", "lift", house.id)
    for estate, wanted in PLACES.items():
        for key, name, category in wanted:
            built.posters[estate, key] = hang(estate, name, category)
