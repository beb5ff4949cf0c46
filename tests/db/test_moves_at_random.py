"""Random moves in random order: the file never leaves the table, no event is lost, and its
clocks stand where a second, slow reckoning puts them."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from db import engine, events, intake, merging, moving, publishing, rating, tasks
from db.clock_rows import clock_of
from db.tables import Case, Channel, ClockRow, Event, Report, Task
from domain import clocks
from domain.errors import DeskError
from domain.moves import Move
from domain.people import RESIDENT
from tests.domain.slow_clocks import SlowClock
from tests.support.cast import Cast, settle
from tests.support.databases import KINDS, Databases

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LOOP = "new reopened deliberating coordinating doing"

# The brief's moves once more, written from its words and not from the code: from where, to where.
# "back" is where a side state was entered from.
TABLE = {
    "accept": ("new reopened", "deliberating"),
    "ask": (LOOP, "asked"),
    "supply": ("asked", "back"),
    "decide": ("deliberating", "coordinating"),
    "to_vote": ("deliberating", "in_vote"),
    "from_vote": ("in_vote", "deliberating"),
    "give": ("coordinating", "doing"),
    "recall": ("doing", "coordinating"),
    "done": ("doing", "publishing"),
    "explain": (LOOP, "publishing"),
    "pass_on": (LOOP, "publishing"),
    "withdraw": (LOOP + " asked suspended", "publishing"),
    "send_back": ("publishing", "doing"),
    "show": ("publishing declined", "rating"),
    "close": ("rating", "closed"),
    "reopen": ("closed rating publishing declined", "reopened"),
    "decline": ("new reopened asked deliberating coordinating", "declined"),
    "suspend": (LOOP, "suspended"),
    "resume": ("suspended", "back"),
    "merge": (LOOP + " asked suspended", "merged"),
    "unmerge": ("merged", "back"),
}
STILL = {"asked", "suspended", "in_vote", "merged"}
ENDS_AT_ONCE = {"explain", "pass_on", "decline"}


class Model:
    """What should be true of the file, by other means than the code's."""

    def __init__(self) -> None:
        self.state, self.back, self.round = "new", "", 1
        self.now = int(START.timestamp()) // 60
        self.moved = 0
        self.given = False  # work was given in this round, so it can be sent back
        self.clocks: dict[tuple[str, int], SlowClock] = {}
        self.before_done: SlowClock | None = None
        self._start("first_answer", 24, None)
        self._start("done", None, 7)

    def _start(self, promise: str, hours: int | None, days: int | None) -> None:
        self.clocks[promise, self.round] = SlowClock(hours, days, None, self.now)

    def may(self, move: str) -> bool:
        """Whether the brief knows this move from here."""
        if move == "send_back" and not self.given:
            return False
        return self.state in TABLE[move][0].split()

    def make(self, move: str) -> None:
        """The move, its state and its clocks."""
        before, target = self.state, TABLE[move][1]
        self.moved += 1
        if move == "reopen":
            self._all("void")
            self.round += 1
            self.given = False
        after = self.back if target == "back" else target
        if target in ("asked", "suspended"):
            self.back = before
        elif target == "merged":
            self.back = self.back if before in ("asked", "suspended") else before
        self.state = after
        if before in STILL and after not in STILL:
            self._all("resume")
        if move == "ask" or move in ENDS_AT_ONCE:
            self._do("first_answer", "meet")
        if move == "accept":
            self._decision()
        elif move == "decide":
            self._do("decision", "meet")
        elif move == "give":
            self.given = True
        elif move == "done":
            self.before_done = copy.deepcopy(self.clocks["done", self.round])
            self._do("done", "meet")
        elif move == "send_back" and self.before_done is not None:
            self.clocks["done", self.round] = self.before_done
        elif move in ENDS_AT_ONCE:
            self._do("done", "meet")
            self._do("decision", "void")
        elif move in ("withdraw", "close"):
            self._all("void")
        elif move == "reopen":
            self._start("first_answer", 24, None)
            self._start("done", None, 7)
        if after in STILL and before not in STILL:
            self._all("pause")

    def _decision(self) -> None:
        # Back from a vote the file is deliberated again on the same promise.
        if ("decision", self.round) not in self.clocks:
            self._start("decision", None, 1)

    def _do(self, promise: str, deed: str) -> None:
        clock = self.clocks.get((promise, self.round))
        if clock is not None:
            clock.do(deed, self.now)

    def _all(self, deed: str) -> None:
        for (_, round), clock in self.clocks.items():
            if round == self.round:
                clock.do(deed, self.now)

    def standings(self) -> dict[tuple[str, int], str]:
        """Where each clock stands now."""
        for clock in self.clocks.values():
            if clock.result is None:
                clock.live_until(self.now)
        return {name: clock.standing() for name, clock in self.clocks.items()}


