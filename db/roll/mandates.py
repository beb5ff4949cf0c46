"""Who speaks for a voting right, and on what paper."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.engine import read, write
from db.events import record
from db.roll.live import LiveUnit, live_units
from db.roll.owners import contacts
from db.roll.scope import need_roll, no_such_entry
from db.tables import PhotoBytes
from db.tables.roll import Mandate
from db.tables.votes import Vote
from domain.mandates import MandateKind
from domain.people import Actor
from domain.private_text import mask_phone
from domain.rights import DEVELOPER, right_name


@dataclass(frozen=True, slots=True)
class MandateRow:
    """One mandate that holds.

    Args:
        vote_id: the vote that it is for; None until it is revoked.
        right: the right's name, of owner ids, see `domain.rights.right_name`.
        owner_id: the first of the owners; None where the developer gave it.
    """

    id: int
    vote_id: int | None
    right: str
    owner_id: int | None
    kind: MandateKind
    holder_name: str
    holder_phone: str | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class MandateView:
    """One mandate in a list; `phone` masked, `units` the places of the right's units."""

    id: int
    kind: MandateKind
    holder: str
    phone: str
    owners: tuple[str, ...]
    units: tuple[str, ...]
    vote: str
    has_paper: bool
    recorded_at: datetime
    revoked_at: datetime | None


def mandates_of(session: Session, estate_id: int, vote_id: int | None) -> list[MandateRow]:
    """The mandates that hold in a vote: its own, and those that hold until revoked."""
    query = (
        select(Mandate)
        .where(
            Mandate.estate_id == estate_id,
            or_(Mandate.vote_id.is_(None), Mandate.vote_id == vote_id),
            Mandate.revoked_at.is_(None),
        )
        .order_by(Mandate.id)
    )
    return [
        MandateRow(
            id=row.id,
            vote_id=row.vote_id,
            right=row.right,
            owner_id=row.owner_id,
            kind=row.kind,
            holder_name=row.holder_name,
            holder_phone=row.holder_phone,
            recorded_at=row.recorded_at,
        )
        for row in session.scalars(query)
    ]


def right_of(unit: LiveUnit) -> str:
    """Name of the right that a unit of the roll belongs to, of its owners' ids."""
    return right_name(map(str, unit.owner_ids), unit.developer)


def mandates(actor: Actor, estate_id: int) -> list[MandateView]:
    """All mandates of the estate, those that hold first, then the newest first.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`.
    """
    with read() as session:
        need_roll(session, actor, estate_id)
        rows = list(
            session.scalars(
                select(Mandate).where(Mandate.estate_id == estate_id).order_by(Mandate.id.desc())
            )
        )
        if not rows:
            return []
        places: dict[str, list[str]] = {}
        for unit in live_units(session, estate_id):
            if unit.owner_ids or unit.developer:
                places.setdefault(right_of(unit), []).append(unit.label)
        ids = {int(one) for row in rows for one in row.right.split("+") if row.right != DEVELOPER}
        names = contacts(session, ids)
        own_votes = select(Vote.id, Vote.title).where(Vote.estate_id == estate_id)
        titles: dict[int, str] = dict(session.execute(own_votes).all())
        views = [
            MandateView(
                id=row.id,
                kind=row.kind,
                holder=row.holder_name,
                phone=mask_phone(row.holder_phone or ""),
                owners=tuple(
                    names[int(one)][0] for one in row.right.split("+") if row.right != DEVELOPER
                ),
                units=tuple(places.get(row.right, ())),
                vote=titles.get(row.vote_id, "") if row.vote_id else "",
                has_paper=row.photo_id is not None,
                recorded_at=row.recorded_at,
                revoked_at=row.revoked_at,
            )
            for row in rows
        ]
        return sorted(views, key=lambda view: view.revoked_at is not None)


def mandate_paper(actor: Actor, now: datetime, mandate_id: int) -> bytes:
    """The photo of the written authority; that it was looked at is recorded.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`; there is no photo.
    """
    with write() as session:
        row = session.get(Mandate, mandate_id)
        if row is None:
            raise no_such_entry()
        need_roll(session, actor, row.estate_id)
        if row.photo_id is None:
            raise no_such_entry()
        record(session, actor, now, "mandate_seen", estate=row.estate_id, mandate=mandate_id)
        query = select(PhotoBytes.full).where(PhotoBytes.photo_id == row.photo_id)
        return session.execute(query).scalar_one()


def vote_choices(actor: Actor, estate_id: int) -> dict[int, str]:
    """The estate's votes that a proxy may be for, the newest first.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`.
    """
    with read() as session:
        need_roll(session, actor, estate_id)
        query = (
            select(Vote.id, Vote.title)
            .where(
                Vote.estate_id == estate_id, Vote.counted_at.is_(None), Vote.cancelled_at.is_(None)
            )
            .order_by(Vote.id.desc())
        )
        return dict(session.execute(query).all())
