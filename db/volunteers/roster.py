"""The roster 值班表: shifts of each squad with a primary and backups, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.engine import read, write
from db.events import record
from db.tables.volunteers import Shift, ShiftPost, Swap, VolunteerRow
from db.upsert import advisory_lock
from db.volunteers.scope import is_code, need_squad, no_such_entry
from domain.days import day_start, local_day
from domain.errors import N_, FieldError, Refused
from domain.on_call import AHEAD, MOST_POSTS, Duty, Gap, check_shift, gaps
from domain.people import Actor, Right
from domain.volunteers import Squad

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PostView:
    """One person in a shift; 0 is the primary."""

    position: int
    volunteer: str  # code
    name: str
    swapped_from: str | None = None


@dataclass(frozen=True, slots=True)
class ShiftView:
    """One shift as the roster shows it."""

    id: int
    squad: Squad
    starts_at: datetime
    ends_at: datetime
    posts: tuple[PostView, ...]


def week(actor: Actor, monday: date, squad: Squad | None = None) -> list[ShiftView]:
    """All shifts that begin in the week, by time."""
    actor.need(Right.DISPATCH)
    first = day_start(monday)
    query = select(Shift).where(Shift.starts_at >= first, Shift.starts_at < first + WEEK)
    if squad is not None:
        query = query.where(Shift.squad == squad)
    with read() as session:
        return _views(session, list(session.scalars(query)))


def coming_gaps(actor: Actor, now: datetime) -> list[Gap]:
    """What is missing in the next seven days."""
    actor.need(Right.DISPATCH)
    with read() as session:
        return gaps_ahead(session, now)


def gaps_ahead(session: Session, now: datetime) -> list[Gap]:
    """The same within a transaction."""
    return gaps(duties(session, now, now + AHEAD), now, now + AHEAD)


def on_call_now(actor: Actor, now: datetime) -> list[ShiftView]:
    """The shifts of this moment."""
    actor.need(Right.DISPATCH)
    with read() as session:
        rows = session.scalars(select(Shift).where(Shift.starts_at <= now, Shift.ends_at > now))
        return _views(session, list(rows))


def duties(session: Session, first: datetime, until: datetime) -> list[Duty]:
    """The shifts that touch the time, as the rules see them."""
    rows = list(
        session.scalars(
            select(Shift)
            .where(Shift.ends_at > first, Shift.starts_at < until)
            .order_by(Shift.starts_at, Shift.id)
        )
    )
    posts: dict[int, dict[int, int]] = {row.id: {} for row in rows}
    found = (
        select(ShiftPost.shift_id, ShiftPost.position, ShiftPost.volunteer_id)
        .where(ShiftPost.shift_id.in_(posts))
        .order_by(ShiftPost.shift_id, ShiftPost.position)
    )
    for shift_id, position, key in session.execute(found):
        posts[shift_id][position] = key
    return [Duty(row.squad, row.starts_at, row.ends_at, posts[row.id]) for row in rows]


def set_shift(
    actor: Actor,
    now: datetime,
    squad: Squad,
    starts_at: datetime,
    ends_at: datetime,
    people: Sequence[str],
) -> int:
    """Put a shift into the roster, or change the one that begins then; returns its row id.

    Args:
        people: codes, the primary first, then the backups in order; may be empty.

    Raises:
        NotAllowed: another squad's.
        Refused: it overlaps another shift, is over, or cannot be.
        FieldError: somebody twice, of another squad, or who left.
    """
    check_shift(starts_at, ends_at)
    if ends_at <= now:
        raise Refused(N_("This shift is over. The roster keeps it as it was."))
    with write() as session:
        need_squad(session, actor, squad)
        advisory_lock(session, f"roster:{squad.value}")
        row = session.scalar(
            select(Shift).where(Shift.squad == squad, Shift.starts_at == starts_at)
        )
        others = select(Shift.id).where(
            Shift.squad == squad,
            Shift.starts_at < ends_at,
            Shift.ends_at > starts_at,
            Shift.starts_at != starts_at,
        )
        if session.scalar(others.limit(1)) is not None:
            raise Refused(N_("Another shift of this squad lies in these hours. Change that one."))
        wanted = _people(session, squad, people, starts_at)
        if row is None:
            row = Shift(squad=squad, starts_at=starts_at, ends_at=ends_at)
            session.add(row)
        row.ends_at = ends_at
        session.flush()
        _post(session, row, wanted)
        record(session, actor, now, "shift_set", shift=row.id, people=wanted)
        return row.id


def remove_shift(actor: Actor, now: datetime, shift_id: int) -> None:
    """Take a shift that has not begun out of the roster.

    Raises:
        NotFound: there is none.
        Refused: it has begun.
    """
    actor.need(Right.DISPATCH)
    with write() as session:
        row = session.get(Shift, shift_id)
        if row is None:
            raise no_such_entry()
        need_squad(session, actor, row.squad)
        if row.starts_at <= now:
            raise Refused(N_("This shift has begun. The roster keeps it as it was."))
        session.execute(delete(Swap).where(Swap.shift_id == shift_id))
        session.execute(delete(ShiftPost).where(ShiftPost.shift_id == shift_id))
        session.execute(delete(Shift).where(Shift.id == shift_id))
        record(session, actor, now, "shift_removed", shift=shift_id)


def copy_week(actor: Actor, now: datetime, squad: Squad, monday: date) -> int:
    """Copy the week before into the week of `monday`; returns how many shifts were added.

    Hours that have a shift already are left alone, and so is who left meanwhile.
    """
    added = 0
    with write() as session:
        need_squad(session, actor, squad)
        advisory_lock(session, f"roster:{squad.value}")
        first = day_start(monday - WEEK)
        before = duties(session, first, first + WEEK)
        there = duties(session, first + WEEK, first + WEEK + WEEK)
        active = set(
            session.scalars(
                select(VolunteerRow.id).where(
                    VolunteerRow.squad == squad, VolunteerRow.left_on.is_(None)
                )
            )
        )
        for duty in before:
            start, end = duty.starts_at + WEEK, duty.ends_at + WEEK
            taken = any(
                one.squad is squad and one.starts_at < end and one.ends_at > start for one in there
            )
            if duty.squad is not squad or duty.starts_at < first or end <= now or taken:
                continue
            row = Shift(squad=squad, starts_at=start, ends_at=end)
            session.add(row)
            session.flush()
            # An empty place stays empty, so that a gap is seen and nobody moves up unasked.
            for position, key in duty.posts.items():
                if key in active:
                    session.add(ShiftPost(shift_id=row.id, volunteer_id=key, position=position))
            added += 1
        session.flush()
        record(session, actor, now, "week_copied", squad=squad.value, shifts=added)
    return added


def _people(session: Session, squad: Squad, codes: Sequence[str], starts_at: datetime) -> list[int]:
    if len(codes) > MOST_POSTS:
        raise FieldError("people", N_("Name at most {n} people for a shift."), n=MOST_POSTS)
    if len(set(codes)) != len(codes):
        raise FieldError("people", N_("Somebody is named twice in this shift."))
    rows = {
        row.code: row
        for row in session.scalars(
            select(VolunteerRow).where(
                VolunteerRow.code.in_([one for one in codes if is_code(one)])
            )
        )
    }
    day = local_day(starts_at)
    for code in codes:
        row = rows.get(code)
        if row is None or row.squad is not squad:
            raise FieldError("people", N_("Choose people of this squad."))
        if row.left_on is not None and row.left_on <= day:
            raise FieldError(
                "people", N_("{name} left the squad. Choose somebody else."), name=row.name
            )
    return [rows[code].id for code in codes]


def _post(session: Session, shift: Shift, wanted: Sequence[int]) -> None:
    held = session.scalars(select(ShiftPost).where(ShiftPost.shift_id == shift.id))
    swapped = {post.volunteer_id: post.swapped_from for post in held}
    session.execute(delete(ShiftPost).where(ShiftPost.shift_id == shift.id))
    session.add_all(
        ShiftPost(
            shift_id=shift.id,
            volunteer_id=key,
            position=position,
            swapped_from=swapped.get(key),
        )
        for position, key in enumerate(wanted)
    )
    session.flush()


def _views(session: Session, rows: list[Shift]) -> list[ShiftView]:
    posts: dict[int, list[PostView]] = {row.id: [] for row in rows}
    asked = (
        select(ShiftPost, VolunteerRow.code, VolunteerRow.name)
        .join(VolunteerRow, VolunteerRow.id == ShiftPost.volunteer_id)
        .where(ShiftPost.shift_id.in_(posts))
        .order_by(ShiftPost.position)
    )
    found = session.execute(asked).all()
    earlier = {post.swapped_from for post, _, _ in found} - {None}
    names = dict(
        session.execute(
            select(VolunteerRow.id, VolunteerRow.name).where(VolunteerRow.id.in_(earlier))
        ).all()
        if earlier
        else ()
    )
    for post, code, name in found:
        before = names.get(post.swapped_from) if post.swapped_from else None
        posts[post.shift_id].append(PostView(post.position, code, name, before))
    return [
        ShiftView(row.id, row.squad, row.starts_at, row.ends_at, tuple(posts[row.id]))
        for row in sorted(rows, key=lambda row: (row.starts_at, row.squad))
    ]
