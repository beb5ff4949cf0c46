"""The inbox lists exactly what a slow reading of all files would list."""

import random
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from db import inbox_query
from db.clock_rows import clock_of
from db.engine import Database, read
from db.inbox import CaseFilter, Which, count, inbox
from db.search import position_of
from db.tables import Case, CaseText, Channel, ClockRow, Report
from domain.bigrams import found
from domain.clocks import Standing, standing
from domain.days import COMMUNITY_ZONE
from domain.errors import NotAllowed
from domain.moves import OPEN_STATES, STEP, State, Step
from domain.people import Actor
from tests.support.build import Span, files
from tests.support.cast import Cast

FIRST = datetime(2026, 1, 5, 9, tzinfo=COMMUNITY_ZONE)
SPAN = Span(FIRST, 60)
NOW = SPAN.now


@pytest.fixture
def built(database: Database, cast: Cast) -> Cast:
    with database.write() as session:
        files(session, cast, random.Random(6), 100, SPAN)
    return cast


@dataclass(frozen=True)
class Known:
    """All rows, read once."""

    cases: list[Case]
    texts: dict[int, str]
    clocks: list[ClockRow]
    channels: dict[int | None, Channel]


def known() -> Known:
    with read() as session:
        channels: dict[int | None, Channel] = {}
        for report in session.scalars(select(Report).order_by(Report.id)):
            channels.setdefault(report.case_id, report.channel)
        return Known(
            list(session.scalars(select(Case))),
            {row.case_id: row.text for row in session.scalars(select(CaseText))},
            list(session.scalars(select(ClockRow).where(ClockRow.result.is_(None)))),
            channels,
        )


def slow(actor: Actor, wanted: CaseFilter, now: datetime, all_: Known | None = None) -> list[str]:
    """Every file, looked at."""
    all_ = all_ or known()
    rows, texts, channels = all_.cases, all_.texts, all_.channels
    clocks: dict[int, list[Standing]] = {}
    for row in all_.clocks:
        clocks.setdefault(row.case_id, []).append(standing(clock_of(row), now))

    def step(case: Case) -> Step | None:
        return STEP[case.state] or STEP[case.came_from or State.NEW]

    def passes(case: Case) -> bool:
        if actor.estate_id is not None and case.estate_id != actor.estate_id:
            return False
        if wanted.state is not None and case.state is not wanted.state:
            return False
        if wanted.step is not None:
            if case.state is State.MERGED or step(case) is not wanted.step:
                return False
        elif wanted.state is None:
            if wanted.which is Which.OPEN and case.state not in OPEN_STATES:
                return False
            if wanted.which is Which.CLOSED and case.state is not State.CLOSED:
                return False
        pairs = (
            (wanted.estate_id, case.estate_id),
            (wanted.building_id, case.building_id),
            (wanted.category_id, case.category_id),
            (wanted.unit_id, case.lead_unit_id),
            (wanted.channel, channels[case.id]),
        )
        if any(asked is not None and asked != has for asked, has in pairs):
            return False
        if wanted.overdue and Standing.MISSED not in clocks.get(case.id, []):
            return False
        if wanted.query and not found(wanted.query, texts[case.id]):
            return False
        if wanted.opened_from and case.opened_at < wanted.opened_from:
            return False
        return not (wanted.opened_to and case.opened_at >= wanted.opened_to)

    kept = [case for case in rows if passes(case)]
    kept.sort(key=lambda case: position_of(case.opened_at, case.id), reverse=True)
    return [case.code for case in kept]


def pages(actor: Actor, wanted: CaseFilter, limit: int) -> list[str]:
    """All portions put together; a list that does not end is cut off and will not be equal."""
    codes: list[str] = []
    after = None
    for _ in range(400):
        page = inbox(actor, wanted, NOW, after, limit)
        assert len(page.lines) <= limit
        codes += [line.code for line in page.lines]
        after = page.next_cursor
        if not page.has_more:
            return codes
    return codes


def some_filter(rng: random.Random, cast: Cast) -> CaseFilter:
    """A filter with one to three parts."""
    choices: dict[str, list[object]] = {
        "which": list(Which),
        "step": list(Step),
        "state": list(State),
        "estate_id": [cast.estate_one, cast.estate_two, 999],
        "building_id": [cast.building_one, cast.building_three],
        "category_id": [cast.lifts, cast.permits],
        "unit_id": [cast.property_one, cast.partner_one],
        "channel": list(Channel),
        "overdue": [True],
        "query": ["电梯", "漏水", "灯", "不亮，", "没有的词", "LIFT", "2020-00001", "，"],
        "opened_from": [FIRST + timedelta(seconds=rng.randrange(60))],
        "opened_to": [FIRST + timedelta(seconds=rng.randrange(60))],
    }
    assert set(choices) == {field.name for field in fields(CaseFilter)}
    chosen = rng.sample(sorted(choices), rng.randrange(4))
    return replace(CaseFilter(), **{name: rng.choice(choices[name]) for name in chosen})  # type: ignore[arg-type]


