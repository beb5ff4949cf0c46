"""The community's days: where one ends and the next begins, as instants in UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

COMMUNITY_ZONE = ZoneInfo("Asia/Shanghai")


def as_utc(at: datetime) -> datetime:
    """The same instant in UTC.

    Arithmetic between two datetimes of one zone is done on the wall clock, so every rule
    changes to UTC before it adds or compares.

    Raises:
        ValueError: `at` has no zone; guessing one would move deadlines by hours.
    """
    if at.utcoffset() is None:
        raise ValueError(f"an instant needs a time zone: {at!r}")
    return at.astimezone(UTC)


def local_time(at: datetime) -> datetime:
    """The instant on the community's wall clock."""
    return as_utc(at).astimezone(COMMUNITY_ZONE)


def local_day(at: datetime) -> date:
    """The community's date at that instant."""
    return local_time(at).date()


def at_local(day: date, clock: time) -> datetime:
    """The instant at which the community's clocks show that time on that day."""
    return datetime.combine(day, clock, COMMUNITY_ZONE).astimezone(UTC)


def day_start(day: date) -> datetime:
    """The instant at which the local day begins (00:00)."""
    return at_local(day, time.min)


def day_end(day: date) -> datetime:
    """The instant at which the local day is over (24:00, the first that is not in it)."""
    return day_start(day + timedelta(days=1))


def day_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """Start of `first` and end of `last`: `start <= at < end` holds on exactly these days."""
    return day_start(first), day_end(last)


def month_bounds(day: date) -> tuple[datetime, datetime]:
    """Start and end of the local month in which `day` lies; the end is not in it."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return day_start(first), day_start(following)
