"""The errand desk 代办点: until when an errand is due, and what may happen to it and its papers.

An errand is no complaint: nothing here knows files, and no figure of files knows errands.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.days import as_utc, day_end, local_day
from domain.errors import N_, FieldError, Refused
from domain.names import clean_name
from domain.workdays import DayBasis, WorkCalendar, later

LONGEST_LIMIT = 60  # working days: nothing that a desk can promise takes longer
MOST_PAPERS = 12  # as many as a slip of A5 holds
LONGEST_PAPER = 40
LONGEST_WORDS = 500


class StepKind(StrEnum):
    """What the resident reads on the follow page."""

    TAKEN = "taken"
    GIVEN = "given"
    PROGRESS = "progress"
    PAPERS_IN = "papers_in"
    PAPERS_OUT = "papers_out"
    DONE = "done"
    CANCELLED = "cancelled"


STEP: Mapping[StepKind, str] = {
    StepKind.TAKEN: N_("The errand was taken in"),
    StepKind.GIVEN: N_("Somebody sees to it"),
    StepKind.PROGRESS: N_("News of the errand"),
    StepKind.PAPERS_IN: N_("Papers were handed over"),
    StepKind.PAPERS_OUT: N_("Papers were given back"),
    StepKind.DONE: N_("The errand is done"),
    StepKind.CANCELLED: N_("The errand was taken back"),
}

# What the audit log says.
EVENTS: Mapping[str, str] = {
    "errand_service_added": N_("A service of the errand desk was added"),
    "errand_service_changed": N_("A service of the errand desk was changed"),
    "errand_taken": N_("An errand was taken in"),
    "errand_given": N_("An errand was given to somebody"),
    "errand_told": N_("It was told how an errand stands"),
    "errand_papers_in": N_("Papers for an errand were taken over"),
    "errand_papers_out": N_("Papers of an errand were given back"),
    "errand_done": N_("An errand was done"),
    "errand_cancelled": N_("An errand was taken back"),
    "errand_person_erased": N_("The person of an errand was erased"),
}


def due(
    taken_at: datetime, limit_days: int, needed_on: date | None, calendar: WorkCalendar
) -> datetime:
    """The end of the day until which an errand is in time.

    The service's limit counts working days after the day of taking in; a day on which the
    resident needs it is kept where it is earlier.
    """
    promised = later(local_day(taken_at), limit_days, DayBasis.WORKING, calendar)
    return day_end(promised if needed_on is None else min(promised, needed_on))


def check_needed(needed_on: date | None, now: datetime) -> None:
    """Refuse a day that is over.

    Raises:
        FieldError: it is.
    """
    if needed_on is not None and needed_on < local_day(now):
        raise FieldError("needed", N_("This day is over. Choose today or a later one."))


def check_limit(days: int) -> None:
    """Refuse a limit that nobody could keep or would wait for.

    Raises:
        FieldError: it is one.
    """
    if not 0 <= days <= LONGEST_LIMIT:
        raise FieldError("limit", N_("Choose 0 to {longest} working days."), longest=LONGEST_LIMIT)


def paper_names(typed: str) -> tuple[str, ...]:
    """The papers of a field in which each stands on its own line.

    Raises:
        FieldError: more than a slip holds, or a line that is no name of a paper.
    """
    names = tuple(
        clean_name("papers", line, LONGEST_PAPER) for line in typed.splitlines() if line.strip()
    )
    if len(names) > MOST_PAPERS:
        raise FieldError("papers", N_("Write at most {n} papers, one a line."), n=MOST_PAPERS)
    return names


def check_open(ended_at: datetime | None) -> None:
    """Refuse what comes after the end.

    Raises:
        Refused: the errand is over.
    """
    if ended_at is not None:
        raise Refused(N_("This errand is over already."))


def check_done(held: Sequence[str]) -> None:
    """An errand ends only when the desk holds none of its papers.

    Raises:
        Refused: some are still here.
    """
    if held:
        raise Refused(N_("Give back first what is still here: {papers}"), papers="、".join(held))


def last_day(due_at: datetime) -> date:
    """The last day on which an errand that is due at 24:00 is in time."""
    return local_day(due_at - timedelta(seconds=1))


def is_late(due_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """Whether it is, or was, done after its day."""
    return as_utc(ended_at or now) >= as_utc(due_at)
