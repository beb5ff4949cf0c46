"""Leases: of all servers on one database, one does a job at a time."""

from datetime import datetime, timedelta

from sqlalchemy import or_, update

from db.engine import write
from db.tables import Lease
from db.upsert import upsert


def take(name: str, holder: str, now: datetime, seconds: float) -> bool:
    """Take or renew a lease; True when `holder` has it until `seconds` from now.

    One conditional UPDATE decides, so of two servers at one moment one gets it.
    """
    until = now + timedelta(seconds=seconds)
    with write() as session:
        session.execute(
            upsert(session, Lease)
            .values(name=name, holder="", until=now)
            .on_conflict_do_nothing(index_elements=[Lease.name])
        )
        taken = session.execute(
            update(Lease)
            .where(Lease.name == name, or_(Lease.until <= now, Lease.holder == holder))
            .values(holder=holder, until=until)
            .returning(Lease.name)
        )
        return taken.one_or_none() is not None


def release(name: str, holder: str, now: datetime) -> None:
    """Give a lease back before its time."""
    with write() as session:
        session.execute(
            update(Lease).where(Lease.name == name, Lease.holder == holder).values(until=now)
        )
