"""Names behind ids, read once for a whole list."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import Account, Building, Estate, Place, Unit


def names_of(
    session: Session,
    table: type[Account] | type[Building] | type[Estate] | type[Place] | type[Unit],
    ids: Iterable[int | None],
) -> dict[int | None, str]:
    """The names by id; None and ids without a row are left out."""
    wanted = {key for key in ids if key is not None}
    if not wanted:
        return {}
    query = select(table.id, table.name).where(table.id.in_(wanted))
    return dict(session.execute(query).all())
