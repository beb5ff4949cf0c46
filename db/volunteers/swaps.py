"""Swaps 换班: a volunteer asks to be relieved of a post, another of the squad takes it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, aliased

from db.engine import read, write
from db.events import record
from db.numbers import new_code
from db.tables.volunteers import Shift, ShiftPost, Swap, VolunteerRow
from db.upsert import advisory_lock
from db.volunteers.scope import code_of, no_such_entry, own_row
from domain.errors import N_, FieldError, NotFound, Refused
from domain.people import Actor
from domain.volunteers import Squad

_ASIDE = -1  # where a post stands while two are exchanged: each place of a shift is held once


@dataclass(frozen=True, slots=True)
class SwapView:
    """A post that somebody wants to be relieved of."""

    code: str
    squad: Squad
    starts_at: datetime
    ends_at: datetime
    position: int
    asked_by: str  # name
    mine: bool


def ask_swap(actor: Actor, now: datetime, shift_id: int, of: str | None = None) -> str:
    """Ask to be relieved of one's post; until somebody takes it, one stays on call.

    Args:
        of: the code of the one who is asked; None asks the whole squad.

    Raises:
        NotFound: one has no post in that shift.
        Refused: it is over.
        FieldError: whom one asks is not of the squad.
    """
    with write() as session:
        own = own_row(session, actor)
        shift, _ = _post(session, shift_id, own)
        if shift.ends_at <= now:
            raise Refused(N_("This shift is over. The roster keeps it as it was."))
        asked = _asked(session, own, of)
        open_one = session.scalar(
            select(Swap).where(
                Swap.shift_id == shift_id,
                Swap.asked_by == own.id,
                Swap.taken_at.is_(None),
                Swap.withdrawn_at.is_(None),
            )
        )
        if open_one is not None:
            return open_one.code
        row = Swap(
            code=new_code(), shift_id=shift_id, asked_by=own.id, asked_of=asked, asked_at=now
        )
        session.add(row)
        session.flush()
        record(session, actor, now, "swap_asked", shift=shift_id, volunteer=own.id, swap=row.id)
        return row.code


def take_swap(actor: Actor, now: datetime, code: str) -> None:
    """Take the post; who stands in the same shift already exchanges places with the asker.

    Raises:
        NotFound: no such swap for this person, or somebody was faster.
        Refused: the shift is over.
    """
    with write() as session:
        own = own_row(session, actor)
        row = session.scalar(select(Swap).where(Swap.code == code_of(code)))
        if row is None or row.asked_by == own.id or row.asked_of not in (None, own.id):
            raise no_such_entry()
        shift = session.get_one(Shift, row.shift_id)
        if shift.squad is not own.squad:
            raise no_such_entry()
        if shift.ends_at <= now:
            raise Refused(N_("This shift is over. The roster keeps it as it was."))
        advisory_lock(session, f"roster:{shift.squad.value}")
        taken = session.execute(
            update(Swap)
            .where(Swap.id == row.id, Swap.taken_at.is_(None), Swap.withdrawn_at.is_(None))
            .values(taken_at=now, taken_by=own.id)
            .returning(Swap.id)
        ).one_or_none()
        if taken is None:
            raise NotFound(N_("Somebody has taken this shift already. Thank you."))
        _exchange(session, shift, row.asked_by, own.id)
        record(
            session,
            actor,
            now,
            "swap_taken",
            shift=shift.id,
            swap=row.id,
            volunteer=own.id,
            relieved=row.asked_by,
        )


def withdraw_swap(actor: Actor, now: datetime, code: str) -> None:
    """Keep the post after all; a repeat changes nothing.

    Raises:
        NotFound: it is not one's own.
        Refused: somebody has taken it meanwhile.
    """
    with write() as session:
        own = own_row(session, actor)
        row = session.scalar(
            select(Swap).where(Swap.code == code_of(code), Swap.asked_by == own.id)
        )
        if row is None:
            raise no_such_entry()
        session.refresh(row, with_for_update=True)
        if row.taken_at is not None:
            raise Refused(N_("Somebody has taken this shift already. Thank you."))
        if row.withdrawn_at is None:
            row.withdrawn_at = now
            record(session, actor, now, "swap_withdrawn", swap=row.id, volunteer=own.id)


def open_swaps(actor: Actor, now: datetime) -> list[SwapView]:
    """One's own open wishes, and those of the squad that one could take, by time."""
    with read() as session:
        own = own_row(session, actor)
        asker = aliased(VolunteerRow)
        query = (
            select(Swap, Shift, ShiftPost.position, asker.name)
            .join(Shift, Shift.id == Swap.shift_id)
            .join(asker, asker.id == Swap.asked_by)
            .join(
                ShiftPost,
                (ShiftPost.shift_id == Swap.shift_id) & (ShiftPost.volunteer_id == Swap.asked_by),
            )
            .where(
                Swap.taken_at.is_(None),
                Swap.withdrawn_at.is_(None),
                Shift.ends_at > now,
                Shift.squad == own.squad,
                or_(Swap.asked_of.is_(None), Swap.asked_of == own.id, Swap.asked_by == own.id),
            )
            .order_by(Shift.starts_at, Swap.id)
        )
        return [
            SwapView(
                swap.code,
                shift.squad,
                shift.starts_at,
                shift.ends_at,
                position,
                name,
                swap.asked_by == own.id,
            )
            for swap, shift, position, name in session.execute(query)
        ]


def _post(session: Session, shift_id: int, own: VolunteerRow) -> tuple[Shift, ShiftPost]:
    shift = session.get(Shift, shift_id)
    post = session.scalar(
        select(ShiftPost).where(ShiftPost.shift_id == shift_id, ShiftPost.volunteer_id == own.id)
    )
    if shift is None or post is None:
        raise no_such_entry()
    return shift, post


def _asked(session: Session, own: VolunteerRow, of: str | None) -> int | None:
    if of is None:
        return None
    row = session.scalar(
        select(VolunteerRow).where(VolunteerRow.code == code_of(of), VolunteerRow.left_on.is_(None))
    )
    if row is None or row.squad is not own.squad or row.id == own.id:
        raise FieldError("of", N_("Choose somebody else of your squad."))
    return row.id


def _exchange(session: Session, shift: Shift, asker: int, taker: int) -> None:
    posts = {
        post.volunteer_id: post
        for post in session.scalars(select(ShiftPost).where(ShiftPost.shift_id == shift.id))
    }
    given, held = posts.get(asker), posts.get(taker)
    if given is None:
        raise NotFound(N_("The roster was changed meanwhile. Load the page again."))
    if held is None:
        given.volunteer_id, given.swapped_from = taker, asker
        session.flush()
        return
    first, second = given.position, held.position
    given.position = _ASIDE
    session.flush()
    held.position, held.swapped_from = first, asker
    session.flush()
    given.position, given.swapped_from = second, taker
    session.flush()
