"""Calendars to subscribe to (.ics, RFC 5545), from plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//163 Desk//Activities//"
REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry.

    Args:
        key: the same for the same entry each time, so that calendars change and do not double.
        starts: a day where only the day is known.
        ends: None: an hour later, or the same day.
        link: where more of it stands; empty for nowhere.
    """

    key: str
    title: str
    starts: datetime | date
    ends: datetime | None = None
    where: str = ""
    words: str = ""
    link: str = ""
    cancelled: bool = False


def feed(name: str, host: str, entries: Iterable[FeedEntry], now: datetime, language: str) -> bytes:
    """The whole calendar.

    Args:
        name: what programs call it.
        host: makes the keys the world's own.
    """
    calendar = Calendar()
    calendar.add("prodid", f"{PRODUCT}{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, host, now))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: FeedEntry, host: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{host}")
    event.add("dtstamp", now)
    event.add("summary", entry.title)
    event.add("dtstart", entry.starts)
    if isinstance(entry.starts, datetime):
        event.add("dtend", entry.ends or entry.starts + timedelta(hours=1))
    else:
        event.add("dtend", entry.starts + timedelta(days=1))
    for name, value in (
        ("location", entry.where),
        ("description", entry.words),
        ("url", entry.link),
    ):
        if value:
            event.add(name, value)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event
