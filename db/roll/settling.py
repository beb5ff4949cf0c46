"""One person or two: what somebody found out about owners of one name, and who said so."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import write
from db.events import record
from db.roll.live import matched
from db.roll.merging import merge, merge_proven
from db.roll.scope import need_roll, no_such_entry
from db.tables.roll import Owner, Ownership, OwnerVerdict, RollUnit
from db.upsert import upsert
from domain.errors import N_, FieldError, TryAgain
from domain.initials import pinyin_initials
from domain.people import Actor

# More of one name are settled in portions; each two of them make a row.
MOST = 40


def settle(
    actor: Actor, now: datetime, estate_id: int, owner_ids: Collection[int], *, same: bool
) -> None:
    """Decide that these owners are one person, or that each is another.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`.
        FieldError: fewer than two, or too many at once.
        TryAgain: they are no open question, or somebody settled it meanwhile.
    """
    ids = sorted(set(owner_ids))
    if len(ids) < 2:
        raise FieldError("owners", N_("Choose at least two."))
    if len(ids) > MOST:
        raise FieldError("owners", N_("Choose at most {n} at once."), n=MOST)
    with write() as session:
        need_roll(session, actor, estate_id, lock=True)
        open_ones = [group.owners for group in matched(session, estate_id).groups]
        if not any(set(ids) <= set(owners) for owners in open_ones):
            raise TryAgain(N_("This was settled meanwhile. Load the page again."))
        _keep(session, actor, now, list(combinations(ids, 2)), same)
        record(session, actor, now, "owners_settled", estate=estate_id, owners=ids, same=same)
        if same:
            merge(session, actor, now, ids[0], ids[1:])
        merge_proven(session, actor, now, estate_id)


def part(actor: Actor, now: datetime, estate_id: int, unit_id: int, owner_id: int) -> None:
    """Say that a unit's owner is somebody else than the owner of the same name elsewhere.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`.
        TryAgain: the owner owns nothing else.
    """
    with write() as session:
        need_roll(session, actor, estate_id, lock=True)
        unit = session.get(RollUnit, unit_id)
        own = session.get(Ownership, (unit_id, owner_id))
        if unit is None or unit.estate_id != estate_id or own is None:
            raise no_such_entry()
        others = select(Ownership.roll_unit_id).where(
            Ownership.owner_id == owner_id, Ownership.roll_unit_id != unit_id
        )
        if session.execute(others.limit(1)).first() is None:
            raise TryAgain(N_("This owner owns nothing else: there is nobody to tell apart."))
        before = session.get_one(Owner, owner_id)
        fresh = Owner(
            estate_id=estate_id,
            name=before.name,
            initials=pinyin_initials(before.name),
            phone=own.phone,
            company=before.company,
        )
        session.add(fresh)
        session.flush()
        phone = own.phone
        session.delete(own)
        session.add(Ownership(roll_unit_id=unit_id, owner_id=fresh.id, phone=phone))
        _keep(session, actor, now, [(owner_id, fresh.id)], False)
        session.flush()
        record(
            session,
            actor,
            now,
            "owner_parted",
            estate=estate_id,
            roll_unit=unit_id,
            owner=fresh.id,
            owner_before=owner_id,
        )


def _keep(
    session: Session,
    actor: Actor,
    now: datetime,
    pairs: Sequence[tuple[int, int]],
    same: bool,
) -> None:
    verdict = {"same": same, "decided_by": actor.account_id, "decided_at": now}
    for first, second in pairs:
        session.execute(
            upsert(session, OwnerVerdict)
            .values(first_id=first, second_id=second, **verdict)
            .on_conflict_do_update(
                index_elements=[OwnerVerdict.first_id, OwnerVerdict.second_id], set_=verdict
            )
        )
