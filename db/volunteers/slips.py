"""Sign-in slips 登录凭条: a volunteer's own phone comes in by one, once."""

from datetime import datetime, timedelta

from sqlalchemy import func, literal, select, update
from sqlalchemy.orm import Session

from db import once, rates, sign_ins
from db.accounts import add_account
from db.engine import write
from db.events import record
from db.numbers import hashed, new_code
from db.tables import Account, AccountRole
from db.tables.volunteers import Slip, VolunteerRow
from db.types import Instant
from db.volunteers.people import SERVING, keep_roles
from db.volunteers.scope import is_office, volunteer_managed
from domain.errors import N_, FieldError, NotAllowed, NotFound, Refused
from domain.names import clean_line
from domain.people import Actor, Role

AGAIN = timedelta(minutes=10)
SLIP_LIFE = timedelta(days=14)  # handed over at a squad's meeting, used at home


def make_slip(actor: Actor, now: datetime, code: str) -> str:
    """A secret for the volunteer's phone; earlier slips stop working. Shown once, kept as a hash.

    The volunteer gets an account if there is none yet.

    Raises:
        NotFound: no such volunteer of the actor's squad.
        Refused: they left.
    """
    token = new_code() + new_code()
    with write() as session:
        person = volunteer_managed(session, actor, code)
        if person.left_on is not None:
            raise Refused(N_("Who left the squad cannot sign in."))
        if person.leader and not is_office(actor):
            raise NotAllowed(N_("Only the community office makes a leader's slip."))
        if person.account_id is None:
            person.account_id = add_account(
                session, now, login=f"v{person.number}", name=person.name, roles=[Role.VOLUNTEER]
            )
        keep_roles(session, person, now)
        if not _only_serves(session, person.account_id):
            raise Refused(
                N_("This account has other roles too. It signs in with its password, not a slip.")
            )
        _void(session, person, now)
        row = Slip(
            volunteer_id=person.id,
            token_hash=hashed(token),
            made_at=now,
            made_by=actor.account_id,
            expires_at=now + SLIP_LIFE,
        )
        session.add(row)
        session.flush()
        record(session, actor, now, "slip_made", volunteer=person.id, slip=row.id)
    return token


def revoke_slip(actor: Actor, now: datetime, code: str) -> None:
    """A phone was lost: slips stop working and every sign-in of the volunteer ends."""
    with write() as session:
        person = volunteer_managed(session, actor, code)
        _void(session, person, now)
        if person.account_id is not None:
            sign_ins.end_all(session, person.account_id, now)
        record(session, actor, now, "slip_revoked", volunteer=person.id)


def exchange(token: str, address: str, now: datetime, *, nonce: str = "") -> str:
    """Use a slip up; returns the value of the cookie that signs the volunteer in.

    Args:
        nonce: of the form whose button was pressed. The same form may be sent again for a few
            minutes, as the answer to the first sending may have been lost on the way.

    Raises:
        NotFound: the same for slips that are unknown, used, taken back or too old.
        TooMany: too many bad ones from this address.
    """
    with write() as session:
        name = rates.bucket("slip:address", address)
        tried = rates.take(session, name, now, limit=sign_ins.TRIES, within=sign_ins.TRIES_WITHIN)
    with write() as session:
        key = hashed(f"slip:{token}:{nonce}") if nonce else None
        again = once.claim(session, key, "slip", now) is not None
        since = Slip.used_at.is_(None) | (Slip.used_at > now - AGAIN) if again else None
        used = session.execute(
            update(Slip)
            .where(
                Slip.token_hash == hashed(token),
                Slip.used_at.is_(None) if since is None else since,
                Slip.revoked_at.is_(None),
                Slip.expires_at > now,
            )
            .values(used_at=func.coalesce(Slip.used_at, literal(now, Instant())))
            .returning(Slip.id, Slip.volunteer_id)
        ).one_or_none()
        person = session.get(VolunteerRow, used[1]) if used else None
        if used is None or person is None or not _may_come_in(session, person):
            raise NotFound(
                N_("This slip is not valid, or not any more. Ask your squad leader for a new one.")
            )
        rates.give_back(session, [tried])
        assert person.account_id is not None
        record(
            session,
            Actor(person.account_id, ""),
            now,
            "slip_used",
            volunteer=person.id,
            slip=used[0],
        )
        return sign_ins.begin(session, person.account_id, now, lasting=True)


def link(actor: Actor, now: datetime, code: str, login: str) -> None:
    """Let an account that stands already be this volunteer; for the office alone.

    Raises:
        NotAllowed: a squad leader.
        FieldError: no such account, or it is another volunteer's.
    """
    with write() as session:
        person = volunteer_managed(session, actor, code)
        if not is_office(actor):
            raise NotAllowed(N_("Only the community office links accounts."))
        account = session.scalar(
            select(Account.id).where(Account.login == clean_line(login).casefold(), Account.active)
        )
        if account is None:
            raise FieldError("login", N_("There is no such account."))
        other = select(VolunteerRow.id).where(
            VolunteerRow.account_id == account, VolunteerRow.id != person.id
        )
        if session.scalar(other) is not None:
            raise FieldError("login", N_("This account is another volunteer's."))
        person.account_id = account
        session.flush()
        keep_roles(session, person, now)
        record(session, actor, now, "volunteer_linked", volunteer=person.id, account=account)


def has_open_slip(session: Session, volunteer_id: int, now: datetime) -> bool:
    """Whether a slip waits to be used."""
    query = select(Slip.id).where(
        Slip.volunteer_id == volunteer_id,
        Slip.used_at.is_(None),
        Slip.revoked_at.is_(None),
        Slip.expires_at > now,
    )
    return session.scalar(query.limit(1)) is not None


def _void(session: Session, person: VolunteerRow, now: datetime) -> None:
    session.execute(
        update(Slip)
        .where(Slip.volunteer_id == person.id, Slip.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def _may_come_in(session: Session, person: VolunteerRow) -> bool:
    if person.account_id is None or person.left_on is not None:
        return False
    account = session.get_one(Account, person.account_id)
    return account.active and _only_serves(session, account.id)


def _only_serves(session: Session, account_id: int) -> bool:
    """Whether a slip may open the account: else whoever makes slips could become anybody."""
    held = select(AccountRole.role).where(AccountRole.account_id == account_id)
    return set(session.scalars(held)) <= set(SERVING)
