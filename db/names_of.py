"""Names behind ids, read once for a whole list."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from db.tables import Account, AccountRole, Building, Estate, Place, Unit
from domain.people import Role

Named = type[Account] | type[Building] | type[Estate] | type[Place] | type[Unit]


def names_of(
    session: Session,
    table: Named,
    ids: Iterable[int | None],
) -> dict[int | None, str]:
    """The names by id; None and ids without a row are left out."""
    wanted = {key for key in ids if key is not None}
    if not wanted:
        return {}
    return dict(session.execute(_names(table), {"ids": list(wanted)}).all())


def accounts_in(session: Session, roles: Iterable[Role]) -> dict[int, str]:
    """The accounts in use that have one of these roles, by id."""
    query = (
        select(Account.id, Account.name)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(Account.active, AccountRole.role.in_(list(roles)))
        .distinct()
        .order_by(Account.id)
    )
    return dict(session.execute(query).all())


@cache
def _names(table: Named) -> Select[int, str]:
    return select(table.id, table.name).where(table.id.in_(bindparam("ids", expanding=True)))
