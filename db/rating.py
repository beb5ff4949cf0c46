"""评事: a reporter's word on the result, by the follow page or taken down on the telephone."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import clock_rows, moving, once
from db.closing_facts import workers
from db.engine import write
from db.events import record
from db.scope import case_to_change, no_such_file, report_followed, reports_of
from db.tables import Case, Channel, Contact, Rating, Telling
from domain import texts
from domain.clocks import Promise
from domain.closing import may_rate
from domain.errors import N_, FieldError, NotAllowed, Refused
from domain.moves import State
from domain.people import Actor, Right
from domain.telling import Told

LEVELS = (5, 4, 3, 2, 1)  # 非常满意 … 很不满意
SOLVED = ("yes", "partly", "no")
RATED_IN = frozenset({State.RATING, State.CLOSED})  # a late word is still a word


def rate_by_follow(
    actor: Actor,
    now: datetime,
    follow_code: str,
    level: int,
    solved: str,
    comment: str = "",
    key: str | None = None,
) -> None:
    """The reporter rates on the follow page, once a round.

    Raises:
        FieldError: no level, or no word on whether it is solved.
        Refused: it is not time to rate, or this report was rated already.
    """
    words = _checked(level, solved, comment)
    with write() as session:
        report, case = report_followed(session, follow_code)
        if case is None:
            raise _not_now()
        if once.claim(session, key, "rate", now) is None:
            _rate(session, actor, now, case, report.id, level, solved, words, Channel.QR)


def rate_by_phone(
    actor: Actor,
    now: datetime,
    code: str,
    report_id: int,
    level: int,
    solved: str,
    comment: str = "",
    key: str | None = None,
) -> None:
    """The desk writes down a rating that was given on the telephone; recorder and reporter differ.

    Raises:
        NotAllowed: who did the work never takes down its rating.
    """
    actor.need(Right.HANDLE)
    words = _checked(level, solved, comment)
    with write() as session:
        case = case_to_change(session, actor, code)
        if report_id not in {report.id for report in reports_of(session, case)}:
            raise no_such_file()
        if not may_rate(actor.account_id, workers(session, case)):
            raise NotAllowed(N_("You took part in the work. Let a colleague ask for the rating."))
        if once.claim(session, key, "rate", now) is not None:
            return
        _rate(session, actor, now, case, report_id, level, solved, words, Channel.PHONE)
        session.add(
            Contact(
                case_id=case.id,
                report_id=report_id,
                purpose="rating",
                round=case.round,
                reached=True,
                account_id=actor.account_id,
                at=now,
            )
        )
        clock_rows.meet(session, case, Promise.FIRST_ANSWER, now)


def _checked(level: int, solved: str, comment: str) -> str:
    if level not in LEVELS:
        raise FieldError("level", N_("Choose how satisfied you are."))
    if solved not in SOLVED:
        raise FieldError("solved", N_("Say whether the problem is solved."))
    return texts.fitting("comment", comment, 1_000)


def _not_now() -> Refused:
    return Refused(N_("It is not time to rate this yet, or no longer."))


def _rate(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Case,
    report_id: int,
    level: int,
    solved: str,
    words: str,
    channel: Channel,
) -> None:
    if case.state not in RATED_IN:
        raise _not_now()
    given = select(Rating.id).where(Rating.report_id == report_id, Rating.round == case.round)
    if session.scalar(given) is not None:
        raise Refused(N_("This was rated already. Thank you!"))
    note = None
    if words:
        note = moving.add_note(
            session, actor, now, case, "rating_comment", words, report_id=report_id
        )
    row = Rating(
        case_id=case.id,
        report_id=report_id,
        round=case.round,
        level=level,
        solved=solved,
        comment_id=note,
        channel=channel,
        recorded_by=actor.account_id,
        at=now,
    )
    session.add(row)
    session.flush()
    # Whoever has rated need not be called about the result any more.
    calls = select(Telling).where(
        Telling.report_id == report_id,
        Telling.kind == Told.PUBLISHED.value,
        Telling.settled_at.is_(None),
    )
    for telling in session.scalars(calls):
        telling.settled_at = now
    record(
        session,
        actor,
        now,
        "rated",
        case_id=case.id,
        rating=row.id,
        report=report_id,
        level=level,
        solved=solved,
        round=case.round,
    )
