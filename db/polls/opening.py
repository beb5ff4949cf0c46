"""A file is sent to a poll, the poll is opened, or withdrawn with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import clock_rows, moving, once
from db.engine import write
from db.events import record
from db.numbers import new_code
from db.polls.ending import open_poll_of
from db.polls.scope import households_in, need_open, poll_to_change
from db.scope import case_to_change
from db.tables import Building, Case, ClockRow, Estate, Household
from db.tables.polls import Poll, PollOption
from domain import polls, texts
from domain.clocks import Promise
from domain.errors import N_, FieldError, Refused
from domain.moves import State
from domain.people import Actor, Right
from domain.private_text import Finding, find_personal


@dataclass(frozen=True, slots=True)
class PollDraft:
    """A poll as its form was sent.

    Args:
        estate_id, building_id: whom it asks: all of the estate, or one building of it.
        personal_ok: somebody read the words again and found them fit for all to see.
    """

    question: str
    options: Sequence[str]
    closes_at: datetime
    estate_id: int
    building_id: int | None = None
    personal_ok: bool = False


class PersonalInPoll(FieldError):
    """The question or an answer seems to hold personal data; a person must look again."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(
            "question",
            N_("This seems to hold personal data. Take it out, or tick that it may be public."),
        )
        self.findings = tuple(findings)


def send(actor: Actor, now: datetime, case_code: str, key: str | None = None) -> None:
    """The file is to be asked about; the promise to open the poll the same day begins.

    Raises:
        Refused: the file is not being deliberated, or was sent in this round already.
    """
    actor.need(Right.RUN_VOTES)
    with write() as session:
        case = case_to_change(session, actor, case_code)
        if once.claim(session, key, "sent_to_poll", now) is not None:
            return
        _need_deliberation(case)
        if _was_sent(session, case):
            raise Refused(N_("This file was sent to a poll already. Open the poll."))
        clock_rows.start(session, case, Promise.VOTE_OPENED, now)
        record(session, actor, now, "sent_to_poll", case_id=case.id, round=case.round)


def open_poll(
    actor: Actor, now: datetime, case_code: str, draft: PollDraft, key: str | None = None
) -> str:
    """Open a poll on a file; returns the poll's code.

    The promise to open it the same day is kept, or kept too late. The promise to decide is
    reckoned from the first poll of a round, unless it was missed by then.

    Raises:
        FieldError: a field that must be mended.
        Refused: the file is not being deliberated, or a poll on it is open.
    """
    actor.need(Right.RUN_VOTES)
    question = polls.question(draft.question)
    options = polls.options(draft.options)
    polls.check_close(now, draft.closes_at)
    findings = [found for text in (question, *options) for found in find_personal(text)]
    if findings and not draft.personal_ok:
        raise PersonalInPoll(findings)
    with write() as session:
        case = case_to_change(session, actor, case_code)
        code = new_code()
        earlier = once.claim(session, key, f"poll:{code}", now)
        if earlier is not None:
            return earlier.partition(":")[2]
        _need_deliberation(case)
        if open_poll_of(session, case, now) is not None:
            raise Refused(N_("A poll on this file is open already. One question at a time."))
        asked = _asked(session, actor, case, draft)
        earlier_polls = select(Poll.id).where(Poll.case_id == case.id, Poll.round == case.round)
        first = session.scalar(earlier_polls.limit(1)) is None
        poll = Poll(
            code=code,
            case_id=case.id,
            round=case.round,
            question=question,
            estate_id=draft.estate_id,
            building_id=draft.building_id,
            asked=asked,
            newest_household_id=session.scalar(select(func.max(Household.id))) or 0,
            opened_at=now,
            opened_by=actor.account_id,
            closes_at=draft.closes_at,
            lobby_code=new_code(),
        )
        session.add(poll)
        session.flush()
        session.add_all(
            PollOption(poll_id=poll.id, position=position, text=text)
            for position, text in enumerate(options, 1)
        )
        record(
            session,
            actor,
            now,
            "poll_opened",
            case_id=case.id,
            poll=poll.id,
            round=case.round,
            asked=asked,
            estate=draft.estate_id,
            building=draft.building_id,
        )
        if first:
            if not _was_sent(session, case):
                clock_rows.start(session, case, Promise.VOTE_OPENED, now)
            clock_rows.meet(session, case, Promise.VOTE_OPENED, now)
            clock_rows.rebase(session, case, Promise.DECISION, now)
        return code


def withdraw(actor: Actor, now: datetime, code: str, reason: str, key: str | None = None) -> None:
    """Take an open poll back, for a reason that everybody may read. No result is ever shown.

    Raises:
        FieldError: no reason.
        Refused: it is closed or was withdrawn.
    """
    actor.need(Right.RUN_VOTES)
    words = texts.required("reason", reason, 500)
    with write() as session:
        poll, case = poll_to_change(session, actor, code)
        if once.claim(session, key, "poll_withdrawn", now) is not None:
            return
        need_open(poll, now)
        note = moving.add_note(session, actor, now, case, "poll_withdrawn", words, public=True)
        poll.withdrawn_at, poll.withdrawn_note_id = now, note
        record(session, actor, now, "poll_withdrawn", case_id=case.id, poll=poll.id, note=note)


def _need_deliberation(case: Case) -> None:
    if case.state is not State.DELIBERATING:
        raise Refused(N_("A poll is opened while a file is being deliberated. Accept it first."))


def _was_sent(session: Session, case: Case) -> bool:
    query = select(ClockRow.id).where(
        ClockRow.case_id == case.id,
        ClockRow.round == case.round,
        ClockRow.promise == Promise.VOTE_OPENED,
    )
    return session.scalar(query) is not None


def _asked(session: Session, actor: Actor, case: Case, draft: PollDraft) -> int:
    """How many households are asked; refuses a place that is not the file's."""
    estate = session.get(Estate, draft.estate_id)
    elsewhere = case.estate_id not in (None, draft.estate_id)
    if estate is None or elsewhere or not actor.sees_estate(draft.estate_id):
        raise FieldError("scope", N_("Choose the estate of this file, or one of its buildings."))
    where = Building.estate_id == estate.id
    if draft.building_id is not None:
        where = where & (Building.id == draft.building_id)
    asked = sum(households_in(session, where).values())
    if not asked:
        raise FieldError(
            "scope",
            N_("No household is entered there yet. Import the list of households first."),
        )
    return asked
