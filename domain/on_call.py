"""On call 值班: who answers for a squad at a moment, and the hours that nobody answers for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.availability import DAY
from domain.days import COMMUNITY_ZONE, as_utc, at_local, local_day
from domain.errors import N_, Refused
from domain.service_hours import Span, merged, minute_number
from domain.volunteers import Squad

# Hours of every day in which a squad is on call, as minutes from 00:00. A fever or a burst pipe
# knows no hour; a quarrel between neighbours waits for the morning.
COVER: Mapping[Squad, Span] = {
    Squad.HARMONY: (8 * 60, 20 * 60),
    Squad.SAFETY: (0, DAY),
    Squad.HEALTH: (0, DAY),
}
AHEAD = timedelta(days=7)  # so far ahead gaps are shown
LONGEST_SHIFT = timedelta(hours=24)
MOST_POSTS = 6

_EPOCH = datetime(1970, 1, 1, tzinfo=COMMUNITY_ZONE)
_MIDNIGHT = time.min


class Lack(StrEnum):
    """What is missing in a gap."""

    NOBODY = "nobody"  # no shift, or one without a primary
    BACKUP = "backup"  # a primary without anybody behind


LACK: Mapping[Lack, str] = {
    Lack.NOBODY: N_("nobody on call"),
    Lack.BACKUP: N_("no backup"),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """One shift of a squad; `posts` are volunteers by position, 0 is the primary."""

    squad: Squad
    starts_at: datetime
    ends_at: datetime
    posts: Mapping[int, int]

    def holds(self, now: datetime) -> bool:
        """Whether the moment is in it; the end is not."""
        return self.starts_at <= now < self.ends_at


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """Hours of one squad in which something is missing; the end is not in them."""

    starts_at: datetime
    ends_at: datetime
    squad: Squad
    lack: Lack


def on_call(duties: Iterable[Duty], squad: Squad, now: datetime) -> tuple[int, ...]:
    """Who is on call for the squad at the moment, the primary first, then backups in order.

    A shift whose primary's post is empty begins with its first backup.
    """
    for duty in duties:
        if duty.squad is squad and duty.holds(now):
            return tuple(duty.posts[place] for place in sorted(duty.posts))
    return ()


def gaps(duties: Sequence[Duty], first: datetime, until: datetime) -> list[Gap]:
    """Everything that is missing between two moments, by time and squad.

    Without a primary an hour counts as nobody's: backups know that somebody is before them.
    """
    found = []
    for squad in Squad:
        own = [duty for duty in duties if duty.squad is squad]
        led = merged(_span(duty) for duty in own if 0 in duty.posts)
        backed = merged(_span(duty) for duty in own if 0 in duty.posts and len(duty.posts) > 1)
        needed = _needed(squad, first, until)
        bare = _without(needed, led)
        found += [_gap(span, squad, Lack.NOBODY) for span in bare]
        thin = _without(_without(needed, bare), backed)
        found += [_gap(span, squad, Lack.BACKUP) for span in thin]
    return sorted(found)


def check_shift(starts_at: datetime, ends_at: datetime) -> None:
    """Refuse times that are no shift.

    Raises:
        Refused: it ends before it begins, or is longer than a day.
    """
    if ends_at <= starts_at:
        raise Refused(N_("The shift must end after it begins."))
    if ends_at - starts_at > LONGEST_SHIFT:
        raise Refused(N_("A shift is at most 24 hours long. Enter several."))


def shift_times(day: date, start: int, end: int) -> tuple[datetime, datetime]:
    """A shift from minutes of a day; an end that is not later lies in the next morning."""
    begin = at_local(day, _MIDNIGHT)
    return (
        begin + timedelta(minutes=start),
        begin + timedelta(minutes=end if end > start else end + DAY),
    )


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def _needed(squad: Squad, first: datetime, until: datetime) -> list[Span]:
    start, end = COVER[squad]
    whole = (minute_number(first), minute_number(until))
    days = (local_day(until) - local_day(first)).days + 1
    spans = []
    for offset in range(-1, days):
        midnight = minute_number(at_local(local_day(first) + timedelta(days=offset), _MIDNIGHT))
        span = (max(midnight + start, whole[0]), min(midnight + end, whole[1]))
        if span[0] < span[1]:
            spans.append(span)
    return merged(spans)


def _span(duty: Duty) -> Span:
    return minute_number(duty.starts_at), minute_number(duty.ends_at)


def _without(spans: Iterable[Span], taken: Sequence[Span]) -> list[Span]:
    """What is left of the spans; `taken` is merged."""
    left = []
    for start, end in spans:
        for begin, stop in taken:
            if stop <= start or begin >= end:
                continue
            if begin > start:
                left.append((start, begin))
            start = max(start, stop)
        if start < end:
            left.append((start, end))
    return left


def _gap(span: Span, squad: Squad, lack: Lack) -> Gap:
    return Gap(_at(span[0]), _at(span[1]), squad, lack)


def _at(minute: int) -> datetime:
    return as_utc(_EPOCH + timedelta(minutes=minute))
