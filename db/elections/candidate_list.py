"""The candidates as people see them: with obstacles for who runs the election, bare for owners."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.elections.about import cleared_of, declaration_of, known_of
from db.engine import read
from db.roll.live import label_of
from db.tables import Building, Photo, PhotoBytes
from db.tables.elections import CandidateDisplay
from db.tables.roll import Owner, Ownership, RollUnit
from db.tables.votes import Question, Vote
from db.votes.scope import asked, stage_of, vote_seen
from domain.candidacy import Hurdle, Obstacle, hurdles, may_stand
from domain.errors import N_, NotFound
from domain.people import Actor, Right
from domain.texts import clean
from domain.thresholds import Lane, fewest_candidates
from domain.votes import Stage


@dataclass(frozen=True, slots=True)
class CandidateView:
    """One candidate for who runs the election.

    Args:
        owner: how the roll calls this person; None where no owner was chosen.
        units: what they own, as the roll's labels.
        photo: whether there is one.
        ready: the declaration was seen and no obstacle is left.
    """

    id: int
    position: int
    name: str
    statement: str
    owner_id: int | None
    owner: str | None
    units: tuple[str, ...]
    office: str
    recommended: str
    seen_on: date | None
    admits: frozenset[Obstacle]
    hurdles: tuple[Hurdle, ...]
    photo: bool
    ready: bool


@dataclass(frozen=True, slots=True)
class Field:
    """All candidates of an election.

    Args:
        fewest: how many the law's 1.2 a seat asks for; `waived` says why there may be fewer.
        displayed_on, until_on: the display that holds, and its last day for objections.
        withdrawn: names that were taken off, with the reason.
    """

    candidates: tuple[CandidateView, ...]
    seats: int
    fewest: int
    waived: str | None
    displayed_on: date | None
    until_on: date | None
    days_source: str
    withdrawn: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PublicCandidate:
    """One candidate as everybody may see them once they are displayed."""

    position: int
    name: str
    statement: str
    office: str
    recommended: str
    photo: str | None


def candidates(actor: Actor, code: str) -> Field:
    """The candidates with everything that stands against them; for who runs the election.

    Raises:
        NotFound: there is no such election, or it is not yours.
    """
    actor.need(Right.RUN_VOTES)
    with read() as session:
        vote = vote_seen(session, actor, code)
        rows = asked(session, vote)
        known = known_of(session, vote, rows)
        names = _owners(session, [row.owner_id for row in rows])
        units = _units(session, [row.owner_id for row in rows])
        shown = display_of(session, vote.id)
        gone = session.scalars(
            select(Question)
            .where(Question.vote_id == vote.id, Question.withdrawn_at.is_not(None))
            .order_by(Question.position)
        )
        return Field(
            candidates=tuple(
                _view(row, known[row.id].on_roll, hurdle, names, units, ready)
                for row in rows
                for declaration, cleared in [(declaration_of(row.about), cleared_of(row.about))]
                for hurdle in [hurdles(known[row.id], declaration, cleared)]
                for ready in [may_stand(known[row.id], declaration, cleared)]
            ),
            seats=vote.seats or 0,
            fewest=fewest_candidates(vote.seats or 0),
            waived=vote.waived,
            displayed_on=shown.displayed_on if shown else None,
            until_on=shown.until_on if shown else None,
            days_source=shown.days_source if shown else "",
            withdrawn=tuple((row.name, (row.about or {}).get("withdrawn", "")) for row in gone),
        )


def _view(
    row: Question,
    on_roll: bool,
    found: tuple[Hurdle, ...],
    names: dict[int, str],
    units: dict[int, tuple[str, ...]],
    ready: bool,
) -> CandidateView:
    about = row.about or {}
    declaration = declaration_of(row.about)
    return CandidateView(
        id=row.id,
        position=row.position,
        name=row.name,
        statement=row.text,
        owner_id=row.owner_id,
        owner=names.get(row.owner_id or 0),
        units=units.get(row.owner_id or 0, ()) if on_roll else (),
        office=about.get("office") or "",
        recommended=about.get("recommended") or "",
        seen_on=declaration.seen_on,
        admits=declaration.admits,
        hurdles=found,
        photo=row.photo_id is not None,
        ready=ready,
    )


def public_candidates(session: Session, vote: Vote) -> tuple[PublicCandidate, ...]:
    """Those who stand, in the ballot's order, for pages that anybody reads."""
    rows = asked(session, vote)
    photos = dict(
        session.execute(
            select(Photo.id, Photo.code).where(
                Photo.id.in_([row.photo_id for row in rows if row.photo_id])
            )
        ).all()
    )
    return tuple(
        PublicCandidate(
            position=row.position,
            name=row.name,
            statement=row.text,
            office=(row.about or {}).get("office") or "",
            recommended=(row.about or {}).get("recommended") or "",
            photo=photos.get(row.photo_id or 0),
        )
        for row in rows
    )


