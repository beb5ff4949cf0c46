"""The public board 晒事: what was published, and nothing of who reported or worked on it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session

from db.engine import read
from db.following import PhotoRef
from db.polls.public import board_polls
from db.polls.views import PollLine
from db.tables import Case, Category, Estate, Photo, Rating, Report, Unit
from domain.closing import Outcome
from domain.days import local_day, month_bounds
from domain.errors import N_, NotFound
from domain.moves import STEP, State, Step
from domain.texts import clean

PAGE = 20
# A share of fewer voices says more about one person than about the work.
FEWEST_RATINGS = 5
SATISFIED_FROM = 4  # of 5: satisfied and very satisfied


@dataclass(frozen=True, slots=True)
class BoardItem:
    """One published file. Its title is not shown: it comes from a resident's own words.

    Args:
        days: community days from its opening to its end; None while it is not done.
        ratings, satisfied: both None below `FEWEST_RATINGS`.
        before, after: photos that were chosen for the board, of the reports and of the work.
        polls: those that were decided on.
    """

    code: str
    number: str
    summary: str
    step: Step
    outcome: Outcome | None
    estate: str | None
    category_zh: str | None
    category_en: str | None
    lead: str | None
    opened_at: datetime
    published_at: datetime
    days: int | None
    round: int
    reports: int
    ratings: int | None
    satisfied: int | None
    before: tuple[PhotoRef, ...]
    after: tuple[PhotoRef, ...]
    polls: tuple[PollLine, ...]


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One page of the board, newest first; `after` continues it, None at the end."""

    items: tuple[BoardItem, ...]
    after: str | None


def board(
    *,
    estate: str | None = None,
    category: str | None = None,
    month: date | None = None,
    after: str | None = None,
) -> BoardPage:
    """Published files.

    Args:
        estate: code of an estate.
        category: slug of a category.
        month: any day of the month in which they were published.
        after: code of the last file of the page before; an unknown one begins anew.
    """
    with read() as session:
        query = _published()
        if estate is not None:
            known = session.scalar(select(Estate.id).where(Estate.code == clean(estate)))
            query = query.where(Case.estate_id == (known or 0))
        if category is not None:
            known = session.scalar(select(Category.id).where(Category.slug == clean(category)))
            query = query.where(Case.category_id == (known or 0))
        if month is not None:
            start, end = month_bounds(month)
            query = query.where(Case.published_at >= start, Case.published_at < end)
        last = session.scalar(_published().where(Case.code == clean(after))) if after else None
        if last is not None:
            at, key = last.published_at, last.id
            # The bound on the time alone is what an index can begin at.
            query = query.where(Case.published_at <= at, or_(Case.published_at < at, Case.id < key))
        order = query.order_by(Case.published_at.desc(), Case.id.desc())
        rows = list(session.scalars(order.limit(PAGE + 1)))
        more = rows[PAGE - 1].code if len(rows) > PAGE else None
        return BoardPage(_items(session, rows[:PAGE]), more)


def board_item(code: str) -> BoardItem:
    """One published file.

    Raises:
        NotFound: not published, or not there; the answer is the same.
    """
    with read() as session:
        row = session.scalar(_published().where(Case.code == clean(code)))
        if row is None:
            raise NotFound(N_("This is not on the board, or not any more."))
        return _items(session, [row])[0]


def _published() -> Select[Case]:
    return select(Case).where(
        Case.published_at.is_not(None), Case.summary.is_not(None), Case.state != State.MERGED
    )


def _items(session: Session, rows: list[Case]) -> tuple[BoardItem, ...]:
    ids = [row.id for row in rows]
    estates = _names(session, Estate, {row.estate_id for row in rows})
    units = _names(session, Unit, {row.lead_unit_id for row in rows})
    wanted = {row.category_id for row in rows if row.category_id}
    categories = {
        row.id: row for row in session.scalars(select(Category).where(Category.id.in_(wanted)))
    }
    ratings = _ratings(session, ids)
    voices = _voices(session, ids)
    photos = _photos(session, ids)
    polls = board_polls(session, ids)
    items = []
    for row in rows:
        category = categories.get(row.category_id or 0)
        n, satisfied = ratings.get((row.id, row.round), (0, 0))
        enough = n >= FEWEST_RATINGS
        before, after = photos.get(row.id, ((), ()))
        items.append(
            BoardItem(
                code=row.code,
                number=row.number,
                summary=row.summary or "",
                step=STEP[row.state] or Step.PUBLISH,
                outcome=row.outcome,
                estate=estates.get(row.estate_id or 0),
                category_zh=category.name_zh if category else None,
                category_en=category.name_en if category else None,
                lead=units.get(row.lead_unit_id or 0),
                opened_at=row.opened_at,
                published_at=row.published_at or row.opened_at,
                days=_days(row.opened_at, row.done_at),
                round=row.round,
                reports=voices.get(row.id, 1),
                ratings=n if enough else None,
                satisfied=satisfied if enough else None,
                before=before,
                after=after,
                polls=polls.get(row.id, ()),
            )
        )
    return tuple(items)


def _days(opened_at: datetime, done_at: datetime | None) -> int | None:
    return (local_day(done_at) - local_day(opened_at)).days if done_at else None


def _names(
    session: Session, table: type[Estate] | type[Unit], ids: Collection[int | None]
) -> dict[int, str]:
    found = session.execute(select(table.id, table.name).where(table.id.in_(set(ids) - {None})))
    return dict(found.all())


def _ratings(session: Session, ids: list[int]) -> dict[tuple[int, int], tuple[int, int]]:
    satisfied = func.sum(case((Rating.level >= SATISFIED_FROM, 1), else_=0))
    rows = session.execute(
        select(Rating.case_id, Rating.round, func.count(), satisfied)
        .where(Rating.case_id.in_(ids))
        .group_by(Rating.case_id, Rating.round)
    )
    return {(case_id, round_): (n, int(good)) for case_id, round_, n, good in rows}


def _voices(session: Session, ids: list[int]) -> dict[int, int]:
    rows = session.execute(
        select(Case.root_id, func.count())
        .join(Report, Report.case_id == Case.id)
        .where(Case.root_id.in_(ids))
        .group_by(Case.root_id)
    )
    return {root or 0: n for root, n in rows}


def _photos(
    session: Session, ids: list[int]
) -> dict[int, tuple[tuple[PhotoRef, ...], tuple[PhotoRef, ...]]]:
    rows = session.execute(
        select(Case.root_id, Photo)
        .join(Photo, Photo.case_id == Case.id)
        .where(Case.root_id.in_(ids), Photo.public)
        .order_by(Photo.id)
    )
    sorted_: dict[int, tuple[list[PhotoRef], list[PhotoRef]]] = {}
    for root, row in rows:
        before, after = sorted_.setdefault(root or 0, ([], []))
        side = before if row.note_id is None else after
        side.append(PhotoRef(row.code, row.width, row.height))
    return {root: (tuple(before), tuple(after)) for root, (before, after) in sorted_.items()}
