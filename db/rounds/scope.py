"""Whose rounds a person may see and change, and how a need that was found becomes a file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.intake import Taken, take_report
from db.photos import PhotoIn
from db.tables import Building, Channel, Estate, Household
from db.tables.rounds import CarePerson
from domain.errors import N_, NotAllowed, NotFound
from domain.people import Actor, Right


def no_such_entry() -> NotFound:
    """The answer for what is not there and for what is not yours."""
    return NotFound(N_("There is no such entry, or it is not yours to see."))


def need_office(actor: Actor) -> None:
    """Care is set up and surveys are opened by the community office.

    Raises:
        NotAllowed: this is somebody else.
    """
    if not (actor.may(Right.DISPATCH) and actor.may(Right.HANDLE)):
        raise NotAllowed(N_("Your role may not do this. Ask the community office."))


def need_estate(session: Session, actor: Actor, estate_id: int) -> None:
    """The estate is there and in the person's scope.

    Raises:
        NotFound: it is not.
    """
    if session.get(Estate, estate_id) is None or not actor.sees_estate(estate_id):
        raise no_such_entry()


def estate_of(session: Session, household_id: int) -> int | None:
    """The estate that a household is in; None where there is no such household."""
    return session.scalar(
        select(Building.estate_id)
        .join(Household, Household.building_id == Building.id)
        .where(Household.id == household_id)
    )


def care_person(session: Session, actor: Actor, code: str, *, lock: bool = False) -> CarePerson:
    """An enrolled person by code, for who dispatches in that estate.

    Raises:
        NotAllowed: this person does not dispatch.
        NotFound: nobody in scope has that code.
    """
    actor.need(Right.DISPATCH)
    query = select(CarePerson).where(CarePerson.code == code)
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None or not actor.sees_estate(estate_of(session, row.household_id)):
        raise no_such_entry()
    return row


def open_file(
    actor: Actor,
    now: datetime,
    text: str,
    *,
    estate_id: int | None = None,
    building_id: int | None = None,
    photos: Sequence[PhotoIn] = (),
    into: str | None = None,
    once_key: str | None = None,
) -> Taken:
    """A need or a hazard becomes a file at once, or one more voice on an open one.

    Whoever goes round may open one for what is seen there, without the right to take in.
    """
    return take_report(
        replace(actor, kind="system", estate_id=None),
        now,
        text=text,
        channel=Channel.ROUND,
        estate_id=estate_id,
        building_id=building_id,
        photos=photos,
        into=into,
        once_key=once_key,
    )
