"""What a reporter sees of their matter: progress, answers and promises, and nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session

from db.clock_rows import clock_of, clock_rows
from db.engine import read
from db.polls.public import HomePoll, followed_polls
from db.rating import RATED_IN
from db.scope import report_followed
from db.tables import Account, Case, Decision, Note, Photo, Rating, Report, Unit
from db.votes.published import FollowedVote, votes_followed
from domain.clocks import Promise, Standing, remaining, standing
from domain.closing import Outcome
from domain.moves import MOVES, STEP, Move, State, Step

UNIT_DONE = "unit_done"  # the kind of a note in which a unit reports its work


@dataclass(frozen=True, slots=True)
class PhotoRef:
    """A photo to be shown, by the code of its address."""

    code: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One promise of the present round: where it stands, and what is left of it."""

    promise: Promise
    standing: Standing
    due_at: datetime
    met_at: datetime | None
    left: timedelta | None


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was said or done: an answer, a decision, a result, or one's own words.

    Args:
        kind: the note's kind, mostly the move that it explains.
        unit: who did it, where a unit stands behind it.
        due_at: by when it is to be done, for a decision.
    """

    kind: str
    at: datetime
    text: str
    own: bool
    unit: str | None
    due_at: datetime | None
    photos: tuple[PhotoRef, ...]


@dataclass(frozen=True, slots=True)
class RatingSeen:
    """What the reporter said of the result in this round."""

    level: int
    solved: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the matter stands; of a merged file, where the one stands that it went into.

    Args:
        merged_into: number of the file that this one goes on in.
        summary: what the board says; None until it is published.
        question: what the community asks and waits for.
    """

    number: str
    title: str
    state: State
    step: Step
    round: int
    outcome: Outcome | None
    merged_into: str | None
    lead: str | None
    summary: str | None
    published_at: datetime | None
    clocks: tuple[ClockLine, ...]
    entries: tuple[Entry, ...]
    question: Entry | None
    may_supply: bool
    may_rate: bool
    may_withdraw: bool
    rating: RatingSeen | None


@dataclass(frozen=True, slots=True)
class FollowView:
    """One report as its reporter sees it; `progress` is None while it has no file yet.

    Args:
        polls: of the file, and open ones that ask the reporter's household.
        votes: owners' votes that the file was turned to.
    """

    received_at: datetime
    words: str
    photos: tuple[PhotoRef, ...]
    progress: Progress | None
    polls: tuple[HomePoll, ...]
    votes: tuple[FollowedVote, ...]


def follow_view(code: str, now: datetime) -> FollowView:
    """The page behind a follow code.

    Raises:
        NotFound: the same for every code that is not valid.
    """
    with read() as session:
        report, root = report_followed(session, code, lock=False)
        own = _photos(session, Photo.report_id == report.id)
        return FollowView(
            received_at=report.received_at,
            words=report.text,
            photos=tuple(ref for _, ref in own),
            progress=_progress(session, report, root, now) if root else None,
            polls=followed_polls(session, report, root, now),
            votes=votes_followed(session, root.id, now) if root else (),
        )


def _progress(session: Session, report: Report, root: Case, now: datetime) -> Progress:
    first = session.get_one(Case, report.case_id) if report.case_id else root
    entries = _entries(session, report, root)
    rating = session.scalar(
        select(Rating).where(Rating.report_id == report.id, Rating.round == root.round)
    )
    withdrawn = any(entry.own and entry.kind in ("withdraw", "withdrawn") for entry in entries)
    lead = session.get(Unit, root.lead_unit_id) if root.lead_unit_id else None
    asked = [entry for entry in entries if entry.kind == Move.ASK.value]
    return Progress(
        number=first.number,
        title=first.title,
        state=root.state,
        step=STEP[root.state] or STEP[root.came_from or State.NEW] or Step.RAISE,
        round=root.round,
        outcome=root.outcome,
        merged_into=root.number if root.id != first.id else None,
        lead=lead.name if lead else None,
        summary=root.summary if root.published_at is not None else None,
        published_at=root.published_at,
        clocks=_clocks(session, root, now),
        entries=entries,
        question=asked[-1] if asked and root.state is State.ASKED else None,
        may_supply=root.state is not State.CLOSED,
        may_rate=root.state in RATED_IN and rating is None and not withdrawn,
        may_withdraw=root.state in MOVES[Move.WITHDRAW].sources and not withdrawn,
        rating=RatingSeen(rating.level, rating.solved, rating.at) if rating else None,
    )


def _clocks(session: Session, root: Case, now: datetime) -> tuple[ClockLine, ...]:
    found = [clock_of(row) for row in clock_rows(session, root)]
    order = list(Promise)
    return tuple(
        ClockLine(
            clock.promise, standing(clock, now), clock.due_at, clock.met_at, remaining(clock, now)
        )
        for clock in sorted(found, key=lambda clock: order.index(clock.promise))
    )


def _entries(session: Session, report: Report, root: Case) -> tuple[Entry, ...]:
    """The public notes of the file, and the reporter's own; no one else's words."""
    said = session.execute(
        select(Note, Account.unit_id, Decision)
        .outerjoin(Account, Account.id == Note.account_id)
        .outerjoin(Decision, Decision.note_id == Note.id)
        .where(
            Note.case_id.in_({root.id, report.case_id}),
            or_(
                Note.public & (Note.report_id.is_(None) | (Note.report_id == report.id)),
                Note.account_id.is_(None) & (Note.report_id == report.id),
                # That and when a unit did its work is told; its words go to the desk, which
                # reads them before it publishes a summary.
                Note.kind == UNIT_DONE,
            ),
        )
        .order_by(Note.at, Note.id)
    )
    rows = list(said)
    photos: dict[int, list[PhotoRef]] = {}
    shown = Photo.public if root.published_at is not None else false()
    spoken = [note.id for note, _, _ in rows if note.kind != UNIT_DONE]
    done = [note.id for note, _, _ in rows if note.kind == UNIT_DONE]
    for note_id, ref in _photos(
        session, Photo.note_id.in_(spoken) | (Photo.note_id.in_(done) & shown)
    ):
        photos.setdefault(note_id or 0, []).append(ref)
    units = _unit_names(session, rows, root)
    return tuple(
        Entry(
            kind=note.kind,
            at=note.at,
            text="" if note.kind == UNIT_DONE and not note.public else note.text,
            own=note.report_id == report.id and note.account_id is None,
            unit=units.get(_unit_of(note, unit_id, decision, root) or 0),
            due_at=decision.due_at if decision else None,
            photos=tuple(photos.get(note.id, ())),
        )
        for note, unit_id, decision in rows
    )


def _unit_of(note: Note, unit_id: int | None, decision: Decision | None, root: Case) -> int | None:
    if decision is not None:
        return decision.lead_unit_id
    if note.kind == UNIT_DONE:
        # The office writes for a unit that telephoned; the work is the unit's.
        return unit_id or root.lead_unit_id
    return unit_id


def _unit_names(
    session: Session, rows: Iterable[tuple[Note, int | None, Decision | None]], root: Case
) -> dict[int, str]:
    ids = {_unit_of(note, unit_id, decision, root) for note, unit_id, decision in rows} - {None}
    found = session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids)))
    return dict(found.all())


def _photos(session: Session, condition: ColumnElement[bool]) -> list[tuple[int | None, PhotoRef]]:
    rows = session.execute(
        select(Photo.note_id, Photo.code, Photo.width, Photo.height)
        .where(condition)
        .order_by(Photo.id)
    )
    return [(note_id, PhotoRef(code, width, height)) for note_id, code, width, height in rows]
