"""Owners who turn out to be one person become one row; the others point to it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db.events import record
from db.roll.live import matched
from db.tables.roll import Mandate, Owner, Ownership
from db.upsert import upsert
from domain.people import Actor
from domain.rights import DEVELOPER, right_name


def merge_proven(session: Session, actor: Actor, now: datetime, estate_id: int) -> None:
    """Merge the owners of whom the roll's own facts prove that they are one person."""
    groups: dict[int, set[int]] = defaultdict(set)
    for owner, root in matched(session, estate_id).same.items():
        if owner != root:
            groups[root].add(owner)
    for root, others in sorted(groups.items()):
        merge(session, actor, now, root, others)


def merge(
    session: Session, actor: Actor, now: datetime, root: int, others: Collection[int]
) -> None:
    """Let the first own what the others did; the caller holds the estate's lock."""
    kept = session.get_one(Owner, root)
    for other in sorted(others):
        gone = session.get_one(Owner, other)
        for one in session.scalars(select(Ownership).where(Ownership.owner_id == other)):
            session.execute(
                upsert(session, Ownership)
                .values(roll_unit_id=one.roll_unit_id, owner_id=root, phone=one.phone)
                .on_conflict_do_nothing()
            )
        session.execute(delete(Ownership).where(Ownership.owner_id == other))
        kept.phone = kept.phone or gone.phone
        if kept.document_hash is None:
            kept.document_hash, kept.document_tail = gone.document_hash, gone.document_tail
        session.execute(
            update(Owner).where(Owner.merged_into_id == other).values(merged_into_id=root)
        )
        gone.merged_into_id = root
    _mandates(session, kept.estate_id, root, set(others))
    session.flush()
    record(
        session,
        actor,
        now,
        "owners_merged",
        estate=kept.estate_id,
        owner=root,
        others=sorted(others),
    )


def _mandates(session: Session, estate_id: int, root: int, others: set[int]) -> None:
    """Whoever speaks for a right goes on speaking for it under its new name."""
    held = select(Mandate).where(
        Mandate.estate_id == estate_id, Mandate.revoked_at.is_(None), Mandate.right != DEVELOPER
    )
    for one in session.scalars(held):
        owners = {int(name) for name in one.right.split("+")}
        if owners & others:
            now_called = {str(root if owner in others else owner) for owner in owners}
            one.right = right_name(now_called, developer=False)
        if one.owner_id in others:
            one.owner_id = root
