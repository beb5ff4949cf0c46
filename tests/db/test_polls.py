"""Polls: opened by who may, on what may be asked; their clocks; the decision that follows."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from db import engine, events, moving, tasks, verify
from db.casefile import case_file
from db.following import follow_view
from db.polls import opening
from db.polls.reads import poll_view, polls, polls_of_case
from db.tables import Case, ClockRow, Event, Reminder
from domain.clocks import Promise, Standing
from domain.days import COMMUNITY_ZONE
from domain.errors import DeskError, FieldError, NotAllowed, NotFound, Refused
from domain.moves import Move, State
from domain.people import Actor
from domain.polls import PollState
from domain.reminders import Rung
from domain.texts import clean
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.polling import (
    OPTIONS,
    QUESTION,
    all_homes,
    deliberating,
    draft,
    houses,
    opened,
    phone_in,
)
from tests.support.stories import report


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COMMUNITY_ZONE)


def clock_of(code: str, promise: Promise) -> ClockRow | None:
    with engine.read() as session:
        query = select(ClockRow).join(Case, Case.id == ClockRow.case_id)
        return session.scalar(query.where(Case.code == code, ClockRow.promise == promise))


def decide(cast: Cast, now: datetime, code: str) -> None:
    tasks.decide(
        cast.secretary,
        now,
        code,
        lead_unit_id=cast.property_one,
        due_on=now.date() + timedelta(days=3),
        words="物业先划车位",
    )


def test_a_poll_asks_all_households_of_its_estate_or_of_one_building(
    cast: Cast, clock: TestClock
) -> None:
    whole = poll_view(cast.viewer, clock.now, opened(cast, clock.now))
    one = poll_view(cast.viewer, clock.now, opened(cast, clock.now, building_id=cast.building_one))
    assert (whole.line.question, whole.line.state) == (QUESTION, PollState.OPEN)
    assert [option.text for option in whole.line.options] == list(OPTIONS)
    assert [(row.name, row.asked) for row in whole.buildings] == [("1号楼", 2), ("2号楼", 1)]
    assert (whole.line.asked, one.line.asked) == (3, 2)
    assert [row.id for row in one.buildings] == [cast.building_one]


def test_who_moves_in_later_was_not_asked(cast: Cast, clock: TestClock) -> None:
    code = opened(cast, clock.now)
    late = houses(cast.building_one, 1)
    with pytest.raises(FieldError) as refused:
        phone_in(cast.secretary, clock.now, code, late, 1)
    assert refused.value.field == "household"
    view = poll_view(cast.secretary, clock.now, code)
    assert (view.line.asked, sum(row.asked for row in view.buildings)) == (3, 3)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("secretary", True),
        ("social_worker", True),
        ("committee", True),
        ("administrator", False),
        ("property_contact", False),
        ("squad_leader", False),
        ("viewer", False),
    ],
)
def test_the_office_and_the_estates_committee_open_polls(
    cast: Cast, clock: TestClock, who: str, may: bool
) -> None:
    actor: Actor = getattr(cast, who)
    code = deliberating(cast, clock.now)
    if may:
        assert opening.open_poll(actor, clock.now, code, draft(cast, clock.now))
        return
    with pytest.raises(NotAllowed):
        opening.open_poll(actor, clock.now, code, draft(cast, clock.now))
    with pytest.raises(NotAllowed):
        opening.send(actor, clock.now, code)


def test_the_committee_opens_none_on_another_estates_file(cast: Cast, clock: TestClock) -> None:
    foreign = deliberating(cast, clock.now, place_code=cast.garden_code)
    with pytest.raises(NotFound):
        opening.open_poll(cast.committee, clock.now, foreign, draft(cast, clock.now))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"question": " "}, "question"),
        ({"options": ["同意"]}, "options"),
        ({"closes_at": at("2026-03-02 09:05")}, "closes"),
        ({"closes_at": at("2026-03-10 09:00")}, "closes"),
        ({"question": "同意请打13812345678吗？"}, "question"),
        ({"estate_id": "estate_two"}, "scope"),
        ({"building_id": "building_three"}, "scope"),
    ],
)
def test_a_poll_that_cannot_be_is_refused_beside_its_field(
    cast: Cast, clock: TestClock, changes: dict[str, object], field: str
) -> None:
    code = deliberating(cast, clock.now)
    named = {
        key: getattr(cast, value) if isinstance(value, str) and key.endswith("_id") else value
        for key, value in changes.items()
    }
    with pytest.raises(FieldError) as refused:
        opening.open_poll(cast.secretary, clock.now, code, draft(cast, clock.now, **named))
    assert refused.value.field == field
    assert polls(cast.secretary, clock.now) == []


def test_words_that_look_personal_are_asked_after_a_second_look(
    cast: Cast, clock: TestClock
) -> None:
    words = draft(cast, clock.now, question="值班电话改成13812345678好吗？", personal_ok=True)
    assert opening.open_poll(cast.secretary, clock.now, deliberating(cast, clock.now), words)


@pytest.mark.parametrize("state", [None, "decided"])
def test_only_a_file_in_deliberation_is_asked_about(
    cast: Cast, clock: TestClock, state: str | None
) -> None:
    code = report(cast, clock.now).case_code or ""
    if state:
        moving.move(cast.secretary, clock.now, code, Move.ACCEPT)
        decide(cast, clock.now, code)
    with pytest.raises(Refused):
        opening.open_poll(cast.secretary, clock.now, code, draft(cast, clock.now))
    with pytest.raises(Refused):
        opening.send(cast.secretary, clock.now, code)


def test_a_form_sent_twice_opens_one_poll_and_a_second_needs_the_first_to_end(
    cast: Cast, clock: TestClock
) -> None:
    code = deliberating(cast, clock.now)
    words = draft(cast, clock.now)
    first = opening.open_poll(cast.secretary, clock.now, code, words, "key")
    assert opening.open_poll(cast.secretary, clock.now, code, words, "key") == first
    with pytest.raises(Refused):
        opening.open_poll(cast.secretary, clock.now, code, words, "other")
    clock.forward(hours=12)
    second = opening.open_poll(cast.secretary, clock.now, code, draft(cast, clock.now), "third")
    assert [line.code for line in polls_of_case(cast.secretary, clock.now, code)] == [second, first]


@pytest.mark.parametrize(
    ("sent", "opened_at", "result"),
    [
        (None, "2026-03-02 15:00", Standing.MET),
        ("2026-03-02 10:00", "2026-03-02 23:59:59", Standing.MET),
        ("2026-03-02 10:00", "2026-03-03 00:00", Standing.MET_LATE),
        ("2026-03-02 10:00", "2026-03-03 09:00", Standing.MET_LATE),
    ],
)
def test_the_same_day_promise_runs_from_when_the_file_was_sent(
    cast: Cast, clock: TestClock, sent: str | None, opened_at: str, result: Standing
) -> None:
    code = deliberating(cast, clock.now)
    if sent:
        opening.send(cast.secretary, at(sent), code)
        with pytest.raises(Refused):
            opening.send(cast.secretary, at(sent), code)
    opening.open_poll(cast.secretary, at(opened_at), code, draft(cast, at(opened_at)))
    row = clock_of(code, Promise.VOTE_OPENED)
    assert row is not None
    assert row.result is result


@pytest.mark.parametrize(
    ("opened_at", "due", "missed"),
    [
        ("2026-03-02 15:00", "2026-03-04 00:00", False),
        ("2026-03-03 23:59", "2026-03-05 00:00", False),
        # Missed by then: it stays as it was.
        ("2026-03-04 00:00", "2026-03-04 00:00", True),
    ],
)
def test_the_decision_is_due_at_the_end_of_the_day_after_the_poll_opened(
    cast: Cast, clock: TestClock, opened_at: str, due: str, missed: bool
) -> None:
    code = deliberating(cast, clock.now)
    now = at(opened_at)
    opening.open_poll(cast.secretary, now, code, draft(cast, now))
    row = clock_of(code, Promise.DECISION)
    assert row is not None
    assert row.due_at == at(due)
    clocks = {clock.promise: clock for clock in case_file(cast.secretary, code, now).clocks}
    assert (clocks[Promise.DECISION].standing is Standing.MISSED) is missed


def test_a_second_poll_of_the_round_buys_no_more_time_and_reminders_begin_again(
    cast: Cast, clock: TestClock
) -> None:
    code = deliberating(cast, clock.now)
    row = clock_of(code, Promise.DECISION)
    assert row is not None
    with engine.write() as session:
        session.add(
            Reminder(clock_id=row.id, case_id=row.case_id, rung=Rung.BEFORE, raised_at=clock.now)
        )
    clock.set("2026-03-03 08:00")
    first = opening.open_poll(cast.secretary, clock.now, code, draft(cast, clock.now))
    opening.withdraw(cast.secretary, clock.now, first, "问题写错了")
    clock.set("2026-03-04 08:00")
    opening.open_poll(cast.secretary, clock.now, code, draft(cast, clock.now))
    again = clock_of(code, Promise.DECISION)
    assert again is not None
    assert (again.id, again.due_at) == (row.id, at("2026-03-05 00:00"))
    with engine.read() as session:
        assert session.scalar(select(Reminder.id)) is None
    assert list(verify.verify()) == []


def test_nobody_decides_while_the_poll_is_open(cast: Cast, clock: TestClock) -> None:
    code = deliberating(cast, clock.now)
    poll = opening.open_poll(cast.secretary, clock.now, code, draft(cast, clock.now))
    with pytest.raises(Refused, match="still open"):
        decide(cast, clock.now, code)
    assert case_file(cast.secretary, code, clock.now).line.state is State.DELIBERATING
    phone_in(cast.secretary, clock.now, poll, all_homes(cast.estate_one), 1)
    clock.forward(hours=12)
    assert poll_view(cast.secretary, clock.now, poll).may_decide
    clock.set("2026-03-03 10:00")
    decide(cast, clock.now, code)
    view = poll_view(cast.secretary, clock.now, poll)
    assert view.decision is not None
    assert (view.decision.unit, view.decision.words) == ("一号物业公司", "物业先划车位")
    assert not view.may_decide
    assert [(row.promise, row.standing) for row in view.clocks] == [
        (Promise.VOTE_OPENED, Standing.MET),
        (Promise.DECISION, Standing.MET),
    ]
    with engine.read() as session:
        moved = session.scalars(select(Event).where(Event.kind == "moved")).all()
    told = [facts for row in moved if (facts := events.facts_of(row.payload)).get("poll")]
    assert [(facts["move"], facts["answered"], facts["asked"]) for facts in told] == [
        ("decide", 3, 3)
    ]
    assert list(verify.verify()) == []


def test_a_withdrawn_poll_says_why_and_never_shows_a_result(cast: Cast, clock: TestClock) -> None:
    taken = report(cast, clock.now)
    code = taken.case_code or ""
    moving.move(cast.secretary, clock.now, code, Move.ACCEPT)
    poll = opening.open_poll(cast.secretary, clock.now, code, draft(cast, clock.now))
    phone_in(cast.secretary, clock.now, poll, all_homes(cast.estate_one), 1)
    with pytest.raises(FieldError):
        opening.withdraw(cast.secretary, clock.now, poll, " ")
    opening.withdraw(cast.social_worker, clock.now, poll, "问题写错了", "key")
    opening.withdraw(cast.social_worker, clock.now, poll, "问题写错了", "key")
    view = poll_view(cast.secretary, clock.now, poll)
    assert (view.line.state, view.withdrawn_because) == (PollState.WITHDRAWN, "问题写错了")
    assert {option.count for option in view.line.options} == {None}
    follow = follow_view(taken.follow_code, clock.now)
    assert follow.progress is not None
    assert [e.text for e in follow.progress.entries if e.kind == "poll_withdrawn"] == ["问题写错了"]
    with pytest.raises(Refused, match="withdrawn"):
        phone_in(cast.secretary, clock.now, poll, [cast.household_101], 2)
    with pytest.raises(Refused):
        opening.withdraw(cast.secretary, clock.now, poll, "again")
    decide(cast, clock.now, code)
    assert poll_view(cast.secretary, clock.now, poll).decision is None


@pytest.mark.parametrize(
    ("kind", "stops"),
    [
        (Move.EXPLAIN, True),
        (Move.DECLINE, True),
        (Move.TO_VOTE, True),
        (Move.SUSPEND, False),
        (Move.ASK, False),
    ],
)
def test_a_file_that_leaves_deliberation_takes_its_open_poll_along(
    cast: Cast, clock: TestClock, kind: Move, stops: bool
) -> None:
    code = deliberating(cast, clock.now)
    poll = opening.open_poll(cast.secretary, clock.now, code, draft(cast, clock.now))
    moving.move(cast.secretary, clock.now, code, kind, "缘由")
    state = poll_view(cast.secretary, clock.now, poll).line.state
    assert state is (PollState.WITHDRAWN if stops else PollState.OPEN)
    assert list(verify.verify()) == []


@pytest.mark.parametrize("kind", [Move.EXPLAIN, Move.TO_VOTE])
def test_a_poll_that_was_promised_and_is_needed_no_more_is_no_miss(
    cast: Cast, clock: TestClock, kind: Move
) -> None:
    code = deliberating(cast, clock.now)
    opening.send(cast.secretary, clock.now, code)
    clock.forward(hours=1)
    moving.move(cast.secretary, clock.now, code, kind, "缘由")
    row = clock_of(code, Promise.VOTE_OPENED)
    assert row is not None
    assert row.result is Standing.VOID
    assert list(verify.verify()) == []


def test_polls_of_another_estate_are_not_there(cast: Cast, clock: TestClock) -> None:
    other = deliberating(cast, clock.now, place_code=cast.garden_code)
    words = draft(cast, clock.now, estate_id=cast.estate_two)
    poll = opening.open_poll(cast.secretary, clock.now, other, words)
    assert [line.code for line in polls(cast.secretary, clock.now)] == [poll]
    assert polls(cast.committee, clock.now) == []
    assert polls(cast.secretary, clock.now, estate_id=cast.estate_one) == []
    calls = (
        lambda: poll_view(cast.committee, clock.now, poll),
        lambda: opening.withdraw(cast.committee, clock.now, poll, "x"),
        lambda: polls_of_case(cast.committee, clock.now, other),
        lambda: poll_view(cast.secretary, clock.now, "nothing"),
    )
    for call in calls:
        with pytest.raises(DeskError) as refused:
            call()
        assert isinstance(refused.value, NotFound)


@pytest.mark.slow
def test_strings_that_break_programs_stay_words(
    cast: Cast, clock: TestClock, naughty_strings: list[str]
) -> None:
    code, kept = deliberating(cast, clock.now), []
    for text in naughty_strings:
        question = f"问{text}"[:200]
        options = ("同意", f"答{text}"[:60])
        words = draft(cast, clock.now, question=question, options=options, personal_ok=True)
        poll = opening.open_poll(cast.secretary, clock.now, code, words)
        opening.withdraw(cast.secretary, clock.now, poll, f"因为{text}"[:500])
        kept.append((one_line(question), ["同意", one_line(options[1])]))
    shown = polls(cast.secretary, clock.now, limit=1_000)[::-1]
    assert [(line.question, [option.text for option in line.options]) for line in shown] == kept


def one_line(text: str) -> str:
    return " ".join(clean(" ".join(text.split())).split())
