"""Polls as people without an account see them: on their own pages, in the lobby, on the board."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.engine import read
from db.polls.answering import link_of_pass
from db.polls.scope import asks, buildings_of
from db.polls.views import PollLine, poll_lines
from db.tables import Building, Case, Household, Report, Reporter
from db.tables.polls import Poll, PollAnswer
from domain.errors import N_, NotFound
from domain.texts import clean


@dataclass(frozen=True, slots=True)
class Home:
    """A household to choose from by its room."""

    id: int
    room: str


@dataclass(frozen=True, slots=True)
class Lobby:
    """The page behind a poster.

    Args:
        buildings: to choose from, by id.
        building: the chosen one; None while there is a choice.
        homes: of the chosen building.
    """

    poll: PollLine
    buildings: tuple[tuple[int, str], ...]
    building: tuple[int, str] | None
    homes: tuple[Home, ...]


@dataclass(frozen=True, slots=True)
class HomePoll:
    """A poll as one household sees it.

    Args:
        answers: whether it may answer here.
        answered: whether its answer is in; what it says is not shown again, as others live
            there too and a new link can be had from the desk.
    """

    poll: PollLine
    answers: bool
    answered: bool


def lobby(code: str, now: datetime, building_id: int | None = None) -> Lobby:
    """The poll behind a lobby's poster.

    Raises:
        NotFound: no such poster.
    """
    with read() as session:
        poll = session.scalar(select(Poll).where(Poll.lobby_code == clean(code)))
        if poll is None:
            raise NotFound(N_("This poster belongs to no poll any more."))
        query = select(Building.id, Building.name).where(buildings_of(poll))
        buildings = tuple(
            (key, name)
            for key, name in session.execute(query.order_by(Building.position, Building.name))
        )
        only = buildings[0][0] if len(buildings) == 1 else building_id
        chosen = next((one for one in buildings if one[0] == only), None)
        homes = select(Household.id, Household.room).where(
            Household.building_id == (chosen[0] if chosen else 0),
            Household.id <= poll.newest_household_id,
        )
        return Lobby(
            poll=poll_lines(session, [poll], now)[0],
            buildings=buildings,
            building=chosen,
            homes=tuple(
                Home(key, room) for key, room in session.execute(homes.order_by(Household.id))
            ),
        )


def poll_of_pass(secret: str, now: datetime) -> HomePoll:
    """The poll of the link that was exchanged for this secret.

    Raises:
        NotFound: the secret is not valid, or was replaced.
    """
    with read() as session:
        link, poll = link_of_pass(session, secret)
        return HomePoll(
            poll_lines(session, [poll], now)[0],
            answers=True,
            answered=_has_answered(session, poll, link.household_id),
        )


def followed_polls(
    session: Session, report: Report, root: Case | None, now: datetime
) -> tuple[HomePoll, ...]:
    """The polls of the followed file, and open ones that ask the reporter's household."""
    reporter = session.get(Reporter, report.reporter_id) if report.reporter_id else None
    household = reporter.household_id if reporter else None
    wanted = []
    if root is not None:
        wanted.append(Poll.case_id == root.id)
    if household is not None:
        home = select(Building.estate_id).join(Household, Household.building_id == Building.id)
        there = Poll.estate_id == home.where(Household.id == household).scalar_subquery()
        wanted.append(there & (Poll.closes_at > now) & Poll.withdrawn_at.is_(None))
    if not wanted:
        return ()
    rows = list(session.scalars(select(Poll).where(or_(*wanted)).order_by(Poll.id.desc())))
    own = {row.id: asks(session, row, household) for row in rows}
    shown = [row for row in rows if own[row.id] or (root is not None and row.case_id == root.id)]
    return tuple(
        HomePoll(
            line,
            answers=own[row.id],
            answered=own[row.id] and _has_answered(session, row, household or 0),
        )
        for row, line in zip(shown, poll_lines(session, shown, now), strict=True)
    )


def board_polls(session: Session, case_ids: Sequence[int]) -> dict[int, tuple[PollLine, ...]]:
    """The polls of published files that were decided on, by file, the newest first.

    They are closed, as nothing is decided while a poll is open; so the last closing time among
    them is late enough for all.
    """
    query = select(Poll).where(Poll.case_id.in_(case_ids), Poll.decision_id.is_not(None))
    rows = list(session.scalars(query.order_by(Poll.id.desc())))
    found: dict[int, tuple[PollLine, ...]] = {}
    if not rows:
        return found
    for line in poll_lines(session, rows, max(row.closes_at for row in rows)):
        found[line.case_id] = (*found.get(line.case_id, ()), line)
    return found


def _has_answered(session: Session, poll: Poll, household_id: int) -> bool:
    query = select(PollAnswer.id).where(
        PollAnswer.poll_id == poll.id, PollAnswer.household_id == household_id
    )
    return session.scalar(query) is not None
