"""What polls show of themselves: turnout while they are open, a result once they are closed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.names_of import names_of
from db.tables import Building, Case, Decision, Estate
from db.tables.polls import Poll, PollAnswer, PollOption
from db.views import Where
from domain.polls import Cells, PollState, cells, state


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One answer to choose from; `count` is None before the close, and where it is hidden."""

    position: int
    text: str
    count: int | None


@dataclass(frozen=True, slots=True)
class PollLine:
    """One poll, with nothing in it that not everybody may know.

    Args:
        asked, answered: households.
        options: with their figures once it is closed, as far as they may be shown.
        hides: whether it is closed and figures are hidden.
        majority: text of the answer that more than half chose, where its figure is hidden.
        decided_at: when the conference's decision was recorded.
    """

    id: int
    code: str
    question: str
    where: Where
    case_id: int
    case_code: str
    case_number: str
    round: int
    state: PollState
    opened_at: datetime
    closes_at: datetime
    withdrawn_at: datetime | None
    asked: int
    answered: int
    options: tuple[OptionLine, ...]
    hides: bool
    majority: str | None
    decided_at: datetime | None

    @property
    def title(self) -> str:
        """What a list calls it."""
        return self.question


def poll_lines(session: Session, rows: Sequence[Poll], now: datetime) -> tuple[PollLine, ...]:
    """The polls as they may be shown, in the order given.

    Answers are counted for each option only where the poll is closed: what is not read cannot
    be shown by mistake.
    """
    if not rows:
        return ()
    standing = {row.id: state(row.closes_at, row.withdrawn_at, now) for row in rows}
    closed = [key for key, where in standing.items() if where is PollState.CLOSED]
    options = _options(session, standing)
    answered = _answered(session, standing)
    chosen = _chosen(session, closed)
    cases = {
        key: (code, number)
        for key, code, number in session.execute(
            select(Case.id, Case.code, Case.number).where(Case.id.in_({r.case_id for r in rows}))
        )
    }
    estates = names_of(session, Estate, (row.estate_id for row in rows))
    buildings = names_of(session, Building, (row.building_id for row in rows))
    decided = _decided(session, rows)
    found = []
    for row in rows:
        own = options.get(row.id, [])
        shown = Cells((None,) * len(own))
        if standing[row.id] is PollState.CLOSED:
            shown = cells([chosen.get(option.id, 0) for option in own])
        majority = own[shown.majority].text if shown.majority is not None else None
        code, number = cases[row.case_id]
        found.append(
            PollLine(
                id=row.id,
                code=row.code,
                question=row.question,
                where=Where(estates.get(row.estate_id), buildings.get(row.building_id)),
                case_id=row.case_id,
                case_code=code,
                case_number=number,
                round=row.round,
                state=standing[row.id],
                opened_at=row.opened_at,
                closes_at=row.closes_at,
                withdrawn_at=row.withdrawn_at,
                asked=row.asked,
                answered=answered.get(row.id, 0),
                options=tuple(
                    OptionLine(option.position, option.text, count)
                    for option, count in zip(own, shown.counts, strict=True)
                ),
                hides=standing[row.id] is PollState.CLOSED and shown.hides,
                majority=majority,
                decided_at=decided.get(row.decision_id or 0),
            )
        )
    return tuple(found)


def _options(session: Session, ids: Iterable[int]) -> dict[int, list[PollOption]]:
    query = select(PollOption).where(PollOption.poll_id.in_(list(ids)))
    found: dict[int, list[PollOption]] = {}
    for option in session.scalars(query.order_by(PollOption.poll_id, PollOption.position)):
        found.setdefault(option.poll_id, []).append(option)
    return found


def _answered(session: Session, ids: Iterable[int]) -> dict[int, int]:
    query = select(PollAnswer.poll_id, func.count()).where(PollAnswer.poll_id.in_(list(ids)))
    return dict(session.execute(query.group_by(PollAnswer.poll_id)).all())


def _chosen(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Answers by option, of closed polls alone."""
    if not ids:
        return {}
    query = select(PollAnswer.option_id, func.count()).where(PollAnswer.poll_id.in_(ids))
    return dict(session.execute(query.group_by(PollAnswer.option_id)).all())


def _decided(session: Session, rows: Sequence[Poll]) -> dict[int, datetime]:
    ids = {row.decision_id for row in rows if row.decision_id is not None}
    if not ids:
        return {}
    query = select(Decision.id, Decision.decided_at).where(Decision.id.in_(ids))
    return dict(session.execute(query).all())
