"""Every figure opens the list that it counts, and the list has exactly that many rows."""

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import func, insert, select

from db import engine, inbox
from db.engine import Database
from db.figures import made
from db.figures.buildings import BuildingLine, building_files, by_building
from db.figures.exact import exact_durations
from db.figures.helping import helping
from db.figures.lists import Listed, all_listed, listed
from db.figures.overdue import overdue
from db.figures.reads import Overview, Wanted, overview
from db.figures.steps import step_times
from db.figures.turnout import turnout
from db.polls.reads import polls
from db.tables import Case
from db.tables.figures import ALL, CaseFigure
from db.tables.requests import HelpRequest, OfferRow
from db.tables.volunteers import ServiceHours
from db.today import OVERDUE
from db.votes.reads import votes
from domain.case_figures import COUNTS, FLAGS, Counted
from domain.days import local_day
from domain.durations import Stretch
from domain.errors import NotAllowed, NotFound
from domain.figure_words import AGES, RATES, Figure, Part
from domain.figures import nearest_rank
from domain.people import SYSTEM
from tests.support.build import Span, files
from tests.support.cast import Cast
from tests.support.clock import TestClock

FILES = 120


def some_files(cast: Cast, now: datetime, n: int) -> None:
    """Files for the figures to point at."""
    with engine.write() as session:
        files(session, cast, random.Random(n), n, Span(now - timedelta(days=90), 7_000_000))


def lists_of(found: Overview, houses: Iterable[BuildingLine]) -> dict[Listed, int]:
    """Every list that the page opens, with the figure that it must have as many rows as."""
    wanted = {
        Listed(Figure.RECEIVED): found.received,
        Listed(Figure.DURATION): found.wall.n,
        Listed(Figure.BACKLOG): found.backlog,
    }
    for house in houses:
        wanted[Listed(Figure.RECEIVED, building_id=house.building_id)] = house.received
    for age, n in enumerate(found.ages):
        wanted[Listed(Figure.BACKLOG, age=age)] = n
    for figure in RATES:
        share = found.shares[figure]
        hit, due = share.now or (share.hit, share.due)
        wanted |= {
            Listed(figure, Part.HIT): hit,
            Listed(figure, Part.DUE): due,
            Listed(figure, Part.MISS): due - hit,
        }
    return wanted


def check(now: datetime, wanted: Wanted) -> int:
    """Compare all lists under a filter; returns how many rows there were."""
    rows = 0
    houses = by_building(SYSTEM, wanted)
    for house in houses:
        assert building_files(SYSTEM, wanted, house.building_id) == house.received
        assert sum(house.categories.values()) <= house.received
    for which, n in lists_of(overview(SYSTEM, now, wanted), houses).items():
        found = len(list(all_listed(SYSTEM, now, wanted, which)))
        assert found == n, (wanted, which)
        rows += found
    return rows


def counted_at_random(rng: random.Random, case_id: int, opened_at: datetime) -> Counted:
    """A file that counts as anything that a file can count as."""
    reached, ratings, asked, reports = (rng.randint(0, 3) for _ in range(4))
    minutes = [None, 0, 59, 1440, 90_000]
    is_open = rng.random() < 0.5
    opened_on = local_day(opened_at)
    return Counted(
        case_id=case_id,
        opened_at=opened_at,
        month=opened_on.replace(day=1),
        is_open=is_open,
        closed_on=None if is_open else opened_on + timedelta(days=rng.randint(0, 40)),
        **{name: rng.choice([None, 0, 1]) for name in FLAGS},
        solved=rng.randint(0, reached),
        reached=reached,
        satisfied=rng.randint(0, ratings),
        ratings=ratings,
        returned=rng.randint(0, asked),
        asked=asked,
        repeated=reports,
        reports=1 + reports,
        **{stretch.column: rng.choice(minutes) for stretch in Stretch},
        changes_at=None,
    )


def fill(rng: random.Random, now: datetime) -> list[tuple[Counted, made.Key]]:
    """Random flags for the files that there are, opened at the edges of days and months too."""
    edges = [datetime(2026, 2, 28, 15, 59, 59, tzinfo=UTC), datetime(2026, 2, 28, 16, tzinfo=UTC)]
    edges += [now, now - timedelta(days=7), now - timedelta(days=31)]
    sums = made._Sums()
    kept = []
    with engine.write() as session:
        for case_id in session.scalars(select(Case.id)):
            opened = rng.choice([*edges, now - timedelta(minutes=rng.randint(0, 200_000))])
            one = counted_at_random(rng, case_id, opened)
            place = (rng.randint(0, 2), rng.randint(0, 2), rng.randint(0, 1))
            building = rng.randint(0, 3)
            sums.add(place, one, 1, building)
            session.execute(insert(CaseFigure), [made._row(one, place, building)])
            kept.append((one, place))
        sums.keep(session)
    return kept


