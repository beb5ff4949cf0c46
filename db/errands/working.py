"""Working on an errand: given to somebody, told, papers taken over and given back, done."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once
from db.engine import write
from db.errands.parts import add_papers, check_holder, step
from db.errands.scope import errand_seen, no_such_entry
from db.events import record
from db.tables.errands import Errand, ErrandPaper
from domain import texts
from domain.errands import LONGEST_WORDS, StepKind, check_done, check_open, paper_names
from domain.errors import N_, FieldError
from domain.people import Actor


def give(actor: Actor, now: datetime, code: str, account_id: int) -> None:
    """Give an errand to somebody of the office. A repeat changes nothing.

    Raises:
        NotFound: none in scope.
        FieldError: nobody who can be given it.
        Refused: it is over.
    """
    with write() as session:
        row = _open(session, actor, code)
        if row.holder_id == account_id:
            return
        row.holder_id = check_holder(session, account_id)
        step(session, actor, now, row, StepKind.GIVEN)
        record(session, actor, now, "errand_given", errand=row.id, account=account_id)


def tell(
    actor: Actor,
    now: datetime,
    code: str,
    text: str,
    *,
    told: bool = False,
    once_key: str | None = None,
) -> None:
    """Say how an errand stands; the resident reads it on the follow page.

    Args:
        told: the resident was told on the telephone as well.

    Raises:
        NotFound: none in scope.
        FieldError: no words.
        Refused: it is over.
    """
    words = texts.required("text", text, LONGEST_WORDS)
    with write() as session:
        row = _open(session, actor, code)
        if once.claim(session, once_key, "told", now) is not None:
            return
        step(session, actor, now, row, StepKind.PROGRESS, words, told=told)
        record(session, actor, now, "errand_told", errand=row.id, told=told)


def papers_in(
    actor: Actor, now: datetime, code: str, typed: str, once_key: str | None = None
) -> None:
    """Take further papers over, one a line.

    Raises:
        NotFound: none in scope.
        FieldError: no paper, or more than a slip holds.
        Refused: it is over.
    """
    names = paper_names(typed)
    if not names:
        raise FieldError("papers", N_("Write which papers were handed over, one a line."))
    with write() as session:
        row = _open(session, actor, code)
        if once.claim(session, once_key, "papers", now) is None:
            add_papers(session, actor, now, row, names)


def papers_out(actor: Actor, now: datetime, code: str, papers: Sequence[str]) -> None:
    """Give papers back; those that are back already stay so. Possible after the end too.

    Args:
        papers: their codes.

    Raises:
        NotFound: none in scope, or a paper of another errand.
        FieldError: no paper.
    """
    if not papers:
        raise FieldError("papers", N_("Choose which papers are given back."))
    with write() as session:
        row = errand_seen(session, actor, code, lock=True)
        query = select(ErrandPaper).where(
            ErrandPaper.errand_id == row.id, ErrandPaper.code.in_(list(papers))
        )
        found = session.scalars(query.order_by(ErrandPaper.id)).all()
        if len(found) != len(set(papers)):
            raise no_such_entry()
        held = [one for one in found if one.returned_at is None]
        if not held:
            return
        for one in held:
            one.returned_at, one.returned_by = now, actor.account_id
        step(session, actor, now, row, StepKind.PAPERS_OUT, "、".join(one.name for one in held))
        record(session, actor, now, "errand_papers_out", errand=row.id, papers=len(held))


def finish(actor: Actor, now: datetime, code: str, text: str, *, told: bool = False) -> None:
    """The errand is done, and the resident reads what came of it. A repeat changes nothing.

    Raises:
        NotFound: none in scope.
        FieldError: no words.
        Refused: papers are still here.
    """
    words = texts.required("text", text, LONGEST_WORDS)
    with write() as session:
        row = errand_seen(session, actor, code, lock=True)
        if row.ended_at is not None and row.reason is None:
            return
        check_open(row.ended_at)
        check_done(_held(session, row))
        row.ended_at = now
        step(session, actor, now, row, StepKind.DONE, words, told=told)
        record(session, actor, now, "errand_done", errand=row.id, told=told)


def cancel(actor: Actor, now: datetime, code: str, reason: str) -> None:
    """The resident takes the errand back, or it cannot be done. A repeat changes nothing.

    Raises:
        NotFound: none in scope.
        FieldError: no reason.
        Refused: it was done, or papers are still here.
    """
    why = texts.required("reason", reason, texts.LONGEST_LINE)
    with write() as session:
        row = errand_seen(session, actor, code, lock=True)
        if row.reason is not None:
            return
        check_open(row.ended_at)
        check_done(_held(session, row))
        row.ended_at, row.reason = now, why
        step(session, actor, now, row, StepKind.CANCELLED, why)
        record(session, actor, now, "errand_cancelled", errand=row.id)


def _open(session: Session, actor: Actor, code: str) -> Errand:
    row = errand_seen(session, actor, code, lock=True)
    check_open(row.ended_at)
    return row


def _held(session: Session, row: Errand) -> list[str]:
    query = select(ErrandPaper.name).where(
        ErrandPaper.errand_id == row.id, ErrandPaper.returned_at.is_(None)
    )
    return list(session.scalars(query.order_by(ErrandPaper.id)))
