"""What the office sees of the outbox: messages to hand over by itself, and the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from db.engine import read, write
from db.events import record
from db.lists import existing
from db.names_of import names_of
from db.scope import no_such_file
from db.tables import Account, Case
from db.tables.outbox import NoticeChannel, Outgoing
from db.tables.volunteers import VolunteerRow
from domain.errors import N_, Refused
from domain.people import Actor, Right

SHOWN = 50
# What nobody pasted within a week is no news any more; Today and the lists have what still holds.
PASTED_WITHIN = timedelta(days=7)


class Fate(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"
    BY_HAND = "by_hand"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message; its text is made where it is shown.

    Args:
        name: of the account, the volunteer or the channel; empty for a group without one.
        fault: a slug of `jobs.carriers`; None where no attempt failed.
    """

    id: int
    kind: str
    words: dict[str, Any]
    name: str
    account_id: int | None
    volunteer_id: int | None
    urgent: bool
    created_at: datetime
    attempts: int
    fate: Fate
    fault: str | None


def to_hand_over(actor: Actor, now: datetime) -> list[MessageView]:
    """Messages of the last week that found no way out, the urgent and then the oldest first.

    Whoever is limited to one estate sees what concerns it, or no file at all.
    """
    actor.need(Right.HANDLE)
    query = (
        select(Outgoing)
        .outerjoin(Case, Case.id == Outgoing.case_id)
        .where(
            Outgoing.settled_at.is_(None),
            Outgoing.sent_at.is_(None),
            or_(Outgoing.by_hand, Outgoing.given_up_at.is_not(None)),
            Outgoing.created_at >= now - PASTED_WITHIN,
        )
        .order_by(Outgoing.urgent.desc(), Outgoing.created_at, Outgoing.id)
        .limit(SHOWN)
    )
    if actor.estate_id is not None:
        query = query.where(or_(Outgoing.case_id.is_(None), Case.estate_id == actor.estate_id))
    with read() as session:
        return _views(session, session.scalars(query).all())


def settle(actor: Actor, now: datetime, message_id: int) -> None:
    """The office has told it by itself; doing it twice changes nothing.

    Raises:
        NotFound: it concerns another estate's file.
        Refused: it was or will be sent.
    """
    actor.need(Right.HANDLE)
    with write() as session:
        row = existing(session, Outgoing, message_id)
        case = session.get(Case, row.case_id) if row.case_id is not None else None
        if case is not None and not actor.sees_estate(case.estate_id):
            raise no_such_file()
        if row.settled_at is not None:
            return
        if row.sent_at is not None or not (row.by_hand or row.given_up_at):
            raise Refused(N_("This message was sent already, or is about to be."))
        row.settled_at, row.settled_by = now, actor.account_id
        record(session, actor, now, "message_handed_over", case_id=row.case_id, message=row.id)


def sending_log(actor: Actor) -> list[MessageView]:
    """The latest messages and what became of them, the latest first."""
    actor.need(Right.SET_UP)
    query = select(Outgoing).order_by(Outgoing.id.desc()).limit(SHOWN)
    with read() as session:
        return _views(session, session.scalars(query).all())


def try_again(actor: Actor, now: datetime) -> int:
    """Send what was given up in the last week and not handed over; returns how many."""
    actor.need(Right.SET_UP)
    with write() as session:
        again = session.execute(
            update(Outgoing)
            .where(
                Outgoing.given_up_at.is_not(None),
                Outgoing.settled_at.is_(None),
                Outgoing.sent_at.is_(None),
                Outgoing.created_at >= now - PASTED_WITHIN,
            )
            .values(given_up_at=None, attempts=0, next_try_at=now)
            .returning(Outgoing.id)
        ).all()
        if again:
            record(session, actor, now, "messages_tried_again", count=len(again))
        return len(again)


def fate(row: Outgoing) -> Fate:
    """What became of it so far."""
    if row.sent_at is not None:
        return Fate.SENT
    if row.settled_at is not None:
        return Fate.SETTLED
    if row.by_hand:
        return Fate.BY_HAND
    return Fate.WAITING if row.given_up_at is None else Fate.GIVEN_UP


def _views(session: Session, rows: Sequence[Outgoing]) -> list[MessageView]:
    people = names_of(session, Account, (row.account_id for row in rows))
    helpers = {row.volunteer_id for row in rows if row.volunteer_id is not None}
    of_helpers = select(VolunteerRow.id, VolunteerRow.name).where(VolunteerRow.id.in_(helpers))
    volunteers: dict[int | None, str] = dict(session.execute(of_helpers).all()) if helpers else {}
    ids = {row.channel_id for row in rows if row.channel_id is not None}
    query = select(NoticeChannel.id, NoticeChannel.name).where(NoticeChannel.id.in_(ids))
    groups: dict[int | None, str] = dict(session.execute(query).all()) if ids else {}
    return [
        MessageView(
            id=row.id,
            kind=row.kind,
            words=row.words,
            name=people.get(row.account_id)
            or volunteers.get(row.volunteer_id)
            or groups.get(row.channel_id)
            or "",
            account_id=row.account_id,
            volunteer_id=row.volunteer_id,
            urgent=row.urgent,
            created_at=row.created_at,
            attempts=row.attempts,
            fate=fate(row),
            fault=row.fault,
        )
        for row in rows
    ]
