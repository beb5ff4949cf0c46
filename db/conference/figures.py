"""What the conferences of a period came to: raised, decided, done; units that did something."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from db.engine import read
from db.events import HOUSE
from db.tables import Case, Decision, Event, Task, Unit, UnitKind
from db.tables.activities import Activity
from db.tables.conference import AgendaItem, Conference
from db.views import Count
from domain.conference import Deed, active_units, months_missed
from domain.days import day_bounds, local_day
from domain.people import Actor, Right

MOST_DEEDS = 100  # counted of one unit in a quarter


@dataclass(frozen=True, slots=True)
class ConferenceFigures:
    """Figures of the conferences that were opened in a period.

    Args:
        raised: items that were on an agenda; decided: those of them with a decision; done: those
            whose leading unit has reported its work since.
        units_with_done: partner units that reported a part done in the period, of `units`.
        months_missed: first days of months without a conference; the running month is none.
    """

    raised: int
    decided: int
    done: int
    units_with_done: int
    units: int
    months_missed: tuple[date, ...]


def figures(actor: Actor, now: datetime, first: date, last: date) -> ConferenceFigures:
    """The figures of these days, both included.

    For a person of one estate items are counted of that estate alone; units and conferences
    are the community's.
    """
    actor.need(Right.FIGURES)
    start, end = day_bounds(first, last)
    with read() as session:
        on_agenda = (
            select(AgendaItem.id)
            .join(Conference, Conference.id == AgendaItem.conference_id)
            .outerjoin(Case, Case.id == AgendaItem.case_id)
            .where(
                Conference.opened_at >= start,
                Conference.opened_at < end,
                AgendaItem.left_out_at.is_(None),
            )
        )
        if actor.estate_id is not None:
            on_agenda = on_agenda.where(Case.estate_id == actor.estate_id)
        decided = on_agenda.join(Decision, Decision.agenda_item_id == AgendaItem.id)
        partners = _latest_deeds(session, start, end)
        done = [Deed(unit, at) for unit, at in partners.items() if at is not None]
        held = session.scalars(
            select(Conference.opened_at).where(Conference.opened_at.is_not(None))
        )
        begun = session.scalar(select(Event.at).where(Event.chain == HOUSE, Event.seq == 1))
        return ConferenceFigures(
            raised=_count(session, on_agenda),
            decided=_count(session, decided),
            done=_count(
                session, decided.join(Task, work_of_decision()).where(Task.done_at.is_not(None))
            ),
            units_with_done=len(active_units(done, first, last)),
            units=len(partners),
            months_missed=months_missed(
                [at for at in held if at is not None],
                first,
                last,
                since=local_day(begun or now),
                today=local_day(now),
            ),
        )


def work_of_decision() -> ColumnElement[bool]:
    """Joins a decision to the leading task that it gave."""
    return and_(
        Task.case_id == Decision.case_id,
        Task.round == Decision.round,
        Task.unit_id == Decision.lead_unit_id,
        Task.lead,
        Task.recalled_at.is_(None),
    )


def _latest_deeds(session: Session, start: datetime, end: datetime) -> dict[int, datetime | None]:
    """When each partner unit last did something in that time: one look at an index for each."""
    latest = (
        select(Task.done_at)
        .where(
            Task.unit_id == Unit.id,
            Task.done_at >= start,
            Task.done_at < end,
            Task.recalled_at.is_(None),
        )
        .order_by(Task.done_at.desc())
        .limit(1)
        .correlate(Unit)
        .scalar_subquery()
    )
    query = select(Unit.id, latest).where(Unit.kind == UnitKind.PARTNER, Unit.active)
    return dict(session.execute(query).all())


def deeds(
    session: Session, units: Sequence[int], first: date, last: date, now: datetime
) -> dict[int, tuple[Count, Deed]]:
    """How much these units did on these days so far, and their last deed.

    Parts reported done and activities held are deeds; who did none is not in it.
    """
    start, end = day_bounds(first, last)
    found: dict[int, tuple[Count, Deed]] = {}
    for unit in units:
        done = select(Task.done_at).where(
            Task.unit_id == unit,
            Task.done_at >= start,
            Task.done_at < end,
            Task.recalled_at.is_(None),
        )
        held = select(Activity.ends_at).where(
            Activity.unit_id == unit,
            Activity.cancelled_at.is_(None),
            Activity.ends_at >= start,
            Activity.ends_at < min(end, now),
        )
        # Walked backwards along an index, and no further than is counted.
        times = [
            *session.scalars(done.order_by(Task.done_at.desc()).limit(MOST_DEEDS + 1)),
            *session.scalars(held.order_by(Activity.ends_at.desc()).limit(MOST_DEEDS + 1)),
        ]
        newest = max((at for at in times if at is not None), default=None)
        if newest is not None:
            count = Count(min(len(times), MOST_DEEDS), len(times) > MOST_DEEDS)
            found[unit] = count, Deed(unit, newest)
    return found


def _count(session: Session, query: Select[int]) -> int:
    distinct = query.distinct().subquery()
    return session.scalar(select(func.count()).select_from(distinct)) or 0
