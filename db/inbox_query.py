"""What an inbox lists: the filter, and how its files are found without reading all of them.

Every index over files begins with one dimension and the state and goes on in the list's order,
newest first. So one short walk along the index is made for each state, and the walks are merged.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased
from sqlalchemy.types import TypeEngine

from db.search import LAST, hits, position_of
from db.standings import missed
from db.steps import States, in_state, open_states, states_at
from db.tables import Case, CaseText, Channel, ClockRow, Report
from db.types import Instant, Key, Word
from domain.bigrams import normalise, query_phrases
from domain.clocks import Promise
from domain.moves import State, Step
from domain.people import Actor

# So few files are filtered one by one; more are walked along an index until there are enough.
FEW = 1_000
LATE_CLOCKS = 5  # times as many missed clocks: looking at a file by its id costs so much less

Asked = dict[str, Any]  # the parameters of the conditions that were asked for, by their names
StatePairs = tuple[tuple[State, frozenset[State] | None], ...]
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
    asked, states = _asked(session, actor, wanted, now)
    if wanted.query.strip():
        return _holding(session, wanted.query, states, asked, limit, after)
    return _newest(session, states, asked, limit, after)


def how_many(session: Session, actor: Actor, wanted: CaseFilter, now: datetime, most: int) -> int:
    """How many files in the person's scope pass, counted no further than `most`."""
    if wanted.query.strip():
        return len(select_ids(session, actor, wanted, now, most))
    asked, states = _asked(session, actor, wanted, now)
    if "now" in asked:
        counted = _counting_late(states, tuple(asked))
        # A late file has one late clock as a rule, and at most one for each promise.
        for enough in (most, most * len(Promise)):
            found = session.execute(counted, {**asked, "limit": enough}).one()
            if found.files >= most or found.clocks < enough:
                return min(int(found.files), most)
        return most
    counts = session.execute(_counting(states, tuple(asked)), {**asked, "limit": most}).one()
    return min(sum(counts), most)


def _asked(
    session: Session, actor: Actor, wanted: CaseFilter, now: datetime
) -> tuple[Asked, StatePairs]:
    asked: Asked = {
        "scope": actor.estate_id,
        "estate": wanted.estate_id,
        "building": wanted.building_id,
        "category": wanted.category_id,
        "unit": wanted.unit_id,
        "channel": wanted.channel,
        "opened_from": wanted.opened_from,
        "opened_to": wanted.opened_to,
    }
    asked = {name: value for name, value in asked.items() if value is not None}
    if wanted.overdue:
        # Not DISTINCT: SQLite would walk all clocks in the order of their files for that.
        most = FEW * LATE_CLOCKS
        late = list(session.scalars(_LATE, {"now": now, "limit": most + 1}))
        asked |= {"late": list(set(late))} if len(late) <= most else {"now": now}
    return asked, tuple(wanted.states.items())


def _parameter(name: str, kind: TypeEngine[Any] | None = None) -> BindParameter[Any]:
    return bindparam(name, type_=kind)


_NOW = _parameter("now", Instant())
_LIMIT = _parameter("limit", Integer())
_EARLIER = aliased(Report)
# The conditions by the names of their parameters. All is put together once for each kind of
# filter and kept: doing it for every click would take longer than the database does.
_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "scope": Case.estate_id == _parameter("scope"),
    "estate": Case.estate_id == _parameter("estate"),
    "building": Case.building_id == _parameter("building"),
    "category": Case.category_id == _parameter("category"),
    "unit": Case.lead_unit_id == _parameter("unit"),
    "opened_from": Case.opened_at >= _parameter("opened_from", Instant()),
    "opened_to": Case.opened_at < _parameter("opened_to", Instant()),
    "late": Case.id.in_(bindparam("late", expanding=True)),
    "now": exists().where(ClockRow.case_id == Case.id, missed(_NOW)),
    "channel": exists()
    .where(
        Report.case_id == Case.id,
        Report.channel == _parameter("channel", Word(Channel)),
        ~exists()
        .where(_EARLIER.case_id == Report.case_id, _EARLIER.id < Report.id)
        .correlate(Report),
    )
    .correlate(Case),
    "after": and_(
        Case.opened_at <= _parameter("at", Instant()),  # where the index is entered
        or_(
            Case.opened_at < _parameter("at", Instant()),
            and_(Case.opened_at == _parameter("at", Instant()), Case.id < _parameter("key")),
        ),
    ),
}
_LATE = select(ClockRow.case_id).where(missed(_NOW)).limit(_LIMIT)


