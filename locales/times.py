"""Days, times and what is left until a deadline, in words.

All times come in as the community's wall clock shows them (`domain.days.local_time`).
"""

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date

from locales import CHINESE, gettext, language, ngettext

_PATTERNS = {
    # this year, another year
    CHINESE: ("M月d日 EEE", "y年M月d日"),
    "en": ("EEE d MMM", "d MMM y"),
}
_MINUTE, _HOUR, _DAY = 60, 3600, 24 * 3600


def day_words(day: date, today: date | None = None) -> str:
    """Such as 11月22日 周日; in another year than today's, 2025年11月22日."""
    code = language.get()
    return _said(day, _PATTERNS[code][today is not None and day.year != today.year], code)


@lru_cache(maxsize=4_000)
def _said(day: date, pattern: str, code: str) -> str:
    """Remembered, as lists say the same few days again and again, which Babel takes long for."""
    return format_date(day, pattern, locale=code)


def moment_words(at: datetime, today: date | None = None) -> str:
    """The day and the time, such as 11月22日 周日 14:30."""
    return f"{day_words(at.date(), today)} {at:%H:%M}"


def month_words(day: date) -> str:
    """Such as 2026年3月."""
    code = language.get()
    return format_date(day, "y年M月" if code == CHINESE else "MMMM y", locale=code)


def weekday_words(weekday: int) -> str:
    """Such as 周一 for 0."""
    return _said(date(2024, 1, 1 + weekday), "EEE", language.get())  # began on a Monday


def left_words(left: timedelta) -> str:
    """还剩 3 小时, or 已超 1 天 when it is below zero; rounded so that it never promises more."""
    seconds = left.total_seconds()
    late = seconds < 0
    size = abs(seconds)
    if size < _HOUR:
        n = max(1, int(size // _MINUTE))
        if late:
            return ngettext("{n} minute late", "{n} minutes late", n)
        return ngettext("{n} minute left", "{n} minutes left", n)
    if size < (_DAY if late else 2 * _DAY):
        n = int(size // _HOUR)
        if late:
            return ngettext("{n} hour late", "{n} hours late", n)
        return ngettext("{n} hour left", "{n} hours left", n)
    n = int(size // _DAY)
    if late:
        return ngettext("{n} day late", "{n} days late", n)
    return ngettext("{n} day left", "{n} days left", n)


def span_words(days: int) -> str:
    """How long something took, in community days: on the same day, or so many days."""
    if days <= 0:
        return gettext("done on the same day")
    return ngettext("done in {n} day", "done in {n} days", days)


def limit_words(days: int, working: bool) -> str:
    """Until when work is promised: on the same day, within so many days or working days."""
    if days <= 0:
        return gettext("the same day")
    if working:
        return ngettext("within {n} working day", "within {n} working days", days)
    return ngettext("within {n} day", "within {n} days", days)
