"""The owners' roll 业主名册: owners, their units, who speaks for them, the estate's own rules.

It lives on: a vote copies what it needs when it is opened.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.types import Json, Word
from domain.mandates import MandateKind
from domain.rights import Kind
from domain.tally import Invalid, Silent


class Owner(Base):
    """One person or company that owns something in an estate.

    Whether two rows of one name are one person is worked out by `domain.roll_matching` and
    settled in `owner_verdicts`; a row that turned out to be another's points to it.
    """

    __tablename__ = "owners"
    id: Mapped[RowId]
    estate_id: Mapped[int] = mapped_column(refers("estates.id"))
    name: Mapped[str]
    initials: Mapped[str]
    phone: Mapped[str | None] = mapped_column(index=True)
    company: Mapped[bool] = mapped_column(default=False)
    document_hash: Mapped[str | None]  # keyed, of the ID or licence number
    document_tail: Mapped[str | None]  # its last four characters, for people to compare
    merged_into_id: Mapped[int | None] = mapped_column(refers("owners.id"), index=True)
    erased_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_owners_estate", "estate_id", "document_hash"), STRICT)


class RollUnit(Base):
    """One line of the roll: a dwelling, a shop or a parking space; `area` in 0.01 m².

    `key` is what two spellings of its place have in common, see `domain.roll_rows.unit_key`. A
    unit that left the roll is not `active`; its row stays for what refers to it.
    """

    __tablename__ = "roll_units"
    id: Mapped[RowId]
    estate_id: Mapped[int] = mapped_column(refers("estates.id"))
    building_id: Mapped[int | None] = mapped_column(refers("buildings.id"), index=True)
    household_id: Mapped[int | None] = mapped_column(refers("households.id"), index=True)
    key: Mapped[str]
    room: Mapped[str]
    kind: Mapped[Kind] = mapped_column(Word(Kind))
    area: Mapped[int]
    developer: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (UniqueConstraint("estate_id", "key"), STRICT)


class Ownership(Base):
    """An owner of a unit; several are joint owners 共有人.

    `phone` is the number that was given with this unit: it tells who is who beside the name, and
    one owner may have given another with another unit.
    """

    __tablename__ = "ownerships"
    roll_unit_id: Mapped[int] = mapped_column(refers("roll_units.id"), primary_key=True)
    owner_id: Mapped[int] = mapped_column(refers("owners.id"), primary_key=True, index=True)
    phone: Mapped[str | None] = mapped_column(index=True)


class OwnerVerdict(Base):
    """What a person decided about two owners of one name: one person, or two."""

    __tablename__ = "owner_verdicts"
    first_id: Mapped[int] = mapped_column(refers("owners.id"), primary_key=True)  # the smaller id
    second_id: Mapped[int] = mapped_column(refers("owners.id"), primary_key=True, index=True)
    same: Mapped[bool]
    decided_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    decided_at: Mapped[datetime]


class OwnerLook(Base):
    """Why somebody looked at an owner's whole telephone number."""

    __tablename__ = "owner_looks"
    id: Mapped[RowId]
    owner_id: Mapped[int] = mapped_column(refers("owners.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(refers("accounts.id"))
    reason: Mapped[str]
    at: Mapped[datetime]


class Mandate(Base):
    """Who speaks for a voting right 代表、监护、委托: of one vote, or until it is revoked.

    `right` is the right's name as `domain.rights.right_name` makes it of owner ids. `vote_id`
    refers to a vote, whose table is younger than this one.
    """

    __tablename__ = "mandates"
    id: Mapped[RowId]
    estate_id: Mapped[int] = mapped_column(refers("estates.id"))
    vote_id: Mapped[int | None]
    owner_id: Mapped[int | None] = mapped_column(refers("owners.id"), index=True)
    right: Mapped[str]
    kind: Mapped[MandateKind] = mapped_column(Word(MandateKind))
    holder_name: Mapped[str]
    holder_phone: Mapped[str | None] = mapped_column(index=True)
    photo_id: Mapped[int | None] = mapped_column(refers("photos.id"), index=True)
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    recorded_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_mandates_estate", "estate_id", "vote_id"), STRICT)


class EstateRule(Base):
    """The estate's rules of procedure 议事规则 from a day on; a change is a new row.

    Days that are None are the law's or the house's own, see `domain.timetable`.
    """

    __tablename__ = "estate_rules"
    id: Mapped[RowId]
    estate_id: Mapped[int] = mapped_column(refers("estates.id"))
    silent: Mapped[Silent] = mapped_column(Word(Silent), default=Silent.STRICT)
    invalid: Mapped[Invalid] = mapped_column(Word(Invalid), default=Invalid.BOTH)
    count_parking: Mapped[bool] = mapped_column(default=False)
    proxy_cap: Mapped[int]
    lookers: Mapped[Any] = mapped_column(Json)  # accounts that may see ballots, by id
    notice_days: Mapped[int | None]
    agenda_days: Mapped[int | None]
    objection_days: Mapped[int | None]
    publish_days: Mapped[int | None]
    source: Mapped[str]
    effective: Mapped[date]
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    recorded_at: Mapped[datetime]
    __table_args__ = (Index("ix_estate_rules_estate", "estate_id", "effective", "id"), STRICT)
