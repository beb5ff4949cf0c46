"""ID and licence numbers are kept as keyed hashes: they tell people apart and nothing else."""

import hashlib
import hmac
import secrets
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import Setting
from db.upsert import upsert

_SECRET = "document_secret"


def hasher(session: Session, *, may_write: bool) -> Callable[[str], str]:
    """What makes the hashes of this database.

    Args:
        may_write: keep a fresh key where there is none; a preview's hashes meet no other.
    """
    query = select(Setting.value).where(Setting.name == _SECRET)
    secret = session.scalar(query)
    if secret is None:
        secret = secrets.token_hex(32)
        if may_write:
            fresh = upsert(session, Setting).values(name=_SECRET, value=secret)
            session.execute(fresh.on_conflict_do_nothing())
            secret = session.scalars(query).one()
    key = bytes.fromhex(secret)
    return lambda number: hmac.new(key, number.encode(), hashlib.sha256).hexdigest()
