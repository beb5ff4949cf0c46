"""Sign-ins: how long they live, what ends them, and how slowly passwords can be guessed."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from db import rates, sign_ins
from db.engine import Database
from db.hashing import hash_password
from db.rates import TooMany
from db.settings import put
from db.tables import Account, AccountRole, RateHit, SignIn
from domain.errors import NotAllowed, Refused
from domain.people import Role
from tests.support.cast import PASSWORD, Cast
from tests.support.clock import TestClock

HERE = "203.0.113.5"


def test_the_right_password_opens_a_sign_in_of_that_person(cast: Cast, clock: TestClock) -> None:
    token = sign_ins.sign_in(" Secretary ", PASSWORD, HERE, clock.now)
    view = sign_ins.session_of(token, clock.now)
    assert view is not None
    assert sign_ins.actor_of(view.key, clock.now) == cast.secretary
    here = sign_ins.here(view.key, clock.now)
    assert here is not None
    assert (here.actor, here.settings.community) == (cast.secretary, "测试社区")


def test_neither_cookie_nor_key_can_be_told_from_the_database(
    database: Database, cast: Cast, clock: TestClock
) -> None:
    token = sign_ins.sign_in("secretary", PASSWORD, HERE, clock.now)
    view = sign_ins.session_of(token, clock.now)
    assert view is not None
    assert len(token) >= 43  # 256 bits
    with database.read() as session:
        stored = session.scalars(select(SignIn.token_hash)).one()
    assert token not in stored
    # The key inside the server is of no use as a cookie.
    assert sign_ins.session_of(view.key, clock.now) is None


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("secretary", "wrong-password"),
        ("nobody", PASSWORD),
        ("", ""),
        ("secretary\x00", PASSWORD + "\x00"),
        ("secretary' OR 1=1 --", PASSWORD),
        ("x" * 100_000, "y" * 100_000),
    ],
)
def test_whatever_is_wrong_gets_one_answer(
    cast: Cast, clock: TestClock, login: str, password: str
) -> None:
    with pytest.raises(Refused) as refused:
        sign_ins.sign_in(login, password, HERE, clock.now)
    assert str(refused.value) == (
        "Login or password is wrong. Check both, or ask the administrator."
    )


def test_an_unknown_login_costs_a_whole_hash(
    cast: Cast, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def watch(_password: str, stored: str) -> bool:
        compared.append(stored)
        return False

    monkeypatch.setattr(sign_ins, "matches", watch)
    for login in ("secretary", "nobody"):
        with pytest.raises(Refused):
            sign_ins.sign_in(login, "wrong", HERE, clock.now)
    # A fresh hash has the parameters that the stand-in's has, and so takes as long.
    parameters = hash_password("x").rsplit("$", 2)[0]
    assert compared[1].rsplit("$", 2)[0] == parameters


def test_an_account_without_a_password_cannot_sign_in_by_one(
    database: Database, cast: Cast, clock: TestClock
) -> None:
    with database.write() as session:
        session.execute(update(Account).where(Account.login == "viewer").values(password_hash=None))
    for guess in ("", "None", "no account has this password"):
        with pytest.raises(Refused):
            sign_ins.sign_in("viewer", guess, HERE, clock.now)


@pytest.mark.parametrize(
    ("idle", "alive"),
    [
        (timedelta(hours=11, minutes=59), True),
        (timedelta(hours=12), False),
        (timedelta(days=8), False),
    ],
)
def test_a_sign_in_idles_out_after_twelve_hours(
    cast: Cast, clock: TestClock, idle: timedelta, alive: bool
) -> None:
    token = sign_ins.sign_in("secretary", PASSWORD, HERE, clock.now)
    assert (sign_ins.session_of(token, clock.now + idle) is not None) is alive


def test_use_keeps_a_sign_in_alive_but_not_beyond_seven_days(cast: Cast, clock: TestClock) -> None:
    token = sign_ins.sign_in("secretary", PASSWORD, HERE, clock.now)
    began = clock.now
    while clock.now - began < timedelta(days=7):
        view = sign_ins.session_of(token, clock.now)
        assert view is not None
        if view.wants_touch(clock.now):
            sign_ins.touch(view.key, clock.now)
        clock.forward(hours=6)
    assert sign_ins.session_of(token, clock.now) is None


def test_its_use_is_noted_every_five_minutes_only(cast: Cast, clock: TestClock) -> None:
    token = sign_ins.sign_in("secretary", PASSWORD, HERE, clock.now)
    view = sign_ins.session_of(token, clock.now)
    assert view is not None
    assert not view.wants_touch(clock.now + timedelta(minutes=5))
    assert view.wants_touch(clock.now + timedelta(minutes=5, seconds=1))


def test_signing_out_ends_it_at_once_and_touching_does_not_revive_it(
    cast: Cast, clock: TestClock
) -> None:
    token = sign_ins.sign_in("secretary", PASSWORD, HERE, clock.now)
    other = sign_ins.sign_in("secretary", PASSWORD, HERE, clock.now)
    view = sign_ins.session_of(token, clock.now)
    assert view is not None
    sign_ins.sign_out(view.key, clock.now)
    sign_ins.sign_out(view.key, clock.now)
    sign_ins.touch(view.key, clock.forward(minutes=6))
    assert sign_ins.session_of(token, clock.now) is None
    assert sign_ins.actor_of(view.key, clock.now) is None
    assert sign_ins.here(view.key, clock.now) is None
    assert sign_ins.session_of(other, clock.now) is not None


def test_the_eleventh_wrong_password_in_a_minute_waits_even_when_it_is_right(
    cast: Cast, clock: TestClock
) -> None:
    for attempt in range(10):
        with pytest.raises(Refused):
            sign_ins.sign_in("secretary", f"wrong {attempt}", f"203.0.113.{attempt}", clock.now)
        clock.forward(seconds=1)
    with pytest.raises(TooMany) as waiting:
        sign_ins.sign_in("secretary", PASSWORD, HERE, clock.now)
    assert waiting.value.seconds == 50
    clock.forward(seconds=51)
    assert sign_ins.sign_in("secretary", PASSWORD, HERE, clock.now)


def test_one_address_cannot_walk_through_the_logins(cast: Cast, clock: TestClock) -> None:
    for login in list(cast.people)[:10]:
        with pytest.raises(Refused):
            sign_ins.sign_in(login, "wrong", HERE, clock.now)
    with pytest.raises(TooMany):
        sign_ins.sign_in("someone", "wrong", HERE, clock.now)
    assert sign_ins.sign_in("secretary", PASSWORD, "203.0.113.99", clock.now)


def test_right_passwords_are_not_counted(cast: Cast, clock: TestClock) -> None:
    for _ in range(12):
        assert sign_ins.sign_in("secretary", PASSWORD, HERE, clock.now)


def test_many_wrong_passwords_at_one_moment_do_not_slip_through(
    cast: Cast, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = []
    monkeypatch.setattr(sign_ins, "matches", lambda *pair: looked_at.append(pair))
    together = threading.Barrier(24)

    def guess(number: int) -> None:
        together.wait()
        with pytest.raises((Refused, TooMany)):
            sign_ins.sign_in("secretary", f"wrong {number}", f"198.51.100.{number}", clock.now)

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looked_at) == 10


def test_counters_hold_no_login_and_no_address_and_are_cleaned(
    database: Database, cast: Cast, clock: TestClock
) -> None:
    with pytest.raises(Refused):
        sign_ins.sign_in("secretary", "wrong", HERE, clock.now)
    with database.read() as session:
        buckets = set(session.scalars(select(RateHit.bucket)))
    assert len(buckets) == 2
    assert not [name for name in buckets if "secretary" in name or HERE in name]
    assert rates.clean(clock.forward(hours=23)) == 0
    assert rates.clean(clock.forward(hours=2)) == 2


def test_without_a_demo_nobody_signs_in_as_a_role(cast: Cast, clock: TestClock) -> None:
    assert sign_ins.demo_roles() == []
    with pytest.raises(NotAllowed):
        sign_ins.sign_in_demo(Role.SECRETARY, clock.now)


def test_the_demo_signs_in_as_every_role_that_somebody_has(
    database: Database, cast: Cast, clock: TestClock
) -> None:
    with database.write() as session:
        put(session, "demo", True)
        session.execute(update(Account).where(Account.login == "viewer").values(active=False))
    roles = sign_ins.demo_roles()
    assert roles == [role for role in Role if role is not Role.VIEWER]
    for role in roles:
        view = sign_ins.session_of(sign_ins.sign_in_demo(role, clock.now), clock.now)
        assert view is not None
        actor = sign_ins.actor_of(view.key, clock.now)
        assert actor is not None
        assert role in actor.roles
    with pytest.raises(NotAllowed):
        sign_ins.sign_in_demo(Role.VIEWER, clock.now)


def test_the_demo_prefers_who_is_nothing_else(
    database: Database, cast: Cast, clock: TestClock
) -> None:
    with database.write() as session:
        put(session, "demo", True)
        leader = cast.squad_leader.account_id
        session.add(AccountRole(account_id=leader, role=Role.VOLUNTEER))
    view = sign_ins.session_of(sign_ins.sign_in_demo(Role.VOLUNTEER, clock.now), clock.now)
    assert view is not None
    assert sign_ins.actor_of(view.key, clock.now) == cast.volunteer


def test_old_sign_ins_are_dropped_and_living_ones_stay(cast: Cast, clock: TestClock) -> None:
    sign_ins.sign_in("secretary", PASSWORD, HERE, clock.now)
    clock.forward(days=36)
    living = sign_ins.sign_in("secretary", PASSWORD, HERE, clock.now)
    assert sign_ins.clean(clock.now) == 0
    clock.forward(days=2)
    assert sign_ins.clean(clock.now) == 1
    sign_ins.session_of(living, clock.now)
