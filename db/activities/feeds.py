"""Calendars to subscribe to: the public one, and everything at somebody's secret address."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.activities.bookings import need_planner
from db.activities.calendar import Entry, entries, entry_of
from db.activities.views import views
from db.engine import read, write
from db.events import record
from db.numbers import hashed
from db.tables import Account, AccountRole
from db.tables.activities import Activity, CalendarAddress
from domain.days import local_day
from domain.errors import N_, NotAllowed, NotFound
from domain.people import Actor
from domain.texts import clean

BACK, AHEAD = timedelta(days=60), timedelta(days=400)
MOST = 1000
TOKEN_BYTES = 32


def public_entries(now: datetime) -> tuple[Entry, ...]:
    """The public activities, cancelled ones too, so that they go from people's calendars."""
    query = (
        select(Activity)
        .where(Activity.public, Activity.starts_at > now - BACK, Activity.starts_at < now + AHEAD)
        .order_by(Activity.starts_at, Activity.id)
        .limit(MOST)
    )
    with read() as session:
        return tuple(map(entry_of, views(session, session.scalars(query))))


def new_address(actor: Actor, now: datetime) -> str:
    """A secret for an address of one's own; one that was made before stops working.

    Raises:
        NotAllowed: this person does not plan.
    """
    need_planner(actor)
    if actor.account_id is None:
        raise NotAllowed(N_("You are signed out. Sign in again."))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with write() as session:
        row = session.scalar(
            select(CalendarAddress)
            .where(CalendarAddress.account_id == actor.account_id)
            .with_for_update()
        )
        if row is None:
            row = CalendarAddress(account_id=actor.account_id)
            session.add(row)
        row.token_hash, row.made_at = hashed(token), now
        record(session, actor, now, "calendar_address_made")
        return token


def has_address(actor: Actor) -> bool:
    """Whether the person has made an address already."""
    need_planner(actor)
    query = select(CalendarAddress.id).where(CalendarAddress.account_id == actor.account_id)
    with read() as session:
        return session.scalar(query) is not None


def entries_of_address(now: datetime, token: str) -> tuple[Entry, ...]:
    """Everything that the person of this address may see, while they may.

    Raises:
        NotFound: no such address, or its account was closed or plans no more.
    """
    today = local_day(now)
    with read() as session:
        query = select(CalendarAddress.account_id).where(
            CalendarAddress.token_hash == hashed(clean(token))
        )
        key = session.scalar(query)
        actor = _owner(session, key) if key is not None else None
        if actor is None:
            raise NotFound(N_("This address is not valid. Make a new one on the page Activities."))
        try:
            need_planner(actor)
        except NotAllowed:
            raise NotFound(
                N_("This address is not valid. Make a new one on the page Activities.")
            ) from None
        return entries(session, actor, today - BACK, today + AHEAD)


def _owner(session: Session, account_id: int) -> Actor | None:
    """Who the account is today; None once it is closed."""
    row = session.get_one(Account, account_id)
    if not row.active:
        return None
    roles = session.scalars(select(AccountRole.role).where(AccountRole.account_id == account_id))
    return Actor(account_id, row.name, frozenset(roles), row.unit_id, row.estate_id)
