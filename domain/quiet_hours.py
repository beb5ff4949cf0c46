"""Quiet hours 免打扰: when a recipient is told only what is urgent."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain.days import at_local, local_day, local_time
from domain.errors import N_, FieldError


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Every day from `start` to just before `end` on the community's wall clock.

    They may pass midnight (22:00 to 07:00).

    Raises:
        FieldError: both are the same, which could mean always or never.
    """

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise FieldError("quiet", N_("Quiet hours must not begin and end at the same time."))

    def are_on(self, at: datetime) -> bool:
        """Whether that instant is quiet."""
        clock = local_time(at).time()
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def over(self, at: datetime) -> datetime:
        """The first instant at or after `at` that is not quiet."""
        if not self.are_on(at):
            return at
        day = local_day(at)
        if local_time(at).time() >= self.end:
            day += timedelta(days=1)
        return at_local(day, self.end)


def written(start: str | None, end: str | None) -> QuietHours | None:
    """Quiet hours from two times as HH:MM; None for none.

    Raises:
        FieldError: only one of them, or no time of day.
    """
    if not start and not end:
        return None
    try:
        return QuietHours(time.fromisoformat(start or ""), time.fromisoformat(end or ""))
    except ValueError:
        raise FieldError("quiet", N_("Write both times of day as 22:00, or neither.")) from None
