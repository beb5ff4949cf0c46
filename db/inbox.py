"""The inbox 收件: the files of one's scope, filtered, newest first, in portions."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.cursors import cursor, read_cursor
from db.engine import read
from db.inbox_query import CaseFilter, Which, how_many, select_ids
from db.lines import lines
from db.views import CaseLine, Count, Page
from domain.people import Actor, Right

__all__ = ["COUNT_TO", "PORTION", "CaseFilter", "Which", "count", "count_in", "inbox"]

PORTION = 50
COUNT_TO = 1_000


def inbox(
    actor: Actor,
    wanted: CaseFilter,
    now: datetime,
    after: str | None = None,
    limit: int = PORTION,
) -> Page[CaseLine]:
    """The newest files that the filter lets through, after the cursor of the portion before.

    A cursor that no list ever gave out begins at the beginning.

    Raises:
        NotAllowed: this person may not read files.
    """
    actor.need(Right.READ_CASES)
    with read() as session:
        ids = select_ids(session, actor, wanted, now, limit + 1, read_cursor(after))
        shown = lines(session, ids[:limit], now)
    last = shown[-1] if len(ids) > limit else None
    return Page(shown, cursor(last.opened_at, last.id) if last else None)


def count(actor: Actor, wanted: CaseFilter, now: datetime, most: int = COUNT_TO) -> Count:
    """How many files the filter lets through, counted up to `most`."""
    actor.need(Right.READ_CASES)
    with read() as session:
        return count_in(session, actor, wanted, now, most)


def count_in(
    session: Session, actor: Actor, wanted: CaseFilter, now: datetime, most: int = COUNT_TO
) -> Count:
    """Like `count`, in the caller's transaction, for a person whose right was checked."""
    n = how_many(session, actor, wanted, now, most + 1)
    return Count(min(n, most), n > most)
