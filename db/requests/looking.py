"""Whom the help is for: shown to who needs it now, once it is written down who looked."""

from datetime import datetime, timedelta

from sqlalchemy import select

from db.engine import write
from db.events import record
from db.requests.scope import no_such_request, request_seen, task_held_by
from db.requests.views import Person
from db.tables.requests import HelpRequest, RequestPerson
from domain.people import SYSTEM, Actor
from domain.requests import OPEN_STATES

KEPT = timedelta(days=365)  # as long as the reporters of closed files are kept


def look(actor: Actor, now: datetime, code: str) -> Person:
    """Name, number, door and health notes, for the desk while the request is open.

    Raises:
        NotAllowed: the person does not dispatch.
        NotFound: no such open request in scope.
    """
    with write() as session:
        row = request_seen(session, actor, code)
        if row.state not in OPEN_STATES:
            raise no_such_request()
        record(session, actor, now, "request_looked", request=row.id)
        return _person(session.get_one(RequestPerson, row.id))


def look_by_task(actor: Actor, now: datetime, task_code: str) -> Person:
    """The same, for the volunteer who holds the task, until they have left.

    Raises:
        NotFound: the task is somebody else's, or over.
    """
    with write() as session:
        task, row, person = task_held_by(session, actor, task_code)
        if task.ended_at is not None or person.account_id != actor.account_id:
            raise no_such_request()
        record(session, actor, now, "request_looked", request=row.id, volunteer=person.id)
        return _person(session.get_one(RequestPerson, row.id))


def erase_old(now: datetime) -> int:
    """Erase the people of requests that ended twelve months ago; returns how many."""
    with write() as session:
        rows = session.scalars(
            select(RequestPerson)
            .join(HelpRequest, HelpRequest.id == RequestPerson.request_id)
            .where(HelpRequest.ended_at < now - KEPT, RequestPerson.erased_at.is_(None))
        ).all()
        for row in rows:
            row.name = row.phone = row.door = row.health = None
            row.erased_at = now
            record(session, SYSTEM, now, "request_person_erased", request=row.request_id)
        return len(rows)


def _person(row: RequestPerson) -> Person:
    return Person(row.name, row.phone, row.door, row.health)
