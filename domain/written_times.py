"""Times as ledgers hold them: Excel dates, serial numbers and text, on the community's clock."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta

from domain.days import as_utc, at_local, day_start
from domain.errors import N_, DeskError

# No matter of a ledger is older; an earlier date is a number that Excel showed as a date.
EARLIEST = date(1990, 1, 1)
# A clock that runs ahead is forgiven; a later time is a slip of the pen.
AHEAD = timedelta(days=1)

# Excel counts days from here, the 29th of February 1900 that never was included.
_EXCEL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 – a wall clock without a place
_SERIALS = range(1, 200_000)

_WRITTEN = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?"
    r"\s*\(?(?:(?:星期|周)[一二三四五六日天])?\)?"
    r"(?:[\sT,]*(?P<half>上午|下午)?\s*"
    r"(?P<hour>\d{1,2})\s*[:时点]\s*(?:(?P<minute>\d{1,2})\s*"
    r"(?:[:分]\s*(?:(?P<second>\d{1,2})(?:\.\d{1,9})?\s*秒?)?)?)?"
    r"\s*(?P<after>AM|PM)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:[\sT]?(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?)?"
)
_SERIAL = re.compile(r"\d{1,6}(?:\.\d+)?")


class BadTime(DeskError):
    """A written time that is none, or none that a ledger can hold."""


def parse_time(value: object, now: datetime, column: str) -> datetime:
    """Read one cell as an instant in UTC, whole seconds; without a time of day it is midnight.

    Args:
        value: a date, a datetime (without a zone: on the community's clock), a day number of
            Excel, or text such as 2026/4/1 9:05:00, 2026-04-01 09:05, 2026年4月1日 下午3:05,
            20260401.
        now: aware; what lies more than a day later is refused.
        column: what the cell is called, for the sentence that refuses it.

    Raises:
        BadTime: it is no time, no possible one, before 1990 or in the future.
    """
    shown = {"column": column, "value": _shown(value)}
    try:
        at = _instant(value)
    except (ValueError, OverflowError) as error:
        raise BadTime(
            N_("{column}: “{value}” is no day and time that exists. Correct it."), **shown
        ) from error
    if at is None:
        raise BadTime(
            N_("{column}: “{value}” cannot be read. Write it like 2026-04-01 09:05."), **shown
        )
    if at < day_start(EARLIEST):
        raise BadTime(
            N_("{column}: “{value}” lies before {year}. Correct the date."),
            year=EARLIEST.year,
            **shown,
        )
    if at > as_utc(now) + AHEAD:
        raise BadTime(N_("{column}: “{value}” lies in the future. Correct the date."), **shown)
    return at


def _instant(value: object) -> datetime | None:
    if isinstance(value, datetime):
        # Excel keeps fractions of a day: 9:05:00 may come as 9:04:59.999997.
        whole = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        return as_utc(whole) if whole.tzinfo else at_local(whole.date(), whole.time())
    if isinstance(value, date):
        return at_local(value, time.min)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_text(f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}")
    return _from_text(value) if isinstance(value, str) else None


def _from_text(text: str) -> datetime | None:
    plain = unicodedata.normalize("NFKC", text).strip()
    if _SERIAL.fullmatch(plain):
        days = float(plain)
        return _instant(_EXCEL_ZERO + timedelta(days=days)) if int(days) in _SERIALS else None
    match = _WRITTEN.fullmatch(plain) or _COMPACT.fullmatch(plain)
    return _from_parts(match.groupdict()) if match else None


def _from_parts(parts: dict[str, str | None]) -> datetime:
    year, month, day = (int(parts[name] or 0) for name in ("year", "month", "day"))
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    half = {"上午": "AM", "下午": "PM"}.get(parts.get("half") or "", parts.get("after"))
    if half:
        # 下午15:00 is written too, and means what it says.
        hour = hour % 12 + (12 if half.upper() == "PM" else 0) if hour <= 12 else hour
    midnight = (hour, minute, second) == (24, 0, 0)
    clock = time(0 if midnight else hour, minute, second)
    shift = timedelta(days=1 if midnight else 0)
    zone = parts.get("zone")
    if zone:
        offset = "+00:00" if zone.upper() == "Z" else zone
        written = datetime.combine(date(year, month, day), clock, UTC)
        return written + shift - _offset(offset)
    return at_local(date(year, month, day) + shift, clock)


def _offset(text: str) -> timedelta:
    digits = text[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -size if text[0] == "-" else size


def _shown(value: object) -> str:
    text = f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value).strip()
    return text if len(text) <= 40 else text[:39] + "…"