# Few: with 0 every search and every overdue list takes the way of the large database.
@pytest.mark.parametrize("few", [0, 40, 1_000])
def test_a_list_has_exactly_the_files_that_the_filter_lets_through(
    built: Cast, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_query, "FEW", few)
    rng = random.Random(few)
    seen, everything = 0, known()
    for _ in range(40):
        wanted = some_filter(rng, built)
        actor = rng.choice([built.secretary, built.committee])
        expected = slow(actor, wanted, NOW, everything)
        assert pages(actor, wanted, rng.choice([7, 50, 200])) == expected, wanted
        assert count(actor, wanted, NOW).n == len(expected), wanted
        seen += len(expected)
    assert seen > 150


def test_portions_neither_lose_nor_repeat_files_when_new_ones_come_in(
    built: Cast, database: Database
) -> None:
    everything = CaseFilter(which=Which.ALL)
    expected = slow(built.secretary, everything, NOW)
    first = inbox(built.secretary, everything, NOW, limit=40)
    with database.write() as session:
        session.add(Case(code="later", number="2026-1", title="x", state=State.NEW, opened_at=NOW))
    codes = [line.code for line in first.lines]
    after = first.next_cursor
    while after is not None:
        page = inbox(built.secretary, everything, NOW, after, 40)
        codes += [line.code for line in page.lines]
        after = page.next_cursor
    assert codes == expected


@pytest.mark.parametrize("few", [0, 1_000])
@pytest.mark.parametrize("seconds", [0, 30, 60, 61, 90, 200])
def test_overdue_is_what_the_clocks_say_at_every_time(
    built: Cast, seconds: int, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_query, "FEW", few)
    now = FIRST + timedelta(seconds=seconds)
    wanted = CaseFilter(which=Which.ALL, overdue=True)
    with read() as session:
        # A pause lies in the past: what the database never holds is not compared.
        paused = select(ClockRow.case_id).where(ClockRow.paused_at > now)
        later = set(session.scalars(select(Case.code).where(Case.id.in_(paused))))
    shown = inbox(built.secretary, wanted, now, limit=500)
    assert {line.code for line in shown.lines} - later == set(
        slow(built.secretary, wanted, now)
    ) - later
    assert all(line.overdue for line in shown.lines if line.code not in later)


def test_a_line_counts_the_voices_of_merged_files(built: Cast) -> None:
    lines = inbox(built.secretary, CaseFilter(which=Which.ALL), NOW, limit=500).lines
    with read() as session:
        rows = {case.code: case for case in session.scalars(select(Case))}
        voices: dict[int | None, int] = {}
        for case_id in session.scalars(select(Report.case_id)):
            voices[case_id] = voices.get(case_id, 0) + 1
        own_root = {case.id: case.root_id for case in rows.values()}
    for line in lines:
        case = rows[line.code]
        family = {case.id}
        if case.root_id == case.id:
            family |= {key for key, root in own_root.items() if root == case.id}
        assert line.reporters == sum(voices[key] for key in family)
    assert any(line.merged for line in lines)


@pytest.mark.parametrize("cursor", ["", "nonsense", "8J+UpQ", "MHx4", "\x00", "A" * 5_000])
def test_a_cursor_that_no_list_gave_out_begins_at_the_beginning(built: Cast, cursor: str) -> None:
    begun = inbox(built.secretary, CaseFilter(), NOW, limit=5)
    assert inbox(built.secretary, CaseFilter(), NOW, cursor, 5) == begun


def test_counting_stops_where_nobody_reads_on(built: Cast) -> None:
    assert str(count(built.secretary, CaseFilter(which=Which.ALL), NOW, most=20)) == "20+"
    assert str(count(built.secretary, CaseFilter(which=Which.ALL), NOW, most=100)) == "100"


@pytest.mark.parametrize(
    "who", ["administrator", "property_contact", "branch_contact", "volunteer", "viewer"]
)
def test_only_who_reads_files_gets_a_list(built: Cast, who: str) -> None:
    for ask in (inbox, count):
        with pytest.raises(NotAllowed):
            ask(built.people[who], CaseFilter(), NOW)


def test_the_committee_never_sees_another_estate(built: Cast) -> None:
    asked = CaseFilter(which=Which.ALL, estate_id=built.estate_two)
    assert inbox(built.committee, asked, NOW).lines == ()
    everything = inbox(built.committee, CaseFilter(which=Which.ALL), NOW, limit=500)
    assert {line.where.estate for line in everything.lines} == {"一小区"}
