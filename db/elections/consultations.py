"""Questions about a vote 咨询: asked on the guide page or by phone, answered, made public."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from db import once, rates
from db.engine import write
from db.events import record
from db.publishing import PersonalDataFound
from db.tables import Estate
from db.tables.elections import Consultation
from db.tables.votes import Vote
from domain import texts
from domain.errors import N_, FieldError, NotFound, Refused
from domain.names import clean_line
from domain.people import RESIDENT, Actor, Right
from domain.private_text import find_personal, normal_phone

LONGEST_QUESTION = 1_000
LONGEST_ANSWER = 2_000
FLOOD_WITHIN = timedelta(minutes=10)
FLOOD_FROM_ADDRESS = 5
HONEYPOT = "honeypot"
KEPT = timedelta(days=365)
ERASED = "—"  # what stands for words that were erased; public ones were checked and stay


def ask(
    now: datetime,
    address: str,
    *,
    estate_code: str,
    vote_code: str | None = None,
    text: str,
    name: str = "",
    phone: str = "",
    consent: bool = False,
    trapped: bool = False,
    key: str | None = None,
) -> None:
    """Ask a question without an account.

    Beyond the limits it is kept too, but nobody waits for an answer until the desk lets it in.

    Args:
        trapped: the field that people do not see was filled in.

    Raises:
        FieldError: nothing was asked, no telephone number, or no consent to keep it.
        NotFound: there is no such estate.
    """
    said = texts.required("text", text, LONGEST_QUESTION)
    called, number = _person(name, phone)
    if (called or number) and not consent:
        raise FieldError(
            "consent",
            N_("Please tick that we may use your name and phone, or leave both fields empty."),
        )
    with write() as session:
        if once.claim(session, key, "question", now) is not None:
            return
        estate_id = session.scalar(select(Estate.id).where(Estate.code == texts.clean(estate_code)))
        if estate_id is None:
            raise NotFound(N_("There is no such estate. Choose one from the list."))
        held_for = HONEYPOT if trapped else None
        try:
            rates.take(
                session,
                rates.bucket("consult:address", address),
                now,
                limit=FLOOD_FROM_ADDRESS,
                within=FLOOD_WITHIN,
            )
        except rates.TooMany:
            held_for = held_for or "flood:address"
        row = Consultation(
            estate_id=estate_id,
            vote_id=_vote(session, estate_id, vote_code),
            text=said,
            name=called or None,
            phone=number,
            held_for=held_for,
            received_at=now,
        )
        session.add(row)
        session.flush()
        record(session, RESIDENT, now, "question_asked", question=row.id, held=bool(held_for))


def write_down(
    actor: Actor,
    now: datetime,
    *,
    estate_id: int,
    vote_code: str | None = None,
    text: str,
    name: str = "",
    phone: str = "",
    answer: str = "",
    key: str | None = None,
) -> None:
    """Write down a question that was asked by phone or in person, with its answer if it had one."""
    actor.need(Right.RUN_VOTES)
    said = texts.required("text", text, LONGEST_QUESTION)
    words = texts.fitting("answer", answer, LONGEST_ANSWER)
    called, number = _person(name, phone)
    with write() as session:
        if session.get(Estate, estate_id) is None or not actor.sees_estate(estate_id):
            raise NotFound(N_("There is no such estate, or it is not yours."))
        if once.claim(session, key, "question", now) is not None:
            return
        row = Consultation(
            estate_id=estate_id,
            vote_id=_vote(session, estate_id, vote_code),
            text=said,
            name=called or None,
            phone=number,
            received_at=now,
            recorded_by=actor.account_id,
            answer=words or None,
            answered_at=now if words else None,
            answered_by=actor.account_id if words else None,
            called=bool(words),
        )
        session.add(row)
        session.flush()
        record(session, actor, now, "question_written", question=row.id, answered=bool(words))


def answer(
    actor: Actor,
    now: datetime,
    question_id: int,
    words: str,
    *,
    called: bool = False,
    key: str | None = None,
) -> None:
    """Answer a question; a later answer takes the place of an earlier.

    Args:
        called: the answer was given by phone.
    """
    said = texts.required("answer", words, LONGEST_ANSWER)
    with write() as session:
        row = question_to_change(session, actor, question_id)
        if once.claim(session, key, "answered", now) is not None:
            return
        row.answer, row.answered_at, row.answered_by = said, now, actor.account_id
        row.called, row.held_for = called, None
        record(session, actor, now, "question_answered", question=row.id, called=called)


def make_public(
    actor: Actor,
    now: datetime,
    question_id: int,
    *,
    asked: str,
    said: str,
    personal_ok: bool = False,
    key: str | None = None,
) -> None:
    """Put question and answer on the guide page, in words that a person has checked.

    Raises:
        PersonalDataFound: they seem to hold personal data.
        Refused: it is not answered yet.
    """
    question = texts.required("asked", asked, LONGEST_QUESTION)
    reply = texts.required("said", said, LONGEST_ANSWER)
    findings = (*find_personal(question), *find_personal(reply))
    if findings and not personal_ok:
        raise PersonalDataFound(findings)
    with write() as session:
        row = question_to_change(session, actor, question_id)
        if once.claim(session, key, "public", now) is not None:
            return
        if row.answer is None:
            raise Refused(N_("Answer the question first."))
        row.asked, row.said, row.published_at = question, reply, now
        record(session, actor, now, "question_published", question=row.id)


def take_back(actor: Actor, now: datetime, question_id: int) -> None:
    """Take question and answer off the guide page."""
    with write() as session:
        row = question_to_change(session, actor, question_id)
        row.asked = row.said = row.published_at = None
        record(session, actor, now, "question_taken_back", question=row.id)


def reveal(actor: Actor, now: datetime, question_id: int, reason: str) -> str:
    """The whole number to call back, once it is written down why it was looked at.

    Raises:
        NotAllowed: this person may not see numbers.
        NotFound: none was left.
    """
    actor.need(Right.REVEAL)
    why = texts.required("reason", reason, 200)
    with write() as session:
        row = question_to_change(session, actor, question_id)
        if row.phone is None:
            raise NotFound(N_("No number was left with this question."))
        row.revealed_for = "\n".join(part for part in (row.revealed_for, why) if part)
        record(session, actor, now, "phone_revealed", question=row.id)
        return row.phone


def question_to_change(session: Session, actor: Actor, question_id: int) -> Consultation:
    """A question in this person's scope, locked.

    Raises:
        NotFound: it is not there, or of another estate.
    """
    actor.need(Right.RUN_VOTES)
    query = select(Consultation).where(Consultation.id == question_id).with_for_update()
    row = session.scalar(query)
    if row is None or not actor.sees_estate(row.estate_id):
        raise NotFound(N_("There is no such question, or it is not yours."))
    return row


def erase_old(now: datetime) -> int | None:
    """Forget who asked, twelve months after the answer; how many, for the log.

    A question that was held back and never answered goes after the same time.
    """
    limit = now - KEPT
    with write() as session:
        done = session.execute(
            update(Consultation)
            .where(
                func.coalesce(Consultation.answered_at, Consultation.received_at) < limit,
                Consultation.erased_at.is_(None),
            )
            .values(
                name=None,
                phone=None,
                revealed_for=None,
                text=ERASED,
                answer=None,
                erased_at=now,
            )
            .returning(Consultation.id)
        ).all()
    return len(done) or None


def count_waiting(session: Session, actor: Actor) -> int:
    """How many of the person's questions wait for an answer."""
    query = select(func.count()).where(
        Consultation.answered_at.is_(None), Consultation.held_for.is_(None)
    )
    if actor.estate_id is not None:
        query = query.where(Consultation.estate_id == actor.estate_id)
    return session.scalar(query) or 0


def _vote(session: Session, estate_id: int, code: str | None) -> int | None:
    if not code:
        return None
    query = select(Vote.id).where(Vote.code == texts.clean(code), Vote.estate_id == estate_id)
    return session.scalar(query)


def _person(name: str, phone: str) -> tuple[str, str | None]:
    number = normal_phone(phone) if texts.clean(phone) else None
    if texts.clean(phone) and number is None:
        raise FieldError(
            "phone", N_("This is not a telephone number. Correct it, or leave the field empty.")
        )
    return texts.fitting("name", clean_line(name), 40), number
