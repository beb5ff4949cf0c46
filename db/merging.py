"""Files about the same matter become one and, if that was wrong, two again."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db import moving, once
from db.engine import write
from db.scope import case_to_change
from db.search import index_case
from db.tables import Case
from domain.errors import N_, Refused
from domain.moves import OPEN_STATES, Move
from domain.people import Actor, Right


def merge(
    actor: Actor, now: datetime, code: str, into_code: str, reason: str, key: str | None = None
) -> None:
    """Merge the file into another open one; its reporters stay with it and are told.

    Files that were merged into it before go along, and come back with it.

    Raises:
        Refused: the other is itself, closed or merged, or this move is not possible.
    """
    actor.need(Right.HANDLE)
    with write() as session:
        first, second = sorted((code, into_code))
        case_to_change(session, actor, first)  # locked in one order, so that two merges never
        case_to_change(session, actor, second)  # wait for each other
        case = case_to_change(session, actor, code)
        into = case_to_change(session, actor, into_code)
        if once.claim(session, key, "merge", now) is not None:
            return
        if into.id == case.id or into.state not in OPEN_STATES:
            raise Refused(N_("Choose another open file to merge this one into."))
        moving.apply(session, actor, now, case, Move.MERGE, reason, into=into.id)
        case.merged_into_id = into.id
        session.flush()
        session.execute(
            update(Case).where(Case.root_id == case.id).values(root_id=into.root_id or into.id)
        )
        index_case(session, into.root_id or into.id)


def unmerge(actor: Actor, now: datetime, code: str, reason: str, key: str | None = None) -> None:
    """Take a merged file out again: it goes on where it stood, with its own clocks and voices.

    Raises:
        Refused: it is not merged, or no reason was written.
    """
    actor.need(Right.HANDLE)
    with write() as session:
        case = case_to_change(session, actor, code)
        if once.claim(session, key, "unmerge", now) is not None:
            return
        out_of, root_before = case.merged_into_id, case.root_id
        own = _tree(session, case)
        session.execute(update(Case).where(Case.id.in_(own)).values(root_id=case.id))
        session.refresh(case)
        moving.apply(session, actor, now, case, Move.UNMERGE, reason, out_of=out_of)
        case.merged_into_id = None
        for file_id in (case.id, root_before):
            if file_id is not None:
                index_case(session, file_id)


def _tree(session: Session, case: Case) -> set[int]:
    """The file and all that were merged into it, directly or through others."""
    found = {case.id}
    layer = {case.id}
    while layer:
        query = select(Case.id).where(Case.merged_into_id.in_(layer))
        layer = set(session.scalars(query)) - found
        found |= layer
    return found
