"""The matters of the micro-list: found along an index, whatever the number of files.

A walk is made for each category and for open and closed files apart, the newest first, and the
walks are merged; counts go no further than a list needs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, or_, select, union_all
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from db.cursors import cursor, read_cursor
from db.engine import read
from db.lists import need_estate
from db.micro.lines import matters_in
from db.tables import Case, Category, ServiceClass
from db.types import Instant
from db.views import Count, Page
from domain.days import day_start
from domain.micro_list import SERVICES, UNSORTED, Matter, Shelf
from domain.people import Actor, Right

PORTION = 50
COUNT_TO = 1_000
AT_ONCE = 500
# More than any sheet of a committee; the newest are taken.
LEDGER_LIMIT = 20_000

Asked = dict[str, Any]
After = tuple[datetime, int] | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to.

    Args:
        service: one of `domain.micro_list.SERVICES` or `UNSORTED`; None for all.
        year: of the opening, in the community's days; None for all years.
    """

    service: str | None = None
    shelf: Shelf = Shelf.FILED
    estate_id: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many matters a category of the list has; the lists have exactly so many rows."""

    service: str
    filed: Count
    open: Count
    closed: Count

    def of(self, shelf: Shelf) -> Count:
        """The count of one shelf."""
        return {Shelf.FILED: self.filed, Shelf.OPEN: self.open, Shelf.CLOSED: self.closed}[shelf]


def matters(
    actor: Actor,
    now: datetime,
    wanted: Wanted,
    after: str | None = None,
    limit: int = PORTION,
) -> Page[Matter]:
    """One portion of the list, the newest first.

    Raises:
        NotAllowed: this person may not read files.
        NotFound: an estate that is not theirs.
    """
    asked = _asked(actor, wanted)
    with read() as session:
        return page_in(session, wanted, asked, now, after, limit)


def tallies(actor: Actor, wanted: Wanted) -> tuple[Tally, ...]:
    """Each category's numbers under the filter, without its category and shelf.

    Raises:
        NotAllowed, NotFound: as `matters`.
    """
    asked = _asked(actor, wanted)
    with read() as session:
        return tallies_in(session, asked)


def ledger(actor: Actor, now: datetime, wanted: Wanted) -> list[Matter]:
    """The whole list for a file to download, the oldest first.

    Raises:
        NotAllowed, NotFound: as `matters`.
    """
    return list(_every(actor, now, wanted))[::-1]


def _every(actor: Actor, now: datetime, wanted: Wanted) -> Iterator[Matter]:
    after: str | None = None
    for _ in range(LEDGER_LIMIT // AT_ONCE):
        page = matters(actor, now, wanted, after, AT_ONCE)
        yield from page.lines
        if (after := page.next_cursor) is None:
            return


def page_in(
    session: Session, wanted: Wanted, asked: Asked, now: datetime, after: str | None, limit: int
) -> Page[Matter]:
    """Like `matters`, in the caller's transaction, for a scope that was checked."""
    known = _categories(session)
    if wanted.service is None:
        of = tuple(key for keys in known.values() for key in keys)
    else:
        of = known.get(wanted.service, ())
    if not of:
        return Page(())
    begins = read_cursor(after)
    values = asked | {"limit": limit + 1}
    if begins is not None:
        values |= {"at": begins[0], "key": begins[1]}
    query = _newest(of, wanted.shelf, tuple(sorted(asked)), begins is not None)
    found = session.execute(query, values).all()
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    lines = matters_in(session, [row.id for row in shown], now)
    return Page(lines, cursor(last.opened_at, last.id) if last else None)


def tallies_in(session: Session, asked: Asked) -> tuple[Tally, ...]:
    """Like `tallies`, for a scope that was checked; unsorted files only where there are any."""
    of = _categories(session)
    query = _counting(tuple(of.values()), tuple(sorted(asked)))
    counts = iter(session.execute(query, asked | {"limit": COUNT_TO + 1}).one())
    found = []
    for service in of:
        running, closed = next(counts), next(counts)
        if service != UNSORTED or running + closed:
            filed = _capped(running + closed)
            found.append(Tally(service, filed, _capped(running), _capped(closed)))
    return tuple(found)


