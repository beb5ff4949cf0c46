"""Volunteers as pages show them: a list that is searched, and one person with everything."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from db.engine import read, write
from db.events import record
from db.names_of import names_of
from db.tables import Building, Estate
from db.tables.volunteers import (
    Availability,
    Card,
    SkillRow,
    VolunteerConsent,
    VolunteerRow,
)
from db.volunteers.facts import quiet_of
from db.volunteers.hour_list import pieces_of
from db.volunteers.scope import in_sight, is_office, squad_led, volunteer_seen
from db.volunteers.slips import has_open_slip
from domain.availability import Quiet, Weekly
from domain.days import local_day
from domain.errors import N_, NotFound
from domain.names import clean_line
from domain.people import Actor, Right
from domain.private_text import mask_phone
from domain.service_hours import Total, proven, total
from domain.skills import SkillKind
from domain.volunteers import Consent, Squad

MOST_LINES = 200


class LookFor(StrEnum):
    """Why somebody looks at a volunteer's whole number."""

    TASK = "task"
    ROSTER = "roster"
    DATA = "data"  # to correct what is known of them


@dataclass(frozen=True, slots=True)
class VolunteerLine:
    """A volunteer in a list; `skills` are verified and unexpired."""

    code: str
    number: str
    name: str
    squad: Squad
    leader: bool
    where: str
    skills: tuple[SkillKind, ...]
    waiting: int  # skills that nobody has verified yet
    insured_until: date | None
    card_until: date | None
    left_on: date | None


@dataclass(frozen=True, slots=True)
class SkillView:
    """One skill with its proof."""

    id: int
    kind: SkillKind
    proof: str
    valid_until: date | None
    verified_at: datetime | None
    has_photo: bool


