"""Service of ballots 送达, unit by unit, each with its proof; turnout's rows move with it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from db import once
from db.engine import read, write
from db.photos import store
from db.tables import Building, Photo
from db.tables.votes import Service, Turnout, Vote, VoteRight, VoteUnit
from db.upsert import upsert
from db.votes.names import names_of
from db.votes.running import running
from db.votes.scope import note, vote_seen
from domain.errors import N_, FieldError
from domain.people import Actor, Right
from domain.photos import PhotoIn
from domain.services import Proof
from domain.votes import Stage

MOST_AT_ONCE = 2_000
_AT_ONCE = 500
ELSEWHERE = 0  # the place of units that lie in no building, as in `turnouts`


@dataclass(frozen=True, slots=True)
class ServedBuilding:
    """How many of a building's units have been served; `id` is 0 for units without one."""

    id: int
    name: str
    units: int
    served: int


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One proof; `photo` is the code of its picture's address."""

    proof: Proof
    at: datetime
    photo: str | None


@dataclass(frozen=True, slots=True)
class ServedUnit:
    """One unit that must be served; area in 0.01 m².

    Args:
        names: its owners, none for the developer.
    """

    id: int
    label: str
    area: int
    names: tuple[str, ...]
    served_at: datetime | None
    proofs: tuple[ProofLine, ...]


def served_buildings(actor: Actor, code: str) -> tuple[ServedBuilding, ...]:
    """The buildings of the frozen roll, in their order."""
    actor.need(Right.RUN_VOTES)
    with read() as session:
        vote = vote_seen(session, actor, code)
        rows = session.execute(
            select(VoteUnit.building_id, func.count(), func.count(VoteUnit.served_at))
            .where(VoteUnit.vote_id == vote.id, VoteUnit.right_id.is_not(None))
            .group_by(VoteUnit.building_id)
        ).all()
        places = {
            key: (position, name)
            for key, name, position in session.execute(
                select(Building.id, Building.name, Building.position).where(
                    Building.estate_id == vote.estate_id
                )
            )
        }
    lines = [
        (places.get(key or ELSEWHERE, (1 << 40, "")), key or ELSEWHERE, units, served)
        for key, units, served in rows
    ]
    return tuple(
        ServedBuilding(key, name, units, served) for (_, name), key, units, served in sorted(lines)
    )


def served_units(
    actor: Actor, code: str, building: int, *, unserved: bool = False
) -> tuple[ServedUnit, ...]:
    """The units of a building with their proofs.

    Args:
        building: 0 for units that lie in none.
        unserved: only those without any proof.
    """
    actor.need(Right.RUN_VOTES)
    actor.need(Right.READ_ROLL)
    with read() as session:
        vote = vote_seen(session, actor, code)
        query = select(VoteUnit).where(
            VoteUnit.vote_id == vote.id,
            VoteUnit.right_id.is_not(None),
            VoteUnit.building_id.is_(None)
            if building == ELSEWHERE
            else VoteUnit.building_id == building,
        )
        if unserved:
            query = query.where(VoteUnit.served_at.is_(None))
        units = session.scalars(query.order_by(VoteUnit.id).limit(MOST_AT_ONCE)).all()
        names = names_of(session, vote.id, {unit.right_id or 0 for unit in units})
        proofs = _proofs(session, [unit.id for unit in units if unit.served_at])
        return tuple(
            ServedUnit(
                unit.id,
                unit.label,
                unit.area,
                names.get(unit.right_id or 0, ()),
                unit.served_at,
                tuple(proofs.get(unit.id, ())),
            )
            for unit in units
        )


def _proofs(session: Session, units: Sequence[int]) -> dict[int, list[ProofLine]]:
    found: dict[int, list[ProofLine]] = {}
    rows = session.execute(
        select(Service.vote_unit_id, Service.proof, Service.at, Photo.code)
        .outerjoin(Photo, Photo.id == Service.photo_id)
        .where(Service.vote_unit_id.in_(units))
        .order_by(Service.id)
    )
    for unit, proof, at, photo in rows:
        found.setdefault(unit, []).append(ProofLine(proof, at, photo))
    return found


