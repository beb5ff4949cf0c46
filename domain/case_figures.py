"""What one file counts as in the figures; summed up it gives `domain.figures` exactly."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.clocks import Clock
from domain.days import local_day
from domain.durations import STEP_STRETCHES
from domain.figures import FileFacts, figures
from domain.moves import Step

# 1 where it hit, 0 where it missed, None where it does not count.
FLAGS = (
    "response",
    "vote_same_day",
    "decision_next_day",
    "done_in_time",
    "done_voted",
    "solved_closed",
    "reopened",
    "chased",
    "extended",
)
# A file may have several ratings and reports: these are numbers.
COUNTS = ("solved", "reached", "satisfied", "ratings", "returned", "asked", "repeated", "reports")
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """One file's share in every figure, see `db.tables.figures.CaseFigure`."""

    case_id: int
    opened_at: datetime
    month: date
    is_open: bool
    closed_on: date | None
    response: int | None
    vote_same_day: int | None
    decision_next_day: int | None
    done_in_time: int | None
    done_voted: int | None
    solved_closed: int | None
    reopened: int | None
    chased: int | None
    extended: int | None
    solved: int
    reached: int
    satisfied: int
    ratings: int
    returned: int
    asked: int
    repeated: int
    reports: int
    wall_minutes: int | None
    net_minutes: int | None
    raise_minutes: int | None
    deliberate_minutes: int | None
    coordinate_minutes: int | None
    carry_out_minutes: int | None
    publish_minutes: int | None
    rate_minutes: int | None
    changes_at: datetime | None


def counted(facts: FileFacts, as_of: datetime) -> Counted:
    """Count one file as it is known at `as_of`, by the definitions of `domain.figures`."""
    alone = figures([facts], as_of)
    flags = {}
    for name in FLAGS:
        rate = getattr(alone, name)
        flags[name] = rate.numerator if rate.denominator else None
    took = timedelta(seconds=alone.seconds[0]) if alone.seconds else None
    paused = timedelta(seconds=facts.done.paused_seconds if facts.done is not None else 0)
    steps = {step: facts.steps.get(Step(step.value)) for step in STEP_STRETCHES}
    closed = facts.closings[-1] if facts.closings and not facts.is_open else None
    return Counted(
        case_id=facts.case_id,
        opened_at=facts.opened_at,
        month=local_day(facts.opened_at).replace(day=1),
        is_open=facts.is_open,
        closed_on=None if closed is None else local_day(closed),
        **flags,
        solved=alone.solved.numerator,
        reached=alone.solved.denominator,
        satisfied=alone.satisfied.numerator,
        ratings=alone.satisfied.denominator,
        returned=alone.return_rate.numerator,
        asked=alone.return_rate.denominator,
        repeated=alone.repeated.numerator,
        reports=alone.repeated.denominator,
        wall_minutes=None if took is None else took // _MINUTE,
        net_minutes=None if took is None else max(timedelta(), took - paused) // _MINUTE,
        **{step.column: None if time is None else time // _MINUTE for step, time in steps.items()},
        changes_at=_next_limit(facts, as_of),
    )


def _next_limit(facts: FileFacts, as_of: datetime) -> datetime | None:
    """The first limit that is still to pass: then a flag changes though nothing happens."""
    clocks: list[Clock | None] = [facts.first_answer, facts.vote, facts.decision, facts.done]
    limits = [facts.work_due_at, *(one.due_at for one in clocks if one)]
    return min((limit for limit in limits if limit and limit > as_of), default=None)
