"""What the roll keeps of a person, given out or erased when they ask for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from db.roll.live import label_of
from db.tables import Building, Estate, Photo, PhotoBytes
from db.tables.roll import Mandate, Owner, OwnerLook, Ownership, RollUnit
from domain.areas import show_area


@dataclass(frozen=True, slots=True)
class OnRoll:
    """Rows that are a person's: as an owner, and as one who speaks for others."""

    owners: tuple[int, ...]
    mandates: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.owners or self.mandates)


def on_roll(session: Session, phone: str) -> OnRoll:
    """Where this number stands; rows that turned out to be the same person's go with theirs."""
    given = select(Ownership.owner_id).where(Ownership.phone == phone)
    found = session.execute(
        select(Owner.id, Owner.merged_into_id).where(or_(Owner.phone == phone, Owner.id.in_(given)))
    ).all()
    roots = {root or key for key, root in found}
    merged = select(Owner.id).where(Owner.merged_into_id.in_(roots))
    held = select(Mandate.id).where(Mandate.holder_phone == phone)
    return OnRoll(
        tuple(sorted(roots | set(session.scalars(merged)))),
        tuple(session.scalars(held.order_by(Mandate.id))),
    )


def told(session: Session, found: OnRoll) -> dict[str, Any]:
    """The same in words, for the person to read."""
    owners = session.execute(
        select(Owner, Estate.name)
        .join(Estate, Estate.id == Owner.estate_id)
        .where(Owner.id.in_(found.owners))
        .order_by(Owner.id)
    )
    mandates = session.scalars(select(Mandate).where(Mandate.id.in_(found.mandates)))
    return {
        "owner_of": [
            {
                "estate": estate,
                "name": owner.name,
                "phone": owner.phone,
                "document_ends_in": owner.document_tail,
                **_units(session, owner.id),
                "looks_at_the_number": [
                    {"at": look.at.isoformat(timespec="seconds"), "reason": look.reason}
                    for look in session.scalars(
                        select(OwnerLook).where(OwnerLook.owner_id == owner.id)
                    )
                ],
            }
            for owner, estate in owners
        ],
        "speaks_for": [
            {
                "kind": one.kind.value,
                "name": one.holder_name,
                "recorded_at": one.recorded_at.isoformat(timespec="seconds"),
                "revoked_at": one.revoked_at and one.revoked_at.isoformat(timespec="seconds"),
            }
            for one in mandates
        ],
    }


def _units(session: Session, owner_id: int) -> dict[str, list[str]]:
    rows = session.execute(
        select(Building.name, RollUnit.room, RollUnit.area)
        .select_from(RollUnit)
        .join(Ownership, Ownership.roll_unit_id == RollUnit.id)
        .outerjoin(Building, Building.id == RollUnit.building_id)
        .where(Ownership.owner_id == owner_id)
        .order_by(RollUnit.id)
    ).all()
    return {
        "units": [label_of(name, room) for name, room, _ in rows],
        "areas": [show_area(area) for *_, area in rows],
    }


def erase(session: Session, now: datetime, found: OnRoll) -> None:
    """Take name, number and papers away; who owns what goes on counting, without a name.

    A mandate whose holder is gone ends: nobody could be asked for it any more.
    """
    session.execute(
        update(Owner)
        .where(Owner.id.in_(found.owners))
        .values(
            name="",
            initials="",
            phone=None,
            document_hash=None,
            document_tail=None,
            erased_at=now,
        )
    )
    session.execute(
        update(Ownership).where(Ownership.owner_id.in_(found.owners)).values(phone=None)
    )
    papers = []
    for one in session.scalars(select(Mandate).where(Mandate.id.in_(found.mandates))):
        papers.append(one.photo_id)
        one.holder_name, one.holder_phone, one.photo_id = "", None, None
        one.revoked_at = one.revoked_at or now
    photos = [key for key in papers if key is not None]
    session.flush()
    session.execute(delete(PhotoBytes).where(PhotoBytes.photo_id.in_(photos)))
    session.execute(delete(Photo).where(Photo.id.in_(photos)))
