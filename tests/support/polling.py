"""Polls that are open, for tests: a file in deliberation, a question, and answers."""

from datetime import datetime, timedelta

from sqlalchemy import select

from db import engine, moving
from db.polls import answering, opening
from db.tables import Building, Household
from domain.moves import Move
from domain.people import Actor
from tests.support.cast import Cast
from tests.support.stories import report

QUESTION = "先划车位还是先修路灯？"
OPTIONS = ("先划车位", "先修路灯", "都可以")


def draft(cast: Cast, now: datetime, **changes: object) -> opening.PollDraft:
    """A poll of building one, open for twelve hours."""
    words: dict[str, object] = {
        "question": QUESTION,
        "options": OPTIONS,
        "closes_at": now + timedelta(hours=12),
        "estate_id": cast.estate_one,
        "building_id": None,
    }
    return opening.PollDraft(**(words | changes))  # type: ignore[arg-type]


def deliberating(cast: Cast, now: datetime, **more: object) -> str:
    """A file that was accepted; returns its code."""
    code = report(cast, now, **more).case_code or ""  # type: ignore[arg-type]
    moving.move(cast.secretary, now, code, Move.ACCEPT)
    return code


def opened(cast: Cast, now: datetime, **changes: object) -> str:
    """A poll on a new file; returns the poll's code."""
    return opening.open_poll(
        cast.secretary, now, deliberating(cast, now), draft(cast, now, **changes)
    )


def houses(building_id: int, number: int) -> list[int]:
    """More households in a building; returns their ids."""
    with engine.write() as session:
        rows = [Household(building_id=building_id, room=f"9单元{n:04d}") for n in range(number)]
        session.add_all(rows)
        session.flush()
        return [row.id for row in rows]


def phone_in(actor: Actor, now: datetime, code: str, homes: list[int], position: int) -> None:
    """These households give the same answer on the telephone."""
    for home in homes:
        answering.answer_by_phone(actor, now, code, home, position)


def all_homes(estate_id: int) -> list[int]:
    """Every household of the estate."""
    query = select(Household.id).join(Building, Building.id == Household.building_id)
    with engine.read() as session:
        return list(session.scalars(query.where(Building.estate_id == estate_id)))
