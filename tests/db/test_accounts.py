"""Accounts: opened, changed and disabled, with effect at once; passwords set anew."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db import accounts, passwords, sign_ins
from db.engine import Database
from db.events import facts_of
from db.rates import TooMany
from db.tables import AccountCode, Event
from domain.errors import FieldError, NotAllowed, NotFound, Refused
from domain.people import Role
from tests.support.cast import PASSWORD, Cast
from tests.support.clock import TestClock

HERE = "203.0.113.5"
FRESH = "一只老猫坐在墙头看天"


def create(cast: Cast, clock: TestClock, **changed: Any) -> int:
    wanted: dict[str, Any] = {
        "login": "wangfang",
        "name": "王芳",
        "roles": {Role.SOCIAL_WORKER},
        "password": FRESH,
    }
    return accounts.create(cast.administrator, clock.now, **(wanted | changed))


def test_an_account_that_was_opened_signs_in_and_can_be_found_by_initials(
    cast: Cast, clock: TestClock
) -> None:
    made = create(cast, clock, login=" WangFang ", estate_id=cast.estate_one)
    token = sign_ins.sign_in("wangfang", FRESH, HERE, clock.now)
    view = sign_ins.session_of(token, clock.now)
    assert view is not None
    assert view.account_id == made
    listed = {one.login: one for one in accounts.accounts(cast.administrator)}
    assert listed["wangfang"].roles == {Role.SOCIAL_WORKER}
    assert listed["wangfang"].estate_id == cast.estate_one
    assert listed["wangfang"].has_password


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"login": ""}, "login"),
        ({"login": "wang fang"}, "login"),
        ({"login": "SECRETARY"}, "login"),
        ({"login": "x" * 61}, "login"),
        ({"name": "  "}, "name"),
        ({"roles": set()}, "roles"),
        ({"password": "short"}, "password"),
        ({"password": "wangfang12"}, "password"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(
    cast: Cast, clock: TestClock, changed: dict[str, Any], field: str
) -> None:
    before = accounts.accounts(cast.administrator)
    with pytest.raises(FieldError) as wrong:
        create(cast, clock, **changed)
    assert wrong.value.field == field
    assert accounts.accounts(cast.administrator) == before


def test_only_an_administrator_may_touch_accounts(cast: Cast, clock: TestClock) -> None:
    for login, actor in cast.people.items():
        if login == "administrator":
            continue
        with pytest.raises(NotAllowed):
            accounts.accounts(actor)
        with pytest.raises(NotAllowed):
            accounts.create(actor, clock.now, login="x1", name="x", roles={Role.ADMINISTRATOR})
        with pytest.raises(NotAllowed):
            accounts.change(
                actor,
                clock.now,
                actor.account_id or 0,
                name="x",
                roles={Role.ADMINISTRATOR},
                active=True,
            )
        with pytest.raises(NotAllowed):
            passwords.reset_code(actor, clock.now, actor.account_id or 0)


@pytest.mark.parametrize(
    ("roles", "active"),
    [({Role.SECRETARY}, False), ({Role.VIEWER}, True)],
)
def test_a_change_ends_the_sign_ins_of_that_account_alone(
    cast: Cast, clock: TestClock, roles: set[Role], active: bool
) -> None:
    theirs = sign_ins.sign_in("secretary", PASSWORD, HERE, clock.now)
    others = sign_ins.sign_in("viewer", PASSWORD, HERE, clock.now)
    accounts.change(
        cast.administrator,
        clock.now,
        cast.secretary.account_id or 0,
        name="书记乙",
        roles=roles,
        active=active,
    )
    assert sign_ins.session_of(theirs, clock.now) is None
    assert sign_ins.session_of(others, clock.now) is not None
    if active:
        token = sign_ins.sign_in("secretary", PASSWORD, HERE, clock.now)
        view = sign_ins.session_of(token, clock.now)
        assert view is not None
        actor = sign_ins.actor_of(view.key, clock.now)
        assert actor is not None
        assert actor.roles == roles
    else:
        with pytest.raises(Refused):
            sign_ins.sign_in("secretary", PASSWORD, HERE, clock.now)


@pytest.mark.parametrize(
    ("roles", "active"), [({Role.ADMINISTRATOR}, False), ({Role.VIEWER}, True)]
)
def test_the_last_administrator_stays(
    cast: Cast, clock: TestClock, roles: set[Role], active: bool
) -> None:
    def give_up() -> None:
        accounts.change(
            cast.administrator,
            clock.now,
            cast.administrator.account_id or 0,
            name="管理员甲",
            roles=roles,
            active=active,
        )

    with pytest.raises(Refused):
        give_up()
    assert sign_ins.sign_in("administrator", PASSWORD, HERE, clock.now)
    create(cast, clock, roles={Role.ADMINISTRATOR})
    give_up()


def test_an_account_that_is_not_there_is_not_found(cast: Cast, clock: TestClock) -> None:
    with pytest.raises(NotFound):
        accounts.change(
            cast.administrator, clock.now, 10**6, name="x", roles={Role.VIEWER}, active=True
        )
    with pytest.raises(NotFound):
        passwords.reset_code(cast.administrator, clock.now, 10**6)


def code_for(cast: Cast, clock: TestClock) -> str:
    return passwords.reset_code(cast.administrator, clock.now, cast.secretary.account_id or 0)


def test_a_one_time_code_sets_a_password_once_and_ends_the_sign_ins(
    database: Database, cast: Cast, clock: TestClock
) -> None:
    token = sign_ins.sign_in("secretary", PASSWORD, HERE, clock.now)
    code = code_for(cast, clock)
    with database.read() as session:
        assert code not in session.scalars(select(AccountCode.code_hash)).all()
    with pytest.raises(FieldError):
        passwords.reset_password(code, "too short", HERE, clock.now)
    passwords.reset_password(code, FRESH, HERE, clock.now)
    assert sign_ins.session_of(token, clock.now) is None
    assert sign_ins.sign_in("secretary", FRESH, HERE, clock.now)
    with pytest.raises(Refused):
        sign_ins.sign_in("secretary", PASSWORD, HERE, clock.now)
    with pytest.raises(NotFound):
        passwords.reset_password(code, FRESH + "!", HERE, clock.now)


def test_unknown_used_voided_and_expired_codes_get_one_answer(cast: Cast, clock: TestClock) -> None:
    used = code_for(cast, clock)
    passwords.reset_password(used, FRESH, HERE, clock.now)
    voided = code_for(cast, clock)
    expired = code_for(cast, clock)
    clock.forward(hours=24)
    answers = set()
    for code in ("", "unknown", "\x00", "x" * 10_000, used, voided, expired):
        with pytest.raises(NotFound) as bad:
            passwords.reset_password(code, FRESH, HERE, clock.now)
        answers.add(str(bad.value))
    assert len(answers) == 1


def test_a_code_lives_for_a_day(cast: Cast, clock: TestClock) -> None:
    code = code_for(cast, clock)
    clock.forward(hours=23, minutes=59)
    passwords.reset_password(code, FRESH, HERE, clock.now)


def test_codes_cannot_be_guessed_quickly(cast: Cast, clock: TestClock) -> None:
    code = code_for(cast, clock)
    for guess in range(10):
        with pytest.raises(NotFound):
            passwords.reset_password(f"guess{guess}", FRESH, HERE, clock.now)
    with pytest.raises(TooMany):
        passwords.reset_password(code, FRESH, HERE, clock.now)
    passwords.reset_password(code, FRESH, HERE, clock.now + timedelta(minutes=2))


def test_changing_ones_own_password_needs_the_old_one(cast: Cast, clock: TestClock) -> None:
    with pytest.raises(FieldError) as wrong:
        passwords.change_password(cast.secretary, clock.now, "wrong", FRESH)
    assert wrong.value.field == "old"
    passwords.change_password(cast.secretary, clock.now, PASSWORD, FRESH)
    assert sign_ins.sign_in("secretary", FRESH, HERE, clock.now)


def test_the_events_name_rows_and_no_person(
    database: Database, cast: Cast, clock: TestClock
) -> None:
    made = create(cast, clock)
    accounts.change(
        cast.administrator, clock.now, made, name="王芳", roles={Role.VIEWER}, active=False
    )
    code_for(cast, clock)
    with database.read() as session:
        rows = session.execute(select(Event.kind, Event.payload)).all()
    assert [kind for kind, _ in rows] == [
        "account_created",
        "account_changed",
        "reset_code_given",
    ]
    assert facts_of(rows[1][1]) == {
        "account": made,
        "active": False,
        "actor": cast.administrator.account_id,
    }
    assert not [payload for _, payload in rows if "wang" in payload or "王" in payload]
