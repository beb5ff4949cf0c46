"""The clock that tests set, for this process and for servers that it starts."""

from datetime import datetime, timedelta
from pathlib import Path

from domain.days import COMMUNITY_ZONE

# A Monday morning in duty hours, in a week without a holiday.
MONDAY_NINE = datetime(2026, 3, 2, 9, 0, tzinfo=COMMUNITY_ZONE)
# A Monday afternoon: the moment at which the demo community is looked at.
DEMO_DAY = datetime(2025, 11, 17, 14, 20, tzinfo=COMMUNITY_ZONE)


class TestClock:
    """What `db.now.now()` says until the test is over.

    Args:
        path: the file that the clock is read from (`DESK_CLOCK_FILE`).
    """

    __test__ = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now = MONDAY_NINE
        self.set(MONDAY_NINE)

    def set(self, moment: datetime | str) -> datetime:
        """Jump to a moment; text without an offset is the community's time."""
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=COMMUNITY_ZONE)
        # Replaced as a whole: a server that reads it meanwhile sees the old or the new time.
        fresh = self.path.with_suffix(".new")
        fresh.write_text(moment.isoformat(), encoding="utf-8")
        fresh.replace(self.path)
        self.now = moment
        return moment

    def forward(self, **step: float) -> datetime:
        """Go on by days, hours, minutes or seconds; returns the new moment."""
        return self.set(self.now + timedelta(**step))
