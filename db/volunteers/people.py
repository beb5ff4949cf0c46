"""Volunteers: entered and changed with what they agreed to; leaving takes back what they hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db import once, sign_ins
from db.engine import write
from db.events import record
from db.lists import need_estate
from db.numbers import new_code, next_value
from db.tables import Account, AccountRole, Building
from db.tables.volunteers import (
    Availability,
    Card,
    Shift,
    ShiftPost,
    Slip,
    VolunteerConsent,
    VolunteerRow,
)
from db.volunteers.scope import is_office, need_squad, volunteer_managed
from domain import texts
from domain.availability import Quiet, Weekly
from domain.days import local_day
from domain.errors import N_, FieldError, NotAllowed
from domain.initials import pinyin_initials
from domain.names import clean_name
from domain.people import Actor, Role
from domain.private_text import normal_phone
from domain.volunteers import PHONE_PURPOSES, Consent, Squad

LONGEST_CAN = 200
SERVING = (Role.VOLUNTEER, Role.SQUAD_LEADER)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is entered about a volunteer.

    Args:
        phone: as it was typed; empty keeps the number that is there.
        consents: what they agree to; a number that may be used for nothing is not kept.
        consents_until: the last day on which the new consents hold; None: until withdrawn.
        leader: only the office decides who leads a squad.
    """

    name: str
    squad: Squad
    phone: str = ""
    estate_id: int | None = None
    building_id: int | None = None
    leader: bool = False
    can_do: str = ""
    cannot_do: str = ""
    insured_until: date | None = None
    consents: frozenset[Consent] = frozenset()
    consents_until: date | None = None
    free: tuple[Weekly, ...] = field(default=())
    quiet: Quiet | None = None


def register(
    actor: Actor,
    now: datetime,
    profile: Profile,
    *,
    once_key: str | None = None,
    joined_on: date | None = None,
) -> str:
    """Enter a volunteer; returns the code.

    Args:
        joined_on: today where it is not given.

    Raises:
        NotAllowed: a squad that the person does not answer for.
        FieldError: a name or number that is none.
    """
    with write() as session:
        need_squad(session, actor, profile.squad)
        code = new_code()
        if (earlier := once.claim(session, once_key, code, now)) is not None:
            return earlier
        row = VolunteerRow(
            code=code,
            number=f"{next_value(session, 'volunteer'):04d}",
            joined_on=joined_on or local_day(now),
            leader=False,
        )
        _fill(session, actor, row, profile)
        session.add(row)
        session.flush()
        _agree(session, actor, now, row, profile.consents, profile.consents_until)
        keep_free(session, row, profile.free)
        record(session, actor, now, "volunteer_entered", volunteer=row.id, squad=row.squad.value)
        return code


def change(actor: Actor, now: datetime, code: str, profile: Profile) -> None:
    """Change what is known of a volunteer; consents that are gone are withdrawn as of now.

    Raises:
        NotFound: none in scope.
        NotAllowed: another squad's.
        FieldError: a name or number that is none.
    """
    with write() as session:
        row = volunteer_managed(session, actor, code)
        need_squad(session, actor, profile.squad)
        _fill(session, actor, row, profile)
        _agree(session, actor, now, row, profile.consents, profile.consents_until)
        keep_free(session, row, profile.free)
        _roles(session, row, now)
        record(session, actor, now, "volunteer_changed", volunteer=row.id)


def leave(actor: Actor, now: datetime, code: str) -> None:
    """The volunteer leaves: card, slip and sign-in end, coming shifts lose them at once.

    Hours that were served stay, and so does the right to a certificate.
    """
    with write() as session:
        depart(session, actor, now, volunteer_managed(session, actor, code))


def depart(session: Session, actor: Actor, now: datetime, row: VolunteerRow) -> None:
    """The same within a transaction; a repeat changes nothing."""
    if row.left_on is not None:
        return
    row.left_on = local_day(now)
    row.leader = False
    for held in (Card, Slip):
        session.execute(
            update(held)
            .where(held.volunteer_id == row.id, held.revoked_at.is_(None))
            .values(revoked_at=now)
        )
    coming = select(Shift.id).where(Shift.starts_at > now)
    session.execute(
        delete(ShiftPost).where(ShiftPost.volunteer_id == row.id, ShiftPost.shift_id.in_(coming))
    )
    _roles(session, row, now)
    record(session, actor, now, "volunteer_left", volunteer=row.id)


