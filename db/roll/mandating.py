"""Mandates are recorded and revoked: written, within the cap, never the property company's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once, photos
from db.engine import write
from db.events import record
from db.numbers import new_code
from db.roll.live import LiveUnit, live_units
from db.roll.mandates import MandateRow, mandates_of, right_of
from db.roll.owners import contacts
from db.roll.rules import rules_of
from db.roll.scope import need_roll, no_such_entry
from db.tables import Account, AccountRole, Estate
from db.tables.roll import Mandate, Owner
from db.tables.votes import Vote
from domain.days import local_time
from domain.errors import N_, FieldError, Refused
from domain.mandates import Holder, MandateKind, check_mandate, is_same_holder
from domain.names import clean_name
from domain.people import Actor, Right, Role
from domain.photos import PhotoIn
from domain.private_text import normal_phone


@dataclass(frozen=True, slots=True)
class MandateForm:
    """What somebody wrote down of a mandate.

    Args:
        unit_id: any unit of the right that is spoken for.
        written, not_of_property: ticked, see `domain.mandates`.
        paper: a photo of the written authority.
    """

    unit_id: int
    kind: MandateKind
    holder_name: str
    holder_phone: str = ""
    vote_id: int | None = None
    written: bool = False
    not_of_property: bool = False
    paper: PhotoIn | None = None


def record_mandate(
    actor: Actor,
    now: datetime,
    estate_id: int,
    form: MandateForm,
    once_key: str | None = None,
) -> None:
    """Record who speaks for the right that a unit belongs to.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`.
        FieldError, NoMandate: what the rules ask for, see `domain.mandates`.
        Refused: somebody speaks for this right already.
    """
    actor.need(Right.RUN_VOTES)
    name = clean_name("holder_name", form.holder_name)
    phone = _phone(form.holder_phone)
    with write() as session:
        estate = need_roll(session, actor, estate_id, lock=True)
        if once.claim(session, once_key, new_code(), now) is not None:
            return
        unit = _unit(session, estate_id, form.unit_id)
        owners = contacts(session, unit.owner_ids)
        right = right_of(unit)
        vote = _vote(session, estate_id, form)
        vote_id = vote.id if vote else None
        held = mandates_of(session, estate_id, vote_id)
        rules = rules_of(session, estate_id, local_time(now).date())
        holder = Holder(name, phone)
        check_mandate(
            form.kind,
            holder,
            owners=[owner for owner, _ in owners.values()],
            company=unit.developer or _is_company(session, unit.owner_ids),
            vote_id=vote_id,
            written=form.written,
            not_of_property=form.not_of_property,
            property_staff=_property_staff(session, estate),
            held=_held(held, holder),
            right=right,
            # A vote that was opened keeps the rules of that day.
            cap=rules.proxy_cap if vote is None or vote.proxy_cap is None else vote.proxy_cap,
        )
        proxy = form.kind is MandateKind.PROXY
        if any(one.right == right and (one.kind is MandateKind.PROXY) is proxy for one in held):
            raise Refused(
                N_("Somebody speaks for these owners already. Revoke that mandate first.")
            )
        row = Mandate(
            estate_id=estate_id,
            vote_id=vote_id,
            owner_id=None if unit.developer else unit.owner_ids[0],
            right=right,
            kind=form.kind,
            holder_name=name,
            holder_phone=phone,
            photo_id=photos.store(session, form.paper, now) if form.paper else None,
            recorded_by=actor.account_id,
            recorded_at=now,
        )
        session.add(row)
        session.flush()
        record(
            session,
            actor,
            now,
            "mandate_recorded",
            estate=estate_id,
            mandate=row.id,
            mandate_kind=form.kind.value,
            vote=vote_id,
        )


def _phone(typed: str) -> str | None:
    if not typed.strip():
        return None
    phone = normal_phone(typed)
    if phone is None:
        raise FieldError("holder_phone", N_("This is not a telephone number. Correct it."))
    return phone


def _unit(session: Session, estate_id: int, unit_id: int) -> LiveUnit:
    units = live_units(session, estate_id)
    found = next((unit for unit in units if unit.id == unit_id), None)
    if found is None:
        raise no_such_entry()
    if not found.owner_ids and not found.developer:
        raise FieldError("unit", N_("The unit has no owner. Name one first."))
    return found


def _vote(session: Session, estate_id: int, form: MandateForm) -> Vote | None:
    """A proxy is for one vote of this estate; other mandates hold for all."""
    if form.kind is not MandateKind.PROXY or form.vote_id is None:
        return None
    vote = session.get(Vote, form.vote_id)
    if vote is None or vote.estate_id != estate_id:
        raise no_such_entry()
    return vote


def _is_company(session: Session, owner_ids: Collection[int]) -> bool:
    query = select(Owner.id).where(Owner.id.in_(owner_ids), Owner.company)
    return session.execute(query.limit(1)).first() is not None


def _property_staff(session: Session, estate: Estate) -> list[str]:
    if estate.property_id is None:
        return []
    query = (
        select(Account.name)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(
            Account.unit_id == estate.property_id, AccountRole.role == Role.PROPERTY, Account.active
        )
    )
    return list(session.scalars(query))


def _held(held: Collection[MandateRow], holder: Holder) -> set[str]:
    return {
        one.right
        for one in held
        if one.kind is MandateKind.PROXY
        and is_same_holder(holder, Holder(one.holder_name, one.holder_phone))
    }


def revoke_mandate(actor: Actor, now: datetime, mandate_id: int) -> None:
    """End a mandate; a second time changes nothing.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`.
    """
    actor.need(Right.RUN_VOTES)
    with write() as session:
        row = session.get(Mandate, mandate_id, with_for_update=True)
        if row is None:
            raise no_such_entry()
        need_roll(session, actor, row.estate_id)
        if row.revoked_at is None:
            row.revoked_at = now
            record(
                session,
                actor,
                now,
                "mandate_revoked",
                estate=row.estate_id,
                mandate=row.id,
            )
