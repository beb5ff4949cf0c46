"""An existing ledger 台账 comes in: each row a file, once; a refused row with its reason."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from db.engine import read, write
from db.intake import Where
from db.ledger_rows import take_ledger_row
from db.numbers import hashed
from db.tables import Building, Category, Estate, Report
from domain.errors import N_, DeskError, NotAllowed
from domain.ledger import Ledger, LedgerRow
from domain.ledger_columns import Column
from domain.names import key_of, loose_key
from domain.people import Actor, Right
from domain.private_text import normal_phone
from domain.sheet_rows import RefusedRow

log = logging.getLogger(__name__)

# One transaction holds this many rows: long enough to be quick, short enough for other writers.
CHUNK = 100


@dataclass(frozen=True, slots=True)
class LedgerResult:
    """What became of a ledger's rows; `refused` is in the sheet's order."""

    imported: int
    skipped_empty: int
    already_there: int
    refused: tuple[RefusedRow, ...]


def import_ledger(
    actor: Actor,
    now: datetime,
    ledger: Ledger,
    progress: Callable[[float], None] | None = None,
) -> LedgerResult:
    """Take in what is not there yet; running twice adds nothing.

    A row that the database refuses is refused alone. Names of estates, buildings and
    categories are found under other spellings too; unknown ones stay with the file as notes.

    Args:
        progress: told the finished share, after each transaction.
    """
    actor.need(Right.TAKE_IN)
    imported = there = 0
    refused = [*ledger.refused]
    for start in range(0, len(ledger.rows), CHUNK):
        chunk = ledger.rows[start : start + CHUNK]
        with write() as session:
            names = _Names(session, actor)
            for row in chunk:
                outcome = _take(session, actor, now, row, names)
                if isinstance(outcome, RefusedRow):
                    refused.append(outcome)
                elif outcome:
                    imported += 1
                else:
                    there += 1
        if progress is not None:
            progress((start + len(chunk)) / len(ledger.rows))
    return LedgerResult(
        imported,
        ledger.skipped_empty,
        there + len(ledger.repeated),
        tuple(sorted(refused, key=lambda row: row.line)),
    )


def already_there(actor: Actor, ledger: Ledger) -> frozenset[int]:
    """The lines of rows that an earlier import took in, for a preview."""
    actor.need(Right.TAKE_IN)
    keys = {hashed(row.key): row.line for row in ledger.rows}
    found: set[int] = set()
    listed = list(keys)
    with read() as session:
        for start in range(0, len(listed), 500):
            query = select(Report.ledger_key).where(
                Report.ledger_key.in_(listed[start : start + 500])
            )
            found |= {keys[key] for key in session.scalars(query) if key is not None}
    return frozenset(found)


def _take(
    session: Session, actor: Actor, now: datetime, row: LedgerRow, names: "_Names"
) -> bool | RefusedRow:
    """Whether the row is new, or why it is refused; a refused one leaves nothing behind."""
    try:
        where, kept = names.where(row)
        with session.begin_nested():
            return take_ledger_row(session, actor, now, replace(row, notes=kept), where)
    except DeskError as bad:
        return RefusedRow(row.line, bad.template, bad.params)
    except (IntegrityError, DataError):
        # Perhaps another import of the same ledger was faster with this row.
        there = select(Report.id).where(Report.ledger_key == hashed(row.key))
        if session.scalar(there) is not None:
            return False
        log.exception("row %s of a ledger was refused by the database", row.line)
    return RefusedRow(row.line, N_("The database does not take this row. Look for odd signs."), {})


class _Names:
    """Finds what a ledger's names mean among the community's own."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self.actor = actor
        estates = list(session.execute(select(Estate.id, Estate.name)))
        self.estates = {loose_key(name): key for key, name in estates}
        self.buildings: dict[tuple[int, str], int] = {
            (estate, loose_key(name)): key
            for key, estate, name in session.execute(
                select(Building.id, Building.estate_id, Building.name)
            )
        }
        self.categories: dict[str, int] = {}
        for key, zh, en, slug in session.execute(
            select(Category.id, Category.name_zh, Category.name_en, Category.slug)
        ):
            for name in (zh, en, slug):
                self.categories.setdefault(key_of(name), key)

    def where(self, row: LedgerRow) -> tuple[Where, dict[str, str]]:
        """The row's place and category, and its notes with what was not found.

        Raises:
            DeskError: the estate is not one that this person looks after.
        """
        notes = dict(row.notes)
        if row.number:
            notes[Column.NUMBER] = row.number
        if row.channel:
            notes[Column.CHANNEL] = row.channel
        if row.phone and normal_phone(row.phone) is None:
            notes[Column.PHONE] = row.phone
        estate = self._estate(row, notes)
        if not self.actor.sees_estate(estate):
            raise NotAllowed(N_("This estate is not one that you look after."))
        building = self._building(row, estate, notes)
        category = self._category(row.category)
        if row.category and category is None:
            notes[Column.CATEGORY] = row.category
        return Where(estate, building, None, category), {str(k): v for k, v in notes.items()}

    def _estate(self, row: LedgerRow, notes: dict[str, str]) -> int | None:
        if not row.estate:
            # Whoever looks after one estate alone writes its ledger without naming it.
            return self.actor.estate_id
        found = self.estates.get(loose_key(row.estate))
        if found is None:
            notes[Column.ESTATE] = row.estate
        return found

    def _building(self, row: LedgerRow, estate: int | None, notes: dict[str, str]) -> int | None:
        if not row.building:
            return None
        found = self.buildings.get((estate, loose_key(row.building))) if estate else None
        if found is None:
            notes[Column.BUILDING] = row.building
        return found

    def _category(self, name: str | None) -> int | None:
        """By its name, or by the only category whose name holds the word, or is held by it."""
        if not name:
            return None
        key = key_of(name)
        if key in self.categories:
            return self.categories[key]
        near = {
            found
            for known, found in self.categories.items()
            if len(key) > 1 and len(known) > 1 and (key in known or known in key)
        }
        return near.pop() if len(near) == 1 else None
