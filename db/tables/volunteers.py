"""Volunteers 志愿者: people and their consents, skills, hours of the week, shifts, service."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.types import Word
from domain.service_hours import Source
from domain.skills import SkillKind
from domain.volunteers import Consent, Squad


def _where(condition: str) -> Any:
    return {"sqlite_where": sql(condition), "postgresql_where": sql(condition)}


class VolunteerRow(Base):
    """A person of a squad. `account_id` is what their phone signs in as, once they have one.

    `last_offered_at` is kept by whoever makes offers. Times of the day are minutes from 00:00.
    """

    __tablename__ = "volunteers"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)  # on the card, such as 0017
    account_id: Mapped[int | None] = mapped_column(refers("accounts.id"), unique=True)
    name: Mapped[str]
    initials: Mapped[str]
    phone: Mapped[str | None] = mapped_column(index=True)
    squad: Mapped[Squad] = mapped_column(Word(Squad))
    leader: Mapped[bool] = mapped_column(default=False)
    estate_id: Mapped[int | None] = mapped_column(refers("estates.id"))
    building_id: Mapped[int | None] = mapped_column(refers("buildings.id"))
    can_do: Mapped[str] = mapped_column(default="")
    cannot_do: Mapped[str] = mapped_column(default="")
    quiet_from: Mapped[int | None]
    quiet_to: Mapped[int | None]
    insured_until: Mapped[date | None]
    paused_until: Mapped[datetime | None]
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    last_offered_at: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_volunteers_squad", "squad", "left_on"),
        Index(
            "ix_volunteers_initials", "initials", postgresql_ops={"initials": "text_pattern_ops"}
        ),
        STRICT,
    )


class VolunteerConsent(Base):
    """What one volunteer agreed to, from when, and until when; withdrawn ones stay."""

    __tablename__ = "volunteer_consents"
    id: Mapped[RowId]
    volunteer_id: Mapped[int] = mapped_column(refers("volunteers.id"))
    consent: Mapped[Consent] = mapped_column(Word(Consent))
    given_at: Mapped[datetime]
    valid_until: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    __table_args__ = (
        Index(
            "uq_volunteer_consents_standing",
            "volunteer_id",
            "consent",
            unique=True,
            **_where("withdrawn_at IS NULL"),
        ),
        STRICT,
    )


class SkillRow(Base):
    """A skill with its proof. It counts once somebody else has verified it."""

    __tablename__ = "skills"
    id: Mapped[RowId]
    volunteer_id: Mapped[int] = mapped_column(refers("volunteers.id"))
    kind: Mapped[SkillKind] = mapped_column(Word(SkillKind))
    proof: Mapped[str]
    photo_id: Mapped[int | None] = mapped_column(refers("photos.id"))
    valid_until: Mapped[date | None]
    verified_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    verified_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("volunteer_id", "kind"), STRICT)


class Availability(Base):
    """Hours of every week in which a volunteer may be asked; see `domain.availability`."""

    __tablename__ = "availabilities"
    id: Mapped[RowId]
    volunteer_id: Mapped[int] = mapped_column(refers("volunteers.id"))
    weekday: Mapped[int]
    from_minute: Mapped[int]
    to_minute: Mapped[int]
    __table_args__ = (
        UniqueConstraint("volunteer_id", "weekday", "from_minute", "to_minute"),
        STRICT,
    )


class Shift(Base):
    """On call 值班: one squad from one moment to another."""

    __tablename__ = "shifts"
    id: Mapped[RowId]
    squad: Mapped[Squad] = mapped_column(Word(Squad))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("squad", "starts_at"),
        Index("ix_shifts_ends", "ends_at", "starts_at"),
        STRICT,
    )


class ShiftPost(Base):
    """Who is on call in a shift: 0 is the primary, then the backups in order."""

    __tablename__ = "shift_posts"
    id: Mapped[RowId]
    shift_id: Mapped[int] = mapped_column(refers("shifts.id"))
    volunteer_id: Mapped[int] = mapped_column(refers("volunteers.id"), index=True)
    position: Mapped[int]
    swapped_from: Mapped[int | None] = mapped_column(refers("volunteers.id"))
    __table_args__ = (
        UniqueConstraint("shift_id", "position"),
        UniqueConstraint("shift_id", "volunteer_id"),
        STRICT,
    )


class Swap(Base):
    """A volunteer asks to be relieved of a post, and another takes it."""

    __tablename__ = "swaps"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    shift_id: Mapped[int] = mapped_column(refers("shifts.id"), index=True)
    asked_by: Mapped[int] = mapped_column(refers("volunteers.id"))
    asked_of: Mapped[int | None] = mapped_column(refers("volunteers.id"))  # None: the squad
    asked_at: Mapped[datetime]
    taken_by: Mapped[int | None] = mapped_column(refers("volunteers.id"))
    taken_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    __table_args__ = (
        Index(
            "uq_swaps_open",
            "shift_id",
            "asked_by",
            unique=True,
            **_where("taken_at IS NULL AND withdrawn_at IS NULL"),
        ),
        STRICT,
    )


class ServiceHours(Base):
    """From arrival to departure, travel left out. What was corrected stays: see `corrects_id`.

    `source_id` is the row that the service was for; no foreign key, as it may be of any room.
    """

    __tablename__ = "service_hours"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    volunteer_id: Mapped[int] = mapped_column(refers("volunteers.id"))
    source: Mapped[Source] = mapped_column(Word(Source))
    source_id: Mapped[int | None]
    arrived_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    note: Mapped[str | None]
    entered_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    entered_at: Mapped[datetime]
    corrects_id: Mapped[int | None] = mapped_column(refers("service_hours.id"), unique=True)
    confirmed_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    confirmed_at: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_service_hours_volunteer", "volunteer_id", "arrived_at"),
        Index("ix_service_hours_arrived", "arrived_at"),
        Index(
            "ix_service_hours_waiting",
            "arrived_at",
            "volunteer_id",
            **_where("confirmed_at IS NULL"),
        ),
        # One arrival for one piece of service, however often the button is pressed.
        Index(
            "uq_service_hours_source",
            "volunteer_id",
            "source",
            "source_id",
            unique=True,
            **_where("source_id IS NOT NULL AND corrects_id IS NULL"),
        ),
        STRICT,
    )


class Absence(Base):
    """Accepted and then absent: the only thing held against anybody, and it may be appealed."""

    __tablename__ = "absences"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    volunteer_id: Mapped[int] = mapped_column(refers("volunteers.id"))
    source: Mapped[Source] = mapped_column(Word(Source))
    source_id: Mapped[int | None]
    happened_at: Mapped[datetime]
    comment: Mapped[str]
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    recorded_at: Mapped[datetime]
    appeal: Mapped[str | None]
    appealed_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    settled_at: Mapped[datetime | None]
    stands: Mapped[bool | None]  # what became of the appeal
    __table_args__ = (UniqueConstraint("volunteer_id", "source", "source_id"), STRICT)


class Card(Base):
    """A contact card 联系卡 that was given out; its code is in the QR code that it carries."""

    __tablename__ = "cards"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    volunteer_id: Mapped[int] = mapped_column(refers("volunteers.id"), index=True)
    valid_until: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    revoked_at: Mapped[datetime | None]


class Slip(Base):
    """A sign-in slip 登录凭条 for one volunteer's own phone; kept as a hash, used up once."""

    __tablename__ = "slips"
    id: Mapped[RowId]
    volunteer_id: Mapped[int] = mapped_column(refers("volunteers.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
