"""Which activity is meant, locked where it is changed, and the words for what is not there."""

from collections.abc import Sequence

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

from db.tables.activities import Activity, ActivitySeries, ActivitySignUp
from domain.errors import N_, NotFound
from domain.texts import clean
from domain.waiting_list import Entry


def no_such_activity() -> NotFound:
    """The answer for every bad code and for what is not public."""
    return NotFound(N_("There is no such activity. Look at the list of what is on."))


def activity_by_code(session: Session, code: str, *, lock: bool = False) -> Activity:
    """An activity by its code.

    Raises:
        NotFound: none has it.
    """
    query = select(Activity).where(Activity.code == clean(code))
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise no_such_activity()
    return row


def series_by_code(session: Session, code: str) -> ActivitySeries:
    """A series by its code, locked.

    Raises:
        NotFound: none has it.
    """
    query = select(ActivitySeries).where(ActivitySeries.code == clean(code)).with_for_update()
    row = session.scalar(query)
    if row is None:
        raise no_such_activity()
    return row


def standing_sign_ups(session: Session, activity_id: int) -> Sequence[ActivitySignUp]:
    """Who signed up beforehand and has not cancelled, in that order."""
    return session.scalars(
        select(ActivitySignUp)
        .where(
            ActivitySignUp.activity_id == activity_id,
            ActivitySignUp.cancelled_at.is_(None),
            not_(ActivitySignUp.at_the_door),
        )
        .order_by(ActivitySignUp.id)
    ).all()


def entries(rows: Sequence[ActivitySignUp]) -> list[Entry]:
    """The same as the rule of the waiting list takes them."""
    return [Entry(row.id, row.seated_at is not None) for row in rows]
