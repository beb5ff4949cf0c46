"""What is kept of a candidate beside the ballot's words, and what the house itself knows.

`Question.about` holds: `office` (what they stand for, free words), `recommended` (by whom),
`seen_on` (the day their signed declaration was seen), `admits` (obstacles in it), `cleared`
(reasons by obstacle).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import Account, AccountRole, Estate
from db.tables.elections import GroupMember
from db.tables.roll import Owner, Ownership, RollUnit
from db.tables.votes import Question, Vote
from domain.candidacy import Declaration, Known, Obstacle, may_stand
from domain.names import key_of
from domain.people import Role


def declaration_of(about: Mapping[str, Any] | None) -> Declaration:
    """The declaration as it is kept."""
    kept = about or {}
    seen = kept.get("seen_on")
    return Declaration(
        date.fromisoformat(seen) if seen else None,
        frozenset(Obstacle(one) for one in kept.get("admits", ())),
    )


def cleared_of(about: Mapping[str, Any] | None) -> dict[Obstacle, str]:
    """Why which obstacle was cleared."""
    return {Obstacle(one): why for one, why in ((about or {}).get("cleared") or {}).items()}


def known_of(session: Session, vote: Vote, candidates: Sequence[Question]) -> dict[int, Known]:
    """What roll, accounts and group say of each candidate, by the question's id."""
    owners = {one.owner_id for one in candidates if one.owner_id is not None}
    on_roll = set(
        session.scalars(
            select(Owner.id)
            .join(Ownership, Ownership.owner_id == Owner.id)
            .join(RollUnit, RollUnit.id == Ownership.roll_unit_id)
            .where(
                Owner.id.in_(owners),
                Owner.estate_id == vote.estate_id,
                Owner.erased_at.is_(None),
                RollUnit.active,
                ~RollUnit.developer,
            )
        )
    )
    staff = _names_of_staff(session, vote.estate_id)
    group = {
        key_of(name)
        for name in session.scalars(select(GroupMember.name).where(GroupMember.vote_id == vote.id))
    }
    return {
        one.id: Known(
            on_roll=one.owner_id in on_roll,
            of_property_company=key_of(one.name) in staff,
            in_group=key_of(one.name) in group,
        )
        for one in candidates
    }


def _names_of_staff(session: Session, estate_id: int) -> set[str]:
    query = (
        select(Account.name)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .join(Estate, Estate.property_id == Account.unit_id)
        .where(Estate.id == estate_id, AccountRole.role == Role.PROPERTY)
    )
    return {key_of(name) for name in session.scalars(query)}


def not_ready(session: Session, vote: Vote, candidates: Sequence[Question]) -> int:
    """How many lack their declaration, or have an obstacle that nobody cleared."""
    known = known_of(session, vote, candidates)
    return sum(
        not may_stand(known[one.id], declaration_of(one.about), cleared_of(one.about))
        for one in candidates
    )
