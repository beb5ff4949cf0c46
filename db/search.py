"""Full-text search of files, in Chinese too: newest first, the same rows as a substring search.

`domain.bigrams.found` defines a hit. SQLite asks FTS5 for the terms; PostgreSQL asks a GIN index.
Rows are ordered by `position`: when the file was opened, to the second, then its id.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, or_, select, text
from sqlalchemy.orm import Session

from db.search_terms import (
    ID_BITS,
    Asked,
    asked,
    fts5_match,
    fts5_tokens,
    gin_key,
    gin_keys,
    gin_terms,
    month_of,
)
from db.tables import Building, Case, CaseText, Estate, Place, Report
from domain.bigrams import normalise

FIRST = 0
LAST = 2**63 - 1
# PostgreSQL looks through so many of the newest files before it asks the index. A word that is
# in fewer than 50 of them is rare enough for the index, which has to read all it finds.
WALK = 2_000
COUNT_TO = 1_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One file that holds the query."""

    position: int
    case_id: int


def position_of(opened_at: datetime, case_id: int) -> int:
    """Where a file stands in the order of all files."""
    return max(0, math.floor(opened_at.timestamp())) << ID_BITS | case_id


def case_of(position: int) -> int:
    """The id of the file that stands there."""
    return position & ((1 << ID_BITS) - 1)


def index_case(session: Session, case_id: int) -> None:
    """Read the file's words anew, in the transaction that changed them."""
    session.flush()
    case = session.get_one(Case, case_id)
    words = normalise(words_of(session, case))
    old = session.execute(
        select(CaseText.position, CaseText.text).where(CaseText.case_id == case_id)
    ).one_or_none()
    position = position_of(case.opened_at, case_id)
    if old is not None:
        if tuple(old) == (position, words):
            return
        _forget(session, old.position, old.text)
    if session.get_bind().dialect.name == "sqlite":
        session.execute(insert(CaseText).values(position=position, case_id=case_id, text=words))
        session.execute(
            text("INSERT INTO case_terms (rowid, terms) VALUES (:position, :terms)"),
            {"position": position, "terms": fts5_tokens(words)},
        )
    else:
        session.execute(
            insert(CaseText).values(
                position=position, case_id=case_id, text=words, keys=gin_keys(words, position)
            )
        )


def words_of(session: Session, case: Case) -> str:
    """All that a file can be found by: number, title, place, reports, what was published."""
    where = [
        session.scalar(select(table.name).where(table.id == key))
        for table, key in (
            (Estate, case.estate_id),
            (Building, case.building_id),
            (Place, case.place_id),
        )
        if key is not None
    ]
    merged = select(Case.id).where(Case.root_id == case.id)
    reports = session.scalars(
        select(Report.text)
        .where(or_(Report.case_id == case.id, Report.case_id.in_(merged)))
        .order_by(Report.received_at, Report.id)
    )
    parts = [case.number, case.title, *where, *reports, case.summary]
    return "\n".join(part for part in parts if part)


def _forget(session: Session, position: int, words: str) -> None:
    session.execute(delete(CaseText).where(CaseText.position == position))
    if session.get_bind().dialect.name == "sqlite":
        # The FTS5 table keeps no text of its own, so it must be told what it forgets.
        session.execute(
            text(
                "INSERT INTO case_terms (case_terms, rowid, terms) "
                "VALUES ('delete', :position, :terms)"
            ),
            {"position": position, "terms": fts5_tokens(words)},
        )


def search(
    session: Session, query: str, limit: int = 50, before: int = LAST, since: int = FIRST
) -> list[Hit]:
    """The newest files that hold the query.

    Args:
        before: the position of the last row already seen.
        since: no file before this position.
    """
    question = asked(query)
    if question is None:
        return []
    ask = _fts5 if session.get_bind().dialect.name == "sqlite" else _gin
    found = ask(session, question, limit, before, since)
    return [Hit(position, case_of(position)) for position in found]


def hits(session: Session, query: str, before: int = LAST, chunk: int = 100) -> Iterator[list[Hit]]:
    """All files that hold the query, newest first, in growing portions."""
    while True:
        found = search(session, query, chunk, before)
        if found:
            yield found
        if len(found) < chunk:
            return
        before = found[-1].position
        chunk = min(chunk * 4, 1_600)


def count(session: Session, query: str, most: int = COUNT_TO) -> int:
    """How many files hold the query; `most` + 1 stands for more than `most`."""
    return len(search(session, query, most + 1))


def _fts5(session: Session, question: Asked, limit: int, before: int, since: int) -> list[int]:
    """One run of the text holds a single phrase exactly; anything else is compared."""
    compared = "" if question.exact else "CROSS JOIN case_texts t ON t.position = case_terms.rowid"
    holds = "" if question.exact else "AND instr(t.text, :needle) > 0"
    rows = session.execute(
        text(
            f"SELECT case_terms.rowid FROM case_terms {compared} "  # noqa: S608 – fixed texts
            "WHERE case_terms MATCH :match "
            f"AND case_terms.rowid < :before AND case_terms.rowid >= :since {holds} "
            "ORDER BY case_terms.rowid DESC LIMIT :limit"
        ),
        {
            "match": fts5_match(question),
            "needle": question.needle,
            "before": before,
            "since": since,
            "limit": limit,
        },
    )
    return list(rows.scalars())


_NEWEST = text(
    "WITH newest AS MATERIALIZED ("
    " SELECT position, strpos(text, :needle) > 0 AS hit FROM case_texts"
    " WHERE position < :before AND position >= :since ORDER BY position DESC LIMIT :walk) "
    "(SELECT position, TRUE FROM newest WHERE hit ORDER BY position DESC LIMIT :limit) "
    "UNION ALL SELECT min(position), FALSE FROM newest HAVING count(*) = :walk"
)


def _gin(session: Session, question: Asked, limit: int, before: int, since: int) -> list[int]:
    """The newest files by looking, the older ones by the index, month by month.

    A GIN index cannot read in order: it fetches all that it finds. So its keys carry the month,
    and one month after the other is asked until there are enough.
    """
    found, floor = [], None
    bounds = {"needle": question.needle, "since": since}
    newest = {**bounds, "before": before, "walk": WALK, "limit": limit}
    for position, hit in session.execute(_NEWEST, newest):
        if hit:
            found.append(position)
        else:
            floor = position
    if len(found) >= limit or floor is None:
        return found
    oldest = session.scalar(text("SELECT min(position) FROM case_texts")) or 0
    months = range(month_of(floor), month_of(max(since, oldest)) - 1, -1)
    asked_for = gin_terms(question)
    names = [f"k{n}" for n in range(len(asked_for))]
    older = text(
        f"SELECT hit.position FROM unnest({', '.join(f'CAST(:{name} AS integer[])' for name in names)})"  # noqa: S608, E501 – fixed texts
        f" AS month({', '.join(names)}) CROSS JOIN LATERAL ("
        # The sum keeps the planner from walking the primary key instead.
        " SELECT position FROM case_texts"
        f" WHERE keys @> ARRAY[{', '.join(f'month.{name}' for name in names)}]"
        " AND position < :floor AND position >= :since AND strpos(text, :needle) > 0"
        " ORDER BY position + 0 DESC LIMIT :limit) AS hit LIMIT :limit"
    )
    keys = {
        name: [gin_key(month, term) for month in months]
        for name, term in zip(names, asked_for, strict=True)
    }
    rest = {**bounds, **keys, "floor": floor, "limit": limit - len(found)}
    return [*found, *session.execute(older, rest).scalars()]
