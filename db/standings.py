"""Where clocks stand, for pages and in queries; the rule itself is `domain.clocks.standing`."""

from dataclasses import fields
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, and_, or_

from db.clock_rows import clock_of
from db.tables import ClockRow
from db.views import ClockView
from domain.clocks import Clock, Promise, is_exact, remaining, standing

# The columns of a `Clock`, in the order of its fields.
CLOCK_COLUMNS = tuple(getattr(ClockRow, field.name) for field in fields(Clock))
_EXACT = [promise for promise in Promise if is_exact(promise)]


def clock_view(row: ClockRow, now: datetime) -> ClockView:
    """The row's clock as pages show it."""
    return view_of(clock_of(row), now)


def view_of(clock: Clock, now: datetime) -> ClockView:
    """The clock as pages show it."""
    return ClockView(
        promise=clock.promise,
        round=clock.round,
        basis=clock.basis,
        limit=clock.limit,
        started_at=clock.started_at,
        due_at=clock.due_at,
        met_at=clock.met_at,
        paused=clock.paused_at is not None,
        standing=standing(clock, now),
        remaining=remaining(clock, now),
    )


def unsettled() -> ColumnElement[bool]:
    """The clock runs or is paused, in the words of its partial index."""
    return and_(ClockRow.met_at.is_(None), ClockRow.voided_at.is_(None), ClockRow.result.is_(None))


def missed(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """The clock is unsettled and `standing` says missed; a test holds the two together."""
    exact = ClockRow.promise.in_(_EXACT)
    return and_(
        unsettled(),
        ClockRow.due_at <= now,  # for the index; a pause never begins after now
        or_(
            and_(ClockRow.paused_at.is_(None), or_(~exact, ClockRow.due_at < now)),
            and_(
                ClockRow.paused_at.is_not(None),
                or_(
                    and_(exact, ClockRow.due_at < ClockRow.paused_at),
                    and_(~exact, ClockRow.due_at <= ClockRow.paused_at),
                ),
            ),
        ),
    )
