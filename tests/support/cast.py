"""The small cast of every test: one community, and one person for each role."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from db.settings import put
from db.tables import (
    Account,
    AccountRole,
    Building,
    Category,
    Estate,
    EstateKind,
    Household,
    Place,
    Resident,
    ServiceClass,
    Unit,
    UnitKind,
)
from db.tables.base import Base
from domain.people import Actor, Role
from domain.workdays import DayBasis

Add = Callable[[str, Base], None]

PASSWORD = "calamus-and-plum-163"  # of everybody in the cast
# As cheap as argon2 allows: tests sign in hundreds of times.
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@dataclass(frozen=True, slots=True)
class Cast:
    """Row ids of the community's things, and its people as actors.

    Estate one (resettlement) has building one and two, its own branch and property company;
    estate two (commodity) has building three, another branch and another company. The
    committee member sees estate one alone. Logins are the attribute names of the people;
    everybody's password is `PASSWORD`.
    """

    estate_one: int
    estate_two: int
    building_one: int
    building_two: int
    building_three: int
    branch_one: int
    branch_two: int
    property_one: int
    property_two: int
    partner_one: int
    partner_two: int
    community_office: int
    lifts: int  # a category of social service, natural days
    permits: int  # of administrative service, working days
    company_for_the_old: int  # of volunteer service
    gate: int  # a place of estate one that presets lifts
    garden: int  # a place of estate two that presets nothing
    gate_code: str
    garden_code: str
    household_101: int  # building one, two residents
    household_102: int  # building one, one resident
    household_501: int  # building two, one resident without a phone
    household_901: int  # building three, one resident
    administrator: Actor
    secretary: Actor
    social_worker: Actor
    committee: Actor
    property_contact: Actor  # of the property company of estate one
    partner_contact: Actor  # of the first partner unit
    branch_contact: Actor  # of the branch of estate one
    squad_leader: Actor
    volunteer: Actor
    viewer: Actor

    @property
    def people(self) -> dict[str, Actor]:
        """Everybody by login."""
        return {name: getattr(self, name) for name in PEOPLE}


# login: name, pinyin initials, roles, the attribute of their unit, of their estate.
PEOPLE: dict[str, tuple[str, str, frozenset[Role], str | None, str | None]] = {
    "administrator": ("管理员甲", "glyj", frozenset({Role.ADMINISTRATOR}), None, None),
    "secretary": ("书记乙", "sjy", frozenset({Role.SECRETARY}), None, None),
    "social_worker": ("社工丙", "sgb", frozenset({Role.SOCIAL_WORKER}), None, None),
    "committee": ("业委丁", "ywd", frozenset({Role.COMMITTEE}), None, "estate_one"),
    "property_contact": ("物业戊", "wyw", frozenset({Role.PROPERTY}), "property_one", None),
    "partner_contact": ("共建己", "gjj", frozenset({Role.UNIT}), "partner_one", None),
    "branch_contact": ("支部庚", "zbg", frozenset({Role.UNIT}), "branch_one", None),
    "squad_leader": ("队长辛", "dzx", frozenset({Role.SQUAD_LEADER}), None, None),
    "volunteer": ("志愿壬", "zyr", frozenset({Role.VOLUNTEER}), None, None),
    "viewer": ("观察癸", "gcg", frozenset({Role.VIEWER}), None, None),
}

UNITS = {
    "branch_one": ("一小区支部", "yxqzb", UnitKind.BRANCH),
    "branch_two": ("二小区支部", "exqzb", UnitKind.BRANCH),
    "property_one": ("一号物业公司", "yhwygs", UnitKind.PROPERTY),
    "property_two": ("二号物业公司", "ehwygs", UnitKind.PROPERTY),
    "partner_one": ("第一共建单位", "dygjdw", UnitKind.PARTNER),
    "partner_two": ("第二共建单位", "degjdw", UnitKind.PARTNER),
    "community_office": ("测试社区居委会", "cssqjwh", UnitKind.COMMUNITY),
}


def settle(session: Session, at: datetime) -> Cast:
    """Put the cast into an empty migrated database, by plain rows and without events."""
    put(session, "community", "测试社区")
    ids: dict[str, int] = {}

    def add(name: str, row: Base) -> None:
        session.add(row)
        session.flush()
        ids[name] = row.id  # type: ignore[attr-defined]

    for name, (title, initials, kind) in UNITS.items():
        add(name, Unit(code=f"u-{name}", name=title, initials=initials, kind=kind))
    for number, title, estate_kind in (
        ("one", "一小区", EstateKind.RESETTLEMENT),
        ("two", "二小区", EstateKind.COMMODITY),
    ):
        add(
            f"estate_{number}",
            Estate(
                code=f"e-{number}",
                name=title,
                kind=estate_kind,
                branch_id=ids[f"branch_{number}"],
                property_id=ids[f"property_{number}"],
            ),
        )
    for number, estate, title, position in (
        ("one", "one", "1号楼", 1),
        ("two", "one", "2号楼", 2),
        ("three", "two", "1号楼", 1),
    ):
        add(
            f"building_{number}",
            Building(estate_id=ids[f"estate_{estate}"], name=title, position=position),
        )
    _categories(add)
    _places(add, ids)
    _households(session, add, ids)
    people = _people(session, add, ids, at)
    return Cast(
        **{name: ids[name] for name in Cast.__slots__ if name in ids},  # type: ignore[arg-type]
        **people,  # type: ignore[arg-type]
        gate_code="gate-place-code",
        garden_code="garden-place-code",
    )


def _categories(add: Add) -> None:
    for position, (name, zh, en, service, basis) in enumerate(
        (
            ("lifts", "电梯维修", "Lifts", ServiceClass.SOCIAL, DayBasis.NATURAL),
            ("permits", "证件办理", "Permits", ServiceClass.ADMINISTRATIVE, DayBasis.WORKING),
            (
                "company_for_the_old",
                "陪伴老人",
                "Company for the old",
                ServiceClass.VOLUNTEER,
                DayBasis.NATURAL,
            ),
        ),
        start=1,
    ):
        add(
            name,
            Category(
                slug=name.replace("_", "-"),
                name_zh=zh,
                name_en=en,
                service_class=service,
                basis=basis,
                position=position,
            ),
        )


def _places(add: Add, ids: dict[str, int]) -> None:
    add(
        "gate",
        Place(
            code="gate-place-code",
            estate_id=ids["estate_one"],
            building_id=ids["building_one"],
            category_id=ids["lifts"],
            name="1号楼大门",
        ),
    )
    add(
        "garden",
        Place(code="garden-place-code", estate_id=ids["estate_two"], name="中心花园"),
    )


def _households(session: Session, add: Add, ids: dict[str, int]) -> None:
    for name, building, room, residents in (
        (
            "household_101",
            "one",
            "1单元101",
            (("住户子", "zhz", "13800000101"), ("住户丑", "zhc", None)),
        ),
        ("household_102", "one", "1单元102", (("住户寅", "zhy", "13800000102"),)),
        ("household_501", "two", "2单元501", (("住户卯", "zhm", None),)),
        ("household_901", "three", "901", (("住户辰", "zhc", "13800000901"),)),
    ):
        add(name, Household(building_id=ids[f"building_{building}"], room=room))
        session.add_all(
            Resident(household_id=ids[name], name=who, initials=initials, phone=phone)
            for who, initials, phone in residents
        )


def _people(session: Session, add: Add, ids: dict[str, int], at: datetime) -> dict[str, Actor]:
    actors = {}
    for login, (name, initials, roles, unit, estate) in PEOPLE.items():
        account = Account(
            code=f"a-{login}",
            login=login,
            name=name,
            initials=initials,
            password_hash=PASSWORD_HASH,
            unit_id=ids[unit] if unit else None,
            estate_id=ids[estate] if estate else None,
            created_at=at,
        )
        add(f"account_{login}", account)
        session.add_all(AccountRole(account_id=account.id, role=role) for role in roles)
        actors[login] = Actor(account.id, name, roles, account.unit_id, account.estate_id)
    session.flush()
    return actors
