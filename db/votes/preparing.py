"""A vote is prepared: created, its questions written, its notice posted, its tellers named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db import moving, once
from db.engine import write
from db.numbers import new_code
from db.roll.rules import rules_of
from db.scope import case_to_change
from db.tables import Account, Estate
from db.tables.votes import Question, Teller, Vote
from db.votes.hashes import questions_hash
from db.votes.scope import asked, note, stage_of, vote_to_change
from domain import texts
from domain.days import local_day
from domain.errors import N_, FieldError, NotFound, Refused
from domain.lanes import STATUTORY, Matter, guide
from domain.moves import Move, State
from domain.people import Actor, Right
from domain.thresholds import Lane, committee_size_allowed
from domain.timetable import Period, in_force, require_notice
from domain.votes import Stage

MOST_QUESTIONS = 30
_BEFORE_OPENING = (Stage.PREPARING, Stage.NOTICED)


@dataclass(frozen=True, slots=True)
class QuestionIn:
    """A question: `name` is short and unique in its vote, `text` what owners read below it."""

    name: str
    text: str = ""


def create(
    actor: Actor,
    now: datetime,
    *,
    estate_id: int,
    matter: Matter,
    title: str,
    explanation: str = "",
    case_code: str | None = None,
    seats: int | None = None,
    key: str | None = None,
) -> str:
    """Begin to prepare a statutory vote; returns its code.

    Args:
        seats: of the committee, in an election.
        case_code: the file that it comes from, which then stands at 转业主大会表决.

    Raises:
        FieldError: a field that must be mended.
        Refused: the matter is not voted on in this way, see `domain.lanes`.
    """
    actor.need(Right.RUN_VOTES)
    lane = guide(matter).path.lane
    if lane is None or lane not in STATUTORY:
        raise Refused(N_("This matter needs no owners' vote. Follow the way that is shown."))
    title = texts.required("title", title, 120)
    explanation = texts.fitting("explanation", explanation, texts.LONGEST_TEXT)
    if lane is Lane.ELECTION and (seats is None or not committee_size_allowed(seats)):
        raise FieldError("seats", N_("A committee has 5, 7, 9 or 11 members."))
    with write() as session:
        if session.get(Estate, estate_id) is None or not actor.sees_estate(estate_id):
            raise NotFound(N_("There is no such estate, or it is not yours."))
        code = new_code()
        if (made := once.claim(session, key, code, now)) is not None:
            return made
        case_id = _case(session, actor, now, case_code, title)
        vote = Vote(
            code=code,
            estate_id=estate_id,
            case_id=case_id,
            lane=lane,
            matter=matter.value,
            title=title,
            explanation=explanation,
            seats=seats if lane is Lane.ELECTION else None,
            created_at=now,
            created_by=actor.account_id,
        )
        session.add(vote)
        session.flush()
        note(session, actor, now, vote, "vote_created", estate=estate_id, of_case=case_id)
        return code


def _case(
    session: Session, actor: Actor, now: datetime, code: str | None, title: str
) -> int | None:
    """The file that the vote comes from, turned to it unless it waits for a vote already."""
    if not code:
        return None
    case = case_to_change(session, actor, code)
    if case.state not in (State.DELIBERATING, State.IN_VOTE):
        raise Refused(N_("A vote starts from a file that is being deliberated."))
    if case.state is State.DELIBERATING:
        moving.apply(session, actor, now, case, Move.TO_VOTE, title)
    return case.id


def ask(
    actor: Actor,
    now: datetime,
    code: str,
    questions: Sequence[QuestionIn],
    *,
    title: str | None = None,
    explanation: str | None = None,
    key: str | None = None,
) -> None:
    """Write the questions, in place of those before; once the notice is posted they are fixed.

    Raises:
        FieldError: none, too many, two of one name, or one too long.
    """
    cleaned = _questions(questions)
    with write() as session:
        vote = vote_to_change(session, actor, now, code, Stage.PREPARING)
        if vote.lane is Lane.ELECTION:
            raise Refused(N_("An election asks for candidates. Enter them in their own list."))
        if once.claim(session, key, "asked", now) is not None:
            return
        if title is not None:
            vote.title = texts.required("title", title, 120)
        if explanation is not None:
            vote.explanation = texts.fitting("explanation", explanation, texts.LONGEST_TEXT)
        session.execute(delete(Question).where(Question.vote_id == vote.id))
        session.add_all(
            Question(vote_id=vote.id, position=position, name=one.name, text=one.text)
            for position, one in enumerate(cleaned, start=1)
        )
        note(session, actor, now, vote, "questions_written", questions=len(cleaned))


def _questions(questions: Sequence[QuestionIn]) -> list[QuestionIn]:
    cleaned = [
        QuestionIn(
            texts.required(f"question_{number}", one.name, 120),
            texts.fitting(f"question_text_{number}", one.text, 2_000),
        )
        for number, one in enumerate(questions, start=1)
    ]
    if not cleaned:
        raise FieldError("question_1", N_("Write at least one question."))
    if len(cleaned) > MOST_QUESTIONS:
        raise FieldError("question_1", N_("At most {most} questions."), most=MOST_QUESTIONS)
    names = [one.name for one in cleaned]
    for number, name in enumerate(names, start=1):
        if names.index(name) < number - 1:
            raise FieldError(f"question_{number}", N_("This question stands there twice."))
    return cleaned


def post_notice(
    actor: Actor,
    now: datetime,
    code: str,
    *,
    noticed_on: date,
    meets_on: date,
    closes_at: datetime,
    key: str | None = None,
) -> None:
    """Record that the notice is posted: its questions are fixed, its period is checked.

    Args:
        noticed_on: the day on which it was posted, today or before.
        meets_on: the first day of voting.
        closes_at: when the last ballot is taken.

    Raises:
        NoticeTooShort: fewer days than the rules ask lie between the two.
        FieldError: a day that cannot be, or nothing is asked.
    """
    with write() as session:
        vote = vote_to_change(session, actor, now, code, Stage.PREPARING)
        if once.claim(session, key, "noticed", now) is not None:
            return
        if noticed_on > local_day(now):
            raise FieldError("noticed_on", N_("Record the notice once it is posted."))
        if local_day(closes_at) < meets_on or closes_at <= now:
            raise FieldError("closes_at", N_("Voting must end after it begins."))
        if not asked(session, vote):
            raise FieldError("questions", N_("Write the questions first: only they are voted on."))
        period = Period.AGENDA if vote.lane is Lane.COMMITTEE else Period.NOTICE
        numbers = rules_of(session, vote.estate_id, noticed_on).numbers
        days = in_force(numbers, period, noticed_on).days
        require_notice(meets_on, noticed_on, days)
        vote.noticed_on, vote.meets_on, vote.closes_at = noticed_on, meets_on, closes_at
        vote.notice_days = days
        vote.questions_hash = questions_hash(session, vote)
        note(
            session,
            actor,
            now,
            vote,
            "notice_posted",
            noticed_on=noticed_on.isoformat(),
            meets_on=meets_on.isoformat(),
            closes_at=closes_at.isoformat(),
            questions=vote.questions_hash,
        )


def withdraw_notice(actor: Actor, now: datetime, code: str, reason: str) -> None:
    """Take the notice back, to change the questions; its period then begins anew."""
    texts.required("reason", reason, 500)
    with write() as session:
        vote = vote_to_change(session, actor, now, code, Stage.NOTICED)
        vote.noticed_on = vote.meets_on = vote.closes_at = vote.notice_days = None
        vote.questions_hash = None
        note(session, actor, now, vote, "notice_withdrawn")


def name_tellers(
    actor: Actor, now: datetime, code: str, account_ids: Sequence[int], key: str | None = None
) -> None:
    """Name who keys paper, settles differences and may see ballots; before the vote opens.

    Raises:
        FieldError: an account that is closed or of another estate.
    """
    with write() as session:
        vote = vote_to_change(session, actor, now, code, *_BEFORE_OPENING)
        if once.claim(session, key, "tellers", now) is not None:
            return
        chosen = sorted(set(account_ids))
        live = session.execute(
            select(Account.id, Account.estate_id).where(Account.id.in_(chosen), Account.active)
        ).all()
        if len(live) != len(chosen) or any(
            row.estate_id not in (None, vote.estate_id) for row in live
        ):
            raise FieldError("tellers", N_("Choose people of this estate or of the community."))
        session.execute(delete(Teller).where(Teller.vote_id == vote.id))
        session.add_all(Teller(vote_id=vote.id, account_id=one, named_at=now) for one in chosen)
        note(session, actor, now, vote, "tellers_named", accounts=chosen)


def cancel(actor: Actor, now: datetime, code: str, reason: str, key: str | None = None) -> None:
    """End a vote without a result, such as after a fault in its roll; it says why.

    Raises:
        Refused: it is counted already; a result is not cancelled but challenged.
    """
    with write() as session:
        vote = vote_to_change(session, actor, now, code)
        if once.claim(session, key, "cancelled", now) is not None:
            return
        if stage_of(vote, now) not in (*_BEFORE_OPENING, Stage.OPEN):
            raise Refused(N_("A vote that is closed is counted, not cancelled."))
        vote.cancelled = texts.required("reason", reason, 1_000)
        vote.cancelled_at = now
        note(session, actor, now, vote, "vote_cancelled")
