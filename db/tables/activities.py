"""Activities 活动: rooms and their bookings, series and dates, sign-ups, calendar addresses."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.types import Word
from domain.activities import ActivityKind, News


class ActivityRoom(Base):
    """A room or place that can be booked: 文化活动中心, 睦邻亭."""

    __tablename__ = "activity_rooms"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    spot: Mapped[str]
    seats: Mapped[int | None]
    active: Mapped[bool]


class RoomBooking(Base):
    """A room taken for some time; `title` says what for and is shown to who finds it taken."""

    __tablename__ = "room_bookings"
    id: Mapped[RowId]
    room_id: Mapped[int] = mapped_column(refers("activity_rooms.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    title: Mapped[str]
    booked_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    __table_args__ = (Index("ix_room_bookings_room", "room_id", "starts_at"), STRICT)


class RoomSlot(Base):
    """A quarter hour of a room; that it is a key is what makes a double booking impossible."""

    __tablename__ = "room_slots"
    room_id: Mapped[int] = mapped_column(refers("activity_rooms.id"), primary_key=True)
    quarter: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(refers("room_bookings.id"), index=True)


class ActivitySeries(Base):
    """A weekly activity as it is planned from now on; its dates are rows of their own."""

    __tablename__ = "activity_series"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    weekday: Mapped[int]
    start_minute: Mapped[int]
    minutes: Mapped[int]
    skips_holidays: Mapped[bool]
    first_on: Mapped[date]
    last_on: Mapped[date]


class Activity(Base):
    """One thing that is held, alone or as a date of a series.

    Args:
        week: Monday of the week that the series planned it for; it stays when the date moves.
        by_hand: whether this one date was moved or cancelled by itself.
        capacity: None lets in as many as come.
        headcount: who came without signing up.
    """

    __tablename__ = "activities"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[ActivityKind] = mapped_column(Word(ActivityKind))
    title: Mapped[str]
    words: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    room_id: Mapped[int | None] = mapped_column(refers("activity_rooms.id"))
    booking_id: Mapped[int | None] = mapped_column(refers("room_bookings.id"), index=True)
    place: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(refers("units.id"), index=True)
    series_id: Mapped[int | None] = mapped_column(refers("activity_series.id"))
    week: Mapped[date | None]
    by_hand: Mapped[bool]
    public: Mapped[bool]
    sign_up: Mapped[bool]
    capacity: Mapped[int | None]
    headcount: Mapped[int | None]
    planned_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]
    __table_args__ = (
        UniqueConstraint("series_id", "week"),
        Index("ix_activities_starts", "starts_at", "id"),
        STRICT,
    )


class ActivitySignUp(Base):
    """Somebody who signed up or came; name and phone are erased some time afterwards.

    Args:
        seated_at: when they got a place; until then they wait.
        news: what they have to be told by phone.
    """

    __tablename__ = "activity_sign_ups"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    activity_id: Mapped[int] = mapped_column(refers("activities.id"))
    code_hash: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str | None]
    phone: Mapped[str | None]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    at_the_door: Mapped[bool]
    seated_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    came_at: Mapped[datetime | None]
    news: Mapped[News | None] = mapped_column(Word(News))
    rating: Mapped[int | None]
    opinion: Mapped[str | None]
    rated_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_activity_sign_ups_activity", "activity_id", "id"),
        Index("ix_activity_sign_ups_phone", "phone"),
        Index(
            "uq_activity_sign_ups_person",
            "activity_id",
            "phone",
            "name",
            unique=True,
            sqlite_where=sql("cancelled_at IS NULL"),
            postgresql_where=sql("cancelled_at IS NULL"),
        ),
        STRICT,
    )


class CalendarAddress(Base):
    """The secret address of somebody's calendar; a new one makes the old one useless."""

    __tablename__ = "calendar_addresses"
    id: Mapped[RowId]
    account_id: Mapped[int] = mapped_column(refers("accounts.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
