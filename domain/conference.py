"""The joint conference 联席会议: idle units, missed months, and what the log says of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.days import day_bounds, local_day
from domain.errors import N_

# 一月一会议: the house promises one joint conference a month.
MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a unit has done: its part of a file reported done, or an activity held."""

    unit_id: int
    at: datetime


def quarter(day: date) -> tuple[date, date]:
    """First and last day of the quarter in which `day` lies."""
    first = day.replace(
        month=(day.month - 1) // MONTHS_OF_A_QUARTER * MONTHS_OF_A_QUARTER + 1, day=1
    )
    return first, _next_month(_next_month(_next_month(first))) - timedelta(days=1)


def active_units(deeds: Iterable[Deed], first: date, last: date) -> frozenset[int]:
    """The units with at least one deed on these days. Promises and presence are no deeds."""
    start, end = day_bounds(first, last)
    return frozenset(deed.unit_id for deed in deeds if start <= deed.at < end)


def idle_units(
    units: Collection[int], deeds: Iterable[Deed], first: date, last: date
) -> frozenset[int]:
    """The one definition of a unit that did nothing: no deed on any of these days."""
    return frozenset(units) - active_units(deeds, first, last)


def months_missed(
    held: Iterable[datetime], first: date, last: date, *, since: date, today: date
) -> tuple[date, ...]:
    """First days of the months of a period that passed without a joint conference.

    Args:
        held: when conferences were opened.
        since: the community's first day in the house; its month owes nothing yet.
        today: the running month can still hold its conference, so it is never missed.
    """
    met = {local_day(at).replace(day=1) for at in held}
    missed = []
    month = first.replace(day=1)
    while month <= last:
        if since.replace(day=1) < month < today.replace(day=1) and month not in met:
            missed.append(month)
        month = _next_month(month)
    return tuple(missed)


def _next_month(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


# What the log says; the first table also of files.
OF_FILE: Mapping[str, str] = {
    "conference_settled": N_("The joint conference took it up"),
    "help_asked": N_("Partner units were asked to help"),
    "help_claimed": N_("A partner unit offered its help"),
    "help_closed": N_("Partner units are no longer asked"),
}

OF_HOUSE: Mapping[str, str] = {
    **OF_FILE,
    "agenda_changed": N_("The joint conference's agenda was changed"),
    "conference_ended": N_("The joint conference was ended"),
    "conference_opened": N_("The joint conference was opened"),
    "conference_planned": N_("A joint conference was planned"),
    "attendance_recorded": N_("Attendance of the joint conference was recorded"),
    "meeting_planned": N_("A meeting was planned"),
    "unit_offered": N_("A unit said what it can offer"),
    "unit_offer_ended": N_("An offer of a unit was ended"),
    "unit_reported": N_("A unit reported to the joint conference"),
}