def serve_signed(
    actor: Actor, now: datetime, code: str, unit_ids: Sequence[int], key: str | None = None
) -> int:
    """Record that these units' ballots were signed for; returns how many were new.

    Raises:
        FieldError: none chosen, or one that is not on this vote's roll.
    """
    with write() as session:
        vote = running(session, actor, now, code, Stage.OPEN)
        if once.claim(session, key, "served", now) is not None:
            return 0
        return serve(session, actor, now, vote, _chosen(session, vote, unit_ids), Proof.SIGNED)


def serve_with_photo(
    actor: Actor,
    now: datetime,
    code: str,
    unit_ids: Sequence[int],
    photo: PhotoIn | None,
    key: str | None = None,
) -> int:
    """Record that these units were served, as a photo shows; one photo may show several.

    Raises:
        FieldError: no photo, none chosen, or one that is not on this vote's roll.
    """
    if photo is None:
        raise FieldError("photos", N_("Add the photo of the delivery."))
    with write() as session:
        vote = running(session, actor, now, code, Stage.OPEN)
        if once.claim(session, key, "served", now) is not None:
            return 0
        chosen = _chosen(session, vote, unit_ids)
        kept = store(session, photo, now)
        return serve(session, actor, now, vote, chosen, Proof.PHOTO, kept)


def _chosen(session: Session, vote: Vote, unit_ids: Sequence[int]) -> list[int]:
    wanted = sorted(set(unit_ids))
    if not wanted:
        raise FieldError("units", N_("Choose the units that were served."))
    if len(wanted) > MOST_AT_ONCE:
        raise FieldError("units", N_("Choose at most {most} units at once."), most=MOST_AT_ONCE)
    known = session.scalars(
        select(VoteUnit.id).where(
            VoteUnit.vote_id == vote.id,
            VoteUnit.id.in_(wanted),
            VoteUnit.right_id.is_not(None),
        )
    ).all()
    if len(known) != len(wanted):
        raise FieldError("units", N_("One of these units has no vote here. Load the list again."))
    return wanted


def serve(
    session: Session,
    actor: Actor,
    now: datetime,
    vote: Vote,
    unit_ids: Sequence[int],
    proof: Proof,
    photo_id: int | None = None,
) -> int:
    """Keep the proof for each unit that has none of its sort; returns how many that were.

    The caller holds the vote's chain, see `db.votes.running`.
    """
    fresh: list[int] = []
    for start in range(0, len(unit_ids), _AT_ONCE):
        rows = [
            {
                "vote_id": vote.id,
                "vote_unit_id": unit,
                "proof": proof,
                "at": now,
                "account_id": actor.account_id,
                "photo_id": photo_id,
            }
            for unit in unit_ids[start : start + _AT_ONCE]
        ]
        added = upsert(session, Service).values(rows).on_conflict_do_nothing()
        some = list(session.scalars(added.returning(Service.vote_unit_id)))
        _mark(session, now, vote.id, some)
        fresh += some
    if fresh:
        facts = {"proof": proof.value, "units": sorted(fresh), "photo": photo_id}
        note(session, actor, now, vote, "ballot_served", **facts)
    return len(fresh)


def _mark(session: Session, now: datetime, vote_id: int, units: Sequence[int]) -> None:
    """Set when units and their rights were first served, and count the rights by building."""
    if not units:
        return
    session.execute(
        update(VoteUnit)
        .where(VoteUnit.id.in_(units), VoteUnit.served_at.is_(None))
        .values(served_at=now)
    )
    of_units = select(VoteUnit.right_id).where(VoteUnit.id.in_(units))
    first = session.execute(
        update(VoteRight)
        .where(VoteRight.id.in_(of_units), VoteRight.served_at.is_(None))
        .values(served_at=now)
        .returning(VoteRight.building_id, VoteRight.area)
        .execution_options(synchronize_session=False)
    ).all()
    heads, areas = Counter[int](), Counter[int]()
    for building, area in first:
        heads[building or ELSEWHERE] += 1
        areas[building or ELSEWHERE] += area
    for building in sorted(heads):
        session.execute(
            update(Turnout)
            .where(Turnout.vote_id == vote_id, Turnout.building == building)
            .values(
                served_heads=Turnout.served_heads + heads[building],
                served_area=Turnout.served_area + areas[building],
            )
        )
