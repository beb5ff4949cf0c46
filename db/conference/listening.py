"""睦邻恳谈 and 社区夜话: planned with time and place, and afterwards what became of each demand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from db import once
from db.engine import read, write
from db.events import record
from db.lines import lines
from db.numbers import new_code
from db.scope import code_typed, sees_case
from db.tables import Case, Decision, Estate, Meeting, MeetingKind, Report, Reporter, Task, Telling
from db.tables.conference import AgendaItem, Conference
from db.views import CaseLine
from domain import texts
from domain.days import local_day
from domain.errors import N_, FieldError, NotFound, Refused
from domain.moves import State
from domain.people import Actor, Right

LONGEST_PLACE = 80
LATEST = 40


@dataclass(frozen=True, slots=True)
class Talk:
    """One meeting: when and where, how many demands, how many of them are done.

    Args:
        starts_at, place: None where it was only written down afterwards.
    """

    code: str
    kind: MeetingKind
    title: str
    held_on: date
    starts_at: datetime | None
    place: str | None
    estate_id: int | None
    estate: str | None
    demands: int
    done: int


@dataclass(frozen=True, slots=True)
class DemandLine:
    """What became of one demand.

    Args:
        words: as the speaker said it.
        speaker: for the office alone.
        line: the file that it is in now, merged or not.
        conference: code and day of the joint conference that decided on it.
        done_at: when the leading unit reported.
        on_board: whether the result is public.
        told, to_call: whether the speaker was told, or waits for a call.
    """

    words: str
    speaker: str | None
    line: CaseLine
    conference: tuple[str, datetime] | None
    done_at: datetime | None
    on_board: bool
    told: bool
    to_call: bool


def plan_talk(
    actor: Actor,
    now: datetime,
    *,
    kind: MeetingKind,
    title: str,
    starts_at: datetime,
    place: str,
    estate_id: int | None = None,
    key: str | None = None,
) -> str:
    """Plan a meeting; returns its code, under which the demands are taken down on the day.

    Raises:
        FieldError: no title or place, a time that has passed, an estate out of scope.
    """
    actor.need(Right.TAKE_IN)
    title = " ".join(texts.required("title", title, texts.LONGEST_LINE).split())
    place = _when_and_where(now, starts_at, place)
    code = new_code()
    with write() as session:
        if (earlier := once.claim(session, key, code, now)) is not None:
            return earlier
        known = estate_id is None or session.get(Estate, estate_id) is not None
        if not known or not actor.sees_estate(estate_id):
            raise FieldError("estate", N_("Choose an estate that you are responsible for."))
        row = Meeting(
            code=code,
            kind=kind,
            title=title,
            held_on=local_day(starts_at),
            estate_id=estate_id,
            recorded_by=actor.account_id,
            starts_at=starts_at,
            place=place,
        )
        session.add(row)
        session.flush()
        record(session, actor, now, "meeting_planned", meeting=row.id, estate=estate_id)
        return code


def move_talk(actor: Actor, now: datetime, code: str, *, starts_at: datetime, place: str) -> None:
    """Another time or place, as long as nothing was taken down.

    Raises:
        FieldError: no place, or a time that has passed.
        Refused: demands were taken down at it.
    """
    actor.need(Right.TAKE_IN)
    place = _when_and_where(now, starts_at, place)
    with write() as session:
        row = _seen(session, actor, code)
        if session.scalar(select(Report.id).where(Report.meeting_id == row.id).limit(1)):
            raise Refused(N_("Demands were taken down at this meeting: it stays where it was."))
        row.held_on, row.starts_at, row.place = local_day(starts_at), starts_at, place
        record(session, actor, now, "meeting_planned", meeting=row.id, estate=row.estate_id)


def talks(actor: Actor) -> tuple[Talk, ...]:
    """The latest and the coming meetings in this person's scope, the newest first."""
    actor.need(Right.TAKE_IN)
    with read() as session:
        query = _talks(actor).order_by(Meeting.held_on.desc(), Meeting.id.desc()).limit(LATEST)
        return tuple(_talk(*row) for row in session.execute(query))


def talk(actor: Actor, now: datetime, code: str) -> tuple[Talk, tuple[DemandLine, ...]]:
    """One meeting, and what became of everything that was said at it.

    Raises:
        NotFound: there is none in this person's scope.
    """
    actor.need(Right.TAKE_IN)
    with read() as session:
        row = _seen(session, actor, code)
        found = session.execute(_talks(actor).where(Meeting.id == row.id)).one()
        return _talk(*found), _demands(session, actor, row, now)


