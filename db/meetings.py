"""睦邻恳谈 and 社区夜话: a meeting's demands become files, one a line, all of them or none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db import once
from db.engine import batch, read, write
from db.events import record
from db.households import homes_by_room
from db.intake import ReporterWords, Taken, take_report
from db.numbers import new_code
from db.tables import Channel, Estate, Meeting, MeetingKind, Report
from domain import texts
from domain.days import local_day
from domain.errors import N_, DeskError, FieldError, NotFound
from domain.people import Actor, Right

MOST_LINES = 300
LATEST = 50
ROOM = "房号"  # under this name a room that the roll does not know stays with the report


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting and how many demands were taken down at it."""

    id: int
    code: str
    kind: MeetingKind
    title: str
    held_on: date
    estate_id: int | None
    estate: str | None
    demands: int


@dataclass(frozen=True, slots=True)
class Demand:
    """One line of the grid; `line` counts from 1, everything but the text may be empty."""

    line: int
    text: str
    speaker: str = ""
    room: str = ""
    phone: str = ""
    category_id: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was written in it."""
        return not any((self.text, self.speaker, self.room, self.phone))


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """Why a line does not go in; `error` is told in the reader's language."""

    line: int
    text: str
    error: DeskError


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of the lines: all taken, or some refused and none taken."""

    taken: tuple[tuple[Demand, Taken], ...]
    refused: tuple[RefusedLine, ...]


class _Undo(Exception):
    """Leaves the transaction without keeping anything."""


def open_meeting(
    actor: Actor,
    now: datetime,
    *,
    kind: MeetingKind,
    title: str,
    held_on: date,
    estate_id: int | None = None,
    once_key: str | None = None,
) -> str:
    """A new meeting; returns its code.

    Raises:
        FieldError: no title, a day that has not come, an estate out of scope.
    """
    actor.need(Right.TAKE_IN)
    title = " ".join(texts.required("title", title, texts.LONGEST_LINE).split())
    if held_on > local_day(now):
        raise FieldError("held_on", N_("This day has not come yet. Correct the date."))
    if not actor.sees_estate(estate_id):
        raise FieldError("estate", N_("Choose an estate that you are responsible for."))
    code = new_code()
    with write() as session:
        if (earlier := once.claim(session, once_key, code, now)) is not None:
            return earlier
        if estate_id is not None and session.get(Estate, estate_id) is None:
            raise FieldError("estate", N_("Choose an estate that you are responsible for."))
        row = Meeting(
            code=code,
            kind=kind,
            title=title,
            held_on=held_on,
            estate_id=estate_id,
            recorded_by=actor.account_id,
        )
        session.add(row)
        session.flush()
        record(session, actor, now, "meeting_opened", meeting=row.id, estate=estate_id)
        return code


def meetings(actor: Actor) -> tuple[MeetingView, ...]:
    """The latest meetings in this person's scope, the newest first."""
    actor.need(Right.TAKE_IN)
    query = _views(actor).order_by(Meeting.held_on.desc(), Meeting.id.desc()).limit(LATEST)
    with read() as session:
        return tuple(_view(*row) for row in session.execute(query))


def meeting(actor: Actor, code: str) -> MeetingView:
    """One meeting.

    Raises:
        NotFound: there is none in this person's scope.
    """
    actor.need(Right.TAKE_IN)
    with read() as session:
        return _meeting(session, actor, code)


def take_demands(
    actor: Actor,
    now: datetime,
    code: str,
    lines: Sequence[Demand],
    once_key: str,
    *,
    consent: bool = False,
    progress: Callable[[float], None] | None = None,
) -> Entered:
    """Keep every line as a file of its own; one wrong line, and none is kept.

    Empty lines are skipped. Sent twice, the second sending returns what the first made.

    Args:
        consent: the speakers agreed that their names and numbers are kept.
        progress: told the finished share, within the transaction; it must not block.

    Raises:
        FieldError: there is no line at all, or there are too many.
        NotFound: no such meeting in this person's scope.
    """
    actor.need(Right.TAKE_IN)
    wanted = [line for line in lines if not line.empty]
    if not wanted:
        raise FieldError("demands", N_("Write down at least one demand."))
    if len(wanted) > MOST_LINES:
        raise FieldError(
            "demands",
            N_("These are {n} lines; {most} can be kept at once. Save them in parts."),
            n=len(wanted),
            most=MOST_LINES,
        )
    taken: list[tuple[Demand, Taken]] = []
    refused: list[RefusedLine] = []
    try:
        with batch() as session:
            held = _meeting(session, actor, code)
            if held.held_on > local_day(now):
                raise FieldError("demands", N_("Its day has not come. Write down demands then."))
            for done, line in enumerate(wanted, start=1):
                key = f"{once_key}:{line.line}"
                try:
                    taken.append((line, _take(session, actor, now, held, line, key, consent)))
                except DeskError as bad:
                    refused.append(RefusedLine(line.line, line.text, bad))
                if progress is not None:
                    progress(done / len(wanted))
            if refused:
                raise _Undo
    except _Undo:
        return Entered((), tuple(refused))
    return Entered(tuple(taken), ())


def _take(
    session: Session,
    actor: Actor,
    now: datetime,
    held: MeetingView,
    line: Demand,
    key: str,
    consent: bool,
) -> Taken:
    if not texts.clean(line.text):
        raise FieldError("text", N_("The demand itself is missing. Write it, or empty the line."))
    room = " ".join(texts.fitting("room", line.room, 60).split())
    homes = homes_by_room(actor, room, held.estate_id) if room else ()
    if len(homes) > 1:
        raise FieldError(
            "room",
            N_("Several homes fit “{room}”. Write the estate and the building too."),
            room=room,
        )
    home = homes[0] if homes else None
    taken = take_report(
        actor,
        now,
        text=line.text,
        channel=Channel.MEETING,
        # A home says more than the meeting: its building, and with it the estate.
        estate_id=None if home else held.estate_id,
        category_id=line.category_id,
        reporter=ReporterWords(line.speaker, line.phone, home, consent),
        meeting_id=held.id,
        once_key=key,
    )
    if room and home is None and not taken.repeated:
        session.get_one(Report, taken.report_id).extra = {ROOM: room}
    return taken


def _meeting(session: Session, actor: Actor, code: str) -> MeetingView:
    row = session.execute(_views(actor).where(Meeting.code == code)).one_or_none()
    if row is None:
        raise NotFound(N_("This meeting is not there, or it is not yours to see."))
    return _view(*row)


def _views(actor: Actor) -> Select[Meeting, str, int]:
    demands = (
        select(func.count())
        .select_from(Report)
        .where(Report.meeting_id == Meeting.id)
        .scalar_subquery()
    )
    query = select(Meeting, Estate.name, demands).outerjoin(Estate, Estate.id == Meeting.estate_id)
    if actor.estate_id is not None:
        query = query.where(Meeting.estate_id == actor.estate_id)
    return query


def _view(held: Meeting, estate: str | None, demands: int) -> MeetingView:
    return MeetingView(
        held.id,
        held.code,
        held.kind,
        held.title,
        held.held_on,
        held.estate_id,
        estate,
        demands,
    )
