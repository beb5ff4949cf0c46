"""Today 今日: what waits for this person, by deadline, and where all open files stand."""

from dataclasses import dataclass
from datetime import datetime

from db.calls import Call
from db.inbox import CaseFilter
from db.tasklist import TaskLine
from db.views import CaseLine, Count
from domain.moves import Step
from domain.people import Actor
from domain.reminders import Rung


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many open files stand at a step; `opens` is the inbox with exactly these rows."""

    step: Step
    count: Count
    opens: CaseFilter


@dataclass(frozen=True, slots=True)
class Reminded:
    """A file whose promise was reminded of: its highest rung, and since when."""

    line: CaseLine
    rung: Rung
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class Today:
    """What waits.

    Args:
        steps: the six steps, in order; for whom figures are enough, all there is.
        overdue: open files with a missed promise; `overdue_opens` is their inbox.
        waiting: files whose next step is this person's (the committee: its estate's files),
            soonest due first, those without a promise at the end.
        reminded: the highest rung first; only for the office.
        held: reports that flooding held back.
        calls: the first calls to make; `calls_count` all.
        tasks: a unit's own open tasks, soonest due first.
    """

    as_of: datetime
    steps: tuple[StepCount, ...]
    overdue: Count
    overdue_opens: CaseFilter
    waiting: tuple[CaseLine, ...]
    reminded: tuple[Reminded, ...]
    held: Count
    calls: tuple[Call, ...]
    calls_count: Count
    tasks: tuple[TaskLine, ...]


def today(actor: Actor, now: datetime) -> Today:
    """What waits for this person; a part that is not theirs is empty, for nobody an error."""
    raise NotImplementedError
