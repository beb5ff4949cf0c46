"""The file moves: every change of state, by the table of moves, with its event and its clocks."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from db import clock_rows, once
from db.engine import write
from db.events import record
from db.photos import PhotoIn, store
from db.polls.ending import STILL_ASKS, stop
from db.scope import case_to_change, report_followed, reports_of
from db.tables import Case, Note, Report, Task
from db.telling import tell
from domain import texts
from domain.clocks import Promise
from domain.errors import N_, Refused
from domain.moves import MOVES, PAUSED_STATES, Move, State, after, allowed_to
from domain.people import Actor, Right
from domain.telling import NEWS

# Words of these moves are meant for the reporter and stand on the follow page.
_PUBLIC_REASONS = frozenset(
    {Move.ASK, Move.DECIDE, Move.EXPLAIN, Move.PASS_ON, Move.DECLINE, Move.SUSPEND, Move.REOPEN}
)
# These settle the matter without work: the answer is what was promised.
_ANSWERS = frozenset({Move.EXPLAIN, Move.PASS_ON, Move.DECLINE})


def move(
    actor: Actor, now: datetime, code: str, kind: Move, reason: str = "", *, key: str | None = None
) -> State:
    """Make a move that needs nothing but its reason; returns the state that the file is in.

    Moves that need more have functions of their own: decide, give, report_done, show, close,
    merge, unmerge, supply.

    Args:
        key: the form's once-only key; a second sending changes nothing.

    Raises:
        NotFound, NotAllowed, Refused: see `domain.moves.after`.
    """
    if kind not in _PLAIN:
        raise ValueError(f"{kind} has a function of its own")
    with write() as session:
        case = case_to_change(session, actor, code)
        if once.claim(session, key, f"move:{kind}", now) is None:
            if kind is Move.SEND_BACK:
                _work_to_send_back(session, case)
            apply(session, actor, now, case, kind, reason)
        return case.state


_PLAIN = frozenset(
    {
        Move.ACCEPT,
        Move.ASK,
        Move.TO_VOTE,
        Move.FROM_VOTE,
        Move.RECALL,
        Move.EXPLAIN,
        Move.PASS_ON,
        Move.WITHDRAW,
        Move.SEND_BACK,
        Move.REOPEN,
        Move.DECLINE,
        Move.SUSPEND,
        Move.RESUME,
    }
)


def apply(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Case,
    kind: Move,
    reason: str = "",
    *,
    note_id: int | None = None,
    report_id: int | None = None,
    **facts: Any,
) -> None:
    """Make one move in the caller's transaction: state, clocks, note, event, tellings.

    Args:
        note_id: words already kept for this move; else `reason` becomes a note.
        facts: further ids for the event.
    """
    before = case.state
    reason = texts.fitting("reason", reason, texts.LONGEST_TEXT)
    came_from = case.came_from
    target = after(kind, before, came_from, actor, reason or ("-" if note_id else ""))
    if reason and note_id is None:
        note_id = add_note(
            session, actor, now, case, kind.value, reason, kind in _PUBLIC_REASONS, report_id
        )
    _clocks_before(session, case, kind, now)
    case.came_from = _came_from(before, target, came_from)
    case.state = target
    rule = MOVES[kind]
    if rule.outcome is not None:
        case.outcome = rule.outcome
    _facts(session, case, kind, now)
    _clocks_after(session, case, kind, before, now)
    if target not in STILL_ASKS:
        stop(session, actor, now, case)
    record(
        session,
        actor,
        now,
        "moved",
        case_id=case.id,
        move=kind.value,
        was=before.value,
        to=target.value,
        round=case.round,
        note=note_id,
        report=report_id,
        **facts,
    )
    news = NEWS.get(kind)
    if news is not None:
        tell(session, case, news, now)


def possible(actor: Actor, case: Case) -> tuple[Move, ...]:
    """The moves that this person may make from where the file stands."""
    return allowed_to(actor, case.state)


def add_note(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Case,
    kind: str,
    text: str,
    public: bool = False,
    report_id: int | None = None,
) -> int:
    """Keep words on a file; events carry only the row's id. Returns it."""
    note = Note(
        case_id=case.id,
        kind=kind,
        round=case.round,
        text=text,
        public=public,
        report_id=report_id,
        account_id=actor.account_id,
        at=now,
    )
    session.add(note)
    session.flush()
    return note.id


def supply(
    actor: Actor,
    now: datetime,
    follow_code: str,
    text: str,
    photos: Sequence[PhotoIn] = (),
    key: str | None = None,
) -> None:
    """The reporter adds words, and an asked file goes on; any reporter of the file may.

    Raises:
        NotFound: the code is not valid.
        FieldError: nothing was written, or too much.
    """
    words = texts.required("text", text)
    with write() as session:
        report, case = report_followed(session, follow_code)
        if case is None or case.state is State.CLOSED:
            raise Refused(N_("Nothing can be added now. Please call the community office."))
        if once.claim(session, key, "supplied", now) is None:
            _supplied(session, actor, now, case, report, words, photos)


