"""Passwords of accounts: forgotten ones are set anew by a one-time code, others by their owner."""

from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from db import rates, sign_ins
from db.engine import read, write
from db.events import record
from db.hashing import hash_password, matches
from db.numbers import hashed, new_code
from db.tables import Account, AccountCode
from domain.errors import N_, FieldError, NotFound
from domain.passwords import check_password
from domain.people import Actor, Right

CODE_LIFE = timedelta(hours=24)


def reset_code(actor: Actor, now: datetime, account_id: int) -> str:
    """A one-time code with which the person sets a new password within a day.

    Earlier codes of the account stop working. The code is shown once and stored as a hash.

    Raises:
        NotFound: no such account, or it is disabled.
    """
    actor.need(Right.SET_UP)
    code = new_code()
    with write() as session:
        active = select(Account.id).where(Account.id == account_id, Account.active)
        if session.scalar(active) is None:
            raise NotFound(N_("There is no such account."))
        _void_codes(session, account_id, now)
        session.execute(
            insert(AccountCode).values(
                account_id=account_id, code_hash=hashed(code), expires_at=now + CODE_LIFE
            )
        )
        record(session, actor, now, "reset_code_given", account=account_id)
    return code


def reset_password(code: str, password: str, address: str, now: datetime) -> None:
    """Set a new password by a one-time code; all sign-ins of the account end.

    Unknown, used, voided and expired codes get one answer.

    Raises:
        FieldError: a weak password; the code stays good.
        NotFound: the code is not good, or not any more.
        TooMany: too many bad codes from this address.
    """
    with write() as session:
        name = rates.bucket("reset:address", address)
        tried = rates.take(session, name, now, limit=sign_ins.TRIES, within=sign_ins.TRIES_WITHIN)
    with read() as session:
        row = session.execute(
            select(Account.id, Account.login, Account.name)
            .join(AccountCode, AccountCode.account_id == Account.id)
            .where(
                AccountCode.code_hash == hashed(code),
                AccountCode.used_at.is_(None),
                AccountCode.expires_at > now,
                Account.active,
            )
        ).one_or_none()
    if row is None:
        raise _bad_code()
    account_id, login, person = row
    check_password(password, login, person)
    stored = hash_password(password)
    with write() as session:
        taken = session.execute(
            update(AccountCode)
            .where(AccountCode.code_hash == hashed(code), AccountCode.used_at.is_(None))
            .values(used_at=now)
            .returning(AccountCode.id)
        ).one_or_none()
        if taken is None:
            raise _bad_code()
        rates.give_back(session, [tried])
        session.execute(
            update(Account).where(Account.id == account_id).values(password_hash=stored)
        )
        sign_ins.end_all(session, account_id, now)
        record(session, Actor(account_id, ""), now, "password_reset", account=account_id)


def change_password(actor: Actor, now: datetime, old: str, new: str) -> None:
    """Change one's own password; all one's sign-ins end.

    Raises:
        FieldError: the old one is wrong, or the new one is weak.
        TooMany: too many wrong ones.
    """
    account_id = actor.account_id
    if account_id is None:
        raise NotFound(N_("There is no such account."))
    with write() as session:
        name = rates.bucket("password:account", str(account_id))
        tried = rates.take(session, name, now, limit=sign_ins.TRIES, within=sign_ins.TRIES_WITHIN)
        row = session.execute(
            select(Account.login, Account.name, Account.password_hash).where(
                Account.id == account_id
            )
        ).one()
    login, person, stored = row
    if stored is None or not matches(old, stored):
        raise FieldError("old", N_("This is not your password."))
    check_password(new, login, person)
    fresh = hash_password(new)
    with write() as session:
        rates.give_back(session, [tried])
        session.execute(update(Account).where(Account.id == account_id).values(password_hash=fresh))
        _void_codes(session, account_id, now)
        sign_ins.end_all(session, account_id, now)
        record(session, actor, now, "password_changed", account=account_id)


def _void_codes(session: Session, account_id: int, now: datetime) -> None:
    session.execute(
        update(AccountCode)
        .where(AccountCode.account_id == account_id, AccountCode.used_at.is_(None))
        .values(used_at=now)
    )


def _bad_code() -> NotFound:
    return NotFound(
        N_("This link is not valid, or not any more. Ask the administrator for a new one.")
    )