def _newest(
    session: Session, states: StatePairs, asked: Asked, limit: int, after: After
) -> list[int]:
    """One walk for each state, merged; order and end are those of the list."""
    names = tuple(asked)
    if after is not None:
        asked = {**asked, "at": after[0], "key": after[1]}
        names = (*names, "after")
    return list(session.scalars(_walks(states, names), {**asked, "limit": limit}))


@lru_cache(maxsize=1_000)
def _walks(states: StatePairs, names: tuple[str, ...]) -> Select[int]:
    if "late" in names:
        # They are few: one look at each, whatever its state.
        passing = _passing_only(states, names)
        return passing.order_by(Case.opened_at.desc(), Case.id.desc()).limit(_LIMIT)
    walks = []
    for state, came_from in states:
        walk = (
            select(Case.id, Case.opened_at)
            .where(in_state(state, came_from), *(_CONDITIONS[name] for name in names))
            .order_by(Case.opened_at.desc(), Case.id.desc())
            .limit(_LIMIT)
            .subquery()
        )
        walks.append(select(walk.c.id, walk.c.opened_at))
    merged = union_all(*walks).subquery()
    newest = select(merged.c.id).order_by(merged.c.opened_at.desc(), merged.c.id.desc())
    return newest.limit(_LIMIT)


def _holding(
    session: Session, query: str, states: StatePairs, asked: Asked, limit: int, after: After
) -> list[int]:
    """Files that hold the words: few that pass the filter are looked through, else hits are
    taken from the index, newest first, until enough of them pass."""
    if not query_phrases(query):
        return []
    before = position_of(*after) if after else LAST
    few = _newest(session, states, asked, FEW + 1, None)
    if len(few) <= FEW:
        look = _looked_through(session.get_bind().dialect.name)
        about = {"needle": normalise(query), "before": before, "limit": limit, "ids": few}
        return list(session.scalars(look, about))
    passes = _passing(states, tuple(asked))
    found: list[int] = []
    for chunk in hits(session, query, before, chunk=limit):
        ids = [hit.case_id for hit in chunk]
        allowed = set(session.scalars(passes, {**asked, "ids": ids}))
        found.extend(key for key in ids if key in allowed)
        if len(found) >= limit:
            break
    return found[:limit]


@lru_cache
def _looked_through(dialect: str) -> Select[int]:
    holds = func.instr if dialect == "sqlite" else func.strpos
    return (
        select(CaseText.case_id)
        .where(
            CaseText.case_id.in_(bindparam("ids", expanding=True)),
            CaseText.position < _parameter("before", Key),
            holds(CaseText.text, _parameter("needle", Text())) > 0,
        )
        .order_by(CaseText.position.desc())
        .limit(_LIMIT)
    )


@lru_cache(maxsize=1_000)
def _passing(states: StatePairs, names: tuple[str, ...]) -> Select[int]:
    return _passing_only(states, names).where(Case.id.in_(bindparam("ids", expanding=True)))


def _passing_only(states: StatePairs, names: tuple[str, ...]) -> Select[int]:
    return select(Case.id).where(
        or_(*(in_state(state, came_from) for state, came_from in states)),
        *(_CONDITIONS[name] for name in names),
    )


@lru_cache(maxsize=1_000)
def _counting(states: StatePairs, names: tuple[str, ...]) -> Select[Any]:
    """One count for each state, along its index; for few late files one count of all."""
    files = (
        [_passing_only(states, names)]
        if "late" in names
        else [_passing_only((state,), names) for state in states]
    )
    return select(
        *(
            select(func.count()).select_from(some.limit(_LIMIT).subquery()).scalar_subquery()
            for some in files
        )
    )


@lru_cache(maxsize=1_000)
def _counting_late(states: StatePairs, names: tuple[str, ...]) -> Select[int, int]:
    """The missed clocks of passing files, and how many files they belong to."""
    # The limit that never bites makes the database begin with the clocks, which are the fewer.
    missing = select(ClockRow.case_id).where(missed(_NOW)).limit(2**31 - 1).subquery()
    late = (
        select(missing.c.case_id)
        .join(Case, Case.id == missing.c.case_id)
        .where(
            or_(*(in_state(state, came_from) for state, came_from in states)),
            *(_CONDITIONS[name] for name in names if name != "now"),
        )
        .limit(_LIMIT)
        .subquery()
    )
    return select(
        func.count().label("clocks"), func.count(late.c.case_id.distinct()).label("files")
    ).select_from(late)
