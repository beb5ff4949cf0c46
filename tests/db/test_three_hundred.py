"""Three hundred real messages go in whole, once, and what one person posted twice is found."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from db.duplicates import Draft, duplicates_of, likely_duplicates
from db.engine import Database
from db.events import breaks
from db.ledger import already_there, import_ledger
from db.metrics import as_json, figures_of
from db.numbers import hashed
from db.tables import Case, Report
from documents.sheets import read_table
from domain.ledger import Ledger, LedgerRow, read_ledger
from domain.likeness import Why
from domain.people import SYSTEM
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.need import shared_file
from tests.support.plain_metrics import BEIJING, plain_metrics

NAME = "residents_messages_300.xlsx"
ALL = 300
_KEYS = select(Report.ledger_key, Case.code).join(Case, Case.id == Report.case_id)


@pytest.fixture(scope="module")
def data() -> bytes:
    return shared_file(NAME).read_bytes()


def _read(data: bytes, clock: TestClock) -> Ledger:
    table = read_table(data, NAME)
    return read_ledger(table.header, table.rows, clock.now, skipped_empty=table.empty_rows)


def _posted_twice(ledger: Ledger) -> list[tuple[LedgerRow, LedgerRow]]:
    """Rows of one person under one title, each with the one before it."""
    same: dict[tuple[str, str | None], list[LedgerRow]] = defaultdict(list)
    for row in ledger.rows:
        same[row.title, row.reporter].append(row)
    return [pair for rows in same.values() for pair in pairwise(rows)]


def _figures_agree(ledger: Ledger) -> None:
    """The figures of the messages, equal to plain loops over their rows."""
    rows = [(row.opened_at, row.closed_at) for row in ledger.rows]
    days = [f"{opened.astimezone(BEIJING):%Y-%m-%d}" for opened, _done in rows]
    as_of = max(opened for opened, _done in rows) + timedelta(days=3)
    for first, last in ((min(days), max(days)), (days[0], days[0])):
        period = date.fromisoformat(first), date.fromisoformat(last)
        told = as_json(figures_of(SYSTEM, *period, as_of), *period, as_of)["metrics"]
        assert told == plain_metrics(rows, first, last, as_of)


@pytest.mark.slow
def test_all_go_in_and_twice_adds_nothing(
    data: bytes, cast: Cast, clock: TestClock, database: Database
) -> None:
    ledger = _read(data, clock)
    shares: list[float] = []
    first = import_ledger(cast.secretary, clock.now, ledger, shares.append)
    assert (first.imported, first.already_there, first.refused) == (ALL, 0, ())
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    _figures_agree(ledger)
    again = import_ledger(cast.secretary, clock.forward(days=1), _read(data, clock))
    assert (again.imported, again.already_there, again.refused) == (0, ALL, ())
    assert len(already_there(cast.secretary, ledger)) == ALL
    with database.read() as session:
        for table in (Case, Report):
            assert session.scalar(select(func.count()).select_from(table)) == ALL
        assert not list(breaks(session))


def test_what_one_person_posted_twice_is_suggested(
    data: bytes, cast: Cast, clock: TestClock, database: Database
) -> None:
    ledger = _read(data, clock)
    import_ledger(cast.secretary, clock.now, ledger)
    pairs = _posted_twice(ledger)
    assert len(pairs) >= 10
    with database.read() as session:
        by_key = dict(session.execute(_KEYS).all())
    missed = []
    for one, other in pairs:
        codes = by_key[hashed(one.key)], by_key[hashed(other.key)]
        found = duplicates_of(cast.secretary, codes[1], clock.now)
        if codes[0] not in {hint.code for hint in found}:
            missed.append((one.line, other.line))
        # The reasons say what a person can check.
        assert all(hint.reasons for hint in found)
        assert any(reason.why is Why.SAME_WORDS for hint in found for reason in hint.reasons)
    assert missed == []


@pytest.mark.slow
def test_typing_it_again_at_the_desk_finds_it(
    data: bytes, cast: Cast, clock: TestClock, database: Database
) -> None:
    ledger = _read(data, clock)
    import_ledger(cast.secretary, clock.now, ledger)
    with database.read() as session:
        titles = dict(session.execute(select(Case.code, Case.title)).all())
    missed = []
    for _, other in _posted_twice(ledger):
        # As when the second post is a call, of which only the headline was typed so far.
        hints = likely_duplicates(cast.secretary, Draft(text=other.title), other.opened_at)
        if other.title not in {titles[hint.code] for hint in hints}:
            missed.append(other.line)
    assert missed == []
