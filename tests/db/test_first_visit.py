"""The first visit: one community, one first administrator, and nobody without the code."""

import threading
from contextlib import suppress
from typing import Any

import pytest

from db import accounts, first_visit, sign_ins
from db.engine import Database
from db.rates import TooMany
from db.settings import settings
from domain.errors import DeskError, FieldError, Refused
from domain.people import Role
from tests.support.cast import Cast
from tests.support.clock import TestClock

HERE = "203.0.113.5"


def start(clock: TestClock, code: str, **changed: Any) -> str:
    wanted: dict[str, Any] = {
        "community": "菖蒲社区",
        "name": "王芳",
        "login": "wangfang",
        "password": "一只老猫坐在墙头看天",
        "code": code,
        "address": HERE,
        "now": clock.now,
    }
    return first_visit.start_empty(**(wanted | changed))


def test_the_printed_code_opens_the_first_account(database: Database, clock: TestClock) -> None:
    assert not accounts.any_account()
    code = first_visit.set_up_code()
    assert code is not None
    token = start(clock, f" {code[:5].lower()}-{code[5:]} ")
    view = sign_ins.session_of(token, clock.now)
    assert view is not None
    actor = sign_ins.actor_of(view.key, clock.now)
    assert actor is not None
    assert (actor.name, actor.roles) == ("王芳", {Role.ADMINISTRATOR})
    assert settings().community == "菖蒲社区"
    assert first_visit.set_up_code() is None


def test_after_a_restart_both_printed_codes_are_good(database: Database, clock: TestClock) -> None:
    first, second = first_visit.set_up_code(), first_visit.set_up_code()
    assert first != second
    assert start(clock, first or "")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"community": ""}, "community"),
        ({"name": ""}, "name"),
        ({"login": "two words"}, "login"),
        ({"password": "short"}, "password"),
        ({"code": ""}, "code"),
        ({"code": "AAAAAAAAAA"}, "code"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(
    database: Database, clock: TestClock, changed: dict[str, Any], field: str
) -> None:
    code = first_visit.set_up_code() or ""
    with pytest.raises(FieldError) as wrong:
        start(clock, **({"code": code} | changed))
    assert wrong.value.field == field
    assert not accounts.any_account()
    assert settings().community == ""


def test_the_code_cannot_be_guessed_quickly(database: Database, clock: TestClock) -> None:
    code = first_visit.set_up_code() or ""
    for _ in range(10):
        with pytest.raises(FieldError):
            start(clock, "AAAAAAAAAA")
    with pytest.raises(TooMany):
        start(clock, code)


def test_nobody_starts_a_community_that_has_accounts(cast: Cast, clock: TestClock) -> None:
    assert first_visit.set_up_code() is None
    with pytest.raises(Refused):
        start(clock, "AAAAAAAAAA")
    assert len(accounts.accounts(cast.administrator)) == len(cast.people)


def test_of_many_at_one_moment_one_becomes_administrator(
    database: Database, clock: TestClock
) -> None:
    code = first_visit.set_up_code() or ""
    together, made = threading.Barrier(6), []

    def try_it(number: int) -> None:
        together.wait()
        with suppress(DeskError):
            made.append(start(clock, code, login=f"login{number}"))

    threads = [threading.Thread(target=try_it, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