@dataclass(frozen=True, slots=True)
class VolunteerFile:
    """Everything about one volunteer.

    Args:
        phone: masked.
        manages: whether the reader may change it.
        served: what is confirmed, all time.
    """

    code: str
    number: str
    name: str
    squad: Squad
    leader: bool
    estate_id: int | None
    building_id: int | None
    phone: str
    can_do: str
    cannot_do: str
    quiet: Quiet | None
    insured_until: date | None
    joined_on: date
    left_on: date | None
    skills: tuple[SkillView, ...]
    consents: frozenset[Consent]
    consents_until: date | None
    free: tuple[Weekly, ...]
    card: str | None
    card_until: date | None
    has_account: bool
    open_slip: bool
    served: Total
    manages: bool
    office: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The lines of a search, and how many there are in all."""

    lines: tuple[VolunteerLine, ...]
    count: int


def volunteers(
    actor: Actor,
    now: datetime,
    *,
    query: str = "",
    squad: Squad | None = None,
    skill: SkillKind | None = None,
    left: bool = False,
    limit: int = MOST_LINES,
) -> Found:
    """The volunteers in scope by squad and number.

    Args:
        query: part of a name, the beginning of its pinyin initials, or the number of a card.
        skill: only who has it, verified and unexpired.
        left: those who left, and not those who serve.
    """
    actor.need(Right.DISPATCH)
    today = local_day(now)
    chosen = select(VolunteerRow).where(in_sight(actor))
    gone = VolunteerRow.left_on.is_not(None)
    chosen = chosen.where(gone if left else ~gone)
    if squad is not None:
        chosen = chosen.where(VolunteerRow.squad == squad)
    if skill is not None:
        chosen = chosen.where(
            VolunteerRow.id.in_(
                select(SkillRow.volunteer_id).where(
                    SkillRow.kind == skill,
                    SkillRow.verified_at.is_not(None),
                    SkillRow.valid_until.is_(None) | (SkillRow.valid_until >= today),
                )
            )
        )
    wanted = clean_line(query)
    if wanted:
        chosen = chosen.where(
            or_(
                VolunteerRow.name.contains(wanted, autoescape=True),
                VolunteerRow.initials.startswith(wanted.casefold(), autoescape=True),
                VolunteerRow.number == wanted.zfill(4),
            )
        )
    with read() as session:
        count = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
        return Found(tuple(_lines(session, chosen.limit(limit), today)), count)


def volunteer(actor: Actor, now: datetime, code: str) -> VolunteerFile:
    """One volunteer with everything but the whole number.

    Raises:
        NotFound: none in scope.
    """
    with read() as session:
        row = volunteer_seen(session, actor, code)
        skills = session.scalars(
            select(SkillRow).where(SkillRow.volunteer_id == row.id).order_by(SkillRow.id)
        )
        today = local_day(now)
        consents = list(
            session.scalars(
                select(VolunteerConsent).where(
                    VolunteerConsent.volunteer_id == row.id,
                    VolunteerConsent.withdrawn_at.is_(None),
                    VolunteerConsent.valid_until.is_(None)
                    | (VolunteerConsent.valid_until >= today),
                )
            )
        )
        hours = session.scalars(
            select(Availability)
            .where(Availability.volunteer_id == row.id)
            .order_by(Availability.weekday, Availability.from_minute)
        )
        card = session.scalar(
            select(Card).where(Card.volunteer_id == row.id, Card.revoked_at.is_(None))
        )
        spans = [piece.span for piece in proven(pieces_of(session, [row.id]).get(row.id, []))]
        return VolunteerFile(
            code=row.code,
            number=row.number,
            name=row.name,
            squad=row.squad,
            leader=row.leader,
            estate_id=row.estate_id,
            building_id=row.building_id,
            phone=mask_phone(row.phone or ""),
            can_do=row.can_do,
            cannot_do=row.cannot_do,
            quiet=quiet_of(row),
            insured_until=row.insured_until,
            joined_on=row.joined_on,
            left_on=row.left_on,
            skills=tuple(
                SkillView(
                    one.id,
                    one.kind,
                    one.proof,
                    one.valid_until,
                    one.verified_at,
                    one.photo_id is not None,
                )
                for one in skills
            ),
            consents=frozenset(one.consent for one in consents),
            consents_until=next((one.valid_until for one in consents), None),
            free=tuple(Weekly(one.weekday, one.from_minute, one.to_minute) for one in hours),
            card=card.code if card else None,
            card_until=card.valid_until if card else None,
            has_account=row.account_id is not None,
            open_slip=has_open_slip(session, row.id, now),
            served=total(span for span in spans if span is not None),
            manages=is_office(actor) or squad_led(session, actor) is row.squad,
            office=is_office(actor),
        )


def reveal_phone(actor: Actor, now: datetime, code: str, reason: LookFor) -> str:
    """A volunteer's whole number, after an event that says who looked and what for.

    Raises:
        NotFound: none in scope, none left, or not to be used for that.
    """
    with write() as session:
        row = volunteer_seen(session, actor, code)
        agreed = session.scalar(
            select(VolunteerConsent.id).where(
                VolunteerConsent.volunteer_id == row.id,
                VolunteerConsent.consent == Consent.PHONE_FOR_DISPATCH,
                VolunteerConsent.withdrawn_at.is_(None),
                VolunteerConsent.valid_until.is_(None)
                | (VolunteerConsent.valid_until >= local_day(now)),
            )
        )
        if row.phone is None or agreed is None or row.left_on is not None:
            raise NotFound(N_("There is no number that the duty desk may call."))
        record(
            session,
            actor,
            now,
            "volunteer_phone_revealed",
            volunteer=row.id,
            reason=reason.value,
        )
        return row.phone


def _lines(session: Session, chosen: Select[VolunteerRow], today: date) -> list[VolunteerLine]:
    rows = list(session.scalars(chosen.order_by(VolunteerRow.squad, VolunteerRow.number)))
    ids = [row.id for row in rows]
    verified: dict[int, list[SkillKind]] = {key: [] for key in ids}
    waits = dict.fromkeys(ids, 0)
    for one in session.scalars(
        select(SkillRow).where(SkillRow.volunteer_id.in_(ids)).order_by(SkillRow.id)
    ):
        if one.verified_at is None:
            waits[one.volunteer_id] += 1
        elif one.valid_until is None or one.valid_until >= today:
            verified[one.volunteer_id].append(one.kind)
    cards = dict(
        session.execute(
            select(Card.volunteer_id, Card.valid_until).where(
                Card.volunteer_id.in_(ids), Card.revoked_at.is_(None)
            )
        ).all()
    )
    estates = names_of(session, Estate, (row.estate_id for row in rows))
    buildings = names_of(session, Building, (row.building_id for row in rows))
    return [
        VolunteerLine(
            code=row.code,
            number=row.number,
            name=row.name,
            squad=row.squad,
            leader=row.leader,
            where=" ".join(
                part
                for part in (estates.get(row.estate_id), buildings.get(row.building_id))
                if part
            ),
            skills=tuple(verified[row.id]),
            waiting=waits[row.id],
            insured_until=row.insured_until,
            card_until=cards.get(row.id),
            left_on=row.left_on,
        )
        for row in rows
    ]
