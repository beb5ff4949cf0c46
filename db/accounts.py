"""Accounts: who they are, which roles they have, and whether they may come in."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db import sign_ins
from db.engine import read, write
from db.events import record
from db.hashing import hash_password
from db.tables import Account, AccountRole
from db.upsert import advisory_lock
from domain.errors import N_, FieldError, NotFound, Refused
from domain.initials import pinyin_initials
from domain.names import clean_line, clean_name
from domain.passwords import check_password
from domain.people import Actor, Right, Role

LONGEST_LOGIN = 60


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as the administrator sees it; `code` names it in addresses."""

    id: int
    code: str
    login: str
    name: str
    roles: frozenset[Role]
    unit_id: int | None
    estate_id: int | None
    active: bool
    has_password: bool


def any_account() -> bool:
    """Whether somebody can sign in at all, or this is the first visit."""
    with read() as session:
        return session.scalar(select(Account.id).limit(1)) is not None


def accounts(actor: Actor) -> list[AccountView]:
    """Every account, the active ones first, by name."""
    actor.need(Right.SET_UP)
    with read() as session:
        held: dict[int, set[Role]] = {}
        for account_id, role in session.execute(select(AccountRole.account_id, AccountRole.role)):
            held.setdefault(account_id, set()).add(role)
        rows = session.scalars(
            select(Account).order_by(Account.active.desc(), Account.name, Account.id)
        )
        return [_view(row, held.get(row.id, set())) for row in rows]


def create(
    actor: Actor,
    now: datetime,
    *,
    login: str,
    name: str,
    roles: Iterable[Role],
    password: str | None = None,
    unit_id: int | None = None,
    estate_id: int | None = None,
) -> int:
    """Open an account; returns its row id.

    Args:
        password: None for somebody who sets one by a one-time code, or signs in elsewhere.

    Raises:
        FieldError: a login that is taken, a name that is none, no role, a weak password.
    """
    actor.need(Right.SET_UP)
    login, name = clean_login(login), clean_name("name", name)
    if password is not None:
        check_password(password, login, name)
    stored = hash_password(password) if password is not None else None
    with write() as session:
        made = _insert(session, now, login, name, stored, frozenset(roles), unit_id, estate_id)
        record(session, actor, now, "account_created", account=made)
        return made


def change(
    actor: Actor,
    now: datetime,
    account_id: int,
    *,
    name: str,
    roles: Iterable[Role],
    active: bool,
    unit_id: int | None = None,
    estate_id: int | None = None,
) -> None:
    """Change what an account is; its sign-ins end, so that the change holds at once.

    Raises:
        NotFound: no such account.
        FieldError: no name, or no role.
        Refused: nobody would be left to administer.
    """
    actor.need(Right.SET_UP)
    name, wanted = clean_name("name", name), frozenset(roles)
    if not wanted:
        raise FieldError("roles", N_("Choose at least one role."))
    with write() as session:
        advisory_lock(session, "accounts")  # two administrators must not remove each other
        found = session.execute(
            update(Account)
            .where(Account.id == account_id)
            .values(
                name=name,
                initials=pinyin_initials(name),
                active=active,
                unit_id=unit_id,
                estate_id=estate_id,
            )
            .returning(Account.id)
        ).one_or_none()
        if found is None:
            raise NotFound(N_("There is no such account."))
        session.execute(delete(AccountRole).where(AccountRole.account_id == account_id))
        _give(session, account_id, wanted)
        if not _administrators(session):
            raise Refused(N_("Somebody must stay administrator. Name another one first."))
        sign_ins.end_all(session, account_id, now)
        record(session, actor, now, "account_changed", account=account_id, active=active)


def clean_login(text: str) -> str:
    """A login as it is kept and compared.

    Raises:
        FieldError: empty, too long, or with spaces.
    """
    login = clean_line(text).casefold()
    if not login or " " in login:
        raise FieldError("login", N_("Write a login without spaces, such as wangfang."))
    if len(login) > LONGEST_LOGIN:
        raise FieldError("login", N_("Use at most {n} characters."), n=LONGEST_LOGIN)
    return login


def add_account(
    session: Session,
    now: datetime,
    *,
    login: str,
    name: str,
    roles: Iterable[Role],
    password_hash: str | None = None,
    unit_id: int | None = None,
    estate_id: int | None = None,
) -> int:
    """Open an account in the caller's transaction, without an event (demo, first administrator)."""
    return _insert(session, now, login, name, password_hash, frozenset(roles), unit_id, estate_id)


def _insert(
    session: Session,
    now: datetime,
    login: str,
    name: str,
    stored: str | None,
    roles: frozenset[Role],
    unit_id: int | None,
    estate_id: int | None,
) -> int:
    if not roles:
        raise FieldError("roles", N_("Choose at least one role."))
    try:
        with session.begin_nested():
            made = session.execute(
                insert(Account)
                .values(
                    code=secrets.token_urlsafe(9),
                    login=login,
                    name=name,
                    initials=pinyin_initials(name),
                    password_hash=stored,
                    unit_id=unit_id,
                    estate_id=estate_id,
                    active=True,
                    created_at=now,
                )
                .returning(Account.id)
            ).scalar_one()
    except IntegrityError:
        if session.scalar(select(Account.id).where(Account.login == login)) is None:
            raise
        raise FieldError("login", N_("This login is taken. Choose another one.")) from None
    _give(session, made, roles)
    return made


def _give(session: Session, account_id: int, roles: frozenset[Role]) -> None:
    session.execute(
        insert(AccountRole), [{"account_id": account_id, "role": role} for role in sorted(roles)]
    )


def _administrators(session: Session) -> int:
    query = (
        select(func.count())
        .select_from(AccountRole)
        .join(Account, Account.id == AccountRole.account_id)
        .where(AccountRole.role == Role.ADMINISTRATOR, Account.active)
    )
    return session.execute(query).scalar_one()


def _view(row: Account, roles: set[Role]) -> AccountView:
    return AccountView(
        row.id,
        row.code,
        row.login,
        row.name,
        frozenset(roles),
        row.unit_id,
        row.estate_id,
        row.active,
        row.password_hash is not None,
    )
