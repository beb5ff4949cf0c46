"""Who may stand for the owners' committee: what stands against it, and who cleared it.

The guideline asks for an owner who keeps an owner's duties (《业主大会和业主委员会指导规则》
art. 31); what else keeps somebody away is the estate's own rule, so each obstacle can be cleared
by a person who writes why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import N_


class Obstacle(StrEnum):
    """What may keep a person from standing."""

    NOT_OWNER = "not_owner"
    PROPERTY_STAFF = "property_staff"
    PROPERTY_RELATIVE = "property_relative"
    FEES = "fees"
    UNLAWFUL_BUILDING = "unlawful_building"
    CAPACITY = "capacity"
    IN_GROUP = "in_group"


class Source(StrEnum):
    """How an obstacle is known."""

    ROLL = "roll"
    ACCOUNTS = "accounts"
    GROUP = "group"
    DECLARATION = "declaration"


GUIDELINE = "《业主大会和业主委员会指导规则》第三十一条"
OWN_RULES = "本小区议事规则、当地规定"


@dataclass(frozen=True, slots=True)
class Rule:
    """An obstacle in words, and the text that it rests on."""

    words: str
    basis: str


RULES: dict[Obstacle, Rule] = {
    Obstacle.NOT_OWNER: Rule(N_("is not on the owners' roll of the estate"), GUIDELINE),
    Obstacle.PROPERTY_STAFF: Rule(N_("works for the estate's property company"), OWN_RULES),
    Obstacle.PROPERTY_RELATIVE: Rule(
        N_("is a near relative of the property company's management"), OWN_RULES
    ),
    Obstacle.FEES: Rule(N_("owes property fees or payments to the repair fund"), GUIDELINE),
    Obstacle.UNLAWFUL_BUILDING: Rule(
        N_("has built or converted unlawfully and not put it right"), GUIDELINE
    ),
    Obstacle.CAPACITY: Rule(N_("has not full legal capacity"), GUIDELINE),
    Obstacle.IN_GROUP: Rule(N_("sits in the preparation group"), OWN_RULES),
}
SOURCE_WORDS: dict[Source, str] = {
    Source.ROLL: N_("found in the owners' roll"),
    Source.ACCOUNTS: N_("an account of the company bears this name"),
    Source.GROUP: N_("found in the preparation group"),
    Source.DECLARATION: N_("declared by the candidate"),
}
# What a candidate signs for; the rest is looked up.
DECLARED = (
    Obstacle.PROPERTY_STAFF,
    Obstacle.PROPERTY_RELATIVE,
    Obstacle.FEES,
    Obstacle.UNLAWFUL_BUILDING,
    Obstacle.CAPACITY,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the house's own data say of a candidate."""

    on_roll: bool
    of_property_company: bool = False
    in_group: bool = False


@dataclass(frozen=True, slots=True)
class Declaration:
    """The signed declaration: when it was seen (None: not yet) and what it admits."""

    seen_on: date | None = None
    admits: frozenset[Obstacle] = frozenset()


@dataclass(frozen=True, slots=True)
class Hurdle:
    """One obstacle of one candidate, where it is known from, and why it was cleared, if it was."""

    obstacle: Obstacle
    source: Source
    cleared: str | None = None


def hurdles(
    known: Known, declaration: Declaration, cleared: Mapping[Obstacle, str]
) -> tuple[Hurdle, ...]:
    """Everything that stands against a candidate; what was cleared stays in the list.

    Args:
        cleared: reasons by obstacle, as a person wrote them.
    """
    found: dict[Obstacle, Source] = {}
    if not known.on_roll:
        found[Obstacle.NOT_OWNER] = Source.ROLL
    if known.of_property_company:
        found[Obstacle.PROPERTY_STAFF] = Source.ACCOUNTS
    if known.in_group:
        found[Obstacle.IN_GROUP] = Source.GROUP
    for obstacle in declaration.admits:
        found.setdefault(obstacle, Source.DECLARATION)
    return tuple(
        Hurdle(one, found[one], cleared.get(one) or None) for one in Obstacle if one in found
    )


def may_stand(known: Known, declaration: Declaration, cleared: Mapping[Obstacle, str]) -> bool:
    """Whether the declaration was seen and nothing is left that nobody cleared."""
    return declaration.seen_on is not None and all(
        one.cleared for one in hurdles(known, declaration, cleared)
    )
