"""One answer a household, by whatever way, until the close; and no result before it."""

import threading
from collections.abc import Callable
from datetime import datetime
from itertools import count

import pytest
from sqlalchemy import func, insert, select, text

from db import engine, moving, rates, verify
from db.following import FollowView, follow_view
from db.polls import answering, links, opening, public
from db.polls.reads import poll_view, polls
from db.tables import Event
from db.tables.polls import PollAnswer, PollChannel, PollLink, PollOption
from domain.errors import FieldError, NotAllowed, NotFound, Refused
from domain.moves import Move
from domain.people import RESIDENT
from domain.polls import PollState
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.polling import all_homes, draft, houses, opened, phone_in
from tests.support.stories import report

THREADS, ROUNDS = 16, 5


def slips(cast: Cast, now: datetime, poll: str) -> dict[str, links.Slip]:
    """The slips of building one by room."""
    made = links.issue_slips(cast.secretary, now, poll, cast.building_one)
    return {slip.room: slip for slip in made}


def kept() -> list[PollAnswer]:
    with engine.read() as session:
        return list(session.scalars(select(PollAnswer).order_by(PollAnswer.household_id)))


def lobby_of(cast: Cast, now: datetime, poll: str) -> str:
    return poll_view(cast.secretary, now, poll).lobby_code or ""


def test_the_last_answer_of_a_household_counts_by_whatever_way_it_came(
    cast: Cast, clock: TestClock
) -> None:
    poll = opened(cast, clock.now)
    slip = slips(cast, clock.now, poll)["1单元101"]
    home = cast.household_101
    answering.answer_by_phone(cast.secretary, clock.now, poll, home, 1)
    secret = links.exchange(clock.now, slip.token, "n")
    answering.answer_by_pass(clock.forward(minutes=1), secret, 2)
    answering.answer_in_lobby(
        clock.forward(minutes=1), lobby_of(cast, clock.now, poll), home, slip.code, 3, "192.0.2.1"
    )
    assert [(row.household_id, row.channel) for row in kept()] == [(home, PollChannel.LOBBY)]
    assert poll_view(cast.viewer, clock.now, poll).line.answered == 1
    with engine.read() as session:
        told = session.scalars(select(Event.payload).where(Event.kind == "poll_answered")).all()
    assert len(told) == 3
    assert "option" not in "".join(told)


@pytest.mark.parametrize(
    ("seconds", "taken"), [(12 * 3600 - 1, True), (12 * 3600, False), (12 * 3600 + 1, False)]
)
def test_the_clock_closes_every_way(
    cast: Cast, clock: TestClock, seconds: int, taken: bool
) -> None:
    told = report(cast, clock.now, household_id=cast.household_102)
    poll = opened(cast, clock.now)
    slip = slips(cast, clock.now, poll)["1单元101"]
    secret = links.exchange(clock.now, slip.token, "n")
    lobby = lobby_of(cast, clock.now, poll)
    now = clock.forward(seconds=seconds)
    ways: tuple[Callable[[], None], ...] = (
        lambda: answering.answer_by_phone(cast.secretary, now, poll, cast.household_501, 1),
        lambda: answering.answer_by_pass(now, secret, 1),
        lambda: answering.answer_in_lobby(now, lobby, cast.household_101, slip.code, 1, "a"),
        lambda: answering.answer_by_follow(RESIDENT, now, told.follow_code, poll, 1),
    )
    for way in ways:
        if taken:
            way()
            continue
        with pytest.raises(Refused, match="closed"):
            way()
    assert len(kept()) == (3 if taken else 0)


