"""What the errand desk does 代办事项: what to bring, how long it takes, who does it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from db import once
from db.engine import read, write
from db.errands.scope import no_such_entry
from db.events import record
from db.lists import insert_named, name_taken
from db.numbers import new_code
from db.tables import ServiceClass
from db.tables.errands import ErrandService
from domain import texts
from domain.errands import check_limit, paper_names
from domain.errors import N_, FieldError
from domain.names import clean_line, clean_name
from domain.people import Actor, Right


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service.

    Args:
        bring: the papers that a resident brings, in order.
        limit_days: working days after the day on which an errand was taken in.
        doer: who does it, in words.
    """

    id: int
    code: str
    name: str
    service_class: ServiceClass
    bring: tuple[str, ...]
    limit_days: int
    doer: str
    active: bool


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """What is entered about a service; `bring` has one paper a line."""

    name: str
    service_class: ServiceClass
    bring: str
    limit_days: int
    doer: str


def services(*, also_ended: bool = False) -> tuple[ServiceLine, ...]:
    """The services by category and name; they are public.

    Args:
        also_ended: those too that are not offered any more.
    """
    order = case(
        {one.value: place for place, one in enumerate(ServiceClass)},
        value=ErrandService.service_class,
    )
    query = select(ErrandService).order_by(order, ErrandService.name)
    if not also_ended:
        query = query.where(ErrandService.active)
    with read() as session:
        return tuple(line_of(row) for row in session.scalars(query))


def line_of(row: ErrandService) -> ServiceLine:
    """The row as pages see it."""
    return ServiceLine(
        row.id,
        row.code,
        row.name,
        row.service_class,
        tuple(row.bring.split("\n")) if row.bring else (),
        row.limit_days,
        row.doer,
        row.active,
    )


def add_service(
    actor: Actor, now: datetime, words: ServiceWords, once_key: str | None = None
) -> str:
    """Offer a further service; returns its code.

    Raises:
        FieldError: no name, one that is taken, a limit that cannot be kept.
    """
    actor.need(Right.RUN_SERVICES)
    values, code = _values(words), new_code()
    with write() as session:
        if (earlier := once.claim(session, once_key, code, now)) is not None:
            return earlier
        row = insert_named(session, ErrandService, code=code, active=True, **values)
        record(session, actor, now, "errand_service_added", service=row.id)
        return code


def change_service(
    actor: Actor, now: datetime, code: str, words: ServiceWords, *, active: bool = True
) -> None:
    """Change a service; errands that were taken in keep the day they were promised.

    Raises:
        NotFound: no such service.
        FieldError: as when it was added.
    """
    actor.need(Right.RUN_SERVICES)
    values = _values(words)
    with write() as session:
        row = session.scalar(
            select(ErrandService).where(ErrandService.code == code).with_for_update()
        )
        if row is None:
            raise no_such_entry()
        _check_name(session, values["name"], row.id)
        for name, value in values.items():
            setattr(row, name, value)
        row.active = active
        record(session, actor, now, "errand_service_changed", service=row.id, active=active)


def _values(words: ServiceWords) -> dict[str, object]:
    check_limit(words.limit_days)
    doer = clean_line(words.doer)
    if not doer:
        raise FieldError("doer", N_("Write who does it."))
    return {
        "name": clean_name("name", words.name),
        "service_class": words.service_class,
        "bring": "\n".join(_bring(words.bring)),
        "limit_days": words.limit_days,
        "doer": texts.fitting("doer", doer),
    }


def _bring(typed: str) -> tuple[str, ...]:
    try:
        return paper_names(typed)
    except FieldError as error:
        raise FieldError("bring", error.template, **error.params) from error


def _check_name(session: Session, name: object, but: int) -> None:
    taken = select(ErrandService.id).where(ErrandService.name == name, ErrandService.id != but)
    if session.scalar(taken) is not None:
        raise name_taken()
