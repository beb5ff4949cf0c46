"""Volunteers in a test's database, as plain rows: free at all hours unless a test says so."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from db.tables import Account, AccountRole
from db.tables.volunteers import Availability, Shift, ShiftPost, SkillRow, VolunteerRow
from domain.people import Actor, Role
from domain.skills import SkillKind
from domain.volunteers import Squad


def code_of(name: str) -> str:
    """The code that a volunteer of that name gets here: addresses carry plain letters."""
    return "v-" + (name if name.isascii() else name.encode().hex())


def enlist(
    session: Session,
    at: datetime,
    name: str,
    *,
    account_id: int | None = None,
    squad: Squad = Squad.HEALTH,
    skills: tuple[SkillKind, ...] = (SkillKind.PAEDIATRICS,),
    estate_id: int | None = None,
    building_id: int | None = None,
    leader: bool = False,
    free: bool = True,
) -> VolunteerRow:
    """A volunteer with verified skills, insured, with a consent to nothing."""
    row = VolunteerRow(
        code=code_of(name),
        number=f"n-{name}",
        account_id=account_id,
        name=name,
        initials=name,
        phone=None,
        squad=squad,
        leader=leader,
        estate_id=estate_id,
        building_id=building_id,
        insured_until=at.date() + timedelta(days=365),
        joined_on=date(2025, 1, 1),
    )
    session.add(row)
    session.flush()
    session.add_all(
        SkillRow(volunteer_id=row.id, kind=kind, proof="seen", verified_at=at) for kind in skills
    )
    if free:
        session.add_all(
            Availability(volunteer_id=row.id, weekday=day, from_minute=0, to_minute=1440)
            for day in range(7)
        )
    session.flush()
    return row


def with_account(session: Session, at: datetime, name: str, **more: object) -> Actor:
    """A volunteer who signs in; login and name are the same."""
    account = Account(
        code=f"a-{name}", login=name, name=name, initials=name, password_hash=None, created_at=at
    )
    session.add(account)
    session.flush()
    session.add(AccountRole(account_id=account.id, role=Role.VOLUNTEER))
    enlist(session, at, name, account_id=account.id, **more)  # type: ignore[arg-type]
    return Actor(account.id, name, frozenset({Role.VOLUNTEER}))


def on_call(
    session: Session,
    begins: datetime,
    hours: int,
    people: list[int],
    squad: Squad = Squad.HEALTH,
) -> None:
    """A shift with a primary and ordered backups, by the volunteers' rows."""
    shift = Shift(squad=squad, starts_at=begins, ends_at=begins + timedelta(hours=hours))
    session.add(shift)
    session.flush()
    session.add_all(
        ShiftPost(shift_id=shift.id, volunteer_id=key, position=place)
        for place, key in enumerate(people)
    )
    session.flush()
