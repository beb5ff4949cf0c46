"""The work calendar: holidays and make-up workdays 调休, from the library and as corrected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.engine import read, write
from db.events import record
from db.settings import put
from db.tables import CalendarDay, Setting
from db.upsert import upsert
from domain.errors import N_, FieldError
from domain.names import clean_line
from domain.people import Actor, Right
from domain.workdays import WorkCalendar, library_days

# The library begins here; ledgers are not older.
FIRST_YEAR = 2004
LAST_YEAR = 2100
# How far ahead pages look for a year that nobody knows: the usual limits and a pause.
AHEAD = timedelta(days=60)
# A setting that only this file reads: the years that the office entered and confirmed itself.
CONFIRMED = "calendar_years"
# A transaction reads it once, however many clocks it starts; whoever edits it drops it.
_KEPT = "work_calendars"


@dataclass(frozen=True, slots=True)
class NamedDay:
    """One day that differs from the ordinary week, or that the office confirmed.

    Args:
        name: a message id where the library named it, else the office's words.
        edited: whether the office set it.
    """

    day: date
    working: bool
    name: str
    edited: bool


def seed_calendar(session: Session) -> int:
    """Take over the library's years that are not kept yet; returns how many days.

    Days that the office set stay as they are.
    """
    kept = set(
        session.scalars(select(CalendarDay.day).where(CalendarDay.edited_at.is_(None)).distinct())
    )
    years = {day.year for day in kept}
    rows = [
        {"day": day, "working": working, "name": name, "edited_at": None}
        for year in range(FIRST_YEAR, LAST_YEAR)
        if year not in years
        for day, (working, name) in (library_days(year) or {}).items()
    ]
    if rows:
        session.execute(upsert(session, CalendarDay).on_conflict_do_nothing(), rows)
    return len(rows)


def work_calendar(session: Session, first: date, last: date) -> WorkCalendar:
    """The calendar for the years of two days; years that are not kept come from the library.

    A year that neither knows follows the week, and `unknown_years` names it for a warning.
    """
    kept: dict[tuple[int, int], WorkCalendar] = session.info.setdefault(_KEPT, {})
    span = (first.year, last.year)
    if span not in kept:
        kept[span] = _read(session, *span)
    return kept[span]


def _read(session: Session, first: int, last: int) -> WorkCalendar:
    days: dict[date, bool] = {}
    known = set(confirmed_years(session))
    rows = session.execute(
        select(CalendarDay.day, CalendarDay.working, CalendarDay.edited_at).where(
            CalendarDay.day >= date(first, 1, 1), CalendarDay.day <= date(last, 12, 31)
        )
    ).all()
    known |= {day.year for day, _working, edited_at in rows if edited_at is None}
    for year in range(first, last + 1):
        if year not in known and (named := library_days(year)) is not None:
            known.add(year)
            days |= {day: working for day, (working, _name) in named.items()}
    days |= {day: working for day, working, _edited_at in rows}
    return WorkCalendar(days, frozenset(known))


def _rows(session: Session, first: date, last: date) -> list[CalendarDay]:
    query = select(CalendarDay).where(CalendarDay.day >= first, CalendarDay.day <= last)
    return list(session.scalars(query.order_by(CalendarDay.day)))


def confirmed_years(session: Session) -> Iterator[int]:
    """The years whose days the office said it has entered."""
    row = session.get(Setting, CONFIRMED)
    yield from row.value if row is not None else ()


@dataclass(frozen=True, slots=True)
class YearView:
    """One year of the calendar as the settings page shows it."""

    year: int
    known: bool
    confirmed: bool
    days: tuple[NamedDay, ...]


def year_view(actor: Actor, year: int) -> YearView:
    """The named days of one year."""
    actor.need(Right.SET_UP)
    with read() as session:
        first, last = date(year, 1, 1), date(year, 12, 31)
        calendar = work_calendar(session, first, last)
        named = {
            day: NamedDay(day, working, name, False)
            for day, (working, name) in (library_days(year) or {}).items()
        }
        named |= {
            row.day: NamedDay(row.day, row.working, row.name, row.edited_at is not None)
            for row in _rows(session, first, last)
        }
        return YearView(
            year,
            calendar.knows(year),
            year in set(confirmed_years(session)),
            tuple(named[day] for day in sorted(named)),
        )


def unknown_years(actor: Actor, first: date, last: date) -> tuple[int, ...]:
    """The years between two days that only follow the week; pages warn of them."""
    if actor.kind == "resident":
        return ()
    with read() as session:
        return work_calendar(session, first, last).unknown_years(first, last)


def set_day(actor: Actor, now: datetime, day: date, working: bool, name: str = "") -> None:
    """Say that people work, or do not, on that day.

    Promises already given keep their due times; new ones count with it.

    Raises:
        FieldError: a year that no promise can reach.
    """
    actor.need(Right.SET_UP)
    _check_year(day.year)
    values = {"working": working, "name": clean_line(name)[:60], "edited_at": now}
    with write() as session:
        session.execute(
            upsert(session, CalendarDay)
            .values(day=day, **values)
            .on_conflict_do_update(index_elements=[CalendarDay.day], set_=values)
        )
        session.info.pop(_KEPT, None)
        record(session, actor, now, "calendar_day_set", day=day.toordinal(), working=working)


def clear_day(actor: Actor, now: datetime, day: date) -> None:
    """Take back what the office set; the library's word or the ordinary week holds again."""
    actor.need(Right.SET_UP)
    with write() as session:
        gone = session.execute(
            delete(CalendarDay)
            .where(CalendarDay.day == day, CalendarDay.edited_at.is_not(None))
            .returning(CalendarDay.day)
        ).all()
        if not gone:
            return
        if (official := (library_days(day.year) or {}).get(day)) is not None:
            working, name = official
            session.add(CalendarDay(day=day, working=working, name=name, edited_at=None))
        session.info.pop(_KEPT, None)
        record(session, actor, now, "calendar_day_cleared", day=day.toordinal())


def confirm_year(actor: Actor, now: datetime, year: int, complete: bool = True) -> None:
    """Say that the year's days were entered from the State Council's notice, so no warning."""
    actor.need(Right.SET_UP)
    _check_year(year)
    with write() as session:
        years = set(confirmed_years(session))
        if (year in years) is complete:
            return
        put(session, CONFIRMED, sorted(years ^ {year}))
        session.info.pop(_KEPT, None)
        record(session, actor, now, "calendar_year_confirmed", year=year, complete=complete)


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year < LAST_YEAR:
        raise FieldError(
            "day",
            N_("Choose a year from {first} to {last}."),
            first=FIRST_YEAR,
            last=LAST_YEAR - 1,
        )
