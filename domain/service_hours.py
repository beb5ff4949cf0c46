"""Hours of service 服务时长: what counts, once, and how much of it was at night.

Times are kept to the minute. Travel is left out, as a piece of service goes from arrival to
departure. Minutes at night (22:00–06:00) count double as load and single on a certificate.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from domain.availability import DAY, NIGHT_FROM, NIGHT_TO
from domain.days import as_utc
from domain.errors import N_, Refused

# The load that the rank looks at, see dispatch.md.
LOAD_WINDOW = timedelta(days=30)
# Nobody serves longer at a stretch: such a departure is a forgotten one, and is asked about.
LONGEST = timedelta(hours=24)
# After so long without a departure the desk asks whether it was forgotten.
FORGOTTEN = timedelta(hours=12)

# The community's clock without the summer times that its zone had until 1991.
_ZERO = datetime(1970, 1, 1, tzinfo=timezone(timedelta(hours=8)))
_MINUTE = timedelta(minutes=1)

Span = tuple[int, int]  # whole minutes of the community's clock since 1970, the end not in it


class Source(StrEnum):
    """What a piece of service was for."""

    REQUEST = "request"
    VISIT = "visit"
    PATROL = "patrol"
    SURVEY = "survey"
    ON_CALL = "on_call"
    ACTIVITY = "activity"
    LESSON = "lesson"
    OTHER = "other"


SOURCE: Mapping[Source, str] = {
    Source.REQUEST: N_("help for a neighbour"),
    Source.VISIT: N_("care visit"),
    Source.PATROL: N_("patrol"),
    Source.SURVEY: N_("survey"),
    Source.ON_CALL: N_("duty at the desk"),
    Source.ACTIVITY: N_("activity"),
    Source.LESSON: N_("lesson of the after-school class"),
    Source.OTHER: N_("other service"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One row of the ledger of hours.

    Args:
        left_at: None while it goes on, or where the departure was forgotten: it counts nothing.
        corrects: the row that this one replaces.
    """

    id: int
    source: Source
    arrived_at: datetime
    left_at: datetime | None
    confirmed: bool
    corrects: int | None = None

    @property
    def span(self) -> Span | None:
        """Its whole minutes, or None while nobody knows the end."""
        if self.left_at is None:
            return None
        return minute_number(self.arrived_at), minute_number(self.left_at)


@dataclass(frozen=True, slots=True)
class Total:
    """Minutes of service, overlapping ones counted once.

    Args:
        night: those of `minutes` that lie between 22:00 and 06:00.
    """

    minutes: int
    night: int

    @property
    def weighted(self) -> int:
        """The load: minutes at night count double."""
        return self.minutes + self.night


def whole_minute(at: datetime) -> datetime:
    """The instant without its seconds, as arrivals and departures are kept."""
    return as_utc(at).replace(second=0, microsecond=0)


def minute_number(at: datetime) -> int:
    """The instant in whole minutes of the community's wall clock since 1970.

    Its zone has no summer time (since 1991), so that minutes of the clock are real minutes.
    """
    return (at - _ZERO) // _MINUTE


def check_span(arrived_at: datetime, left_at: datetime) -> None:
    """Refuse times that cannot be one piece of service.

    Raises:
        Refused: the departure is not after the arrival, or a day later.
    """
    if left_at < arrived_at:
        raise Refused(N_("The departure is before the arrival. Correct one of the times."))
    if left_at - arrived_at > LONGEST:
        raise Refused(N_("Longer than 24 hours at a stretch. Enter it as several pieces."))


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap or touch joined into one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def night_minutes(span: Span) -> int:
    """How many minutes of the span lie between 22:00 and 06:00."""
    return _night_before(span[1]) - _night_before(span[0])


def _night_before(minute: int) -> int:
    days, clock = divmod(minute, DAY)
    in_day = min(clock, NIGHT_TO) + max(0, clock - NIGHT_FROM)
    return days * (NIGHT_TO + DAY - NIGHT_FROM) + in_day


def total(spans: Iterable[Span]) -> Total:
    """All minutes of the spans, each counted once."""
    joined = merged(spans)
    return Total(sum(end - start for start, end in joined), sum(map(night_minutes, joined)))


def load(spans: Iterable[Span], now: datetime) -> Total:
    """The minutes that lie within 30 days before `now`."""
    end = minute_number(now)
    begin = end - int(LOAD_WINDOW.total_seconds()) // 60
    clipped = ((max(start, begin), min(stop, end)) for start, stop in spans)
    return total(span for span in clipped if span[0] < span[1])


def last_night_end(spans: Iterable[Span]) -> int | None:
    """The minute at which the last stretch of service that touched the night was over.

    Pieces without a pause between them are one stretch: whoever goes on after the night is
    not rested because a new row began at dawn.
    """
    ends = [span[1] for span in merged(spans) if night_minutes(span)]
    return max(ends, default=None)


def in_force(pieces: Sequence[Piece]) -> list[Piece]:
    """Of each row and its corrections the one that holds: the last confirmed, else the last."""
    next_of = {piece.corrects: piece for piece in pieces if piece.corrects is not None}
    held = []
    for first in pieces:
        if first.corrects is not None:
            continue
        chosen = piece = first
        while (following := next_of.get(piece.id)) is not None:
            piece = following
            if piece.confirmed or not chosen.confirmed:
                chosen = piece
        held.append(chosen)
    return held


def proven(pieces: Sequence[Piece]) -> list[Piece]:
    """What a certificate may say: rows in force that are confirmed and over."""
    return [one for one in in_force(pieces) if one.confirmed and one.left_at is not None]


def is_forgotten(arrived_at: datetime, left_at: datetime | None, now: datetime) -> bool:
    """Whether a departure is missing for so long that somebody must be asked."""
    return left_at is None and now - arrived_at > FORGOTTEN
