"""Sign-ins: a cookie's hash, who is behind it, and until when; ending one works at once."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from db import rates
from db.engine import read, write
from db.events import record
from db.hashing import NOBODY, matches
from db.last_visit import is_here
from db.numbers import hashed
from db.settings import Settings, settings_in
from db.tables import Account, AccountRole, SignIn
from domain.errors import N_, NotAllowed, Refused
from domain.names import clean_line
from domain.people import Actor, Role

IDLE = timedelta(hours=12)  # a working day; a phone left behind is signed out by the morning
LIFE = timedelta(days=7)
LASTING_LIFE = timedelta(days=90)  # of a volunteer's own phone, which was let in by a slip
TOUCH_EVERY = timedelta(minutes=5)  # how exactly idling is measured, so that reads stay reads
TRIES = 10
TRIES_WITHIN = timedelta(minutes=1)
TOKEN_BYTES = 32
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SignInView:
    """A live sign-in. `key` names it inside the server and is of no use as a cookie."""

    key: str
    account_id: int
    seen_at: datetime

    def wants_touch(self, now: datetime) -> bool:
        """Whether its last use should be noted again."""
        return now - self.seen_at > TOUCH_EVERY


@dataclass(frozen=True, slots=True)
class Here:
    """Who is behind a sign-in, and the community's settings, read together."""

    actor: Actor
    settings: Settings


def sign_in(login: str, password: str, address: str, now: datetime) -> str:
    """Sign in by password; returns the cookie's value, which is stored nowhere.

    An unknown login, a disabled account and a wrong password get one answer, in one time.

    Raises:
        TooMany: ten wrong passwords in the last minute for this login or from this address.
        Refused: wrong.
    """
    login = clean_line(login).casefold()
    buckets = (rates.bucket("signin:account", login), rates.bucket("signin:address", address))
    # Counted before the password is looked at, so that many tries at once do not slip through.
    with write() as session:
        hits = [
            rates.take(session, name, now, limit=TRIES, within=TRIES_WITHIN) for name in buckets
        ]
    with read() as session:
        row = session.execute(
            select(Account.id, Account.password_hash).where(Account.login == login, Account.active)
        ).one_or_none()
    account_id, stored = row if row else (None, None)
    if not matches(password, stored or NOBODY) or account_id is None or stored is None:
        raise Refused(N_("Login or password is wrong. Check both, or ask the administrator."))
    with write() as session:
        rates.give_back(session, hits)
        return begin(session, account_id, now)


def sign_in_demo(role: Role, now: datetime) -> str:
    """Sign in as the demo community's person of that role, without a password.

    Whoever is that alone comes before those who are something else as well.

    Raises:
        NotAllowed: this is no demo, or nobody has the role.
    """
    with write() as session:
        if settings_in(session).demo:
            held = aliased(AccountRole)
            roles = (
                select(func.count())
                .where(held.account_id == Account.id)
                .correlate(Account)
                .scalar_subquery()
            )
            found = session.scalars(
                select(Account.id)
                .join(AccountRole, AccountRole.account_id == Account.id)
                .where(AccountRole.role == role, Account.active)
                .order_by(roles, Account.id)
                .limit(1)
            ).one_or_none()
            if found is not None:
                return begin(session, found, now)
    raise NotAllowed(N_("This works in the demo community only."))


def demo_roles() -> list[Role]:
    """The roles that somebody of the demo community has; empty where it is no demo."""
    with read() as session:
        if not settings_in(session).demo:
            return []
        held = set(
            session.scalars(
                select(AccountRole.role)
                .join(Account, Account.id == AccountRole.account_id)
                .where(Account.active)
                .distinct()
            )
        )
    return [role for role in Role if role in held]


