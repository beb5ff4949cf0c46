"""The demo's owners' rolls: every flat has its owner, and 三盛巴厘岛 all that a roll can hold."""

import random
from collections import defaultdict
from datetime import datetime

from sqlalchemy import select

from db.demo.diary import Diary
from db.demo.estates import Home
from db.demo.names import PHONE_PREFIX
from db.demo.settled import Settled
from db.engine import read
from db.roll.importing import import_roll
from db.roll.live import live_units
from db.roll.mandating import MandateForm, record_mandate
from db.roll.owners import contacts
from db.roll.rule_entries import RulesForm, enter_rules
from db.tables import Building, Household
from domain.days import local_day
from domain.mandates import MandateKind
from domain.people import Actor
from domain.roll_rows import RollColumn, read_sheet

DEVELOPER = "三盛置业有限公司（演示）"
RULES = "《三盛巴厘岛业主大会议事规则》（演示）第十五条"
HEADER = (
    *(RollColumn.BUILDING, RollColumn.ROOM, RollColumn.AREA, RollColumn.KIND),
    *(RollColumn.OWNERS, RollColumn.PHONE, RollColumn.DEVELOPER, RollColumn.DOCUMENT),
)
FLATS = {"bali": (89.56, 128.34), "xinyuan": (72.18, 94.5), "jiangpan": (58.42, 66.07)}
SPACE = 12.72  # m² of a parking space
SPACES, SHOPS = 120, 10
COMMUNITY, LICENCE = "菖蒲社区居委会", "52000000DEMO000163"
NEW_NUMBER = f"{PHONE_PREFIX}9001"
# The last sheet came a few days ago, and nobody has looked at its two names yet.
LATE_AGO = 3

Row = tuple[object, ...]


def fill(diary: Diary, settled: Settled, begun: datetime) -> None:
    """Enter the rolls as they were when the story begins, and what came later."""
    rng = random.Random(163)  # noqa: S311 – a story, no secret
    clerk = settled.people.clerks[0]
    for key, estate in settled.estates.ids.items():
        homes = _homes(settled, estate)
        rows = _rows(key, homes, rng)
        if key == "bali":
            rows += _shops(homes) + _parking(homes)
        _take_in(clerk, begun, estate, rows)
    bali = settled.estates.ids["bali"]
    _rules(settled, begun, bali)
    _mandates(settled, begun, bali)
    late = _late(_homes(settled, bali))
    diary.add(diary.day(LATE_AGO, 16, 40), lambda now: _take_in(clerk, now, bali, late))


def _take_in(clerk: Actor, now: datetime, estate: int, rows: list[Row]) -> None:
    done = import_roll(clerk, now, estate, read_sheet(HEADER, list(enumerate(rows, 2))))
    if done.refused or done.changed:
        raise ValueError(f"the demo's roll is not taken as it is: {done.refused[:1]}")


def _homes(settled: Settled, estate: int) -> list[tuple[str, str, tuple[Home, ...]]]:
    """Building, room and people of every flat, in order; nobody lives in some."""
    people: dict[int, list[Home]] = defaultdict(list)
    for house in settled.estates.houses:
        for one in house.homes:
            people[one.household].append(one)
    query = (
        select(Household.id, Building.name, Household.room)
        .join(Building, Building.id == Household.building_id)
        .where(Building.estate_id == estate)
        .order_by(Building.position, Household.id)
    )
    with read() as session:
        return [(place, room, tuple(people[home])) for home, place, room in session.execute(query)]


def _rows(
    key: str, homes: list[tuple[str, str, tuple[Home, ...]]], rng: random.Random
) -> list[Row]:
    """The flats; where nobody lives the developer has not sold, or the community has let."""
    rows: list[Row] = []
    before: tuple[Home, ...] = ()
    for number, (place, room, people) in enumerate(homes):
        owners = people if rng.random() < 0.4 else people[:1]
        # Some own the flat beside theirs as well, and let it.
        if key == "bali" and number % 29 == 1:
            owners = before
        if len(owners) == 1 and owners[0].phone:
            before = owners
        area = FLATS[key][number % 2] + round(int(place.rstrip("号楼")) * 0.37, 2)
        if owners:
            rows.append(_row(place, room, area, owners))
        elif key == "bali":
            rows.append((place, room, round(area, 2), "住宅", DEVELOPER, "", "是"))
        else:
            rows.append((place, room, round(area, 2), "住宅", COMMUNITY, "", "", LICENCE))
    return rows


def _row(place: str, room: str, area: float, owners: tuple[Home, ...], kind: str = "住宅") -> Row:
    phone = next((one.phone for one in owners if one.phone), "")
    if owners and not owners[0].phone:
        phone = ""  # a number in the sheet is the first owner's
    return (place, room, round(area, 2), kind, "、".join(one.name for one in owners), phone, "")


def _shops(homes: list[tuple[str, str, tuple[Home, ...]]]) -> list[Row]:
    """Shops in the first building: some sold to people who live here, some not yet."""
    settled_here = [people[:1] for _, _, people in homes if people and people[0].phone]
    rows: list[Row] = []
    for number in range(1, SHOPS + 1):
        room, area = f"商铺{number:02d}", 41.2 + number * 3.15
        if number % 3:
            rows.append(_row("1号楼", room, area, settled_here[number * 17], "商铺"))
        else:
            rows.append(("1号楼", room, round(area, 2), "商铺", DEVELOPER, "", "是"))
    return rows


def _parking(homes: list[tuple[str, str, tuple[Home, ...]]]) -> list[Row]:
    settled_here = [people[:1] for _, _, people in homes if people and people[0].phone]
    rows: list[Row] = []
    for number in range(1, SPACES + 1):
        room = f"地下车位B1-{number:03d}"
        if number % 6:
            rows.append(_row("", room, SPACE, settled_here[number], "车位"))
        else:
            rows.append(("", room, SPACE, "车位", DEVELOPER, "", "是"))
    return rows


def _late(homes: list[tuple[str, str, tuple[Home, ...]]]) -> list[Row]:
    """Two small shops were sold; the sheet gives names that two people may have."""
    settled_here = [people[0] for _, _, people in homes if people and people[0].phone]
    first, second = settled_here[40], settled_here[90]
    return [
        ("2号楼", "商铺01", 36.8, "商铺", first.name, "", ""),
        ("2号楼", "商铺02", 44.1, "商铺", second.name, NEW_NUMBER, ""),
    ]


def _rules(settled: Settled, begun: datetime, estate: int) -> None:
    secretary = settled.people.secretary
    enter_rules(
        secretary,
        begun,
        estate,
        RulesForm(RULES, local_day(begun), lookers=(secretary.account_id or 0,)),
    )


def _mandates(settled: Settled, begun: datetime, estate: int) -> None:
    """A couple named one of them, and the developer sends somebody."""
    with read() as session:
        units = live_units(session, estate)
        couple = next(unit for unit in units if len(unit.owner_ids) == 2)
        held = next(unit for unit in units if unit.developer)
        name = contacts(session, couple.owner_ids)[couple.owner_ids[0]][0]
    for unit, kind, holder in (
        (couple, MandateKind.JOINT, name),
        (held, MandateKind.COMPANY, "邵明远"),
    ):
        record_mandate(
            settled.people.secretary,
            begun,
            estate,
            MandateForm(unit.id, kind, holder, written=True, not_of_property=True),
        )