def scope_of(wanted: Wanted, estate_id: int | None) -> Asked:
    """The filter's parameters: the estate, and the bounds of its year."""
    asked: Asked = {} if estate_id is None else {"estate": estate_id}
    if wanted.year is not None:
        first, following = date(wanted.year, 1, 1), date(wanted.year + 1, 1, 1)
        asked |= {"opened_from": day_start(first), "opened_to": day_start(following)}
    return asked


def _asked(actor: Actor, wanted: Wanted) -> Asked:
    actor.need(Right.READ_CASES)
    if wanted.estate_id is not None:
        need_estate(actor, wanted.estate_id)
    return scope_of(wanted, actor.estate_id if wanted.estate_id is None else wanted.estate_id)


def _capped(n: int) -> Count:
    return Count(min(n, COUNT_TO), n > COUNT_TO)


def _categories(session: Session) -> Mapping[str, tuple[int, ...]]:
    """The categories of each class; 0 stands for files without one."""
    rows = session.execute(select(Category.id, Category.service_class).order_by(Category.id)).all()
    of = {
        name: tuple(key for key, service in rows if service is ServiceClass(name))
        for name in SERVICES
    }
    return of | {UNSORTED: (0,)}


# In the words of the partial index over open files.
_OPEN = sql("cases.state NOT IN ('closed', 'merged')")
_CLOSED = sql("cases.state = 'closed'")
_SHELVES = {Shelf.FILED: (_OPEN, _CLOSED), Shelf.OPEN: (_OPEN,), Shelf.CLOSED: (_CLOSED,)}
_LIMIT = bindparam("limit", type_=Integer())
_AT = bindparam("at", type_=Instant())
_NARROWED = {
    "estate": Case.estate_id == bindparam("estate"),
    "opened_from": Case.opened_at >= bindparam("opened_from", type_=Instant()),
    "opened_to": Case.opened_at < bindparam("opened_to", type_=Instant()),
}


@lru_cache(maxsize=200)
def _newest(
    categories: tuple[int, ...], shelf: Shelf, asked: tuple[str, ...], goes_on: bool
) -> Select[int, datetime]:
    walks = []
    for key in categories:
        for state in _SHELVES[shelf]:
            walk = select(Case.id, Case.opened_at).where(
                _of(key), state, *(_NARROWED[name] for name in asked)
            )
            if goes_on:
                # The bound on the time alone is what an index can begin at.
                walk = walk.where(
                    Case.opened_at <= _AT, or_(Case.opened_at < _AT, Case.id < bindparam("key"))
                )
            walk = walk.order_by(Case.opened_at.desc(), Case.id.desc()).limit(_LIMIT)
            part = walk.subquery()
            walks.append(select(part.c.id, part.c.opened_at))
    merged = union_all(*walks).subquery()
    query = select(merged.c.id, merged.c.opened_at)
    return query.order_by(merged.c.opened_at.desc(), merged.c.id.desc()).limit(_LIMIT)


@lru_cache(maxsize=200)
def _counting(classes: tuple[tuple[int, ...], ...], asked: tuple[str, ...]) -> Select[Any]:
    """For each class its open and its closed files, counted no further than the limit."""
    counts = []
    for categories in classes:
        of = _of(0) if categories == (0,) else Case.category_id.in_(categories)
        for state in (_OPEN, _CLOSED):
            files = select(Case.id).where(of, state, *(_NARROWED[name] for name in asked))
            capped = files.limit(_LIMIT).subquery()
            counts.append(select(func.count()).select_from(capped).scalar_subquery())
    return select(*counts)


def _of(category: int) -> Any:
    return Case.category_id == category if category else Case.category_id.is_(None)
