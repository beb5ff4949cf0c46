"""Contact cards 联系卡: given out, shown behind their QR code, printed, taken back."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.engine import batch, read, write
from db.events import record
from db.names_of import names_of
from db.numbers import new_code
from db.tables import Building, Estate
from db.tables.volunteers import Card, SkillRow, VolunteerConsent, VolunteerRow
from db.volunteers.scope import in_sight, is_code, need_squad, volunteer_managed
from domain.cards import CardFace
from domain.days import local_day
from domain.errors import N_, FieldError, NotFound
from domain.people import Actor, Right
from domain.private_text import mask_name
from domain.skills import SkillKind
from domain.volunteers import Consent, Squad

MOST_CARDS = 200  # on one print page


class CardKind(StrEnum):
    """Who holds the printed card, which decides what stands on it."""

    PUBLIC = "public"  # hangs in the entrance: masked, reached by the duty line
    RESIDENT = "resident"  # a household's: what the volunteer agreed to
    STAFF = "staff"  # the duty desk's own


def issue(actor: Actor, now: datetime, code: str, valid_until: date) -> str:
    """Give out a card, in place of an earlier one; returns the card's code.

    Raises:
        NotFound: no such volunteer of the actor's squad.
        FieldError: a day that is over.
    """
    if valid_until < local_day(now):
        raise FieldError("valid_until", N_("Choose a day in the future."))
    with write() as session:
        person = volunteer_managed(session, actor, code)
        if person.left_on is not None:
            raise FieldError("valid_until", N_("Who left the squad has no card."))
        _revoke(session, person, now)
        row = Card(
            code=new_code(),
            volunteer_id=person.id,
            valid_until=valid_until,
            issued_at=now,
            issued_by=actor.account_id,
        )
        session.add(row)
        session.flush()
        record(session, actor, now, "card_issued", volunteer=person.id, card=row.id)
        return row.code


def issue_missing(actor: Actor, now: datetime, squad: Squad, valid_until: date) -> int:
    """Give a card to everybody of the squad who has no valid one; returns how many.

    Raises:
        NotAllowed: another squad's.
        FieldError: a day that is over.
    """
    with read() as session:
        need_squad(session, actor, squad)
        valid = select(Card.volunteer_id).where(
            Card.revoked_at.is_(None), Card.valid_until >= local_day(now)
        )
        codes = list(
            session.scalars(
                select(VolunteerRow.code)
                .where(
                    VolunteerRow.squad == squad,
                    VolunteerRow.left_on.is_(None),
                    VolunteerRow.id.not_in(valid),
                    in_sight(actor),
                )
                .order_by(VolunteerRow.id)
            )
        )
    with batch():
        for code in codes:
            issue(actor, now, code, valid_until)
    return len(codes)


def revoke(actor: Actor, now: datetime, code: str) -> None:
    """Take the volunteer's card back: its QR code shows nothing from now on."""
    with write() as session:
        person = volunteer_managed(session, actor, code)
        if _revoke(session, person, now):
            record(session, actor, now, "card_revoked", volunteer=person.id)


def public_card(card_code: str, now: datetime) -> CardFace:
    """What everybody sees behind a card's QR code.

    Raises:
        NotFound: the same for cards that are unknown, out of date or taken back.
    """
    with read() as session:
        found = session.execute(
            select(Card, VolunteerRow)
            .join(VolunteerRow, VolunteerRow.id == Card.volunteer_id)
            .where(
                Card.code == (card_code if is_code(card_code) else ""),
                Card.revoked_at.is_(None),
                Card.valid_until >= local_day(now),
                VolunteerRow.left_on.is_(None),
            )
        ).one_or_none()
        if found is None:
            raise NotFound(
                N_("This card is no longer valid. Please ring the duty line of the community.")
            )
        return _faces(session, [(found[0], found[1])], CardKind.PUBLIC, now)[0]


