"""A volunteer's own side: my hours, my shifts, my card, when I may be asked, what I agree to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from db.engine import read, write
from db.events import record
from db.tables.volunteers import (
    Availability,
    Card,
    ServiceHours,
    Shift,
    ShiftPost,
    SkillRow,
    Swap,
    VolunteerConsent,
    VolunteerRow,
)
from db.volunteers.absences import AbsenceView, views
from db.volunteers.facts import quiet_of
from db.volunteers.hour_list import piece_of
from db.volunteers.people import keep_consents, keep_free
from db.volunteers.scope import me, own_row
from domain.availability import Quiet, Weekly
from domain.days import local_day, month_bounds
from domain.people import Actor, Right
from domain.service_hours import Source, Total, in_force, is_forgotten, proven, total
from domain.skills import SkillKind
from domain.volunteers import Consent, Squad

SHOWN = timedelta(days=90)  # how far back one's own list of hours goes
AHEAD = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class OwnPiece:
    """One of my pieces of service; `code` names it for a correction."""

    code: str
    source: Source
    arrived_at: datetime
    left_at: datetime | None
    total: Total | None
    confirmed: bool
    forgotten: bool


@dataclass(frozen=True, slots=True)
class OwnHours:
    """What I served.

    Args:
        month, year, ever: confirmed, of this month, this year, all time.
        waiting: over and not confirmed yet.
        pieces: of the last 90 days, the newest first.
        absences: accepted and not there, with what became of it.
    """

    month: Total
    year: Total
    ever: Total
    waiting: Total
    pieces: tuple[OwnPiece, ...]
    absences: tuple[AbsenceView, ...]


@dataclass(frozen=True, slots=True)
class Mate:
    """Another of my squad, by code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class OwnShift:
    """One of my shifts; `swap` is the code of my open wish to be relieved of it."""

    id: int
    squad: Squad
    starts_at: datetime
    ends_at: datetime
    position: int
    with_me: tuple[str, ...]
    swap: str | None


@dataclass(frozen=True, slots=True)
class OwnCard:
    """My contact card and what stands on it."""

    code: str | None
    number: str
    name: str
    squad: Squad
    leader: bool
    valid_until: date | None
    skills: tuple[SkillKind, ...]
    can_do: str
    cannot_do: str


@dataclass(frozen=True, slots=True)
class OwnTimes:
    """When I may be asked, and what I agree to."""

    free: tuple[Weekly, ...]
    quiet: Quiet | None
    paused_until: datetime | None
    consents: frozenset[Consent]
    has_phone: bool


def is_volunteer(actor: Actor) -> bool:
    """Whether this account is a volunteer's."""
    if not actor.may(Right.SERVE):
        return False
    with read() as session:
        return me(session, actor) is not None


def my_hours(actor: Actor, now: datetime) -> OwnHours:
    """My service.

    Raises:
        NotAllowed: the account is no volunteer's.
    """
    with read() as session:
        own = own_row(session, actor)
        rows = list(
            session.scalars(
                select(ServiceHours)
                .where(ServiceHours.volunteer_id == own.id)
                .order_by(ServiceHours.arrived_at.desc(), ServiceHours.id.desc())
            )
        )
        absences = tuple(views(session, own))
    pieces = [piece_of(row) for row in rows]
    held = {piece.id for piece in in_force(pieces)}
    confirmed = proven(pieces)
    month_start = month_bounds(local_day(now))[0]
    year = local_day(now).year
    shown = tuple(
        OwnPiece(
            row.code,
            row.source,
            row.arrived_at,
            row.left_at,
            total([span]) if (span := piece.span) else None,
            piece.confirmed,
            is_forgotten(row.arrived_at, row.left_at, now),
        )
        for row, piece in zip(rows, pieces, strict=True)
        if piece.id in held and row.arrived_at > now - SHOWN
    )
    return OwnHours(
        month=_sum(one.span for one in confirmed if one.arrived_at >= month_start),
        year=_sum(one.span for one in confirmed if local_day(one.arrived_at).year == year),
        ever=_sum(one.span for one in confirmed),
        waiting=_sum(one.span for one in in_force(pieces) if not one.confirmed),
        pieces=shown,
        absences=absences,
    )


