"""A file is put in order: title, place and category, as the desk understands the matter."""

from datetime import datetime

from db import clock_rows, once
from db.engine import write
from db.events import record
from db.scope import case_to_change
from db.search import index_case
from db.tables import Building, Category, Estate
from domain import texts
from domain.clocks import Promise
from domain.errors import N_, FieldError, Refused
from domain.moves import State
from domain.people import Actor, Right

# Until it is accepted, the category sets the limit; afterwards a promise stays as it was given.
_LIMIT_OPEN = frozenset({State.NEW, State.REOPENED})


def sort(
    actor: Actor,
    now: datetime,
    code: str,
    *,
    title: str,
    category_id: int | None,
    estate_id: int | None,
    building_id: int | None,
    key: str | None = None,
) -> None:
    """Give the file its title, category and place.

    Raises:
        FieldError: no title, or things that do not belong together.
        Refused: the file is closed.
    """
    actor.need(Right.HANDLE)
    named = texts.required("title", title, texts.LONGEST_LINE)
    with write() as session:
        case = case_to_change(session, actor, code)
        if once.claim(session, key, "sort", now) is not None:
            return
        if case.state is State.CLOSED:
            raise Refused(N_("The file is closed. Reopen it to change it."))
        if category_id is not None and session.get(Category, category_id) is None:
            raise FieldError("category", N_("Choose a category from the list."))
        if building_id is not None:
            building = session.get(Building, building_id)
            if building is None or estate_id not in (None, building.estate_id):
                raise FieldError(
                    "building", N_("This building is not in that estate. Choose again.")
                )
            estate_id = building.estate_id
        elif estate_id is not None and session.get(Estate, estate_id) is None:
            raise FieldError("estate", N_("Choose an estate from the list."))
        recategorised = category_id != case.category_id
        case.title, case.category_id = named, category_id
        case.estate_id, case.building_id = estate_id, building_id
        session.flush()
        if recategorised and case.state in _LIMIT_OPEN:
            clock_rows.restart(session, case, Promise.DONE, now)
        record(
            session,
            actor,
            now,
            "sorted",
            case_id=case.id,
            category=category_id,
            estate=estate_id,
            building=building_id,
        )
        index_case(session, case.id)
