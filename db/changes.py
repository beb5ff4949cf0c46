"""What changed since this person was here: the latest events of few kinds, and no more of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, select, union_all
from sqlalchemy.orm import Session

from db.engine import read
from db.events import facts_of
from db.last_visit import away_since
from db.tables import Case, Event
from db.tables.polls import Poll
from db.types import Instant
from db.views import Count
from domain.changes import EVENTS, TOLD_BY, Change, change_of
from domain.people import Actor, Right

SHOWN = 10
SHOWN_OF_ONE = 50
# Of each kind so many latest events are looked at, however long somebody was away.
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One file that changed, or its poll, with the latest time of that change."""

    change: Change
    at: datetime
    code: str
    number: str
    title: str
    poll: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is news.

    Args:
        counts: files by change, in the order of the loop; those without any are left out.
        lines: the newest first: ten of all changes, or fifty of one.
    """

    since: datetime
    counts: dict[Change, Count]
    lines: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    change: Change
    at: datetime
    case_id: int
    poll: str | None = None


def changes(actor: Actor, now: datetime, only: Change | None = None) -> Changes | None:
    """What others did to the files of this person's scope since their last visit.

    Args:
        only: lines of this change alone.

    Returns:
        None for whoever reads no files.
    """
    if not actor.may(Right.READ_CASES) or actor.account_id is None:
        return None
    with read() as session:
        since = away_since(session, actor.account_id, now)
        latest, full = _latest(session, actor.account_id, since, now)
        files = _files(session, actor, {one.case_id for one in latest})
    found: dict[tuple[Change, int], ChangeLine] = {}
    for one in sorted(latest, key=lambda one: one.at, reverse=True):
        if (file := files.get(one.case_id)) is not None:
            line = ChangeLine(one.change, one.at, *file, one.poll)
            found.setdefault((one.change, one.case_id), line)
    lines = [line for line in found.values() if only in (None, line.change)]
    return Changes(
        since, _counts(found, full), tuple(lines[: SHOWN if only is None else SHOWN_OF_ONE])
    )


def _counts(found: Iterable[tuple[Change, int]], full: frozenset[Change]) -> dict[Change, Count]:
    changed = [change for change, _ in found]
    return {
        change: Count(changed.count(change), change in full)
        for change in Change
        if change in changed
    }


def _latest(
    session: Session, account_id: int, since: datetime, now: datetime
) -> tuple[list[_Seen], frozenset[Change]]:
    """The events, and of which changes there may be more than were looked at."""
    asked = {"since": since, "now": now}
    looked_at: Counter[str] = Counter()
    seen, polls = [], {}
    for kind, at, case_id, by, payload in session.execute(_events(), asked):
        looked_at[kind] += 1
        facts = facts_of(payload) if by != account_id and kind != "opened" else {}
        change = change_of(kind, str(facts.get("move", "")))
        if change is Change.POLL_OPENED and facts:
            polls[case_id] = int(str(facts["poll"]))
        if by != account_id:
            seen.append(_Seen(change, at, case_id))
    codes = _poll_codes(session, polls)
    seen = [
        replace(one, poll=codes.get(one.case_id)) if one.change is Change.POLL_OPENED else one
        for one in seen
    ]
    seen += [
        _Seen(Change.POLL_CLOSED, at, case_id, code)
        for at, case_id, code in session.execute(_POLLS_CLOSED, asked)
    ]
    full = {kind for kind, n in looked_at.items() if n >= LOOKED_AT}
    return seen, frozenset(change for kind in full for change in TOLD_BY[kind])


def _files(session: Session, actor: Actor, ids: set[int]) -> dict[int, tuple[str, str, str]]:
    """Code, number and title of those that this person may see."""
    if not ids:
        return {}
    return {
        key: (code, number, title)
        for key, code, number, title, estate in session.execute(_FILES, {"ids": list(ids)})
        if actor.sees_estate(estate)
    }


def _poll_codes(session: Session, polls: Mapping[int, int]) -> dict[int, str]:
    """The polls' codes by their files."""
    if not polls:
        return {}
    query = select(Poll.case_id, Poll.code).where(Poll.id.in_(polls.values()))
    return dict(session.execute(query).all())


_SINCE = bindparam("since", type_=Instant())
_FILES = select(Case.id, Case.code, Case.number, Case.title, Case.estate_id).where(
    Case.id.in_(bindparam("ids", expanding=True))
)
# A poll is open for days: those that have just closed are among the latest.
_LATEST_POLLS = select(Poll).order_by(Poll.id.desc()).limit(LOOKED_AT).subquery()
_POLLS_CLOSED = select(
    _LATEST_POLLS.c.closes_at, _LATEST_POLLS.c.case_id, _LATEST_POLLS.c.code
).where(
    _LATEST_POLLS.c.withdrawn_at.is_(None),
    _LATEST_POLLS.c.closes_at > _SINCE,
    _LATEST_POLLS.c.closes_at <= bindparam("now", type_=Instant()),
)


@cache
def _events() -> CompoundSelect[Any]:
    """One short walk along the index for each kind."""
    walks = []
    for kind in EVENTS:
        walk = (
            select(Event.kind, Event.at, Event.case_id, Event.actor_id, Event.payload)
            .where(Event.kind == kind)
            .order_by(Event.id.desc())
            .limit(LOOKED_AT)
            .subquery()
        )
        walks.append(select(walk).where(walk.c.at > _SINCE, walk.c.case_id.is_not(None)))
    return union_all(*walks)