def cards_to_print(
    actor: Actor,
    now: datetime,
    kind: CardKind,
    *,
    squad: Squad | None = None,
    only: Collection[str] = (),
) -> list[CardFace]:
    """The valid cards in scope, by squad and number; printing them is written down.

    Args:
        only: volunteers' codes; none: all.
    """
    actor.need(Right.DISPATCH)
    query = (
        select(Card, VolunteerRow)
        .join(VolunteerRow, VolunteerRow.id == Card.volunteer_id)
        .where(
            Card.revoked_at.is_(None),
            Card.valid_until >= local_day(now),
            VolunteerRow.left_on.is_(None),
            in_sight(actor),
        )
        .order_by(VolunteerRow.squad, VolunteerRow.number)
        .limit(MOST_CARDS)
    )
    if squad is not None:
        query = query.where(VolunteerRow.squad == squad)
    if only:
        query = query.where(VolunteerRow.code.in_([code for code in only if is_code(code)]))
    with write() as session:
        found = [(row[0], row[1]) for row in session.execute(query)]
        faces = _faces(session, found, kind, now)
        if found:
            shown = [
                person.id for (_, person), face in zip(found, faces, strict=True) if face.phone
            ]
            record(
                session,
                actor,
                now,
                "cards_printed",
                card_kind=kind.value,
                cards=[card.id for card, _ in found],
                phones_of=shown,
            )
        return faces


def _revoke(session: Session, person: VolunteerRow, now: datetime) -> bool:
    gone = session.execute(
        update(Card)
        .where(Card.volunteer_id == person.id, Card.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(Card.id)
    )
    return bool(gone.all())


def _faces(
    session: Session,
    pairs: Sequence[tuple[Card, VolunteerRow]],
    kind: CardKind,
    now: datetime,
) -> list[CardFace]:
    ids = [person.id for _, person in pairs]
    consents: dict[int, set[Consent]] = {key: set() for key in ids}
    today = local_day(now)
    for key, consent in session.execute(
        select(VolunteerConsent.volunteer_id, VolunteerConsent.consent).where(
            VolunteerConsent.volunteer_id.in_(ids),
            VolunteerConsent.withdrawn_at.is_(None),
            VolunteerConsent.valid_until.is_(None) | (VolunteerConsent.valid_until >= today),
        )
    ):
        consents[key].add(consent)
    skills: dict[int, list[SkillKind]] = {key: [] for key in ids}
    for key, skill in session.execute(
        select(SkillRow.volunteer_id, SkillRow.kind)
        .where(
            SkillRow.volunteer_id.in_(ids),
            SkillRow.verified_at.is_not(None),
            SkillRow.valid_until.is_(None) | (SkillRow.valid_until >= today),
        )
        .order_by(SkillRow.id)
    ):
        skills[key].append(skill)
    estates = names_of(session, Estate, (person.estate_id for _, person in pairs))
    buildings = names_of(session, Building, (person.building_id for _, person in pairs))
    return [
        _face(
            card,
            person,
            kind,
            consents[person.id],
            tuple(skills[person.id]),
            [estates.get(person.estate_id), buildings.get(person.building_id)],
        )
        for card, person in pairs
    ]


def _face(
    card: Card,
    person: VolunteerRow,
    kind: CardKind,
    agreed: set[Consent],
    skills: tuple[SkillKind, ...],
    where: list[str | None],
) -> CardFace:
    staff, public = kind is CardKind.STAFF, kind is CardKind.PUBLIC
    name: str | None = person.name
    if not staff and Consent.NAME_ON_CARD not in agreed:
        name = None
    elif public:
        name = mask_name(person.name)
    by_phone = Consent.PHONE_FOR_DISPATCH if staff else Consent.PHONE_ON_CARD
    near = staff or (not public and Consent.BUILDING_ON_CARD in agreed)
    return CardFace(
        code=card.code,
        number=person.number,
        squad=person.squad,
        name=name,
        skills=skills if staff or Consent.SKILLS_ON_CARD in agreed else (),
        where=" ".join(part for part in where if part) or None if near else None,
        phone=person.phone if not public and by_phone in agreed else None,
        can_do=person.can_do,
        cannot_do=person.cannot_do,
        valid_until=card.valid_until,
    )