def test_no_result_is_anywhere_before_the_close_and_then_everywhere_the_same(
    cast: Cast, clock: TestClock
) -> None:
    taken = report(cast, clock.now, household_id=cast.household_101)
    more = houses(cast.building_one, 20)
    moving.move(cast.secretary, clock.now, taken.case_code or "", Move.ACCEPT)
    poll = opening.open_poll(
        cast.secretary, clock.now, taken.case_code or "", draft(cast, clock.now)
    )
    lobby = lobby_of(cast, clock.now, poll)
    phone_in(cast.secretary, clock.now, poll, more[:12], 1)
    phone_in(cast.secretary, clock.now, poll, more[12:17], 2)
    phone_in(cast.secretary, clock.now, poll, more[17:], 3)

    def everywhere() -> set[tuple[int | None, ...]]:
        lines = [
            poll_view(cast.viewer, clock.now, poll).line,
            polls(cast.secretary, clock.now)[0],
            public.lobby(lobby, clock.now).poll,
            follow_view(taken.follow_code, clock.now).polls[0].poll,
        ]
        assert {line.answered for line in lines} == {20}
        return {tuple(option.count for option in line.options) for line in lines}

    assert everywhere() == {(None, None, None)}
    clock.forward(hours=12, seconds=-1)
    assert everywhere() == {(None, None, None)}
    before = poll_view(cast.viewer, clock.now, poll).line
    assert (before.hides, before.majority) == (False, None)
    # The page that is drawn again at every answer tells the turnout alone.
    phone_in(cast.secretary, clock.now, poll, more[:1], 2)
    assert repr(before) == repr(poll_view(cast.viewer, clock.now, poll).line)
    phone_in(cast.secretary, clock.now, poll, more[:1], 1)
    clock.forward(seconds=1)
    # Three stay hidden, and with them the five, or twenty less the others would tell.
    assert everywhere() == {(12, None, None)}
    view = poll_view(cast.viewer, clock.now, poll).line
    assert (view.state, view.hides, view.majority) == (PollState.CLOSED, True, None)


def test_a_link_is_exchanged_once_and_again_only_by_the_same_page(
    cast: Cast, clock: TestClock
) -> None:
    poll = opened(cast, clock.now)
    slip = slips(cast, clock.now, poll)["1单元101"]
    secret = links.exchange(clock.now, slip.token, "page one")
    assert links.exchange(clock.now, slip.token, "page one") == secret
    with pytest.raises(Refused, match="another device"):
        links.exchange(clock.now, slip.token, "page two")
    assert not public.poll_of_pass(secret, clock.now).answered
    answering.answer_by_pass(clock.now, secret, 1)
    seen = public.poll_of_pass(secret, clock.now)
    assert seen.answered
    assert {option.count for option in seen.poll.options} == {None}
    for bad in ("", "x" * 64, slip.token):
        with pytest.raises(NotFound):
            answering.answer_by_pass(clock.now, bad, 1)


def test_a_new_link_ends_the_old_one_and_what_it_was_exchanged_for(
    cast: Cast, clock: TestClock
) -> None:
    poll = opened(cast, clock.now)
    old = slips(cast, clock.now, poll)["1单元101"]
    secret = links.exchange(clock.now, old.token, "n")
    fresh = links.issue_link(cast.committee, clock.now, poll, cast.household_101)
    with pytest.raises(NotFound):
        links.exchange(clock.now, old.token, "n")
    with pytest.raises(NotFound):
        answering.answer_by_pass(clock.now, secret, 1)
    lobby = lobby_of(cast, clock.now, poll)
    with pytest.raises(answering.WrongCode):
        answering.answer_in_lobby(clock.now, lobby, cast.household_101, old.code, 1, "a")
    answering.answer_by_pass(clock.now, links.exchange(clock.now, fresh.token, "n"), 1)
    assert len(kept()) == 1


def test_only_hashes_are_kept_and_links_have_more_than_128_bits(
    cast: Cast, clock: TestClock
) -> None:
    poll = opened(cast, clock.now)
    made = slips(cast, clock.now, poll)
    assert {len(slip.token) >= 22 for slip in made.values()} == {True}  # 128 bits in base64
    assert len({slip.token for slip in made.values()} | {s.code for s in made.values()}) == 4
    with engine.read() as session:
        rows = session.scalars(select(PollLink)).all()
        told = " ".join(session.scalars(select(Event.payload)))
    for slip in made.values():
        for row in rows:
            assert slip.token not in (row.token_hash, row.code_hash)
            assert slip.code not in (row.token_hash, row.code_hash)
        assert slip.token not in told