def test_figures_equal_their_lists_on_random_data(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    rng = random.Random(1)
    some_files(cast, clock.now, FILES)
    kept = fill(rng, clock.now)
    today = local_day(clock.now)
    this = today.replace(day=1)
    periods = ((date(2025, 1, 1), this), (this, this), (date(2026, 2, 1), date(2026, 2, 1)))
    rows = 0
    for (first, last), estate, category in product(periods, (None, 1), (None, 2)):
        wanted = Wanted(first, last, estate_id=estate, category_id=category)
        rows += check(clock.now, wanted)
        # Counted once more, as plain loops over plain lists.
        here = [
            one
            for one, place in kept
            if first <= one.month <= last and estate in (None, place[0])
            if category in (None, place[1])
        ]
        found = overview(SYSTEM, clock.now, wanted)
        assert found.received == len(here)
        for name in FLAGS:
            said = [getattr(one, name) for one in here if getattr(one, name) is not None]
            share = found.shares[Figure(name)]
            assert (share.hit, share.due) == (sum(said), len(said))
        for step in step_times(SYSTEM, wanted):
            said = [getattr(one, Stretch(step.step.value).column) for one in here]
            known = [minutes for minutes in said if minutes is not None]
            assert step.n == len(known)
            exact = nearest_rank(known, 50)
            assert (step.median is None) == (exact is None)
            told = exact_durations(SYSTEM, wanted, Stretch(step.step.value))
            assert told.n == step.n
            assert told.hours[0] == (None if exact is None else round(exact / 60, 2))
            if exact and step.median is not None:
                assert exact <= step.median * 60 * 1.001 <= exact * 1.06
        counts = {name: sum(getattr(one, name) for one in here) for name in COUNTS}
        for figure in (figure for figure, one in RATES.items() if not one.each_file):
            share, columns = found.shares[figure], RATES[figure]
            assert (share.hit, share.due) == (counts[columns.hit], counts[columns.due])
    assert rows > FILES


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_list_goes_on_without_losing_or_repeating_a_file(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    some_files(cast, clock.now, FILES)
    fill(random.Random(3), clock.now)
    wanted = Wanted(date(2025, 1, 1), local_day(clock.now).replace(day=1))
    seen: list[int] = []
    after = None
    while True:
        page = listed(SYSTEM, clock.now, wanted, Listed(Figure.RECEIVED), after, 7)
        seen += [line.id for line in page.lines]
        if (after := page.next_cursor) is None:
            break
    with engine.read() as session:
        assert len(seen) == session.scalar(select(func.count(CaseFigure.case_id)))
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize(
    ("days", "place"),
    [(0, 0), (1, 0), (2, 1), (3, 1), (4, 2), (7, 2), (8, 3), (14, 3), (15, 4), (30, 4), (31, 5)],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_open_file_is_as_old_as_its_days(
    cast: Cast, database: Database, clock: TestClock, days: int, place: int
) -> None:
    some_files(cast, clock.now, 1)
    with engine.write() as session:
        case_id = session.scalars(select(Case.id)).one()
        one = counted_at_random(random.Random(1), case_id, clock.now - timedelta(days=days))
        values = made._row(one, (ALL, ALL, ALL)) | {"is_open": True}
        sums = made._Sums()
        sums.add((ALL, ALL, ALL), Counted(**{k: values[k] for k in Counted.__slots__}), 1)
        session.execute(insert(CaseFigure), [values])
        sums.keep(session)
    this = local_day(clock.now).replace(day=1)
    found = overview(SYSTEM, clock.now, Wanted(this, this))
    assert found.ages.index(1) == place
    assert found.oldest_days == days
    rows = [
        len(listed(SYSTEM, clock.now, Wanted(this, this), Listed(Figure.BACKLOG, age=age)).lines)
        for age in range(len(AGES))
    ]
    assert rows == list(found.ages)


@pytest.mark.slow
@pytest.mark.usefixtures("demo_day")
def test_the_demos_figures_open_their_lists(clock: TestClock) -> None:
    this = local_day(clock.now).replace(day=1)
    year = Wanted(date(this.year - 1, 1, 1), this)
    assert check(clock.now, year) > 500
    found = overview(SYSTEM, clock.now, year)
    assert found.frozen
    assert sum(line.received for line in found.categories) <= found.received
    with engine.read() as session:
        asked = list(session.scalars(select(HelpRequest)))
        offers = list(session.scalars(select(OfferRow)))
        hours = list(session.scalars(select(ServiceHours)))
    helped = helping(SYSTEM, year)
    wanted = {one.id for one in asked if one.state != "duplicate"}
    taken = {one.request_id for one in offers if one.state == "accepted"}
    assert (helped.requests, helped.filled) == (len(wanted), len(wanted & taken))
    replaced = {one.corrects_id for one in hours}
    spent = [
        (one.left_at - one.arrived_at).total_seconds() / 60
        for one in hours
        if one.left_at and one.confirmed_at and one.id not in replaced
    ]
    assert helped.minutes == pytest.approx(sum(spent), abs=len(spent))
    late = overdue(SYSTEM, clock.now, year)
    assert late.n == inbox.count(SYSTEM, OVERDUE, clock.now).n
    assert late.n == sum(line.n for line in late.lines) > 0
    asked_of = [one for one in polls(SYSTEM, clock.now) if one.withdrawn_at is None]
    taking_part = turnout(SYSTEM, year)
    assert sum(one.polls for one in taking_part) == len(asked_of)
    assert sum(one.answered for one in taking_part) == sum(one.answered for one in asked_of)
    opened = [one for one in votes(SYSTEM, clock.now) if one.opened_at is not None]
    assert sum(one.votes for one in taking_part) == len(opened)
    assert sum(one.returned.area for one in taking_part) == sum(one.returned.area for one in opened)
    for line in found.categories:
        check(clock.now, Wanted(year.first, this, category_id=line.category_id))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_viewer_sees_the_figure_and_no_list(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    this = local_day(clock.now).replace(day=1)
    assert overview(cast.viewer, clock.now, Wanted(this, this)).received == 0
    with pytest.raises(NotAllowed):
        listed(cast.viewer, clock.now, Wanted(this, this), Listed(Figure.RECEIVED))
    with pytest.raises(NotAllowed):
        overview(cast.volunteer, clock.now, Wanted(this, this))
    with pytest.raises(NotFound):
        overview(cast.committee, clock.now, Wanted(this, this, estate_id=cast.estate_two))
