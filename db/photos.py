"""Photos in the database: stored with what they belong to, and shown to whom that may be shown."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import read
from db.numbers import new_code
from db.scope import report_followed, sees_case
from db.tables import Case, Note, Photo, PhotoBytes, Place, Report
from db.tables.votes import Service, Vote
from domain.errors import N_, NotFound
from domain.moves import State
from domain.people import Actor, Right
from domain.photos import MOST_PHOTOS, PhotoIn
from domain.texts import clean

__all__ = ["MOST_PHOTOS", "PhotoIn", "followed_photo", "photo", "public_photo", "store"]


def store(
    session: Session,
    photo: PhotoIn,
    now: datetime,
    *,
    case_id: int | None = None,
    report_id: int | None = None,
    note_id: int | None = None,
    public: bool = False,
) -> int:
    """Keep a checked photo in the caller's transaction; returns its row id."""
    row = Photo(
        code=new_code(),
        case_id=case_id,
        report_id=report_id,
        note_id=note_id,
        width=photo.width,
        height=photo.height,
        public=public,
        at=now,
    )
    session.add(row)
    session.flush()
    session.add(PhotoBytes(photo_id=row.id, full=photo.full, thumb=photo.thumb))
    session.flush()
    return row.id


def photo(actor: Actor, code: str, *, small: bool = False) -> bytes:
    """The JPEG for a signed-in person: of a file that they may read, or of a held-back report.

    Raises:
        NotFound: it is not there, or not for this person.
    """
    with read() as session:
        row = _row(session, code)
        if not _sees(session, actor, row):
            raise _no_such_photo()
        return _bytes(session, row, small)


def public_photo(code: str, *, small: bool = False) -> bytes:
    """The JPEG for everyone: chosen for the board, and its file is published.

    Raises:
        NotFound: in every other case.
    """
    with read() as session:
        row = _row(session, code)
        case = _case(session, row)
        if case is not None and case.root_id not in (None, case.id):
            case = session.get(Case, case.root_id)  # a merged file's photo goes with its root
        shown = row.public and case is not None and case.published_at is not None
        if not shown:
            raise _no_such_photo()
        return _bytes(session, row, small)


def followed_photo(follow_code: str, code: str, *, small: bool = False) -> bytes:
    """The JPEG for the reporter: their own, or one that stands beside an answer to them.

    Raises:
        NotFound: in every other case, a wrong follow code included.
    """
    with read() as session:
        row = _row(session, code)
        report, case = report_followed(session, follow_code, lock=False)
        note = session.get(Note, row.note_id) if row.note_id else None
        own = row.report_id == report.id
        if note is not None and case is not None:
            of_file = note.case_id in (report.case_id, case.id)
            own = own or (note.report_id == report.id and note.account_id is None)
            own = own or (of_file and note.public and note.report_id in (None, report.id))
        if not own:
            raise _no_such_photo()
        return _bytes(session, row, small)


def _sees(session: Session, actor: Actor, row: Photo) -> bool:
    case = _case(session, row)
    if case is None:
        return _sees_held(session, actor, row) or _sees_delivery(session, actor, row)
    if sees_case(session, actor, case):
        return True
    # What was merged into a unit's file shows the same trouble, and the unit was given both.
    root = session.get(Case, case.root_id) if case.state is State.MERGED else None
    return root is not None and sees_case(session, actor, root)


def _sees_held(session: Session, actor: Actor, row: Photo) -> bool:
    report = session.get(Report, row.report_id) if row.report_id else None
    if report is None or not actor.may(Right.HANDLE):
        return False
    place = session.get(Place, report.place_id) if report.place_id else None
    return actor.sees_estate(place.estate_id if place else None)


def _sees_delivery(session: Session, actor: Actor, row: Photo) -> bool:
    """A proof of service is for who runs that vote; it shows a neighbour's door."""
    query = select(Vote.estate_id).join(Service, Service.vote_id == Vote.id)
    found = session.execute(query.where(Service.photo_id == row.id).limit(1)).one_or_none()
    return found is not None and actor.may(Right.RUN_VOTES) and actor.sees_estate(found.estate_id)


def _row(session: Session, code: str) -> Photo:
    row = session.scalar(select(Photo).where(Photo.code == clean(code)))
    if row is None:
        raise _no_such_photo()
    return row


def _case(session: Session, row: Photo) -> Case | None:
    if row.case_id is not None:
        return session.get(Case, row.case_id)
    note = session.get(Note, row.note_id) if row.note_id else None
    report = session.get(Report, row.report_id) if row.report_id else None
    case_id = note.case_id if note else report.case_id if report else None
    return session.get(Case, case_id) if case_id is not None else None


def _bytes(session: Session, row: Photo, small: bool) -> bytes:
    column = PhotoBytes.thumb if small else PhotoBytes.full
    return session.execute(select(column).where(PhotoBytes.photo_id == row.id)).scalar_one()


def _no_such_photo() -> NotFound:
    return NotFound(N_("There is no such photo, or it is not yours to see."))
