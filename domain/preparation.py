"""The preparation group 筹备组, or 换届小组 at a later election: who sits in it, what it lacks.

Source: 《业主大会和业主委员会指导规则》 art. 10. Towns differ: a gap is shown and refuses nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import N_


class Seat(StrEnum):
    """For whom a member sits in the group."""

    OWNER = "owner"  # 业主代表
    STREET = "street"  # 街道办事处、乡镇人民政府代表
    COMMUNITY = "community"  # 居民委员会代表
    BRANCH = "branch"  # 小区党支部代表
    DEVELOPER = "developer"  # 建设单位代表


SEAT_WORDS: dict[Seat, str] = {
    Seat.OWNER: N_("owner"),
    Seat.STREET: N_("street office"),
    Seat.COMMUNITY: N_("community office"),
    Seat.BRANCH: N_("Party branch of the estate"),
    Seat.DEVELOPER: N_("developer"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One member: `party` a Party member, `heads` whether this one leads the group."""

    name: str
    seat: Seat
    party: bool = False
    heads: bool = False


class Gap(StrEnum):
    """What the guideline asks of a group and this one has not."""

    EVEN = "even"
    FEW_OWNERS = "few_owners"
    NO_HEAD = "no_head"
    HEAD_NOT_OF_STREET = "head_not_of_street"
    NO_STREET = "no_street"
    NO_COMMUNITY = "no_community"
    NO_PARTY = "no_party"


GAP_WORDS: dict[Gap, str] = {
    Gap.EVEN: N_("The number of members should be odd."),
    Gap.FEW_OWNERS: N_("At least half of the members should be owners."),
    Gap.NO_HEAD: N_("Nobody is named to lead the group."),
    Gap.HEAD_NOT_OF_STREET: N_("The street office's representative should lead the first group."),
    Gap.NO_STREET: N_("Nobody sits for the street office."),
    Gap.NO_COMMUNITY: N_("Nobody sits for the community office."),
    Gap.NO_PARTY: N_("No Party member is among them to lead the way."),
}
GROUP_SOURCE = "《业主大会和业主委员会指导规则》第十条"


def gaps(members: Sequence[Member]) -> tuple[Gap, ...]:
    """What a group lacks, in the order of the guideline; nothing for nobody yet."""
    return tuple(_gaps(members)) if members else ()


def _gaps(members: Sequence[Member]) -> Iterator[Gap]:
    heads = [one for one in members if one.heads]
    seats = {one.seat for one in members}
    if len(members) % 2 == 0:
        yield Gap.EVEN
    if 2 * sum(one.seat is Seat.OWNER for one in members) < len(members):
        yield Gap.FEW_OWNERS
    if not heads:
        yield Gap.NO_HEAD
    elif all(one.seat is not Seat.STREET for one in heads):
        yield Gap.HEAD_NOT_OF_STREET
    if Seat.STREET not in seats:
        yield Gap.NO_STREET
    if Seat.COMMUNITY not in seats:
        yield Gap.NO_COMMUNITY
    if not any(one.party for one in members):
        yield Gap.NO_PARTY