def supply_by_phone(
    actor: Actor, now: datetime, code: str, text: str, key: str | None = None
) -> None:
    """The desk writes down what the reporter said on the telephone."""
    actor.need(Right.HANDLE)
    words = texts.required("text", text)
    with write() as session:
        case = case_to_change(session, actor, code)
        if once.claim(session, key, "supplied", now) is None:
            _supplied(session, actor, now, case, None, words, ())


def _supplied(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Case,
    report: Report | None,
    words: str,
    photos: Sequence[PhotoIn],
) -> None:
    report_id = report.id if report else None
    note = add_note(session, actor, now, case, "supplied", words, report_id=report_id)
    for photo in photos:
        store(session, photo, now, case_id=case.id, note_id=note)
    if case.state is State.ASKED:
        apply(session, actor, now, case, Move.SUPPLY, note_id=note, report_id=report_id)
    else:
        record(session, actor, now, "supplied", case_id=case.id, note=note, report=report_id)


def withdraw_by_follow(
    actor: Actor, now: datetime, follow_code: str, reason: str, key: str | None = None
) -> None:
    """The reporter takes the matter back; a file that others also reported goes on for them."""
    words = texts.required("reason", reason, 1_000)
    with write() as session:
        report, case = report_followed(session, follow_code)
        if case is None:
            raise Refused(N_("Nothing can be changed now. Please call the community office."))
        if once.claim(session, key, "withdrawn", now) is not None:
            return
        if len(reports_of(session, case)) == 1:
            apply(session, actor, now, case, Move.WITHDRAW, words, report_id=report.id)
        else:
            note = add_note(session, actor, now, case, "withdrawn", words, report_id=report.id)
            record(
                session,
                actor,
                now,
                "report_withdrawn",
                case_id=case.id,
                report=report.id,
                note=note,
            )


def _work_to_send_back(session: Session, case: Case) -> None:
    tasks = session.query(Task).filter_by(case_id=case.id, round=case.round, lead=True)
    lead = tasks.filter(Task.recalled_at.is_(None)).order_by(Task.id.desc()).first()
    if lead is None:
        raise Refused(N_("Nobody reported work on this file. Reopen it instead."))
    # The lead has it again, and must report once more.
    lead.done_at, lead.done_by = None, None


def _came_from(before: State, target: State, came_from: State | None) -> State | None:
    """Where a side state was entered from; asked while suspended goes back to the first."""
    if target in (State.ASKED, State.SUSPENDED):
        return before
    if target is State.MERGED:
        # A file merged while it was asked or suspended goes on from where it truly stood.
        return came_from if before in (State.ASKED, State.SUSPENDED) and came_from else before
    return None


def _facts(session: Session, case: Case, kind: Move, now: datetime) -> None:
    """The dates that lists and figures read."""
    if kind is Move.DONE or kind in _ANSWERS:
        case.done_at = now
    elif kind is Move.SEND_BACK:
        case.done_at = None
    elif kind is Move.CLOSE:
        case.closed_at = now
    elif kind is Move.REOPEN:
        case.round += 1
        case.outcome = case.done_at = case.closed_at = case.published_at = None
    if kind is Move.RECALL or (kind is Move.REOPEN):
        for task in session.query(Task).filter_by(case_id=case.id, recalled_at=None):
            if task.done_at is None:
                task.recalled_at = now


def _clocks_before(session: Session, case: Case, kind: Move, now: datetime) -> None:
    """Settle clocks of the round that is ending, before its number goes up."""
    if kind is Move.REOPEN:
        clock_rows.void(session, case, now)


_Effect = Callable[[Session, Case, datetime], None]


def _clocks_after(session: Session, case: Case, kind: Move, before: State, now: datetime) -> None:
    if before in PAUSED_STATES and case.state not in PAUSED_STATES:
        clock_rows.resume(session, case, now)
    if kind is Move.ASK or kind in _ANSWERS:
        clock_rows.meet(session, case, Promise.FIRST_ANSWER, now)
    if kind is Move.ACCEPT:
        clock_rows.start(session, case, Promise.DECISION, now)
    elif kind is Move.DECIDE:
        clock_rows.meet(session, case, Promise.DECISION, now)
        clock_rows.void(session, case, now, Promise.VOTE_OPENED)
    elif kind is Move.DONE:
        clock_rows.meet(session, case, Promise.DONE, now)
    elif kind is Move.SEND_BACK:
        clock_rows.unmeet_done(session, case)
    elif kind in _ANSWERS:
        clock_rows.meet(session, case, Promise.DONE, now)
        clock_rows.void(session, case, now, Promise.DECISION)
        clock_rows.void(session, case, now, Promise.VOTE_OPENED)
    elif kind is Move.TO_VOTE:
        clock_rows.void(session, case, now, Promise.VOTE_OPENED)
    elif kind in (Move.WITHDRAW, Move.CLOSE):
        clock_rows.void(session, case, now)
    elif kind is Move.REOPEN:
        clock_rows.start(session, case, Promise.FIRST_ANSWER, now)
        clock_rows.start(session, case, Promise.DONE, now)
    if case.state in PAUSED_STATES and before not in PAUSED_STATES:
        clock_rows.pause(session, case, now)
    clock_rows.refresh_due(session, case)
