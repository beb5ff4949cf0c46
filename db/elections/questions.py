"""The questions as the office reads them, and as the guide page shows the public ones."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.elections.consultations import count_waiting
from db.engine import read
from db.tables import Estate
from db.tables.elections import Consultation
from db.tables.votes import Vote
from domain.people import Actor, Right
from domain.private_text import mask_phone

MOST = 200
MOST_PUBLIC = 30


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question.

    Args:
        name, phone: of who asked, the number masked; only for who may see numbers.
        called: it was answered by phone.
        asked, said: how it stands on the guide page; None while it does not.
    """

    id: int
    text: str
    estate: str
    vote: str | None
    received_at: datetime
    name: str | None
    phone: str | None
    held_for: str | None
    answer: str | None
    answered_at: datetime | None
    called: bool
    asked: str | None
    said: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A public question with its answer."""

    asked: str
    said: str


def questions(
    actor: Actor, *, estate_id: int | None = None, waiting: bool = False
) -> tuple[QuestionView, ...]:
    """The person's questions: those that wait first, the oldest before, then the newest answers.

    Args:
        waiting: only those without an answer.
    """
    actor.need(Right.RUN_VOTES)
    query = _mine(actor)
    if estate_id is not None:
        query = query.where(Consultation.estate_id == estate_id)
    if waiting:
        query = query.where(Consultation.answered_at.is_(None))
    query = query.order_by(Consultation.received_at.desc(), Consultation.id.desc()).limit(MOST)
    sees = actor.may(Right.REVEAL)
    with read() as session:
        found = [
            QuestionView(
                id=row.id,
                text=row.text,
                estate=estate or "",
                vote=vote,
                received_at=row.received_at,
                name=row.name if sees else None,
                phone=mask_phone(row.phone) if row.phone and sees else None,
                held_for=row.held_for,
                answer=row.answer,
                answered_at=row.answered_at,
                called=row.called,
                asked=row.asked,
                said=row.said,
                published_at=row.published_at,
            )
            for row, estate, vote in session.execute(query)
        ]
    open_ones = [one for one in reversed(found) if one.answered_at is None]
    return (*open_ones, *(one for one in found if one.answered_at is not None))


def how_many_wait(actor: Actor) -> int:
    """How many questions wait for an answer."""
    actor.need(Right.RUN_VOTES)
    with read() as session:
        return count_waiting(session, actor)


def public_ones(session: Session, estate_id: int) -> tuple[Answered, ...]:
    """What stands on the estate's guide page, the newest first."""
    query = (
        select(Consultation.asked, Consultation.said)
        .where(Consultation.estate_id == estate_id, Consultation.published_at.is_not(None))
        .order_by(Consultation.published_at.desc(), Consultation.id.desc())
        .limit(MOST_PUBLIC)
    )
    return tuple(Answered(asked or "", said or "") for asked, said in session.execute(query))


def _mine(actor: Actor) -> Select[Consultation, str, str | None]:
    query = (
        select(Consultation, Estate.name, Vote.title)
        .join(Estate, Estate.id == Consultation.estate_id)
        .outerjoin(Vote, Vote.id == Consultation.vote_id)
        .where(Consultation.erased_at.is_(None))
    )
    if actor.estate_id is not None:
        query = query.where(Consultation.estate_id == actor.estate_id)
    return query