def come_back(actor: Actor, now: datetime, code: str) -> None:
    """Somebody who left serves again; card and slip are made anew."""
    with write() as session:
        row = volunteer_managed(session, actor, code)
        if row.left_on is None:
            return
        row.left_on = None
        _roles(session, row, now)
        record(session, actor, now, "volunteer_back", volunteer=row.id)


def keep_consents(
    session: Session, actor: Actor, now: datetime, row: VolunteerRow, wanted: Iterable[Consent]
) -> None:
    """Change what a volunteer agrees to, for those who do it themselves."""
    _agree(session, actor, now, row, frozenset(wanted), None)


def keep_free(session: Session, row: VolunteerRow, free: Iterable[Weekly]) -> None:
    """Replace the hours of the week in which the volunteer may be asked."""
    session.execute(delete(Availability).where(Availability.volunteer_id == row.id))
    session.add_all(
        Availability(
            volunteer_id=row.id, weekday=one.weekday, from_minute=one.start, to_minute=one.end
        )
        for one in sorted(set(free))
    )
    session.flush()


def keep_roles(session: Session, row: VolunteerRow, now: datetime) -> None:
    """Bring the account's roles in line with what the volunteer is."""
    _roles(session, row, now)


def _fill(session: Session, actor: Actor, row: VolunteerRow, profile: Profile) -> None:
    row.name = clean_name("name", profile.name)
    row.initials = pinyin_initials(row.name)
    row.squad = profile.squad
    if bool(row.leader) != profile.leader and not is_office(actor):
        raise NotAllowed(N_("Only the community office decides who leads a squad."))
    row.leader = profile.leader
    if profile.estate_id is not None or actor.estate_id is not None:
        need_estate(actor, profile.estate_id or 0)
    row.estate_id, row.building_id = profile.estate_id, profile.building_id
    if profile.building_id is not None:
        building = session.get(Building, profile.building_id)
        if building is None or building.estate_id != profile.estate_id:
            raise FieldError("building", N_("This building is not in that estate. Choose again."))
    row.can_do = texts.fitting("can_do", profile.can_do, LONGEST_CAN)
    row.cannot_do = texts.fitting("cannot_do", profile.cannot_do, LONGEST_CAN)
    row.insured_until = profile.insured_until
    row.quiet_from = profile.quiet.start if profile.quiet else None
    row.quiet_to = profile.quiet.end if profile.quiet else None
    if profile.phone.strip():
        phone = normal_phone(profile.phone)
        if phone is None:
            raise FieldError("phone", N_("This is no telephone number. Correct it."))
        if not profile.consents & PHONE_PURPOSES:
            raise FieldError(
                "phone",
                N_("Choose what the number may be used for, or leave it out."),
            )
        row.phone = phone


def _agree(
    session: Session,
    actor: Actor,
    now: datetime,
    row: VolunteerRow,
    wanted: frozenset[Consent],
    until: date | None,
) -> None:
    standing = {
        one.consent: one
        for one in session.scalars(
            select(VolunteerConsent).where(
                VolunteerConsent.volunteer_id == row.id, VolunteerConsent.withdrawn_at.is_(None)
            )
        )
    }
    gone = [
        one
        for consent, one in standing.items()
        if consent not in wanted or one.valid_until != until
    ]
    for one in gone:
        one.withdrawn_at = now
    session.flush()  # the unique index knows one standing consent of a kind
    kept = set(standing) - {one.consent for one in gone}
    session.add_all(
        VolunteerConsent(
            volunteer_id=row.id,
            consent=consent,
            given_at=now,
            valid_until=until,
            recorded_by=actor.account_id,
        )
        for consent in sorted(wanted - kept)
    )
    if not wanted & PHONE_PURPOSES:
        row.phone = None
    session.flush()


def _roles(session: Session, row: VolunteerRow, now: datetime) -> None:
    if row.account_id is None:
        return
    wanted: set[Role] = set()
    if row.left_on is None:
        wanted = {Role.VOLUNTEER, *([Role.SQUAD_LEADER] if row.leader else [])}
    held = select(AccountRole.role).where(AccountRole.account_id == row.account_id)
    roles = set(session.scalars(held))
    after = (roles - set(SERVING)) | wanted
    if after == roles:
        return
    session.execute(
        delete(AccountRole).where(
            AccountRole.account_id == row.account_id, AccountRole.role.in_(SERVING)
        )
    )
    session.add_all(AccountRole(account_id=row.account_id, role=role) for role in sorted(wanted))
    # An account with nothing left to do may not come in; one with other roles stays.
    session.execute(update(Account).where(Account.id == row.account_id).values(active=bool(after)))
    session.flush()
    sign_ins.end_all(session, row.account_id, now)
