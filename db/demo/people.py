"""The demo's accounts: one person or more for each role, invented and named as demo."""

from dataclasses import dataclass
from datetime import datetime

from db import accounts
from domain.people import SYSTEM, Actor, Role

MARK = "（演示）"

# Login, name, roles, unit, estate. The first of each role is whom the demo signs in as.
STAFF: tuple[tuple[str, str, tuple[Role, ...], str | None, str | None], ...] = (
    ("demo-admin", "郑文斌", (Role.ADMINISTRATOR,), None, None),
    ("demo-secretary", "林秀兰", (Role.SECRETARY,), None, None),
    ("demo-worker1", "陈晓燕", (Role.SOCIAL_WORKER,), None, None),
    ("demo-worker2", "黄志明", (Role.SOCIAL_WORKER,), None, None),
    ("demo-worker3", "吴雨桐", (Role.SOCIAL_WORKER,), None, None),
    ("demo-property1", "叶剑锋", (Role.PROPERTY,), "property:bali", None),
    ("demo-property2", "邱永春", (Role.PROPERTY,), "property:xinyuan", None),
    ("demo-property3", "潘立新", (Role.PROPERTY,), "property:jiangpan", None),
    ("demo-power", "苏明辉", (Role.UNIT,), "power", None),
    ("demo-branch1", "许玉珍", (Role.UNIT,), "branch:bali", None),
    ("demo-branch2", "何德福", (Role.UNIT,), "branch:xinyuan", None),
    ("demo-branch3", "曾瑞珠", (Role.UNIT,), "branch:jiangpan", None),
    ("demo-police", "高国栋", (Role.UNIT,), "police", None),
    ("demo-fire", "梁向东", (Role.UNIT,), "fire", None),
    ("demo-clinic", "宋惠玲", (Role.UNIT,), "clinic", None),
    ("demo-school", "唐静姝", (Role.UNIT,), "school", None),
    ("demo-justice", "冯明德", (Role.UNIT,), "justice", None),
    ("demo-urban", "曹少华", (Role.UNIT,), "urban", None),
    ("demo-water", "彭水生", (Role.UNIT,), "water", None),
    # Who speaks for the committee as a unit is one of its members.
    ("demo-committee", "谢丽华", (Role.COMMITTEE, Role.UNIT), "committee:bali", "bali"),
    ("demo-leader", "江雪梅", (Role.SQUAD_LEADER,), None, None),
    ("demo-volunteer", "余俊杰", (Role.VOLUNTEER,), None, None),
    ("demo-street", "杜维钧", (Role.VIEWER,), None, None),
)


@dataclass(frozen=True, slots=True)
class People:
    """Who acts in the demo."""

    secretary: Actor
    clerks: tuple[Actor, ...]
    contacts: dict[int, Actor]  # by the unit that they speak for
    leader: Actor  # of a squad
    volunteer: Actor

    def others(self, but: Actor | None) -> tuple[Actor, ...]:
        """The clerks without one of them."""
        return tuple(clerk for clerk in self.clerks if clerk is not but)


def hire(now: datetime, units: dict[str, int], estates: dict[str, int]) -> People:
    """Open all accounts; none has a password, for the demo signs in by role."""
    actors: dict[str, Actor] = {}
    for login, name, roles, unit, estate in STAFF:
        unit_id = units[unit] if unit else None
        estate_id = estates[estate] if estate else None
        key = accounts.create(
            SYSTEM,
            now,
            login=login,
            name=name + MARK,
            roles=roles,
            unit_id=unit_id,
            estate_id=estate_id,
        )
        actors[login] = Actor(key, name + MARK, frozenset(roles), unit_id, estate_id)
    return People(
        secretary=actors["demo-secretary"],
        clerks=tuple(actor for login, actor in actors.items() if login.startswith("demo-worker")),
        contacts={actor.unit_id: actor for actor in actors.values() if actor.unit_id is not None},
        leader=actors["demo-leader"],
        volunteer=actors["demo-volunteer"],
    )