def _when_and_where(now: datetime, starts_at: datetime, place: str) -> str:
    if starts_at < now:
        raise FieldError("starts_at", N_("This time has passed. Choose a later one."))
    return " ".join(texts.required("place", place, LONGEST_PLACE).split())


def _seen(session: Session, actor: Actor, code: str) -> Meeting:
    row = session.scalar(select(Meeting).where(Meeting.code == code_typed(code)))
    if row is None or not actor.sees_estate(row.estate_id):
        raise NotFound(N_("This meeting is not there, or it is not yours to see."))
    return row


def _talks(actor: Actor) -> Select[Meeting, str, int, int]:
    root = aliased(Case)
    said = select(func.count()).select_from(Report).where(Report.meeting_id == Meeting.id)
    done = (
        select(func.count(Report.id))
        .join(Case, Case.id == Report.case_id)
        .join(root, root.id == func.coalesce(Case.root_id, Case.id))
        .where(Report.meeting_id == Meeting.id, root.done_at.is_not(None))
    )
    query = select(Meeting, Estate.name, said.scalar_subquery(), done.scalar_subquery()).outerjoin(
        Estate, Estate.id == Meeting.estate_id
    )
    if actor.estate_id is not None:
        query = query.where(Meeting.estate_id == actor.estate_id)
    return query


def _talk(row: Meeting, estate: str | None, demands: int, done: int) -> Talk:
    return Talk(
        row.code,
        row.kind,
        row.title,
        row.held_on,
        row.starts_at,
        row.place,
        row.estate_id,
        estate,
        demands,
        done,
    )


def _demands(
    session: Session, actor: Actor, held: Meeting, now: datetime
) -> tuple[DemandLine, ...]:
    root = aliased(Case)
    rows = session.execute(
        select(Report, root, Reporter.name)
        .join(Case, Case.id == Report.case_id)
        .join(root, root.id == func.coalesce(Case.root_id, Case.id))
        .outerjoin(Reporter, Reporter.id == Report.reporter_id)
        .where(Report.meeting_id == held.id)
        .order_by(Report.id)
    ).all()
    shown = [row for row in rows if sees_case(session, actor, row[1])]
    ids = list(dict.fromkeys(case.id for _, case, _ in shown))
    files = {line.id: line for line in lines(session, ids, now)}
    decided = _decided(session, ids)
    done = _done(session, ids)
    told, waits = _told(session, [report.id for report, _, _ in shown])
    return tuple(
        DemandLine(
            words=report.text,
            speaker=name if actor.may(Right.REVEAL) else None,
            line=files[case.id],
            conference=decided.get(case.id),
            done_at=done.get(case.id),
            on_board=case.published_at is not None
            and case.summary is not None
            and case.state is not State.MERGED,
            told=report.id in told,
            to_call=report.id in waits,
        )
        for report, case, name in shown
    )


def _decided(session: Session, cases: Sequence[int]) -> dict[int, tuple[str, datetime]]:
    """The conference that decided last on each file."""
    rows = session.execute(
        select(Decision.case_id, Conference.code, Conference.opened_at)
        .join(AgendaItem, AgendaItem.id == Decision.agenda_item_id)
        .join(Conference, Conference.id == AgendaItem.conference_id)
        .where(Decision.case_id.in_(cases))
        .order_by(Decision.id)
    )
    return {case_id: (code, at) for case_id, code, at in rows if at is not None}


def _done(session: Session, cases: Sequence[int]) -> dict[int, datetime]:
    rows = session.execute(
        select(Task.case_id, Task.done_at)
        .join(Case, Case.id == Task.case_id)
        .where(
            Task.case_id.in_(cases),
            Task.round == Case.round,
            Task.lead,
            Task.recalled_at.is_(None),
            Task.done_at.is_not(None),
        )
        .order_by(Task.id)
    )
    return {case_id: at for case_id, at in rows if at is not None}


def _told(session: Session, reports: Sequence[int]) -> tuple[set[int], set[int]]:
    """Whose news stands on the follow page or was told by telephone, and who waits for a call."""
    rows = session.execute(
        select(Telling.report_id, Telling.by_phone, Telling.settled_at).where(
            Telling.report_id.in_(reports)
        )
    ).all()
    waits = {report for report, by_phone, settled in rows if by_phone and settled is None}
    return {report for report, *_ in rows} - waits, waits