def test_slips_are_for_homes_that_still_have_to_answer(cast: Cast, clock: TestClock) -> None:
    poll = opened(cast, clock.now)
    phone_in(cast.secretary, clock.now, poll, [cast.household_101], 1)
    assert set(slips(cast, clock.now, poll)) == {"1单元102"}
    phone_in(cast.secretary, clock.now, poll, [cast.household_102], 1)
    for building in (cast.building_one, cast.building_three):
        with pytest.raises(FieldError):
            links.issue_slips(cast.secretary, clock.now, poll, building)
    with pytest.raises(FieldError):
        links.issue_link(cast.secretary, clock.now, poll, cast.household_901)
    clock.forward(hours=12)
    with pytest.raises(Refused):
        links.issue_link(cast.secretary, clock.now, poll, cast.household_501)


def test_guessing_codes_in_the_lobby_ends_soon_for_room_and_address(
    cast: Cast, clock: TestClock
) -> None:
    poll = opened(cast, clock.now)
    slip = slips(cast, clock.now, poll)["1单元101"]
    lobby = lobby_of(cast, clock.now, poll)

    def guess(home: int, code: str, whence: str) -> None:
        answering.answer_in_lobby(clock.now, lobby, home, code, 1, whence)

    for number in range(answering.GUESSES_OF_HOUSEHOLD):
        with pytest.raises(answering.WrongCode):
            guess(cast.household_101, f"WRONG{number}", f"192.0.2.{number}")
    with pytest.raises(rates.TooMany):
        guess(cast.household_101, slip.code, "192.0.2.99")
    for number in range(answering.GUESSES_FROM_ADDRESS):
        with pytest.raises(answering.WrongCode):
            guess(1_000 + number, slip.code, "198.51.100.1")
    with pytest.raises(rates.TooMany):
        guess(cast.household_102, slip.code, "198.51.100.1")
    assert kept() == []
    clock.forward(hours=1, seconds=1)
    guess(cast.household_101, f" {slip.code[:4].lower()}-{slip.code[4:]} ", "192.0.2.99")
    assert len(kept()) == 1


def follow(cast: Cast, now: datetime, household: int | None) -> tuple[str, FollowView]:
    code = report(cast, now, household_id=household).follow_code
    return code, follow_view(code, now)


def test_a_reporter_answers_for_the_own_household_alone(cast: Cast, clock: TestClock) -> None:
    poll = opened(cast, clock.now, building_id=cast.building_one)
    mine, view = follow(cast, clock.now, cast.household_101)
    assert [(one.poll.code, one.answers, one.answered) for one in view.polls] == [
        (poll, True, False)
    ]
    answering.answer_by_follow(RESIDENT, clock.now, mine, poll, 2)
    assert follow_view(mine, clock.now).polls[0].answered
    for household in (None, cast.household_501, cast.household_901):
        other, seen = follow(cast, clock.now, household)
        assert seen.polls == ()
        with pytest.raises(NotAllowed):
            answering.answer_by_follow(RESIDENT, clock.now, other, poll, 1)
    for code, which in (("nothing", poll), (mine, "nothing")):
        with pytest.raises(NotFound):
            answering.answer_by_follow(RESIDENT, clock.now, code, which, 1)
    assert [(row.household_id, row.channel) for row in kept()] == [
        (cast.household_101, PollChannel.FOLLOW)
    ]


@pytest.mark.parametrize("position", [0, 4, -1])
def test_an_answer_that_was_not_offered_is_none(
    cast: Cast, clock: TestClock, position: int
) -> None:
    poll = opened(cast, clock.now)
    with pytest.raises(FieldError) as refused:
        phone_in(cast.secretary, clock.now, poll, [cast.household_101], position)
    assert refused.value.field == "option"


def test_who_runs_no_polls_takes_no_answer_down(cast: Cast, clock: TestClock) -> None:
    poll = opened(cast, clock.now)
    for who in (cast.viewer, cast.property_contact, cast.volunteer, cast.administrator):
        with pytest.raises(NotAllowed):
            phone_in(who, clock.now, poll, [cast.household_101], 1)
        with pytest.raises(NotAllowed):
            links.issue_slips(who, clock.now, poll, cast.building_one)
        with pytest.raises(NotAllowed):
            links.issue_link(who, clock.now, poll, cast.household_101)


