"""Who is asked first 匹配: the hard filters, the rank, and the reasons for both."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from hashlib import blake2b

from domain.availability import NIGHT_FROM, NIGHT_TO, Quiet
from domain.requests import Urgency, Window
from domain.skills import SkillKind
from domain.volunteers import Match, Squad, Volunteer

# At night only whoever is on call is asked; people's own quiet hours come on top.
QUIET_HOURS = Quiet(NIGHT_FROM, NIGHT_TO)
NOT_ON_CALL = 1_000  # behind every backup
NEVER = datetime.min.replace(tzinfo=UTC)  # who was never offered anything waits longest


class Out(StrEnum):
    """Why somebody is not asked; every reason that holds is told."""

    LEFT = "left"  # not joined yet, or left
    PAUSED = "paused"  # asked for a break
    SKILL = "skill"  # no verified, unexpired skill that fits
    NOT_FREE = "not_free"  # did not name this hour as free
    QUIET = "quiet"
    HOLDS_TASK = "holds_task"
    OFFERED = "offered"  # another offer is open
    TRIED = "tried"  # was asked for this request already
    RESTING = "resting"  # less than 11 h since a duty at night
    UNINSURED = "uninsured"
    UNWANTED = "unwanted"  # the resident's wishes


class Near(IntEnum):
    """How near a volunteer lives; the lower the better."""

    BUILDING = 0
    ESTATE = 1
    OTHER = 2


_MATCH = {Match.EXACT: 0, Match.RELATED: 1, Match.NONE: 2}


@dataclass(frozen=True, slots=True)
class Need:
    """What a request asks of whoever comes.

    Args:
        squad: whose roster counts as on call; None: any squad's.
        unwanted: volunteers whom the resident does not wish to see.
        strangers_only: the resident wishes for nobody of the own building.
        seed: random, drawn once for the request; breaks ties without favouring anybody.
    """

    urgency: Urgency
    window: Window
    seed: str
    skill: SkillKind | None = None
    squad: Squad | None = None
    dangerous: bool = False
    estate_id: int | None = None
    building_id: int | None = None
    unwanted: frozenset[int] = frozenset()
    strangers_only: bool = False


@dataclass(frozen=True, slots=True)
class Busy:
    """Volunteers who are taken up, by their ids.

    Args:
        holding: an assignment of theirs is open.
        urgent: an offer of an emergency to them is open.
        routine: a routine offer to them is open; it gives way to an emergency.
        tried: they were asked for this very request.
    """

    holding: frozenset[int] = frozenset()
    urgent: frozenset[int] = frozenset()
    routine: frozenset[int] = frozenset()
    tried: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """One volunteer with what put them in their place.

    Args:
        post: the place in the on-call shift, 0 for the primary; None: not on call.
    """

    volunteer: Volunteer
    post: int | None
    match: Match
    near: Near
    minutes: int
    last_offered_at: datetime | None
    lot: bytes


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One volunteer who is not asked, and every reason why."""

    volunteer: Volunteer
    reasons: tuple[Out, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everybody once: in order of being asked, or left out."""

    places: tuple[Place, ...] = ()
    left_out: tuple[LeftOut, ...] = field(default=())


def rank(need: Need, volunteers: Iterable[Volunteer], busy: Busy, now: datetime) -> Ranking:
    """Order all volunteers for a request.

    Args:
        volunteers: as they are at the beginning of the request's window.
        now: the moment of asking, which quiet hours are about.
    """
    places, left_out = [], []
    quiet = QUIET_HOURS.holds(now)
    for volunteer in volunteers:
        reasons = why_not(need, volunteer, busy, now, house_quiet=quiet)
        if reasons:
            left_out.append(LeftOut(volunteer, reasons))
        else:
            places.append(_place(need, volunteer))
    places.sort(key=_order)
    left_out.sort(key=lambda one: (len(one.reasons), one.reasons, one.volunteer.code))
    return Ranking(tuple(places), tuple(left_out))


def why_not(
    need: Need, volunteer: Volunteer, busy: Busy, now: datetime, *, house_quiet: bool
) -> tuple[Out, ...]:
    """Every hard filter that keeps this volunteer out; none: they may be asked."""
    at, key = need.window.starts_at, volunteer.id
    on_call = _post(need, volunteer) is not None
    urgent = need.urgency is Urgency.EMERGENCY
    checks = (
        (Out.LEFT, not volunteer.is_active(at)),
        (Out.PAUSED, volunteer.is_paused(at)),
        (Out.SKILL, volunteer.match(need.skill, at) is Match.NONE),
        # Standing in the roster names the hours too.
        (Out.NOT_FREE, not on_call and not volunteer.is_free(at)),
        (Out.QUIET, not (urgent and on_call) and (house_quiet or volunteer.is_quiet(now))),
        (Out.HOLDS_TASK, key in busy.holding),
        (Out.OFFERED, key in busy.urgent or (not urgent and key in busy.routine)),
        (Out.TRIED, key in busy.tried),
        (Out.RESTING, not volunteer.is_rested(at)),
        (Out.UNINSURED, need.dangerous and not volunteer.is_insured(at)),
        (Out.UNWANTED, _is_unwanted(need, volunteer)),
    )
    return tuple(reason for reason, holds in checks if holds)


def _post(need: Need, volunteer: Volunteer) -> int | None:
    return volunteer.post if need.squad in (None, volunteer.squad) else None


def _is_unwanted(need: Need, volunteer: Volunteer) -> bool:
    neighbour = need.building_id is not None and volunteer.building_id == need.building_id
    return volunteer.id in need.unwanted or (need.strangers_only and neighbour)


def _place(need: Need, volunteer: Volunteer) -> Place:
    return Place(
        volunteer,
        _post(need, volunteer),
        volunteer.match(need.skill, need.window.starts_at),
        _near(need, volunteer),
        volunteer.weighted_minutes,
        volunteer.last_offered_at,
        lot(need.seed, volunteer.id),
    )


def _near(need: Need, volunteer: Volunteer) -> Near:
    if need.building_id is not None and volunteer.building_id == need.building_id:
        return Near.BUILDING
    if need.estate_id is not None and volunteer.estate_id == need.estate_id:
        return Near.ESTATE
    return Near.OTHER


def lot(seed: str, key: int) -> bytes:
    """What breaks a tie: random for each request, and the same whenever it is reckoned."""
    return blake2b(f"{seed}:{key}".encode(), digest_size=8).digest()


def _order(place: Place) -> tuple[int, int, int, int, datetime, bytes]:
    return (
        place.post if place.post is not None else NOT_ON_CALL,
        _MATCH[place.match],
        place.near,
        place.minutes,
        place.last_offered_at or NEVER,
        place.lot,
    )
