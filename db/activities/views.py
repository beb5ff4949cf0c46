"""Activities as pages show them, without anybody's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, not_, select
from sqlalchemy.orm import Session

from db.activities.entry import ActivityWords, entered_of
from db.activities.planning import clock_of
from db.tables import Unit
from db.tables.activities import Activity, ActivityRoom, ActivitySeries, ActivitySignUp
from domain.activities import ActivityKind
from domain.series import Plan


@dataclass(frozen=True, slots=True)
class Counts:
    """Sign-ups that stand: with a place, waiting; who came of them and of others; to be told."""

    seated: int = 0
    waiting: int = 0
    came: int = 0
    to_tell: int = 0


@dataclass(frozen=True, slots=True)
class ActivityView:
    """One activity.

    Args:
        where: the room with its place, or the place in words.
        free: places left; None: as many as come.
        came: who came, with and without a name.
        counted: whether anybody noted who came.
    """

    code: str
    kind: ActivityKind
    title: str
    words: str
    starts_at: datetime
    ends_at: datetime
    where: str
    unit: str | None
    series: str | None
    by_hand: bool
    public: bool
    sign_up: bool
    capacity: int | None
    counts: Counts
    came: int
    counted: bool
    headcount: int | None
    cancelled: bool
    reason: str
    entered: ActivityWords

    @property
    def free(self) -> int | None:
        """Places left; none while somebody waits."""
        if self.capacity is None:
            return None
        return 0 if self.counts.waiting else max(0, self.capacity - self.counts.seated)


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series as it is planned from now on."""

    code: str
    plan: Plan
    first_on: date
    last_on: date


def views(session: Session, rows: Iterable[Activity]) -> tuple[ActivityView, ...]:
    """These rows, with everything beside them read at once."""
    found = list(rows)
    keys = [row.id for row in found]
    counts = _counts(session, keys)
    rooms = {row.id: row for row in session.scalars(select(ActivityRoom))} if found else {}
    units = _names(session, [row.unit_id for row in found if row.unit_id is not None])
    series = {row.series_id for row in found if row.series_id is not None}
    codes: dict[int, str] = dict(
        session.execute(
            select(ActivitySeries.id, ActivitySeries.code).where(ActivitySeries.id.in_(series))
        ).all()
    )
    return tuple(
        _view(
            row,
            counts.get(row.id, Counts()),
            _where(row, rooms.get(row.room_id or 0)),
            units.get(row.unit_id or 0),
            codes.get(row.series_id or 0),
        )
        for row in found
    )


def series_view(row: ActivitySeries) -> SeriesView:
    """The series of a row."""
    plan = Plan(row.weekday, clock_of(row.start_minute), row.minutes, row.skips_holidays)
    return SeriesView(row.code, plan, row.first_on, row.last_on)


def _view(
    row: Activity, counts: Counts, where: str, unit: str | None, series: str | None
) -> ActivityView:
    return ActivityView(
        code=row.code,
        kind=row.kind,
        title=row.title,
        words=row.words,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        where=where,
        unit=unit,
        series=series,
        by_hand=row.by_hand,
        public=row.public,
        sign_up=row.sign_up,
        capacity=row.capacity,
        counts=counts,
        came=counts.came + (row.headcount or 0),
        counted=row.headcount is not None or counts.came > 0,
        headcount=row.headcount,
        cancelled=row.cancelled_at is not None,
        reason=row.cancel_reason or "",
        entered=entered_of(row),
    )


def _where(row: Activity, room: ActivityRoom | None) -> str:
    if room is None:
        return row.place
    return f"{room.name} · {room.spot}" if room.spot else room.name


def _counts(session: Session, keys: list[int]) -> dict[int, Counts]:
    one = ActivitySignUp
    beforehand = not_(one.at_the_door)
    query = (
        select(
            one.activity_id,
            func.count(one.id).filter(beforehand, one.seated_at.is_not(None)),
            func.count(one.id).filter(beforehand, one.seated_at.is_(None)),
            func.count(one.came_at),
            func.count(one.news),
        )
        .where(one.activity_id.in_(keys), one.cancelled_at.is_(None))
        .group_by(one.activity_id)
    )
    return {key: Counts(*numbers) for key, *numbers in session.execute(query)}


def _names(session: Session, keys: list[int]) -> dict[int, str]:
    return dict(session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(keys))).all())
