"""The file 档案: everything that is known of one matter, for its page."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from db.casefile_parts import contacts, decision, photos_by, ratings, reminders, reports, tasks
from db.casefile_views import CaseFile, Closing
from db.closing_facts import closing_facts
from db.engine import read
from db.lines import lines
from db.scope import code_typed, no_such_file, sees_case
from db.standings import clock_view
from db.tables import Case, ClockRow
from db.timeline import timeline
from db.views import CaseLine, ClockView, PhotoView
from domain.closing import missing
from domain.moves import MAIN_MOVE, Move, State, allowed_to
from domain.people import Actor, Right

# Put together once: see `db.casefile_parts`.
_CASE: BindParameter[int] = bindparam("case")
_BY_CODE = select(Case).where(Case.code == bindparam("code"))
_FAMILY = select(Case.id).where(Case.root_id == _CASE)
_CHILDREN = (
    select(Case).where(Case.merged_into_id == _CASE, Case.state == State.MERGED).order_by(Case.id)
)
_CLOCKS = (
    select(ClockRow)
    .where(ClockRow.case_id == _CASE)
    .order_by(ClockRow.round.desc(), ClockRow.started_at, ClockRow.id)
)


def case_file(actor: Actor, code: str, now: datetime) -> CaseFile:
    """The whole file.

    Raises:
        NotAllowed: this person reads no files.
        NotFound: there is none with this code, or it is another estate's.
    """
    actor.need(Right.READ_CASES)
    with read() as session:
        case = seen_case(session, actor, code)
        children = _children(session, actor, case)
        around = lines(session, [case.id, *children, *_parent(session, actor, case)], now)
        clocks = _clocks(session, case, now)
        sees_reporters = actor.may(Right.REVEAL)
        moves = allowed_to(actor, case.state)
        main = MAIN_MOVE.get(case.state)
        return CaseFile(
            line=around[0],
            came_from=case.came_from,
            estate_id=case.estate_id,
            building_id=case.building_id,
            place_id=case.place_id,
            category_id=case.category_id,
            lead_unit_id=case.lead_unit_id,
            outcome=case.outcome,
            summary=case.summary,
            published_at=case.published_at,
            done_at=case.done_at,
            closed_at=case.closed_at,
            anonymised_at=case.anonymised_at,
            reports=reports(session, case, sees_reporters),
            photos=_photos(session, case),
            timeline=timeline(session, case, sees_reporters),
            clocks=tuple(clocks.values()),
            decision=decision(session, case),
            tasks=tasks(session, case, now),
            ratings=ratings(session, case),
            contacts=contacts(session, case) if sees_reporters else (),
            reminders=reminders(session, case, clocks),
            parent=_by_id(around, case.merged_into_id),
            merged=tuple(line for line in around[1:] if line.id in children),
            moves=moves,
            main_move=main if main in moves else None,
            closing=_closing(session, actor, case, now) if Move.CLOSE in moves else None,
            sees_reporters=sees_reporters,
        )


def seen_case(session: Session, actor: Actor, code: str) -> Case:
    """The file by its code, to be read.

    Raises:
        NotFound: it is not there or not in this person's scope.
    """
    case = session.scalar(_BY_CODE, {"code": code_typed(code)})
    if case is None or not sees_case(session, actor, case):
        raise no_such_file()
    return case


def _children(session: Session, actor: Actor, case: Case) -> list[int]:
    """Files that were merged directly into this one, as far as the person may see them."""
    rows = session.scalars(_CHILDREN, {"case": case.id})
    return [row.id for row in rows if sees_case(session, actor, row)]


def _parent(session: Session, actor: Actor, case: Case) -> list[int]:
    parent = session.get(Case, case.merged_into_id) if case.merged_into_id else None
    return [parent.id] if parent is not None and sees_case(session, actor, parent) else []


def _by_id(found: Iterable[CaseLine], key: int | None) -> CaseLine | None:
    return next((line for line in found if line.id == key), None)


def _clocks(session: Session, case: Case, now: datetime) -> dict[int, ClockView]:
    """All clocks by row id, the present round's first, in the order in which they began."""
    rows = session.scalars(_CLOCKS, {"case": case.id})
    return {row.id: clock_view(row, now) for row in rows}


def _photos(session: Session, case: Case) -> tuple[PhotoView, ...]:
    files = {case.id, *session.scalars(_FAMILY, {"case": case.id})}
    found = photos_by(session, "case_id", files)
    return tuple(photo for photos in found.values() for photo in photos)


def _closing(session: Session, actor: Actor, case: Case, now: datetime) -> Closing:
    facts = closing_facts(session, case, actor.account_id)
    return Closing(
        missing=missing(facts, now),
        has_evidence=facts.has_evidence,
        has_public_summary=facts.has_public_summary,
        ratings=facts.ratings,
        failed_contacts=facts.failed_contacts,
    )
