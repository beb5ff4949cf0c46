"""What the lists of the community have in common: who may read them, how a row goes in once."""

from typing import Any, TypeVar

from sqlalchemy.orm import DeclarativeBase, Session

from db.upsert import upsert
from domain.errors import N_, FieldError, NotAllowed, NotFound
from domain.people import Actor

T = TypeVar("T", bound=DeclarativeBase)


def need_signed_in(actor: Actor) -> None:
    """Lists of estates, units and the like are for everybody with an account.

    Raises:
        NotAllowed: a resident.
    """
    if actor.kind == "resident":
        raise NotAllowed(N_("Sign in to see this."))


def insert_named(session: Session, table: type[T], **values: Any) -> T:
    """A new row of a table whose names are unique.

    Raises:
        FieldError: the name is taken; a second administrator may have been faster.
    """
    key = session.execute(
        upsert(session, table)
        .values(**values)
        .on_conflict_do_nothing()
        .returning(table.__table__.c.id)
    ).scalar_one_or_none()
    if key is None:
        raise name_taken()
    return session.get_one(table, key)


def name_taken(field: str = "name") -> FieldError:
    """The sentence for a name that is in use."""
    return FieldError(field, N_("There is one of this name already. Choose another name."))


def need_estate(actor: Actor, estate_id: int) -> None:
    """Whoever is limited to one estate changes nothing in another.

    Raises:
        NotFound: the same as for an estate that does not exist.
    """
    if not actor.sees_estate(estate_id):
        raise NotFound(N_("This entry is not there any more. Load the page again."))


def existing(session: Session, table: type[T], key: int) -> T:
    """The row, locked until the transaction ends.

    Raises:
        NotFound: there is none.
    """
    row = session.get(table, key, with_for_update=True)
    if row is None:
        raise NotFound(N_("This entry is not there any more. Load the page again."))
    return row