def race(cast: Cast, now: datetime, poll: str) -> tuple[int, list[BaseException]]:
    """Sixteen people of the same three households answer at once, again and again."""
    homes = all_homes(cast.estate_one)
    faults: list[BaseException] = []
    together = threading.Barrier(THREADS)

    def answer(number: int) -> None:
        together.wait()
        for turn in range(ROUNDS):
            home = homes[(number + turn) % len(homes)]
            try:
                answering.answer_by_phone(cast.secretary, now, poll, home, 1 + number % 3)
            except Exception as fault:
                faults.append(fault)

    crowd = [threading.Thread(target=answer, args=(number,)) for number in range(THREADS)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    return len(homes), faults


def test_sixteen_at_once_leave_one_answer_a_household(cast: Cast, clock: TestClock) -> None:
    poll = opened(cast, clock.now)
    homes, faults = race(cast, clock.now, poll)
    assert faults == []
    assert len(kept()) == homes == 3
    assert poll_view(cast.viewer, clock.now, poll).line.answered == 3
    with engine.read() as session:
        told = session.scalar(select(func.count()).where(Event.kind == "poll_answered"))
    assert told == THREADS * ROUNDS
    assert list(verify.verify()) == []


def test_without_the_constraint_the_race_leaves_more(
    cast: Cast, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: it is the constraint that keeps the answers single."""
    poll = opened(cast, clock.now)
    with engine.write() as session:
        session.execute(text("ALTER TABLE poll_answers RENAME TO poll_answers_kept"))
        session.execute(text("CREATE TABLE poll_answers AS SELECT * FROM poll_answers_kept"))
        session.execute(text("DROP TABLE poll_answers_kept"))

    class Loose:
        """An insert that knows no conflict."""

        def __init__(self, _session: object, _table: object) -> None:
            self.row: dict[str, object] = {}

        def values(self, **row: object) -> "Loose":
            self.row = {"id": next(numbers), **row}
            return self

        def on_conflict_do_update(self, **_: object) -> object:
            return insert(PollAnswer).values(self.row)

    numbers = count(1)
    monkeypatch.setattr(answering, "upsert", Loose)
    homes, faults = race(cast, clock.now, poll)
    assert faults == []
    assert poll_view(cast.viewer, clock.now, poll).line.answered == THREADS * ROUNDS > homes


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("DELETE FROM poll_answers WHERE household_id = :home", "events tell of"),
        ("UPDATE poll_answers SET household_id = :other", "events tell of"),
        ("UPDATE poll_answers SET channel = 'link' WHERE household_id = :home", "events tell of"),
        ("UPDATE poll_answers SET household_id = :foreign", "does not ask"),
        ("UPDATE poll_answers SET option_id = :option", "none of its own"),
        ("UPDATE polls SET closes_at = opened_at", "outside of its time"),
    ],
)
def test_verify_finds_what_was_changed_behind_the_desks_back(
    cast: Cast, clock: TestClock, change: str, what: str
) -> None:
    poll = opened(cast, clock.now)
    phone_in(cast.secretary, clock.forward(hours=1), poll, [cast.household_101], 1)
    phone_in(cast.secretary, clock.forward(hours=1), poll, [cast.household_101], 2)
    clock.forward(hours=12)
    opened(cast, clock.now)
    assert list(verify.verify()) == []
    with engine.write() as session:
        option = session.scalars(select(PollOption.id).order_by(PollOption.id.desc())).first()
        named = {
            "home": cast.household_101,
            "other": cast.household_102,
            "foreign": cast.household_901,
            "option": option,
        }
        used = {name: value for name, value in named.items() if f":{name}" in change}
        session.execute(text(change), used)
    said = [str(fault.params["what"].template) for fault in verify.verify()]
    assert [fault for fault in said if what in fault]
