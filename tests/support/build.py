"""Many files at once, as rows without events, for tests and benchmarks of reading."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from db.search import index_case
from db.tables import Case, Channel, ClockRow, Report
from domain.clocks import Promise, Standing
from domain.moves import STEP, State
from domain.workdays import DayBasis
from tests.support.cast import Cast

LOOP = (State.NEW, State.REOPENED, State.DELIBERATING, State.COORDINATING, State.DOING)
ASIDE = (State.ASKED, State.SUSPENDED)
WORDS = ("电梯坏了", "楼道灯不亮", "漏水", "停车位不够", "垃圾没人收", "三楼扰民", "lift broken")


@dataclass(frozen=True, slots=True)
class Span:
    """The time in which files are opened: seconds, so that several share an instant."""

    first: datetime
    seconds: int

    @property
    def now(self) -> datetime:
        """When the files are looked at: some are due then and some are not."""
        return self.first + timedelta(seconds=self.seconds + 10)


def files(
    session: Session,
    cast: Cast,
    rng: random.Random,
    n: int,
    span: Span,
    words: Sequence[str] = WORDS,
) -> list[int]:
    """Files in all states, at all places, with clocks that run, are paused, missed and met."""
    made: list[int] = []
    for number in range(n):
        opened = span.first + timedelta(seconds=rng.randrange(span.seconds))
        state = rng.choice(list(State))
        building, estate = rng.choice(
            [
                (cast.building_one, cast.estate_one),
                (cast.building_two, cast.estate_one),
                (cast.building_three, cast.estate_two),
                (None, cast.estate_two),
                (None, None),
            ]
        )
        case = Case(
            code=f"built-{number}",
            number=f"2020-{number:06d}",
            title=rng.choice(words),
            state=state,
            came_from=rng.choice(LOOP) if STEP[state] is None else None,
            round=1,
            estate_id=estate,
            building_id=building,
            category_id=rng.choice([None, cast.lifts, cast.permits]),
            lead_unit_id=rng.choice([None, cast.property_one, cast.partner_one]),
            opened_at=opened,
        )
        session.add(case)
        session.flush()
        case.root_id = rng.choice(made) if made and state is State.MERGED else case.id
        case.merged_into_id = case.root_id if case.root_id != case.id else None
        for _ in range(rng.randrange(1, 3)):
            session.add(
                Report(
                    case_id=case.id,
                    text="，".join(rng.choices(words, k=2)),
                    channel=rng.choice(list(Channel)),
                    received_at=opened,
                )
            )
        rows = [
            clock(rng, case.id, promise, opened, span.now)
            for promise in Promise
            if rng.random() < 0.6
        ]
        session.add_all(rows)
        running = [row.due_at for row in rows if row.result is None and row.paused_at is None]
        case.next_due_at = min(running, default=None)
        index_case(session, case.id)
        made.append(case.id)
    return made


def clock(
    rng: random.Random, case_id: int, promise: Promise, opened: datetime, now: datetime
) -> ClockRow:
    """A clock somewhere in its life, some of them at the edge of being missed."""
    due = rng.choice([now, opened + timedelta(seconds=rng.randrange(1, 100))])
    row = ClockRow(
        case_id=case_id,
        promise=promise,
        round=1,
        basis=DayBasis.NATURAL,
        limit=1,
        started_at=opened,
        due_at=due,
        paused_seconds=0,
    )
    life = rng.randrange(5)
    if life == 0:
        row.met_at, row.result = due, rng.choice([Standing.MET, Standing.MET_LATE])
    elif life == 1:
        row.voided_at, row.result = due, rng.choice([Standing.VOID, Standing.MISSED])
    elif life == 2:
        # At the very due time, just before and just after; a pause never begins after now.
        row.paused_at = min(now, due + timedelta(seconds=rng.randrange(-1, 2)))
    return row
