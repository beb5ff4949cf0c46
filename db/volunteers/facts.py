"""All volunteers as the rules of dispatch see them, read by a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from db.tables.volunteers import (
    Availability,
    ServiceHours,
    Shift,
    ShiftPost,
    SkillRow,
    VolunteerConsent,
    VolunteerRow,
)
from domain.availability import Quiet, Weekly
from domain.days import COMMUNITY_ZONE, local_day
from domain.service_hours import LOAD_WINDOW, LONGEST, Span, last_night_end, load, minute_number
from domain.skills import Skill
from domain.volunteers import Consent, Squad, Volunteer

_EPOCH = datetime(1970, 1, 1, tzinfo=COMMUNITY_ZONE)


def candidates(session: Session, now: datetime, squad: Squad | None = None) -> list[Volunteer]:
    """Everybody who has joined and not left, as they are at `now`, by row id.

    Args:
        squad: only that squad's people.
    """
    today = local_day(now)
    query = select(VolunteerRow).where(
        VolunteerRow.joined_on <= today,
        VolunteerRow.left_on.is_(None) | (VolunteerRow.left_on > today),
    )
    if squad is not None:
        query = query.where(VolunteerRow.squad == squad)
    return _facts(session, list(session.scalars(query.order_by(VolunteerRow.id))), now)


def facts_of(session: Session, ids: Iterable[int], now: datetime) -> dict[int, Volunteer]:
    """Some volunteers by row id, those who left as well."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = list(session.scalars(select(VolunteerRow).where(VolunteerRow.id.in_(wanted))))
    return {one.id: one for one in _facts(session, rows, now, few=True)}


def _facts(
    session: Session, rows: list[VolunteerRow], now: datetime, *, few: bool = False
) -> list[Volunteer]:
    only = [row.id for row in rows] if few else None
    skills, free = _skills(session, only), _free(session, only)
    consents, posts = _consents(session, only, now), _posts(session, now)
    served = _spans(session, only, now)
    made = []
    for row in rows:
        spans = served.get(row.id, ())
        night_end = last_night_end(spans)
        made.append(
            Volunteer(
                id=row.id,
                code=row.code,
                name=row.name,
                squad=row.squad,
                leader=row.leader,
                account_id=row.account_id,
                estate_id=row.estate_id,
                building_id=row.building_id,
                joined_on=row.joined_on,
                left_on=row.left_on,
                insured_until=row.insured_until,
                paused_until=row.paused_until,
                skills=tuple(skills.get(row.id, ())),
                consents=frozenset(consents.get(row.id, ())),
                free=tuple(free.get(row.id, ())),
                quiet=quiet_of(row),
                post=posts.get((row.squad, row.id)),
                weighted_minutes=load(spans, now).weighted,
                last_offered_at=row.last_offered_at,
                night_duty_end=None if night_end is None else _instant(night_end),
            )
        )
    return made


def quiet_of(row: VolunteerRow) -> Quiet | None:
    """The hours of the day in which this person does not want to be asked."""
    if row.quiet_from is None or row.quiet_to is None:
        return None
    return Quiet(row.quiet_from, row.quiet_to)


def _instant(minute: int) -> datetime:
    return (_EPOCH + timedelta(minutes=minute)).astimezone(UTC)


def _skills(session: Session, only: list[int] | None) -> dict[int, list[Skill]]:
    query = select(
        SkillRow.volunteer_id, SkillRow.kind, SkillRow.verified_at, SkillRow.valid_until
    ).order_by(SkillRow.volunteer_id, SkillRow.id)
    if only is not None:
        query = query.where(SkillRow.volunteer_id.in_(only))
    found: dict[int, list[Skill]] = defaultdict(list)
    for volunteer_id, kind, verified_at, valid_until in session.execute(query):
        found[volunteer_id].append(Skill(kind, verified_at is not None, valid_until))
    return found


def _free(session: Session, only: list[int] | None) -> dict[int, list[Weekly]]:
    query = select(
        Availability.volunteer_id,
        Availability.weekday,
        Availability.from_minute,
        Availability.to_minute,
    )
    if only is not None:
        query = query.where(Availability.volunteer_id.in_(only))
    # Few different hours for many people: each is checked and made once.
    known: dict[tuple[int, int, int], Weekly] = {}
    found: dict[int, list[Weekly]] = defaultdict(list)
    for volunteer_id, weekday, start, end in session.execute(query):
        key = (weekday, start, end)
        if key not in known:
            known[key] = Weekly(*key)
        found[volunteer_id].append(known[key])
    return found


def _consents(session: Session, only: list[int] | None, now: datetime) -> dict[int, list[Consent]]:
    query = select(VolunteerConsent.volunteer_id, VolunteerConsent.consent).where(
        VolunteerConsent.withdrawn_at.is_(None),
        VolunteerConsent.valid_until.is_(None) | (VolunteerConsent.valid_until >= local_day(now)),
    )
    if only is not None:
        query = query.where(VolunteerConsent.volunteer_id.in_(only))
    found: dict[int, list[Consent]] = defaultdict(list)
    for volunteer_id, consent in session.execute(query):
        found[volunteer_id].append(consent)
    return found


def _posts(session: Session, now: datetime) -> dict[tuple[Squad, int], int]:
    """The places in the shifts of that moment, by squad and volunteer."""
    query = (
        select(Shift.squad, ShiftPost.volunteer_id, ShiftPost.position)
        .join(ShiftPost, ShiftPost.shift_id == Shift.id)
        .where(Shift.starts_at <= now, Shift.ends_at > now)
    )
    return {(squad, key): position for squad, key, position in session.execute(query)}


def _spans(session: Session, only: list[int] | None, now: datetime) -> dict[int, list[Span]]:
    """What each served in the window of the load: of corrected rows the last."""
    later = aliased(ServiceHours)
    query = (
        select(ServiceHours.volunteer_id, ServiceHours.arrived_at, ServiceHours.left_at)
        .outerjoin(later, later.corrects_id == ServiceHours.id)
        .where(
            later.id.is_(None),
            ServiceHours.arrived_at > now - LOAD_WINDOW - LONGEST,
            ServiceHours.arrived_at < now,
        )
    )
    if only is not None:
        query = query.where(ServiceHours.volunteer_id.in_(only))
    found: dict[int, list[Span]] = defaultdict(list)
    for volunteer_id, arrived_at, left_at in session.execute(query):
        if left_at is not None:
            found[volunteer_id].append((minute_number(arrived_at), minute_number(left_at)))
    return found