def begin(session: Session, account_id: int, now: datetime, *, lasting: bool = False) -> str:
    """Start a sign-in of an account that proved who it is; returns the cookie's value.

    Args:
        lasting: it does not end by idling and lives longer; it can be ended like any other.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    is_here(session, account_id, now)
    row = session.execute(
        insert(SignIn)
        .values(
            token_hash=hashed(token),
            account_id=account_id,
            created_at=now,
            seen_at=now,
            expires_at=now + (LASTING_LIFE if lasting else LIFE),
            lasting=lasting,
        )
        .returning(SignIn.id)
    ).scalar_one()
    record(session, Actor(account_id, ""), now, "signed_in", sign_in=row)
    return token


def session_of(token: str, now: datetime) -> SignInView | None:
    """The live sign-in of a cookie, or None."""
    key = hashed(token)
    with read() as session:
        row = session.connection().execute(_LIVE, _at(key, now)).one_or_none()
    return SignInView(key, row[0], row[1]) if row else None


def here(key: str, now: datetime) -> Here | None:
    """Who is behind the sign-in that the gate named, with the settings; None if it ended."""
    with read() as session:
        actor = _actor(session, key, now)
        return Here(actor, settings_in(session)) if actor else None


def actor_of(key: str, now: datetime) -> Actor | None:
    """Who is behind the sign-in that the gate named; None if it ended."""
    with read() as session:
        return _actor(session, key, now)


def touch(key: str, now: datetime) -> None:
    """Note that a sign-in is in use, so that it does not idle out."""
    with write() as session:
        account_id = session.scalar(
            update(SignIn)
            .where(SignIn.token_hash == key, SignIn.ended_at.is_(None), SignIn.seen_at < now)
            .values(seen_at=now)
            .returning(SignIn.account_id)
        )
        if account_id is not None:
            is_here(session, account_id, now)


def sign_out(key: str, now: datetime) -> None:
    """End one sign-in; ending it twice changes nothing."""
    with write() as session:
        ended = session.execute(
            update(SignIn)
            .where(SignIn.token_hash == key, SignIn.ended_at.is_(None))
            .values(ended_at=now)
            .returning(SignIn.id, SignIn.account_id)
        ).one_or_none()
        if ended:
            record(session, Actor(ended[1], ""), now, "signed_out", sign_in=ended[0])


def end_all(session: Session, account_id: int, now: datetime) -> None:
    """End every sign-in of an account, in the caller's transaction."""
    session.execute(
        update(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )


def _actor(session: Session, key: str, now: datetime) -> Actor | None:
    rows = session.connection().execute(_PERSON, _at(key, now)).all()
    if not rows:
        return None
    account_id, name, unit_id, estate_id, _ = rows[0]
    roles = frozenset(row[4] for row in rows if row[4] is not None)
    return Actor(account_id, name, roles, unit_id, estate_id)


# Put together once, and run without the ORM: before every frame from a browser the gate asks
# the one and the page's frame the other, and putting them together took longer than the answer.
_ALIVE = (
    SignIn.token_hash == bindparam("key"),
    SignIn.ended_at.is_(None),
    SignIn.expires_at > bindparam("now"),
    or_(SignIn.seen_at > bindparam("idle_since"), SignIn.lasting),
    Account.active,
)
_LIVE = (
    select(SignIn.account_id, SignIn.seen_at)
    .join(Account, Account.id == SignIn.account_id)
    .where(*_ALIVE)
)
_PERSON = (
    select(Account.id, Account.name, Account.unit_id, Account.estate_id, AccountRole.role)
    .join(SignIn, SignIn.account_id == Account.id)
    .outerjoin(AccountRole, AccountRole.account_id == Account.id)
    .where(*_ALIVE)
)


def _at(key: str, now: datetime) -> dict[str, object]:
    return {"key": key, "now": now, "idle_since": now - IDLE}


def clean(now: datetime) -> int:
    """Drop sign-ins that ended long ago; the events tell of them still. Returns how many."""
    old = now - KEPT
    with write() as session:
        gone = session.execute(
            delete(SignIn)
            .where(or_(SignIn.ended_at < old, SignIn.expires_at < old))
            .returning(SignIn.id)
        )
        return len(gone.all())
