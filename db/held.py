"""Reports that flooding held back, for the desk to let in or discard."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from db.casefile_parts import photos_by
from db.cursors import cursor, read_cursor
from db.engine import read
from db.tables import Building, Estate, Place, Report, Reporter
from db.views import Count, Page, PhotoView, Where
from domain.people import Actor, Right
from domain.private_text import mask_phone

COUNT_TO = 1_000


@dataclass(frozen=True, slots=True)
class HeldReport:
    """One report that has no file yet; `db.intake.let_in` and `discard` take its id.

    Args:
        why: the limit that held it back.
        phone: masked, and only for who may see numbers.
    """

    report_id: int
    text: str
    where: Where
    received_at: datetime
    why: str
    phone: str | None
    photos: tuple[PhotoView, ...]


def held_reports(
    actor: Actor, now: datetime, after: str | None = None, limit: int = 50
) -> Page[HeldReport]:
    """The reports that wait, the oldest first.

    Raises:
        NotAllowed: only who handles files sees them.
    """
    actor.need(Right.HANDLE)
    query = _waiting(actor).order_by(Report.received_at, Report.id)
    if (begins := read_cursor(after)) is not None:
        at, key = begins
        query = query.where(
            Report.received_at >= at,
            or_(Report.received_at > at, and_(Report.received_at == at, Report.id > key)),
        )
    with read() as session:
        rows = list(session.execute(query.limit(limit + 1)))
        shown = rows[:limit]
        ids = [report.id for report, *_ in shown]
        photos = photos_by(session, "report_id", ids)
    sees_numbers = actor.may(Right.REVEAL)
    found = tuple(
        HeldReport(
            report_id=report.id,
            text=report.text,
            where=Where(estate, building, place),
            received_at=report.received_at,
            why=report.held_for or "",
            phone=mask_phone(phone) if phone and sees_numbers else None,
            photos=photos.get(report.id, ()),
        )
        for report, estate, building, place, phone in shown
    )
    last = shown[-1][0] if len(rows) > limit else None
    return Page(found, cursor(last.received_at, last.id) if last else None)


def count_held(actor: Actor, now: datetime) -> Count:
    """How many wait."""
    actor.need(Right.HANDLE)
    with read() as session:
        return count_held_in(session, actor)


def count_held_in(session: Session, actor: Actor) -> Count:
    """Like `count_held`, in the caller's transaction, for a person whose right was checked."""
    waiting = _waiting(actor).with_only_columns(Report.id).limit(COUNT_TO + 1).subquery()
    n = session.scalar(select(func.count()).select_from(waiting)) or 0
    return Count(min(n, COUNT_TO), n > COUNT_TO)


def _waiting(actor: Actor) -> Select[Report, str, str, str, str | None]:
    query = (
        select(Report, Estate.name, Building.name, Place.name, Reporter.phone)
        .outerjoin(Place, Place.id == Report.place_id)
        .outerjoin(Building, Building.id == Place.building_id)
        .outerjoin(Estate, Estate.id == Place.estate_id)
        .outerjoin(Reporter, Reporter.id == Report.reporter_id)
        .where(Report.held_for.is_not(None), Report.settled_at.is_(None))
    )
    if actor.estate_id is not None:
        query = query.where(Place.estate_id == actor.estate_id)
    return query
