"""Which estate is meant at the shell."""

from datetime import datetime

from sqlalchemy import select

from db.engine import read
from db.estates import add_estate
from db.tables import Estate, EstateKind
from domain.errors import N_, NotFound
from domain.names import loose_key
from domain.people import SYSTEM


def estate_named(now: datetime, name: str) -> int:
    """The estate of that name; the very first is added, as nothing else could be meant.

    Raises:
        NotFound: none of the estates is called so; the sentence names them.
    """
    with read() as session:
        known = session.execute(select(Estate.id, Estate.name).order_by(Estate.id)).all()
    for key, called in known:
        if loose_key(called) == loose_key(name):
            return key
    if known:
        raise NotFound(
            N_("There is no estate “{name}”. There are: {names}."),
            name=name[:60],
            names="、".join(called for _, called in known),
        )
    return add_estate(SYSTEM, now, name=name, kind=EstateKind.COMMODITY)
