"""China's days off and make-up workdays from autumn 2025 to spring 2026, typed from the notices."""

from datetime import date, timedelta

from domain.workdays import WorkCalendar


def days(first: date, last: date) -> list[date]:
    """All days from first to last."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


DAYS_OFF = frozenset(
    [
        *days(date(2025, 10, 1), date(2025, 10, 8)),  # 国庆 and 中秋
        *days(date(2026, 1, 1), date(2026, 1, 3)),  # 元旦
        *days(date(2026, 2, 15), date(2026, 2, 23)),  # 春节
    ]
)
MAKE_UP = frozenset(
    [
        date(2025, 9, 28),  # Sunday
        date(2025, 10, 11),  # Saturday
        date(2026, 1, 4),  # Sunday
        date(2026, 2, 14),  # Saturday
        date(2026, 2, 28),  # Saturday
    ]
)
CALENDAR = WorkCalendar(
    {**dict.fromkeys(DAYS_OFF, False), **dict.fromkeys(MAKE_UP, True)},
    frozenset({2025, 2026}),
)
EMPTY = WorkCalendar({}, frozenset())


def works(day: date) -> bool:
    """The same days, looked up without WorkCalendar."""
    return day in MAKE_UP or (day not in DAYS_OFF and day.isoweekday() <= 5)
