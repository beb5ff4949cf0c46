"""Objections 异议 to roll, candidates or result: recorded in writing, each answered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db import once
from db.engine import read, write
from db.roll.rules import rules_of
from db.tables.votes import Objection
from db.votes.reads import dates_of
from db.votes.scope import note, stage_of, vote_seen, vote_to_change
from domain import texts
from domain.days import local_day
from domain.errors import N_, FieldError, NotFound, Refused
from domain.people import Actor, Right
from domain.timeline_of_vote import About, in_objection_period
from domain.votes import Stage

# A result can be objected to once it is known, the rest until the voting is over.
_RESULT_KNOWN = frozenset({Stage.COUNTED, Stage.PUBLISHED})
_BEFORE_THE_CLOSE = frozenset({Stage.PREPARING, Stage.NOTICED, Stage.OPEN})
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """One objection.

    Args:
        by: who objects, as they signed it.
        in_time: whether it came within its period.
    """

    id: int
    about: About
    text: str
    by: str
    received_at: datetime
    in_time: bool
    answer: str | None
    answered_at: datetime | None


def objections(actor: Actor, now: datetime, code: str) -> list[ObjectionView]:
    """All objections of a vote, the unanswered first; for who runs it, as they bear names.

    Raises:
        NotFound: there is no such vote in this person's scope.
    """
    actor.need(Right.RUN_VOTES)
    with read() as session:
        vote = vote_seen(session, actor, code)
        numbers = rules_of(session, vote.estate_id, vote.noticed_on or local_day(now)).numbers
        dates = dates_of(vote, now)
        rows = session.scalars(
            select(Objection)
            .where(Objection.vote_id == vote.id)
            .order_by(Objection.answered_at.is_not(None), Objection.id)
        )
        return [
            ObjectionView(
                row.id,
                About(row.about),
                row.text,
                row.by,
                row.received_at,
                in_objection_period(About(row.about), local_day(row.received_at), dates, numbers),
                row.answer,
                row.answered_at,
            )
            for row in rows
        ]


def record_objection(
    actor: Actor,
    now: datetime,
    code: str,
    *,
    about: About,
    text: str,
    by: str,
    key: str | None = None,
) -> None:
    """Write down an objection; a late one too, as it must be answered all the same.

    Raises:
        FieldError: nothing is written, or this cannot be objected to at this stage.
    """
    said = texts.required("text", text, LONGEST)
    who = texts.required("by", by, 60)
    with write() as session:
        vote = vote_to_change(session, actor, now, code)
        possible = _RESULT_KNOWN if about is About.RESULT else _BEFORE_THE_CLOSE
        if once.claim(session, key, "objection", now) is not None:
            return
        if stage_of(vote, now) not in possible:
            raise FieldError(
                "about",
                N_("The result is not known yet, or the voting is over: choose what it is about."),
            )
        row = Objection(
            vote_id=vote.id,
            about=about.value,
            text=said,
            by=who,
            received_at=now,
            recorded_by=actor.account_id,
        )
        session.add(row)
        session.flush()
        note(session, actor, now, vote, "objection_recorded", objection=row.id, about=about.value)


def answer_objection(
    actor: Actor, now: datetime, code: str, objection_id: int, text: str, key: str | None = None
) -> None:
    """Write down the answer, once.

    Raises:
        FieldError: nothing is written.
        NotFound: this vote has no such objection.
        Refused: it is answered already.
    """
    said = texts.required("answer", text, LONGEST)
    with write() as session:
        vote = vote_to_change(session, actor, now, code)
        row = session.scalar(
            select(Objection)
            .where(Objection.id == objection_id, Objection.vote_id == vote.id)
            .with_for_update()
        )
        if row is None:
            raise NotFound(N_("This vote has no such objection."))
        if once.claim(session, key, "objection_answered", now) is not None:
            return
        if row.answered_at is not None:
            raise Refused(N_("This objection is answered already. Reload the page."))
        row.answer, row.answered_at, row.answered_by = said, now, actor.account_id
        note(session, actor, now, vote, "objection_answered", objection=row.id)
