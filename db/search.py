"""Full-text search of files, in Chinese too: newest first, the same rows as a substring search.

`domain.bigrams.found` defines a hit. SQLite asks FTS5 for the terms; PostgreSQL asks a GIN index.
Rows are ordered by `position`: when the file was opened, to the second, then its id.
"""

import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, or_, select, text
from sqlalchemy.orm import Session

from db.tables import Building, Case, CaseText, Estate, Place, Report
from domain.bigrams import normalise, query_phrases, terms, token

ID_BITS = 31
FIRST = 0
LAST = 2**63 - 1
# More terms than these narrow no further; the text itself is compared anyway then.
MOST_TERMS = 16
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
            {"position": position, "terms": _tokens(words)},
        )
    else:
        session.execute(
            insert(CaseText).values(
                position=position, case_id=case_id, text=words, keys=keys_of(words, position)
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
            {"position": position, "terms": _tokens(words)},
        )


def _tokens(words: str) -> str:
    return " ".join(token(term) for term in terms(words))


def search(
    session: Session, query: str, limit: int = 50, before: int = LAST, since: int = FIRST
) -> list[Hit]:
    """The newest files that hold the query.

    Args:
        before: the position of the last row already seen.
        since: no file before this position.
    """
    needle = normalise(query)
    phrases = query_phrases(query)
    if not phrases:
        return []
    if session.get_bind().dialect.name == "sqlite":
        found = _fts5(session, needle, phrases, limit, before, since)
    else:
        found = _gin(session, needle, phrases, limit, before, since)
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


Phrases = tuple[tuple[str, ...], ...]


def _fts5(
    session: Session, needle: str, phrases: Phrases, limit: int, before: int, since: int
) -> list[int]:
    """One run of the text holds a single phrase exactly; anything else is compared."""
    match, left = [], MOST_TERMS
    for phrase in phrases:
        if left <= 0:
            break
        tokens = " ".join(token(term) for term in phrase[:left])
        match.append(f'"{tokens}" *' if len(phrase[0]) == 1 else f'"{tokens}"')
        left -= len(phrase)
    exact = left >= 0 and len(phrases) == 1 and _run(phrases[0]) == needle
    compared = "" if exact else "CROSS JOIN case_texts t ON t.position = case_terms.rowid"
    holds = "" if exact else "AND instr(t.text, :needle) > 0"
    rows = session.execute(
        text(
            f"SELECT case_terms.rowid FROM case_terms {compared} "  # noqa: S608 – fixed texts
            "WHERE case_terms MATCH :match "
            f"AND case_terms.rowid < :before AND case_terms.rowid >= :since {holds} "
            "ORDER BY case_terms.rowid DESC LIMIT :limit"
        ),
        {
            "match": " AND ".join(match),
            "needle": needle,
            "before": before,
            "since": since,
            "limit": limit,
        },
    )
    return list(rows.scalars())


def _run(phrase: tuple[str, ...]) -> str:
    return phrase[0][0] + "".join(term[1:] for term in phrase)


_NEWEST = text(
    "WITH newest AS MATERIALIZED ("
    " SELECT position, strpos(text, :needle) > 0 AS hit FROM case_texts"
    " WHERE position < :before AND position >= :since ORDER BY position DESC LIMIT :walk) "
    "(SELECT position, TRUE FROM newest WHERE hit ORDER BY position DESC LIMIT :limit) "
    "UNION ALL SELECT min(position), FALSE FROM newest HAVING count(*) = :walk"
)


def _gin(
    session: Session, needle: str, phrases: Phrases, limit: int, before: int, since: int
) -> list[int]:
    """The newest files by looking, the older ones by the index, month by month.

    A GIN index cannot read in order: it fetches all that it finds. So its keys carry the month,
    and one month after the other is asked until there are enough.
    """
    found, floor = [], None
    for position, hit in session.execute(
        _NEWEST,
        {"needle": needle, "before": before, "since": since, "walk": WALK, "limit": limit},
    ):
        if hit:
            found.append(position)
        else:
            floor = position
    if len(found) >= limit or floor is None:
        return found
    oldest = session.scalar(text("SELECT min(position) FROM case_texts")) or 0
    months = range(_month(floor), _month(max(since, oldest)) - 1, -1)
    asked = list(dict.fromkeys(term for phrase in phrases for term in phrase))[:MOST_TERMS]
    names = [f"k{n}" for n in range(len(asked))]
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
        name: [_key(month, term) for month in months]
        for name, term in zip(names, asked, strict=True)
    }
    rows = session.execute(
        older,
        {
            **keys,
            "needle": needle,
            "floor": floor,
            "since": since,
            "limit": limit - len(found),
        },
    )
    return [*found, *rows.scalars()]


def keys_of(words: str, position: int) -> list[int]:
    """The keys of a text on PostgreSQL: its terms and its characters, each with the month."""
    parts = terms(words)
    month = _month(position)
    return sorted({_key(month, part) for part in {*parts, *(part[0] for part in parts)}})


def _month(position: int) -> int:
    opened = datetime.fromtimestamp(position >> ID_BITS, UTC)
    return opened.year * 12 + opened.month


def _key(month: int, term: str) -> int:
    # Two terms with one key cost a comparison in vain and nothing else.
    return zlib.crc32(f"{month}:{term}".encode()) - 2**31
