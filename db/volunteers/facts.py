"""All volunteers as the rules of dispatch see them, read by a constant number of queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Text, case, cast, func, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

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
from domain.skills import Skill, SkillKind
from domain.volunteers import Consent, Squad, Volunteer

# Columns and not whole objects: thousands are read while somebody waits.
_COLUMNS = tuple(VolunteerRow.__table__.columns)
T = TypeVar("T")
Many = dict[int, tuple[T, ...]]
_EPOCH = datetime(1970, 1, 1, tzinfo=COMMUNITY_ZONE)


def candidates(session: Session, now: datetime, squad: Squad | None = None) -> list[Volunteer]:
    """Everybody who has joined and not left, as they are at `now`, by row id.

    Args:
        squad: only that squad's people.
    """
    today = local_day(now)
    query = select(*_COLUMNS).where(
        VolunteerRow.joined_on <= today,
        VolunteerRow.left_on.is_(None) | (VolunteerRow.left_on > today),
    )
    if squad is not None:
        query = query.where(VolunteerRow.squad == squad)
    return _facts(session, session.connection().execute(query.order_by(VolunteerRow.id)).all(), now)


def facts_of(session: Session, ids: Iterable[int], now: datetime) -> dict[int, Volunteer]:
    """Some volunteers by row id, those who left as well."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = session.connection().execute(select(*_COLUMNS).where(VolunteerRow.id.in_(wanted))).all()
    return {one.id: one for one in _facts(session, rows, now, few=True)}


def _facts(
    session: Session, rows: Sequence[Row[Any]], now: datetime, *, few: bool = False
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
                skills=skills.get(row.id, ()),
                consents=frozenset(consents.get(row.id, ())),
                free=tuple(sorted(free.get(row.id, ()))),
                quiet=quiet_of(row),
                post=posts.get((row.squad, row.id)),
                weighted_minutes=load(spans, now).weighted,
                last_offered_at=row.last_offered_at,
                night_duty_end=None if night_end is None else _instant(night_end),
            )
        )
    return made


def quiet_of(row: VolunteerRow | Row[Any]) -> Quiet | None:
    """The hours of the day in which this person does not want to be asked."""
    if row.quiet_from is None or row.quiet_to is None:
        return None
    return Quiet(row.quiet_from, row.quiet_to)


def _instant(minute: int) -> datetime:
    return (_EPOCH + timedelta(minutes=minute)).astimezone(UTC)


def _skills(session: Session, only: list[int] | None) -> Many[Skill]:
    said = (
        type_coerce(SkillRow.kind, Text)
        + case((SkillRow.verified_at.is_not(None), ":1:"), else_=":0:")
        + func.coalesce(cast(SkillRow.valid_until, Text), "")
    )

    def read(text: str) -> Skill:
        kind, verified, until = text.split(":")
        last = date.fromisoformat(until) if until else None
        return Skill(SkillKind(kind), verified == "1", last)

    return _gathered(session, only, SkillRow.volunteer_id, said, read)


def _free(session: Session, only: list[int] | None) -> Many[Weekly]:
    said = (
        cast(Availability.weekday, Text)
        + ":"
        + cast(Availability.from_minute, Text)
        + ":"
        + cast(Availability.to_minute, Text)
    )

    def read(text: str) -> Weekly:
        return Weekly(*map(int, text.split(":")))

    return _gathered(session, only, Availability.volunteer_id, said, read)


def _consents(session: Session, only: list[int] | None, now: datetime) -> Many[Consent]:
    return _gathered(
        session,
        only,
        VolunteerConsent.volunteer_id,
        type_coerce(VolunteerConsent.consent, Text),
        Consent,
        VolunteerConsent.withdrawn_at.is_(None),
        VolunteerConsent.valid_until.is_(None) | (VolunteerConsent.valid_until >= local_day(now)),
    )


def _gathered(
    session: Session,
    only: list[int] | None,
    whose: InstrumentedAttribute[int],
    said: ColumnElement[str],
    read: Callable[[str], T],
    *conditions: ColumnElement[bool],
) -> Many[T]:
    """What each volunteer has many of, one row for each person.

    The same few texts come again and again: each is read once.
    """
    query = select(whose, func.aggregate_strings(said, ",")).where(*conditions).group_by(whose)
    if only is not None:
        query = query.where(whose.in_(only))
    known: dict[str, tuple[T, ...]] = {}
    found: Many[T] = {}
    for key, text in session.connection().execute(query):
        if text not in known:
            known[text] = tuple(read(part) for part in sorted(text.split(",")))
        found[key] = known[text]
    return found


def _posts(session: Session, now: datetime) -> dict[tuple[Squad, int], int]:
    """The places in the shifts of that moment, by squad and volunteer."""
    query = (
        select(Shift.squad, ShiftPost.volunteer_id, ShiftPost.position)
        .join(ShiftPost, ShiftPost.shift_id == Shift.id)
        .where(Shift.starts_at <= now, Shift.ends_at > now)
    )
    return {(squad, key): position for squad, key, position in session.connection().execute(query)}


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
    for volunteer_id, arrived_at, left_at in session.connection().execute(query):
        if left_at is not None:
            found[volunteer_id].append((minute_number(arrived_at), minute_number(left_at)))
    return found
