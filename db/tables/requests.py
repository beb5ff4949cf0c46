"""Requests for help 求助单, their offers, and who took them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.types import Word
from domain.escalation import Rung
from domain.offers import Ended, OfferState, Why
from domain.requests import Called, RequestState, Source, Urgency
from domain.skills import SkillKind
from domain.volunteers import Squad


def _where(condition: str) -> Any:
    return {"sqlite_where": sql(condition), "postgresql_where": sql(condition)}


OPEN = "state NOT IN ('closed', 'duplicate', 'cancelled', 'transferred')"


class HelpRequest(Base):
    """One request for help. Who asks for it stands in `request_people`, to be erased alone.

    `ladder` counts how often offering began anew; offers and rungs belong to one ladder.
    """

    __tablename__ = "requests"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    follow_hash: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[RequestState] = mapped_column(Word(RequestState))
    urgency: Mapped[Urgency] = mapped_column(Word(Urgency))
    source: Mapped[Source] = mapped_column(Word(Source))
    need: Mapped[str]
    skill: Mapped[SkillKind | None] = mapped_column(Word(SkillKind))
    squad: Mapped[Squad | None] = mapped_column(Word(Squad))
    dangerous: Mapped[bool] = mapped_column(default=False)
    strangers_only: Mapped[bool] = mapped_column(default=False)
    estate_id: Mapped[int | None] = mapped_column(refers("estates.id"))
    building_id: Mapped[int | None] = mapped_column(refers("buildings.id"))
    from_at: Mapped[datetime | None]  # agreed times; None: as soon as somebody can come
    until_at: Mapped[datetime | None]
    called: Mapped[Called | None] = mapped_column(Word(Called))
    case_id: Mapped[int | None] = mapped_column(refers("cases.id"))
    unit_id: Mapped[int | None] = mapped_column(refers("units.id"))  # the unit that asks
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    held_for: Mapped[str | None]  # why flooding held it back until somebody reads it
    seed: Mapped[str]
    ladder: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    offering_at: Mapped[datetime | None]  # when the ladder that counts now began
    ended_at: Mapped[datetime | None]
    reason: Mapped[str | None]  # why it was cancelled, transferred or given back
    same_as_id: Mapped[int | None] = mapped_column(refers("requests.id"))
    __table_args__ = (
        Index("ix_requests_open", "urgency", "made_at", **_where(OPEN)),
        Index("ix_requests_made", "made_at", "id"),
        Index("ix_requests_case", "case_id", "id"),
        Index("ix_requests_unit", "unit_id", "id"),
        STRICT,
    )


class RequestPerson(Base):
    """Whom the help is for: seen only by who needs it now, each look an event."""

    __tablename__ = "request_people"
    request_id: Mapped[int] = mapped_column(refers("requests.id"), primary_key=True)
    name: Mapped[str | None]
    phone: Mapped[str | None] = mapped_column(index=True)
    door: Mapped[str | None]  # the room, or how to find the place
    health: Mapped[str | None]
    consent_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class Unwanted(Base):
    """The resident does not wish to see this volunteer."""

    __tablename__ = "request_unwanted"
    request_id: Mapped[int] = mapped_column(refers("requests.id"), primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(refers("volunteers.id"), primary_key=True)


class OfferRow(Base):
    """A request offered to one volunteer; open while its state is `sent`."""

    __tablename__ = "offers"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    request_id: Mapped[int] = mapped_column(refers("requests.id"))
    ladder: Mapped[int]
    volunteer_id: Mapped[int] = mapped_column(refers("volunteers.id"))
    state: Mapped[OfferState] = mapped_column(Word(OfferState))
    sent_at: Mapped[datetime]
    sent_by: Mapped[int | None] = mapped_column(refers("accounts.id"))  # None: the ladder
    expires_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    why: Mapped[Why | None] = mapped_column(Word(Why))
    ended: Mapped[Ended | None] = mapped_column(Word(Ended))
    __table_args__ = (
        Index("ix_offers_request", "request_id", "id"),
        Index("ix_offers_volunteer", "volunteer_id", "sent_at"),
        # Nobody is offered two tasks at once, and one offer of a ladder is accepted.
        Index("uq_offers_open", "volunteer_id", unique=True, **_where("state = 'sent'")),
        Index(
            "uq_offers_accepted",
            "request_id",
            "ladder",
            unique=True,
            **_where("state = 'accepted'"),
        ),
        STRICT,
    )


class Assignment(Base):
    """Who took the request, and their way to the door and back."""

    __tablename__ = "assignments"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    request_id: Mapped[int] = mapped_column(refers("requests.id"))
    offer_id: Mapped[int] = mapped_column(refers("offers.id"), unique=True)
    volunteer_id: Mapped[int] = mapped_column(refers("volunteers.id"))
    accepted_at: Mapped[datetime]
    set_out_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]  # left, released, or the request ended without a visit
    absent: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None]
    photo_id: Mapped[int | None] = mapped_column(refers("photos.id"))
    __table_args__ = (
        Index("ix_assignments_volunteer", "volunteer_id", "accepted_at"),
        Index("ix_assignments_request", "request_id", "id"),
        # Nobody holds two tasks, and no request is held by two.
        Index(
            "uq_assignments_volunteer",
            "volunteer_id",
            unique=True,
            **_where("ended_at IS NULL"),
        ),
        Index("uq_assignments_request", "request_id", unique=True, **_where("ended_at IS NULL")),
        STRICT,
    )


class RequestRung(Base):
    """One rung of one ladder, raised once."""

    __tablename__ = "request_rungs"
    id: Mapped[RowId]
    request_id: Mapped[int] = mapped_column(refers("requests.id"))
    ladder: Mapped[int]
    rung: Mapped[Rung] = mapped_column(Word(Rung))
    raised_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("request_id", "ladder", "rung"), STRICT)
