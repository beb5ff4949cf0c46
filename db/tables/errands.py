"""The errand desk 代办点: services, errands, papers handed over, what was told."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.tables.community import ServiceClass
from db.types import Word
from domain.errands import StepKind

_OPEN: Any = {
    "sqlite_where": sql("ended_at IS NULL"),
    "postgresql_where": sql("ended_at IS NULL"),
}


class ErrandService(Base):
    """Something that the desk does for residents; `bring` has one paper a line."""

    __tablename__ = "errand_services"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    service_class: Mapped[ServiceClass] = mapped_column(Word(ServiceClass))
    bring: Mapped[str]
    limit_days: Mapped[int]  # working days
    doer: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)


class Errand(Base):
    """One errand. It is no file: nothing of the files' figures counts it.

    `ended_at` is when it was done or taken back; `reason` says why, if it was taken back.
    """

    __tablename__ = "errands"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    follow_hash: Mapped[str] = mapped_column(unique=True)
    service_id: Mapped[int] = mapped_column(refers("errand_services.id"), index=True)
    estate_id: Mapped[int | None] = mapped_column(refers("estates.id"))
    building_id: Mapped[int | None] = mapped_column(refers("buildings.id"))
    taken_at: Mapped[datetime]
    taken_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    needed_on: Mapped[date | None]
    due_at: Mapped[datetime]
    holder_id: Mapped[int | None] = mapped_column(refers("accounts.id"), index=True)
    ended_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    __table_args__ = (
        Index("ix_errands_open", "due_at", "id", **_OPEN),
        Index("ix_errands_ended", "ended_at", "id"),
        STRICT,
    )


class ErrandPerson(Base):
    """For whom it is: apart from the errand, so that it can be erased."""

    __tablename__ = "errand_people"
    errand_id: Mapped[int] = mapped_column(refers("errands.id"), primary_key=True)
    household_id: Mapped[int | None] = mapped_column(refers("households.id"), index=True)
    name: Mapped[str | None]
    phone: Mapped[str | None] = mapped_column(index=True)
    note: Mapped[str | None]
    erased_at: Mapped[datetime | None]


class ErrandPaper(Base):
    """A paper that the desk holds until it is given back."""

    __tablename__ = "errand_papers"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    errand_id: Mapped[int] = mapped_column(refers("errands.id"), index=True)
    name: Mapped[str]
    received_at: Mapped[datetime]
    received_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    returned_at: Mapped[datetime | None]
    returned_by: Mapped[int | None] = mapped_column(refers("accounts.id"))


class ErrandStep(Base):
    """What happened, in the words that the resident reads; `told` if said on the telephone too."""

    __tablename__ = "errand_steps"
    id: Mapped[RowId]
    errand_id: Mapped[int] = mapped_column(refers("errands.id"), index=True)
    kind: Mapped[StepKind] = mapped_column(Word(StepKind))
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    text: Mapped[str | None]
    told: Mapped[bool] = mapped_column(default=False)
