"""The preparation group of an election: named as a whole, shown to whoever sees the vote."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db import once
from db.engine import read, write
from db.tables.elections import GroupMember
from db.tables.votes import Vote
from db.votes.scope import note, vote_seen, vote_to_change
from domain.errors import N_, FieldError, Refused
from domain.names import clean_name, key_of
from domain.people import Actor, Right
from domain.preparation import Member
from domain.thresholds import Lane
from domain.votes import Stage

BEFORE_OPENING = (Stage.PREPARING, Stage.NOTICED)
MOST_MEMBERS = 25


def name_group(
    actor: Actor, now: datetime, code: str, members: Sequence[Member], key: str | None = None
) -> None:
    """Name the group, in place of the one before; until the election opens.

    Raises:
        FieldError: a name twice, two heads, or nobody.
        Refused: only elections have a group, and an open one keeps its own.
    """
    named = [replace(one, name=clean_name("group", one.name, 40)) for one in members]
    if not named or len(named) > MOST_MEMBERS:
        raise FieldError("group", N_("Name between 1 and {most} members."), most=MOST_MEMBERS)
    if len({key_of(one.name) for one in named}) < len(named):
        raise FieldError("group", N_("A name stands there twice."))
    if sum(one.heads for one in named) > 1:
        raise FieldError("group", N_("One member leads the group. Untick the others."))
    with write() as session:
        vote = election_to_change(session, actor, now, code, *BEFORE_OPENING)
        if once.claim(session, key, "group", now) is not None:
            return
        session.execute(delete(GroupMember).where(GroupMember.vote_id == vote.id))
        session.add_all(
            GroupMember(
                vote_id=vote.id,
                position=position,
                name=one.name,
                seat=one.seat,
                party=one.party,
                heads=one.heads,
            )
            for position, one in enumerate(named, start=1)
        )
        note(session, actor, now, vote, "group_named", members=len(named))


def group(actor: Actor, code: str) -> tuple[Member, ...]:
    """The members in the order in which they were named; for who runs the vote.

    Raises:
        NotFound: there is no such vote, or it is not yours.
    """
    actor.need(Right.RUN_VOTES)
    with read() as session:
        return members_of(session, vote_seen(session, actor, code).id)


def members_of(session: Session, vote_id: int) -> tuple[Member, ...]:
    """The same inside a transaction."""
    query = select(GroupMember).where(GroupMember.vote_id == vote_id).order_by(GroupMember.position)
    return tuple(Member(row.name, row.seat, row.party, row.heads) for row in session.scalars(query))


def election_to_change(
    session: Session, actor: Actor, now: datetime, code: str, *stages: Stage
) -> Vote:
    """An election that this person runs, see `db.votes.scope.vote_to_change`.

    Raises:
        Refused: it is another kind of vote.
    """
    vote = vote_to_change(session, actor, now, code, *stages)
    if vote.lane is not Lane.ELECTION:
        raise Refused(N_("This is no election: it has neither candidates nor a group."))
    return vote
