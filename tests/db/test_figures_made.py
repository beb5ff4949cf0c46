"""The sums that pages read equal the figures counted from the facts, however they came about."""

from datetime import date, datetime, timedelta
from itertools import groupby

import pytest
from sqlalchemy import func, select

from db import intake, merging, moving, personal
from db.engine import Database, read, write
from db.figures.checks import faults_of_figures
from db.figures.made import make
from db.metrics import figures_of
from db.tables import Case, Channel
from db.tables.figures import ALL, BuildingSum, CaseFigure, DaySum, DurationBucket, FigureSum
from db.verify import verify
from domain.case_figures import FLAGS
from domain.days import local_day
from domain.durations import Stretch
from domain.figures import Figures
from domain.moves import Move
from domain.people import RESIDENT, SYSTEM, Actor
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.world import build_world

HOUR = timedelta(hours=1)
SUMMED = (FigureSum, DaySum, DurationBucket, BuildingSum)


def months(first: date, last: date) -> list[tuple[date, date]]:
    """The months from one day's to another's, each with its last day."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [
        ((whole := list(group))[0].replace(day=1), whole[-1])
        for _, group in groupby(days, key=lambda day: (day.year, day.month))
    ]


def expected(counted: Figures) -> dict[str, int]:
    """The figures as the sums name them."""
    said = {"received": counted.received, "is_open": len(counted.ages)}
    for name in FLAGS:
        rate = getattr(counted, name)
        said |= {f"{name}_hit": rate.numerator, f"{name}_due": rate.denominator}
    return said | {
        "solved": counted.solved.numerator,
        "reached": counted.solved.denominator,
        "satisfied": counted.satisfied.numerator,
        "ratings": counted.satisfied.denominator,
        "returned": counted.return_rate.numerator,
        "asked": counted.return_rate.denominator,
        "repeated": counted.repeated.numerator,
        "reports": counted.repeated.denominator,
    }


def check(estates: list[int], now: datetime, since: date) -> int:
    """Compare every month of every estate and of all; returns the files that were counted."""
    files = 0
    for first, _ in months(since, local_day(now)):
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        for estate in (ALL, *estates):
            actor = SYSTEM if estate == ALL else Actor(None, "", estate_id=estate, kind="system")
            counted = figures_of(actor, first, last, now)
            with read() as session:
                row = session.get(FigureSum, (estate, ALL, ALL, first))
                kept = {name: getattr(row, name) if row else 0 for name in expected(counted)}
                assert kept == expected(counted), (first, estate)
                durations = session.scalar(
                    select(func.sum(DurationBucket.files)).where(
                        DurationBucket.month == first,
                        DurationBucket.estate == estate,
                        DurationBucket.category == ALL,
                        DurationBucket.unit == ALL,
                        DurationBucket.stretch == Stretch.WALL,
                    )
                )
                assert (durations or 0) == len(counted.seconds)
            files += counted.received if estate == ALL else 0
    return files


def sums(table: type[FigureSum | DaySum | DurationBucket | BuildingSum]) -> set[tuple[object, ...]]:
    """All rows that say something."""
    columns = table.__table__.columns
    with read() as session:
        rows = session.execute(select(*columns)).all()
    keys = len(table.__table__.primary_key.columns)
    return {tuple(row) for row in rows if any(row[keys:])}


def start_again() -> None:
    """Forget everything that was made, so that it is made from the facts at once."""
    with write() as session:
        for table in (
            "figure_marks",
            "case_figures",
            "figure_sums",
            "day_sums",
            "duration_buckets",
            "building_sums",
        ):
            session.connection().exec_driver_sql(f"DELETE FROM {table}")


def test_sums_follow_what_happens_and_what_passes(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    build_world(cast, clock.now)
    estates = [cast.estate_one, cast.estate_two]
    since = local_day(clock.now)
    first = make(clock.now)
    assert first == check(estates, clock.now, since) + 2  # those merged into others count as none
    assert make(clock.now) == 0
    taken = [
        intake.take_report(RESIDENT, clock.now, text=f"事项{n}", channel=Channel.QR)
        for n in range(3)
    ]
    codes = [one.case_code or "" for one in taken]
    assert make(clock.now) == 3
    check(estates, clock.now, since)
    for hours in (23, 24, 30, 48, 24 * 8, 24 * 9):
        later = clock.now + hours * HOUR
        make(later)
        check(estates, later, since)
    later = clock.now + 24 * 10 * HOUR
    moving.move(cast.secretary, later, codes[0], Move.ACCEPT)
    moving.move(cast.secretary, later, codes[0], Move.EXPLAIN, "已说明")
    merging.merge(cast.secretary, later, codes[1], codes[2], "同一件事")
    make(later)
    check(estates, later, since)
    merging.unmerge(cast.secretary, later + HOUR, codes[1], "不是同一件事")
    moving.move(cast.secretary, later + HOUR, codes[0], Move.REOPEN, "没有解决")
    make(later + HOUR)
    check(estates, later + HOUR, since)
    with write() as session:  # sorted anew: the file moves to another filter's sums
        session.get_one(Case, taken[0].case_id).estate_id = cast.estate_two
    moving.move(cast.secretary, later + 2 * HOUR, codes[0], Move.ACCEPT)
    make(later + 2 * HOUR)
    check(estates, later + 2 * HOUR, since)
    moving.move(cast.secretary, later + 3 * HOUR, codes[0], Move.SUSPEND, "等配件")
    for days, kind in ((2, Move.RESUME), (9, None)):
        then = later + days * 24 * HOUR
        if kind:
            moving.move(cast.secretary, then, codes[0], kind)
        make(then)
        check(estates, then, since)
    later += 500 * 24 * HOUR
    make(later)
    before = check(estates, later, since)
    assert personal.anonymise(SYSTEM, later).files > 0
    make(later)
    assert check(estates, later, since) == before
    with read() as session:
        assert not list(faults_of_figures(session))
    followed = [sums(table) for table in SUMMED]
    start_again()
    make(later + 2 * HOUR)
    assert [sums(table) for table in SUMMED] == followed


@pytest.mark.slow
@pytest.mark.usefixtures("demo_day")
def test_the_demos_year_is_summed_up_right(clock: TestClock) -> None:
    make(clock.now)
    with read() as session:
        estates = list(session.scalars(select(Case.estate_id).distinct()).all())
        since = local_day(session.scalar(select(func.min(Case.opened_at))) or clock.now)
        listed = session.scalar(select(func.count(CaseFigure.case_id)))
    known = [one for one in estates if one is not None]
    assert check(known, clock.now, since) == listed >= 125
    later = clock.now + timedelta(days=3)
    make(later)
    check(known, later, since)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_sum_that_is_not_its_files_is_told(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    intake.take_report(RESIDENT, clock.now, text="路灯不亮", channel=Channel.QR)
    make(clock.now)
    assert not list(verify())
    with write() as session:
        session.connection().exec_driver_sql("UPDATE figure_sums SET received = received + 1")
    told = [finding.params for finding in verify()]
    assert told == [{"month": "2026-03", "name": "received", "kept": 2, "counted": 1}]
