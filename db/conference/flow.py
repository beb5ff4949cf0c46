"""联席会议商定—小区支部领办—共建单位助力: a year's decisions, and the list behind each count."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from db.conference.lines import stored_lines
from db.conference.scope import need_reader
from db.conference.views import Decided, ItemLine
from db.engine import read
from db.tables import UnitKind
from db.tables.conference import AgendaItem, Conference
from domain.agenda import Result
from domain.people import Actor

A_YEAR = timedelta(days=365)
MOST = 300


class Stop(StrEnum):
    """Where the flow is counted."""

    DECIDED = "decided"  # 联席会议商定
    BRANCH = "branch"  # 小区支部领办
    PARTNERS = "partners"  # 共建单位助力
    DONE = "done"  # 办结


def flow(actor: Actor, now: datetime) -> dict[Stop, tuple[ItemLine, ...]]:
    """The decisions of the past year at each stop, the newest first, as this person sees them."""
    need_reader(actor)
    with read() as session:
        rows = session.scalars(
            select(AgendaItem)
            .join(Conference, Conference.id == AgendaItem.conference_id)
            .where(
                Conference.opened_at > now - A_YEAR,
                Conference.opened_at <= now,
                AgendaItem.result == Result.DECIDED,
                AgendaItem.left_out_at.is_(None),
            )
            .order_by(Conference.opened_at.desc(), AgendaItem.position, AgendaItem.id)
            .limit(MOST)
        )
        found = stored_lines(session, actor, list(rows), now)
    return {
        stop: tuple(one for one in found if one.decided and passes(stop, one.decided))
        for stop in Stop
    }


def passes(stop: Stop, decided: Decided) -> bool:
    """Whether a decision counts at that stop."""
    if stop is Stop.BRANCH:
        return decided.lead_kind is UnitKind.BRANCH
    if stop is Stop.PARTNERS:
        return any(part.kind is UnitKind.PARTNER for part in decided.parts)
    return decided.done if stop is Stop.DONE else True