class House:
    """The same file in the real database."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        words = {"text": "楼道灯不亮", "channel": Channel.QR, "place_code": cast.gate_code}
        self.taken = intake.take_report(RESIDENT, START, **words)  # type: ignore[arg-type]
        self.other = intake.take_report(RESIDENT, START, **words)  # type: ignore[arg-type]
        self.code = self.taken.case_code or ""
        self.rated: set[int] = set()

    def make(self, move: str, now: datetime, round: int) -> None:
        """The move through the write function that the pages use."""
        cast, code, boss = self.cast, self.code, self.cast.secretary
        due = now.date() + timedelta(days=30)
        if move == "supply":
            moving.supply(RESIDENT, now, self.taken.follow_code, "在三单元")
        elif move == "decide":
            tasks.decide(
                boss,
                now,
                code,
                lead_unit_id=cast.property_one,
                due_on=due,
                words="x",
                give_now=False,
            )
        elif move == "give":
            tasks.give(boss, now, code, unit_id=cast.property_one, due_on=due)
        elif move == "done":
            tasks.report_done(cast.property_contact, now, self._task(), "好了")
        elif move == "show":
            publishing.show(
                boss, now, code, outcome=None, no_summary_reason="不公开", no_evidence_reason="无"
            )
        elif move == "close":
            if round not in self.rated:
                rating.rate_by_follow(RESIDENT, now, self.taken.follow_code, 4, "yes")
                self.rated.add(round)
            publishing.close(boss, now, code)
        elif move == "merge":
            merging.merge(boss, now, code, self.other.case_code or "", "同一件事")
        elif move == "unmerge":
            merging.unmerge(boss, now, code, "不是同一件事")
        else:
            moving.move(boss, now, code, Move(move), "写明原因")

    def _task(self) -> str:
        with engine.read() as session:
            query = select(Task.code).join(Case, Case.id == Task.case_id)
            query = query.where(Case.code == self.code, Task.recalled_at.is_(None))
            return session.scalars(query.order_by(Task.id.desc())).first() or "none"

    def seen(self, now: datetime) -> tuple[str, int, dict[tuple[str, int], str], datetime | None]:
        """State, number of moves recorded, clocks, and the stored next due time."""
        with engine.read() as session:
            case = session.scalars(select(Case).where(Case.code == self.code)).one()
            moved = session.scalar(
                select(func.count()).where(Event.case_id == case.id, Event.kind == "moved")
            )
            rows = session.scalars(select(ClockRow).where(ClockRow.case_id == case.id)).all()
            stand = {
                (row.promise.value, row.round): clocks.standing(clock_of(row), now).value
                for row in rows
            }
            return case.state.value, moved or 0, stand, case.next_due_at


@contextmanager
def fresh_house(databases: Databases, kind: str) -> Iterator[House]:
    url = databases.fresh(kind)
    used = engine.use(url)
    assert used is not None
    try:
        with used.write() as session:
            cast = settle(session, START)
        yield House(cast)
    finally:
        engine.use(None)
        databases.forget(url)


steps = st.lists(st.tuples(st.sampled_from(sorted(TABLE)), st.integers(0, 2_000)), max_size=30)
# Mostly moves that are possible, so that long ways through the loop are found.
willing = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 2_000)), max_size=25)


def run(house: House, model: Model, way: list[tuple[str | int, int]]) -> None:
    for wanted, minutes in way:
        model.now += minutes
        now = datetime.fromtimestamp(model.now * 60, UTC)
        if isinstance(wanted, int):
            open_moves = [move for move in sorted(TABLE) if model.may(move)]
            wanted = open_moves[wanted % len(open_moves)]
        if model.may(wanted):
            house.make(wanted, now, model.round)
            model.make(wanted)
        elif wanted == "supply" and model.state != "closed":
            house.make(wanted, now, model.round)  # words are welcome; the file stays where it is
        else:
            with pytest.raises(DeskError):
                house.make(wanted, now, model.round)
        state, moved, stand, next_due = house.seen(now)
        assert (state, moved) == (model.state, model.moved)
        assert stand == model.standings()
        running = [
            clock.due
            for (_, round), clock in model.clocks.items()
            if round == model.round and clock.result is None and not clock.paused
        ]
        due = datetime.fromtimestamp(min(running) * 60, UTC) if running else None
        assert next_due == due
    with engine.read() as session:
        assert list(events.breaks(session)) == []
        assert session.scalar(select(func.count()).select_from(Report)) == 2


QUICK = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.slow
@given(way=steps)
@QUICK
def test_moves_at_random_never_leave_the_table(databases: Databases, way: list) -> None:  # type: ignore[type-arg]
    with fresh_house(databases, "sqlite") as house:
        run(house, Model(), way)


@pytest.mark.slow
@given(way=willing)
@QUICK
def test_long_ways_through_the_loop_keep_events_and_clocks(databases: Databases, way: list) -> None:  # type: ignore[type-arg]
    with fresh_house(databases, "sqlite") as house:
        run(house, Model(), way)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_hundreds_of_long_ways_on_both_databases(databases: Databases, kind: str) -> None:
    @given(way=willing)
    @settings(max_examples=80, deadline=None)
    def ways(way: list) -> None:  # type: ignore[type-arg]
        with fresh_house(databases, kind) as house:
            run(house, Model(), way)

    ways()
