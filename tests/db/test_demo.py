"""The demo community: the article's figures, every state and step, and nothing made up besides."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from db import demo, engine, metrics, sign_ins, today, verify
from db.clock_rows import clock_of
from db.conference import figures as conference_figures
from db.conference import reads as conference_reads
from db.conference.units import unit_list
from db.demo.names import PHONE_PREFIX
from db.events import facts_of
from db.polls.reads import polls
from db.steps import step_of
from db.tables import (
    Account,
    Base,
    Building,
    Case,
    Category,
    Channel,
    ClockRow,
    Contact,
    Estate,
    EstateKind,
    Event,
    Household,
    Meeting,
    Photo,
    Place,
    Rating,
    Reminder,
    Report,
    Reporter,
    Resident,
    ServiceClass,
    Telling,
    Unit,
    UnitKind,
)
from db.tables.polls import PollAnswer, PollChannel
from domain.agenda import Source
from domain.clocks import Promise, standing
from domain.closing import Outcome
from domain.days import local_day
from domain.errors import Refused
from domain.moves import Move, State, Step
from domain.people import SYSTEM, Actor, Role
from domain.polls import PollState
from domain.reminders import Rung
from tests.support.clock import DEMO_DAY
from tests.support.databases import KINDS, Databases

pytestmark = pytest.mark.slow

NOW = DEMO_DAY
# What differs between two loads: codes that nobody may guess, and what is made of them.
RANDOM_TABLES = {
    *("once_keys", "settings"),
    # A vote's pseudonyms are drawn anew, and its rights stand in their order.
    *("vote_owners", "vote_units", "vote_rights", "services", "ballot_links", "ballots"),
    *("standing", "papers", "keyings", "chains"),
}
RANDOM_COLUMNS = {
    *("roll_hash", "words", "seed"),
    *("code", "follow_hash", "lobby_code", "token_hash", "code_hash", "pass_hash"),
    "document_hash",  # keyed by a secret of each database
    "keys",  # the search's, on PostgreSQL
}


@dataclass(frozen=True)
class Loaded:
    """A demo that was loaded.

    Args:
        told: what its progress said.
        story: all rows but what is random.
    """

    url: str
    told: list[tuple[int, int]]
    story: dict[str, list[list[str]]]


def load(databases: Databases, kind: str, now: datetime = NOW) -> Loaded:
    url = databases.fresh(kind)
    engine.use(url)
    told: list[tuple[int, int]] = []
    demo.load(lambda done, total: told.append((done, total)), now=now)
    return Loaded(url, told, story())


def story() -> dict[str, list[list[str]]]:
    told = {}
    with engine.read() as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in RANDOM_TABLES:
                columns = [one for one in table.columns if one.name not in RANDOM_COLUMNS]
                query = select(*columns).order_by(*table.primary_key.columns)
                if table is Event.__table__:
                    query = query.where(Event.chain.not_like("vote:%"))
                rows = session.execute(query)
                told[table.name] = [[_text(value) for value in row] for row in rows]
    return told


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True) if isinstance(value, dict) else str(value)


@pytest.fixture(scope="module", params=KINDS)
def loaded(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Loaded]:
    """One load for all tests that only read it."""
    made = load(databases, request.param)
    yield made
    engine.use(None)
    databases.forget(made.url)


def count(what: object) -> int:
    with engine.read() as session:
        return session.scalar(select(func.count()).select_from(what)) or 0  # type: ignore[arg-type]


def kept(query: object) -> list:  # type: ignore[type-arg]
    with engine.read() as session:
        return list(session.scalars(query))  # type: ignore[call-overload]


def test_it_has_the_figures_of_the_article(loaded: Loaded) -> None:
    partners = select(Unit).where(Unit.kind == UnitKind.PARTNER).subquery()
    assert count(partners) == 26
    assert count(select(Case).where(Case.state != State.MERGED).subquery()) == 125
    assert set(kept(select(Estate.kind))) == set(EstateKind)
    assert "三盛巴厘岛" in kept(select(Estate.name))
    assert 550 <= count(Household) <= 650
    assert count(Building) >= 15
    assert count(Place) >= 30


def test_its_metrics_count_125_files_over_one_year(loaded: Loaded) -> None:
    counted = metrics.figures_of(SYSTEM, local_day(NOW) - timedelta(days=365), local_day(NOW), NOW)
    assert counted.received == 125
    opened = kept(select(Case.opened_at).order_by(Case.opened_at))
    assert opened[0] < NOW - timedelta(days=350)
    assert opened[-1] <= NOW
    # An hour in each rate that is worth a chart, and people who said nothing.
    assert counted.satisfied.denominator >= 5
    assert 0 < (counted.return_rate.value or 0) < 1
    assert 0.5 < (counted.done_in_time.value or 0) < 1
    assert 0.5 < (counted.satisfied.value or 0) < 1
    assert counted.reopened.numerator > 0


def test_every_state_step_door_class_and_outcome_is_there(loaded: Loaded) -> None:
    with engine.read() as session:
        files = session.execute(select(Case.state, Case.came_from)).all()
        classes = session.scalars(
            select(Category.service_class).join(Case, Case.category_id == Category.id)
        )
        assert set(classes) == set(ServiceClass)
    assert {state for state, _ in files} == set(State)
    assert {step_of(*row) for row in files} == set(Step)
    assert set(kept(select(Report.channel))) == set(Channel)
    assert set(kept(select(Case.outcome))) == {*Outcome, None}
    assert set(kept(select(Rating.level))) == {1, 2, 3, 4, 5}
    assert set(kept(select(Reminder.rung))) == set(Rung)
    assert set(kept(select(Meeting.kind)))  # both kinds of meeting
    assert count(Meeting) == 3  # one is planned
    moves = {facts_of(p).get("move") for p in kept(select(Event.payload))}
    assert set(Move) - moves <= {Move.FROM_VOTE}  # its only vote is still open


def test_a_conference_was_held_each_month_and_three_units_rest(loaded: Loaded) -> None:
    secretary = Actor(None, "", frozenset({Role.SECRETARY}))
    held = conference_reads.conferences(secretary)
    assert (
        len({(local_day(one.meets_at).year, local_day(one.meets_at).month) for one in held}) >= 11
    )
    upcoming = conference_reads.next_meeting(secretary, NOW)
    assert upcoming.code
    assert {Source.ESCALATED, Source.REPORT} <= {one.source for one in upcoming.items}
    last = local_day(NOW)
    found = conference_figures.figures(secretary, NOW, last - timedelta(days=340), last)
    assert found.raised > found.decided >= 12
    assert found.decided >= found.done > 0
    lines = unit_list(secretary, NOW)
    assert sum(one.idle for one in lines if one.kind is UnitKind.PARTNER) == 3


def test_it_is_whole(loaded: Loaded) -> None:
    assert list(verify.verify()) == []


def test_replaying_the_events_gives_the_states(loaded: Loaded) -> None:
    with engine.read() as session:
        states: dict[int, str] = {}
        for case_id, kind, payload in session.execute(
            select(Event.case_id, Event.kind, Event.payload).order_by(Event.id)
        ):
            if kind in ("opened", "moved", "imported_closed"):
                facts = facts_of(payload)
                assert kind != "moved" or facts["was"] == states[case_id]
                states[case_id] = str(facts["to"])
        known = session.execute(select(Case.id, Case.state))
        assert states == {key: state.value for key, state in known}
        for chain in session.scalars(select(Event.chain).distinct()).all():
            times = session.scalars(
                select(Event.at).where(Event.chain == chain).order_by(Event.seq)
            ).all()
            assert list(times) == sorted(times)
        assert max(kept(select(Event.at))) <= NOW


def test_a_poll_is_open_today_and_others_were_decided_on(loaded: Loaded) -> None:
    lines = polls(SYSTEM, NOW)
    assert lines[0].state is PollState.OPEN
    assert local_day(lines[0].opened_at) == local_day(NOW)
    assert 0 < lines[0].answered < lines[0].asked
    past = lines[1:]
    assert len(past) >= 2
    assert all(line.state is PollState.CLOSED and line.decided_at for line in past)
    assert all(line.closes_at <= line.decided_at for line in past if line.decided_at)
    assert all(0.2 < line.answered / line.asked < 0.6 for line in past)
    assert set(kept(select(PollAnswer.channel))) >= {
        PollChannel.LINK,
        PollChannel.LOBBY,
        PollChannel.PHONE,
    }


def test_late_work_gathers_at_lifts_and_parking(loaded: Loaded) -> None:
    with engine.read() as session:
        query = (
            select(Category.slug, ClockRow)
            .join(Case, Case.id == ClockRow.case_id)
            .join(Category, Category.id == Case.category_id)
            .where(ClockRow.promise == Promise.DONE)
        )
        late: Counter[str] = Counter()
        for slug, row in session.execute(query):
            late[slug] += standing(clock_of(row), NOW) in ("missed", "met_late")
    assert {slug for slug, _ in late.most_common(2)} == {"lift", "parking"}
    assert late["lift"] + late["parking"] > sum(late.values()) / 2


def test_something_waits_for_every_role(loaded: Loaded) -> None:
    assert set(sign_ins.demo_roles()) == set(Role)
    for role in Role:
        view = sign_ins.session_of(sign_ins.sign_in_demo(role, NOW), NOW)
        assert view is not None
        actor = sign_ins.actor_of(view.key, NOW)
        assert actor is not None
        seen = today.today(actor, NOW)
        if role is Role.VOLUNTEER:
            continue  # volunteers are given nothing yet
        assert seen.steps or seen.tasks, role
        assert all(step.count.n for step in seen.steps), role
        if role in (Role.SECRETARY, Role.SOCIAL_WORKER):
            assert seen.held.n == 1
            assert seen.calls_count.n >= 3
            assert seen.overdue.n
            assert seen.reminded
            days = {
                local_day(line.next_due_at - timedelta(seconds=1))
                for line in seen.waiting
                if line.next_due_at is not None
            }
            assert {local_day(NOW), local_day(NOW) + timedelta(days=1)} <= days
        if role is Role.COMMITTEE:
            assert seen.waiting


def test_files_have_photos_voices_and_what_was_told(loaded: Loaded) -> None:
    public = select(Photo.case_id).where(Photo.public).distinct().subquery()
    assert count(public) >= 12
    voices = select(Report.case_id).group_by(Report.case_id).having(func.count() > 1).subquery()
    assert count(voices) >= 1
    assert count(select(Case).where(Case.state == State.MERGED).subquery()) >= 3
    assert count(Contact) > 100
    assert count(Telling) > 200
    texts = kept(select(Report.text))
    assert len(set(texts)) >= 125


def test_its_people_are_invented_and_have_no_telephone(loaded: Loaded) -> None:
    assert all(name.endswith("（演示）") for name in kept(select(Account.name)))
    assert kept(select(Account.password_hash).where(Account.password_hash.is_not(None))) == []
    for phones in (select(Resident.phone), select(Reporter.phone)):
        assert all(phone.startswith(PHONE_PREFIX) for phone in kept(phones) if phone)


def test_its_progress_is_told_often(loaded: Loaded) -> None:
    dones = [done for done, _ in loaded.told]
    assert len(dones) > 100
    assert dones == sorted(dones)
    assert loaded.told[-1][0] == loaded.told[-1][1]


def test_it_is_not_loaded_over_something(loaded: Loaded) -> None:
    before = count(Event)
    with pytest.raises(Refused, match="empty database"):
        demo.load(lambda done, total: None, now=NOW)
    assert count(Event) == before


def test_the_same_moment_tells_the_same_story(loaded: Loaded, databases: Databases) -> None:
    engine.use(databases.with_demo(NOW))
    told = story()
    assert sum(map(len, told.values())) > 5_000
    for table, rows in told.items():
        assert rows == loaded.story[table], table
    engine.use(loaded.url)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 2, 28, 16, 0, tzinfo=UTC),  # 00:00
        datetime(2027, 1, 1, 15, 59, 59, tzinfo=UTC),  # the last second of New Year's Day
    ],
)
def test_it_can_be_loaded_at_any_hour(databases: Databases, now: datetime) -> None:
    load(databases, "sqlite", now=now)
    assert set(kept(select(Case.state))) == set(State)
    assert count(select(Case).where(Case.state != State.MERGED).subquery()) == 125
    assert list(verify.verify()) == []
    engine.use(None)