def are_public(session: Session, vote: Vote, now: datetime) -> bool:
    """Whether the candidates hang out: displayed, or named in a notice."""
    if vote.lane is not Lane.ELECTION or vote.cancelled_at is not None:
        return False
    return stage_of(vote, now) is not Stage.PREPARING or display_of(session, vote.id) is not None


def display_of(session: Session, vote_id: int) -> CandidateDisplay | None:
    """The display that holds; None before the first, and after a change of the candidates."""
    query = (
        select(CandidateDisplay)
        .where(CandidateDisplay.vote_id == vote_id, CandidateDisplay.ended_at.is_(None))
        .order_by(CandidateDisplay.id.desc())
    )
    return session.scalars(query.limit(1)).first()


def public_photo(code: str, now: datetime, *, small: bool = False) -> bytes:
    """The JPEG of a candidate who hangs out.

    Raises:
        NotFound: in every other case.
    """
    with read() as session:
        found = session.execute(
            select(Photo.id, Vote)
            .join(Question, Question.photo_id == Photo.id)
            .join(Vote, Vote.id == Question.vote_id)
            .where(Photo.code == clean(code), Question.withdrawn_at.is_(None))
        ).first()
        if found is None or not are_public(session, found[1], now):
            raise _no_photo()
        return _bytes(session, found[0], small)


def photo_of(actor: Actor, code: str, candidate_id: int) -> bytes:
    """The small photo of a candidate, for who runs the election.

    Raises:
        NotFound: there is none, or it is not yours.
    """
    actor.need(Right.RUN_VOTES)
    with read() as session:
        vote = vote_seen(session, actor, code)
        row = session.get(Question, candidate_id)
        if row is None or row.vote_id != vote.id or row.photo_id is None:
            raise _no_photo()
        return _bytes(session, row.photo_id, True)


def _bytes(session: Session, photo_id: int, small: bool) -> bytes:
    column = PhotoBytes.thumb if small else PhotoBytes.full
    return session.execute(select(column).where(PhotoBytes.photo_id == photo_id)).scalar_one()


def _no_photo() -> NotFound:
    return NotFound(N_("There is no such photo, or it is not yours to see."))


def _owners(session: Session, ids: list[int | None]) -> dict[int, str]:
    query = select(Owner.id, Owner.name).where(Owner.id.in_([one for one in ids if one]))
    return dict(session.execute(query).all())


def _units(session: Session, ids: list[int | None]) -> dict[int, tuple[str, ...]]:
    query = (
        select(Ownership.owner_id, Building.name, RollUnit.room)
        .join(RollUnit, RollUnit.id == Ownership.roll_unit_id)
        .outerjoin(Building, Building.id == RollUnit.building_id)
        .where(Ownership.owner_id.in_([one for one in ids if one]), RollUnit.active)
        .order_by(Building.position, RollUnit.room)
    )
    found: dict[int, tuple[str, ...]] = {}
    for owner, building, room in session.execute(query):
        found[owner] = (*found.get(owner, ()), label_of(building, room))
    return found


def owners_to_choose(actor: Actor, code: str) -> tuple[tuple[int, str, str], ...]:
    """Owners of the estate's roll, for the form: id, name, where; one line an owner.

    Raises:
        NotFound: there is no such vote, or it is not yours.
    """
    actor.need(Right.RUN_VOTES)
    actor.need(Right.READ_ROLL)
    with read() as session:
        vote = vote_seen(session, actor, code)
        rows = session.execute(
            select(Owner.id, Owner.name, Building.name, RollUnit.room)
            .join(Ownership, Ownership.owner_id == Owner.id)
            .join(RollUnit, RollUnit.id == Ownership.roll_unit_id)
            .outerjoin(Building, Building.id == RollUnit.building_id)
            .where(
                Owner.estate_id == vote.estate_id,
                Owner.merged_into_id.is_(None),
                Owner.erased_at.is_(None),
                ~Owner.company,
                RollUnit.active,
            )
            .order_by(Owner.initials, Owner.id, Building.position, RollUnit.room)
        )
        first: dict[int, tuple[int, str, str]] = {}
        for key, name, building, room in rows:
            first.setdefault(key, (key, name, label_of(building, room)))
        return tuple(first.values())
