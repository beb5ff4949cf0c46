"""What an inbox lists: the filter, and how its files are found without reading all of them.

Every index over files begins with one dimension and the state and goes on in the list's order,
newest first. So one short walk along the index is made for each state, and the walks are merged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from db.search import LAST, hits, position_of
from db.standings import missed
from db.steps import States, in_state, open_states, states_at
from db.tables import Case, CaseText, Channel, ClockRow, Report
from domain.bigrams import normalise, query_phrases
from domain.clocks import Promise
from domain.moves import State, Step
from domain.people import Actor

# So few files are filtered one by one; more are walked along an index until there are enough.
FEW = 1_000

Conditions = Sequence[ColumnElement[bool]]
After = tuple[datetime, int] | None


class Which(StrEnum):
    """Which files to list, unless a step or a state says so."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the list is narrowed to; everything given must hold.

    Args:
        which: open ones, closed ones, or all; a `step` or `state` overrules it.
        step: open files that stand at this step (asked and suspended ones stand where they
            came from); `Step.CLOSED` the closed ones.
        unit_id: the unit that leads.
        overdue: a promise of the present round was missed and is not settled.
        query: words that the file holds, as `db.search` finds them.
        opened_from, opened_to: opened at or after, and before.
    """

    which: Which = Which.OPEN
    step: Step | None = None
    state: State | None = None
    estate_id: int | None = None
    building_id: int | None = None
    category_id: int | None = None
    unit_id: int | None = None
    channel: Channel | None = None
    overdue: bool = False
    query: str = ""
    opened_from: datetime | None = None
    opened_to: datetime | None = None

    @property
    def states(self) -> States:
        """The states that it lets through."""
        if self.state is not None:
            came = states_at(self.step).get(self.state, frozenset()) if self.step else None
            return {self.state: came}
        if self.step is not None:
            return states_at(self.step)
        if self.which is Which.OPEN:
            return open_states()
        if self.which is Which.CLOSED:
            return states_at(Step.CLOSED)
        return dict.fromkeys(State)


def select_ids(
    session: Session,
    actor: Actor,
    wanted: CaseFilter,
    now: datetime,
    limit: int,
    after: After = None,
) -> list[int]:
    """Ids of the newest files in the person's scope that the filter lets through."""
    conditions = _conditions(actor, wanted)
    if wanted.overdue:
        # Not DISTINCT: SQLite would walk all clocks in the order of their files for that.
        most = FEW * len(Promise)
        late = list(session.scalars(select(ClockRow.case_id).where(missed(now)).limit(most + 1)))
        if len(late) <= most:
            conditions.append(Case.id.in_(set(late)))
        else:
            conditions.append(exists().where(ClockRow.case_id == Case.id, missed(now)))
    if wanted.query.strip():
        return _holding(session, wanted.query, wanted.states, conditions, limit, after)
    return _newest(session, wanted.states, conditions, limit, after)


def _conditions(actor: Actor, wanted: CaseFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if actor.estate_id is not None:
        found.append(Case.estate_id == actor.estate_id)
    for column, value in (
        (Case.estate_id, wanted.estate_id),
        (Case.building_id, wanted.building_id),
        (Case.category_id, wanted.category_id),
        (Case.lead_unit_id, wanted.unit_id),
    ):
        if value is not None:
            found.append(column == value)
    if wanted.opened_from is not None:
        found.append(Case.opened_at >= wanted.opened_from)
    if wanted.opened_to is not None:
        found.append(Case.opened_at < wanted.opened_to)
    if wanted.channel is not None:
        earlier = aliased(Report)
        before = exists().where(earlier.case_id == Report.case_id, earlier.id < Report.id)
        first = exists().where(Report.case_id == Case.id, ~before.correlate(Report))
        found.append(first.where(Report.channel == wanted.channel).correlate(Case))
    return found


def _newest(
    session: Session, states: States, conditions: Conditions, limit: int, after: After
) -> list[int]:
    """One walk for each state, merged; order and end are those of the list."""
    if after is not None:
        at, key = after
        conditions = [
            *conditions,
            Case.opened_at <= at,  # where the index is entered
            or_(Case.opened_at < at, and_(Case.opened_at == at, Case.id < key)),
        ]
    walks = []
    for state, came_from in states.items():
        walk = (
            select(Case.id, Case.opened_at)
            .where(in_state(state, came_from), *conditions)
            .order_by(Case.opened_at.desc(), Case.id.desc())
            .limit(limit)
            .subquery()
        )
        walks.append(select(walk.c.id, walk.c.opened_at))
    merged = union_all(*walks).subquery()
    query = select(merged.c.id).order_by(merged.c.opened_at.desc(), merged.c.id.desc())
    return list(session.scalars(query.limit(limit)))


def _holding(
    session: Session,
    query: str,
    states: States,
    conditions: Conditions,
    limit: int,
    after: After,
) -> list[int]:
    """Files that hold the words: few that pass the filter are looked through, else hits are
    taken from the index, newest first, until enough of them pass."""
    if not query_phrases(query):
        return []
    before = position_of(*after) if after else LAST
    few = _newest(session, states, conditions, FEW + 1, None)
    if len(few) <= FEW:
        holds = func.instr if session.get_bind().dialect.name == "sqlite" else func.strpos
        look = select(CaseText.case_id).where(
            CaseText.case_id.in_(few),
            CaseText.position < before,
            holds(CaseText.text, normalise(query)) > 0,
        )
        return list(session.scalars(look.order_by(CaseText.position.desc()).limit(limit)))
    passes = and_(or_(*(in_state(*state) for state in states.items())), *conditions)
    found: list[int] = []
    for chunk in hits(session, query, before, chunk=limit):
        ids = [hit.case_id for hit in chunk]
        allowed = set(session.scalars(select(Case.id).where(Case.id.in_(ids), passes)))
        found.extend(key for key in ids if key in allowed)
        if len(found) >= limit:
            break
    return found[:limit]
