"""What is overdue now and why, in numbers: at which step it stands, and with whom."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db.engine import read
from db.figures.reads import Wanted, place_of
from db.standings import missed
from db.tables import Case, ClockRow
from db.tables.figures import ALL
from domain.days import local_day
from domain.moves import OPEN_STATES, State
from domain.people import Actor

# Missed promises that are looked at: whoever has more knows why without a table.
MOST = 2_000


@dataclass(frozen=True, slots=True)
class OverdueLine:
    """Open files of one category at one state with a missed promise.

    Args:
        days: community days for which the longest of them has been overdue.
    """

    category_id: int | None
    state: State
    n: int
    days: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """All of them, most first; `more` where there were too many to count."""

    n: int
    more: bool
    lines: tuple[OverdueLine, ...]


def overdue(actor: Actor, now: datetime, wanted: Wanted) -> Overdue:
    """The files of the inbox's overdue filter, the longest overdue first up to `MOST`.

    Raises:
        NotAllowed, NotFound: as `db.figures.reads.overview`.
    """
    place = place_of(actor, wanted)
    columns = (Case.estate_id, Case.category_id, Case.lead_unit_id)
    query = (
        select(Case.id, Case.category_id, Case.state, ClockRow.due_at)
        .join(Case, Case.id == ClockRow.case_id)
        .where(missed(now), Case.state.in_(OPEN_STATES))
        .where(*(column == key for column, key in zip(columns, place, strict=True) if key != ALL))
        .order_by(ClockRow.due_at, ClockRow.id)
        .limit(MOST + 1)
    )
    today = local_day(now)
    files: dict[int, tuple[int | None, State]] = {}
    longest: dict[tuple[int | None, State], int] = {}
    with read() as session:
        rows = session.execute(query).all()
    for case_id, category, state, due_at in rows[:MOST]:
        # The first clock of a file is the one that is overdue longest.
        files.setdefault(case_id, (category, state))
        longest.setdefault((category, state), (today - local_day(due_at)).days)
    lines = [OverdueLine(*key, n, longest[key]) for key, n in Counter(files.values()).most_common()]
    return Overdue(len(files), len(rows) > MOST, tuple(lines))
