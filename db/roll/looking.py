"""An owner's whole telephone number, shown once it is written down who saw it and why."""

from datetime import datetime

from db.engine import write
from db.events import record
from db.roll.scope import need_roll, no_such_entry
from db.tables.roll import Owner, OwnerLook
from domain import texts
from domain.errors import N_, NotFound
from domain.people import Actor, Right


def reveal_owner_phone(
    actor: Actor, now: datetime, estate_id: int, owner_id: int, reason: str
) -> str:
    """The number by which an owner is reached, after an event and the reason.

    Raises:
        NotAllowed: this person may not see numbers.
        FieldError: no reason.
        NotFound: no such owner in scope, or no number.
    """
    actor.need(Right.REVEAL)
    why = texts.required("reason", reason, 200)
    with write() as session:
        need_roll(session, actor, estate_id)
        owner = session.get(Owner, owner_id)
        if owner is None or owner.estate_id != estate_id:
            raise no_such_entry()
        if owner.phone is None:
            raise NotFound(N_("No number is known of this owner."))
        look = OwnerLook(owner_id=owner_id, account_id=actor.account_id, reason=why, at=now)
        session.add(look)
        session.flush()
        record(
            session,
            actor,
            now,
            "owner_phone_revealed",
            estate=estate_id,
            owner=owner_id,
            look=look.id,
        )
        return owner.phone