def my_shifts(actor: Actor, now: datetime) -> tuple[OwnShift, ...]:
    """My shifts that are not over, of the next four weeks, by time."""
    with read() as session:
        own = own_row(session, actor)
        query = (
            select(Shift, ShiftPost.position)
            .join(ShiftPost, ShiftPost.shift_id == Shift.id)
            .where(
                ShiftPost.volunteer_id == own.id,
                Shift.ends_at > now,
                Shift.starts_at < now + AHEAD,
            )
            .order_by(Shift.starts_at)
        )
        found = [(row[0], row[1]) for row in session.execute(query)]
        ids = [shift.id for shift, _ in found]
        names: dict[int, list[str]] = {key: [] for key in ids}
        for key, name in session.execute(
            select(ShiftPost.shift_id, VolunteerRow.name)
            .join(VolunteerRow, VolunteerRow.id == ShiftPost.volunteer_id)
            .where(ShiftPost.shift_id.in_(ids), ShiftPost.volunteer_id != own.id)
            .order_by(ShiftPost.position)
        ):
            names[key].append(name)
        swaps = dict(
            session.execute(
                select(Swap.shift_id, Swap.code).where(
                    Swap.asked_by == own.id,
                    Swap.shift_id.in_(ids),
                    Swap.taken_at.is_(None),
                    Swap.withdrawn_at.is_(None),
                )
            ).all()
        )
        return tuple(
            OwnShift(
                shift.id,
                shift.squad,
                shift.starts_at,
                shift.ends_at,
                position,
                tuple(names[shift.id]),
                swaps.get(shift.id),
            )
            for shift, position in found
        )


def mates(actor: Actor) -> tuple[Mate, ...]:
    """The others of my squad, by name, to ask one of them for a swap."""
    with read() as session:
        own = own_row(session, actor)
        rows = session.execute(
            select(VolunteerRow.code, VolunteerRow.name)
            .where(
                VolunteerRow.squad == own.squad,
                VolunteerRow.left_on.is_(None),
                VolunteerRow.id != own.id,
            )
            .order_by(VolunteerRow.initials, VolunteerRow.id)
        )
        return tuple(Mate(code, name) for code, name in rows)


def my_card(actor: Actor, now: datetime) -> OwnCard:
    """My card; its code is None where none was given out or it is out of date."""
    with read() as session:
        own = own_row(session, actor)
        today = local_day(now)
        card = session.scalar(
            select(Card).where(
                Card.volunteer_id == own.id,
                Card.revoked_at.is_(None),
                Card.valid_until >= today,
            )
        )
        skills = session.scalars(
            select(SkillRow.kind)
            .where(
                SkillRow.volunteer_id == own.id,
                SkillRow.verified_at.is_not(None),
                SkillRow.valid_until.is_(None) | (SkillRow.valid_until >= today),
            )
            .order_by(SkillRow.id)
        )
        return OwnCard(
            code=card.code if card else None,
            number=own.number,
            name=own.name,
            squad=own.squad,
            leader=own.leader,
            valid_until=card.valid_until if card else None,
            skills=tuple(skills),
            can_do=own.can_do,
            cannot_do=own.cannot_do,
        )


def my_times(actor: Actor, now: datetime) -> OwnTimes:
    """When I may be asked, and what I agree to."""
    with read() as session:
        own = own_row(session, actor)
        rows = session.scalars(
            select(Availability)
            .where(Availability.volunteer_id == own.id)
            .order_by(Availability.weekday, Availability.from_minute)
        )
        consents = session.scalars(
            select(VolunteerConsent.consent).where(
                VolunteerConsent.volunteer_id == own.id,
                VolunteerConsent.withdrawn_at.is_(None),
                VolunteerConsent.valid_until.is_(None)
                | (VolunteerConsent.valid_until >= local_day(now)),
            )
        )
        paused = own.paused_until
        return OwnTimes(
            tuple(Weekly(row.weekday, row.from_minute, row.to_minute) for row in rows),
            quiet_of(own),
            paused if paused is not None and paused > now else None,
            frozenset(consents),
            own.phone is not None,
        )


def set_times(
    actor: Actor,
    now: datetime,
    *,
    free: Iterable[Weekly],
    quiet: Quiet | None,
    paused_until: datetime | None = None,
) -> None:
    """Change when I may be asked."""
    with write() as session:
        own = own_row(session, actor)
        keep_free(session, own, free)
        own.quiet_from = quiet.start if quiet else None
        own.quiet_to = quiet.end if quiet else None
        own.paused_until = paused_until
        record(session, actor, now, "own_times_changed", volunteer=own.id)


def set_consents(actor: Actor, now: datetime, wanted: Iterable[Consent]) -> None:
    """Change what I agree to; my number is dropped once it may be used for nothing."""
    with write() as session:
        own = own_row(session, actor)
        keep_consents(session, actor, now, own, wanted)
        record(session, actor, now, "own_consents_changed", volunteer=own.id)


def _sum(spans: Iterable[tuple[int, int] | None]) -> Total:
    return total(span for span in spans if span is not None)
