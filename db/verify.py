"""Is everything whole? The database's own checks, the chain of events, and every summary."""

from collections.abc import Iterator

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from db.engine import database
from db.events import breaks
from db.figures.checks import faults_of_figures
from db.polls.checks import faults_of_polls
from db.schema import is_current
from db.tables import Case, Photo, PhotoBytes
from db.verify_cases import Finding, faults_of_cases
from db.verify_votes import faults_of_votes
from domain.errors import N_

__all__ = ["Finding", "verify"]

_ROOT = N_("root_id is not the end of its mergers")


def verify() -> Iterator[Finding]:
    """Every fault that is found, reading one consistent view; none means that all is whole."""
    target = database()
    if not is_current(target):
        yield Finding(N_("The schema is not the one of this version: run the upgrade."), {})
        return
    with target.engine.connect() as connection:
        yield from _sqlite(connection) if target.is_sqlite else _postgresql(connection)
    with target.read() as session:
        if not target.is_sqlite:
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        for broken in breaks(session):
            yield Finding(
                N_("Chain “{chain}”, event {seq}: {what}"),
                {"chain": broken.chain, "seq": broken.seq, "what": broken.what},
            )
        yield from faults_of_cases(session)
        yield from faults_of_polls(session)
        yield from faults_of_votes(session)
        yield from faults_of_figures(session)
        yield from _photos(session)
        yield from _merged(session)


def _sqlite(connection: Connection) -> Iterator[Finding]:
    for (said,) in connection.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield Finding(N_("The database file is damaged: {what}"), {"what": said})
    for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield Finding(
            N_("Table {table}, row {row}: what it refers to in {parent} is missing."),
            {"table": table, "row": row, "parent": parent},
        )


def _postgresql(connection: Connection) -> Iterator[Finding]:
    """PostgreSQL enforces its keys; what can happen is that one was switched off or left half."""
    wrong = connection.execute(
        text(
            "SELECT c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "WHERE NOT i.indisvalid UNION ALL "
            "SELECT conname::text FROM pg_constraint WHERE NOT convalidated UNION ALL "
            "SELECT tgname::text FROM pg_trigger WHERE tgenabled = 'D'"
        )
    )
    for (name,) in wrong:
        yield Finding(N_("“{name}” is switched off in the database."), {"name": name})


def _photos(session: Session) -> Iterator[Finding]:
    query = (
        select(Photo.id)
        .outerjoin(PhotoBytes, PhotoBytes.photo_id == Photo.id)
        .where(PhotoBytes.photo_id.is_(None))
    )
    for key in session.scalars(query):
        yield Finding(N_("Photo {photo} has no picture."), {"photo": key})


def _merged(session: Session) -> Iterator[Finding]:
    """Every file's `root_id` is where the line of mergers ends."""
    rows = session.execute(select(Case.id, Case.number, Case.merged_into_id, Case.root_id)).all()
    into = {row.id: row.merged_into_id for row in rows}
    for row in rows:
        end, steps = row.id, 0
        while into.get(end) is not None and steps <= len(into):
            end, steps = into[end], steps + 1
        if row.root_id != end or steps > len(into):
            yield Finding(
                N_("File {number}: {what}"),
                {"number": row.number, "what": Finding(_ROOT, {})},
            )
