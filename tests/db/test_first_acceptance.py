"""Fifty taps at one moment: one has the request, and nobody holds two."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, text, update

from db import engine
from db.requests import answering, asking, dispatching, ladder
from db.requests.asking import Asked
from db.tables import Event
from db.tables.requests import Assignment, HelpRequest, OfferRow, RequestRung
from db.tables.volunteers import VolunteerRow
from domain.errors import DeskError
from domain.offers import OfferState
from domain.people import SYSTEM
from domain.requests import Act, Called, RequestState, Urgency
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.helpers import with_account

FEVER = Asked(need="孩子发烧", urgency=Urgency.EMERGENCY, called=Called.FAMILY)
TAPS = 50


def at_once(many: int, tap: Callable[[int], object]) -> list[object]:
    """Run `tap` so many times at one moment; errors that a user is told come back as values."""
    ready = threading.Barrier(many)

    def run(number: int) -> object:
        ready.wait()
        try:
            return tap(number)
        except DeskError as error:
            return error

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(run, range(many)))


def offered(cast: Cast, clock: TestClock, many: int) -> tuple[int, list[str]]:
    """A request with open offers to so many volunteers; its row and the offers' codes."""
    with engine.write() as session:
        for number in range(many):
            with_account(session, clock.now, f"helper{number}")
    code = asking.ask(cast.secretary, clock.now, FEVER).code
    dispatching.start(cast.secretary, clock.now, code)
    with engine.write() as session:
        row = session.scalars(select(HelpRequest)).one()
        for key in session.scalars(select(VolunteerRow.id)).all():
            ladder.send(session, SYSTEM, clock.now, row, key)
        return row.id, list(session.scalars(select(OfferRow.code).order_by(OfferRow.id)))


def count(what: object) -> int:
    with engine.read() as session:
        return session.scalar(select(func.count()).where(what)) or 0  # type: ignore[arg-type]


def test_of_fifty_taps_at_once_one_takes_it(cast: Cast, clock: TestClock) -> None:
    _, codes = offered(cast, clock, TAPS)
    assert len(codes) == TAPS
    results = at_once(TAPS, lambda n: answering.accept(cast.secretary, clock.now, codes[n]))
    won = [one for one in results if isinstance(one, answering.Accepted)]
    assert len(won) == 1
    assert all(isinstance(one, DeskError) for one in results if one not in won)
    assert count(OfferRow.state == OfferState.ACCEPTED) == 1
    assert count(OfferRow.state == OfferState.EXPIRED) == TAPS - 1
    assert count(Assignment.ended_at.is_(None)) == 1
    assert count(HelpRequest.state == RequestState.ASSIGNED) == 1


def test_one_button_tapped_fifty_times_makes_one_task(cast: Cast, clock: TestClock) -> None:
    _, codes = offered(cast, clock, 3)
    results = at_once(TAPS, lambda _: answering.accept(cast.secretary, clock.now, codes[1]))
    assert {getattr(one, "task_code", one) for one in results} == {
        results[0].task_code  # type: ignore[attr-defined]
    }
    assert count(Assignment.id > 0) == 1
    assert count(Event.kind == "offer_answered") == 1


def test_without_the_conditions_several_would_take_it(cast: Cast, clock: TestClock) -> None:
    """The control: reading first and writing then, with no index, as one might write it."""
    key, codes = offered(cast, clock, TAPS)
    with engine.write() as session:
        for index in ("uq_offers_accepted", "uq_assignments_request"):
            session.execute(text(f"DROP INDEX {index}"))
    read = threading.Barrier(TAPS, timeout=20)

    def naive(number: int) -> object:
        with engine.read() as session:
            waits = session.get_one(HelpRequest, key).state is RequestState.OFFERING
        read.wait()  # so that the gap between reading and writing is there each time
        if waits:
            with engine.write() as session:
                session.execute(
                    update(OfferRow)
                    .where(OfferRow.code == codes[number])
                    .values(state=OfferState.ACCEPTED)
                )
        return waits

    at_once(TAPS, naive)
    assert count(OfferRow.state == OfferState.ACCEPTED) > 1


def test_nobody_holds_two_tasks_whatever_they_tap(cast: Cast, clock: TestClock) -> None:
    """The index stands even where the rules were gone around."""
    _, codes = offered(cast, clock, 1)
    answering.accept(cast.secretary, clock.now, codes[0])
    other = asking.ask(cast.secretary, clock.now, FEVER).code
    dispatching.start(cast.secretary, clock.now, other)
    with engine.write() as session:
        row = session.scalars(select(HelpRequest).where(HelpRequest.code == other)).one()
        person = session.scalars(select(VolunteerRow.id)).one()
        second = ladder.send(session, SYSTEM, clock.now, row, person)
    with pytest.raises(DeskError, match="another task"):
        answering.accept(cast.secretary, clock.now, second or "")
    assert count(OfferRow.state == OfferState.ACCEPTED) == 1
    assert count(HelpRequest.state == RequestState.OFFERING) == 1  # all of it was taken back


def test_two_servers_raise_each_rung_and_ask_each_volunteer_once(
    cast: Cast, clock: TestClock
) -> None:
    with engine.write() as session:
        for number in range(12):
            with_account(session, clock.now, f"helper{number}")
    code = asking.ask(cast.secretary, clock.now, FEVER).code
    dispatching.start(cast.secretary, clock.now, code)
    clock.forward(minutes=10)
    at_once(12, lambda _: ladder.tick(clock.now))
    assert count(RequestRung.id > 0) == 4
    assert count(OfferRow.id > 0) == 6
    with engine.read() as session:
        moved = session.scalars(select(Event.payload).where(Event.kind == "request_moved"))
        assert len([one for one in moved if f'"{Act.ESCALATE.value}"' in one]) == 1


def test_answers_and_the_ladder_at_one_moment_leave_one_truth(cast: Cast, clock: TestClock) -> None:
    _, codes = offered(cast, clock, 20)
    clock.forward(minutes=10)

    def tap(number: int) -> object:
        if number % 3 == 0:
            return ladder.tick(clock.now)
        if number % 3 == 1:
            return answering.decline(cast.secretary, clock.now, codes[number % 20])
        return answering.accept(cast.secretary, clock.now, codes[number % 20])

    at_once(TAPS, tap)
    assert count(OfferRow.state == OfferState.ACCEPTED) == 1
    assert count(OfferRow.state == OfferState.SENT) == 0
    assert count(Assignment.ended_at.is_(None)) == 1
