"""The first visit: the set-up code that the server prints, and the first administrator."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import rates, sign_ins
from db.accounts import add_account, clean_login
from db.engine import read, write
from db.events import record
from db.hashing import hash_password
from db.numbers import clean_follow_code, hashed, new_follow_code
from db.settings import put
from db.tables import Account, Setting
from db.upsert import advisory_lock
from domain.errors import N_, FieldError, Refused
from domain.names import clean_name
from domain.passwords import check_password
from domain.people import SYSTEM, Role

CODES = "set_up_codes"
# Servers that start together each print one, and each of them is good.
CODES_KEPT = 5


def set_up_code() -> str | None:
    """A new set-up code to print, or None when there is an account already.

    Only its hash is stored; whoever lost it starts the server again.
    """
    with write() as session:
        if _settled(session):
            return None
        code = new_follow_code()
        known = session.scalar(select(Setting.value).where(Setting.name == CODES)) or []
        put(session, CODES, [*known, hashed(code)][-CODES_KEPT:])
        return code


def check_set_up_code(code: str, address: str, now: datetime) -> None:
    """Refuse whoever has not seen what the server printed.

    Raises:
        FieldError: on `code`.
        TooMany: too many wrong ones from this address.
        Refused: the community is set up already.
    """
    with write() as session:
        name = rates.bucket("setup:address", address)
        tried = rates.take(session, name, now, limit=sign_ins.TRIES, within=sign_ins.TRIES_WITHIN)
    with read() as session:
        if _settled(session):
            raise _already()
        known = session.scalar(select(Setting.value).where(Setting.name == CODES)) or []
    if hashed(clean_follow_code(code)) not in known:
        raise FieldError(
            "code", N_("This is not the code that the server printed when it was started.")
        )
    with write() as session:
        rates.give_back(session, [tried])


def start_empty(
    *,
    community: str,
    name: str,
    login: str,
    password: str,
    code: str,
    address: str,
    now: datetime,
) -> str:
    """Name the community and open its first administrator's account; signs them in.

    Returns the cookie's value.

    Raises:
        FieldError: a field is wrong.
        Refused: somebody was faster.
    """
    community = clean_name("community", community)
    name, login = clean_name("name", name), clean_login(login)
    check_password(password, login, name)
    check_set_up_code(code, address, now)
    stored = hash_password(password)
    with write() as session:
        advisory_lock(session, "first_visit")
        if _settled(session):
            raise _already()
        made = add_account(
            session,
            now,
            login=login,
            name=name,
            roles={Role.ADMINISTRATOR},
            password_hash=stored,
        )
        put(session, "community", community)
        put(session, CODES, [])
        record(session, SYSTEM, now, "community_started", account=made)
        return sign_ins.begin(session, made, now)


def _settled(session: Session) -> bool:
    return session.scalar(select(Account.id).limit(1)) is not None


def _already() -> Refused:
    return Refused(N_("The community is set up already. Sign in."))
