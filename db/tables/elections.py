"""The election 业主委员会选举: who prepares it, who is asked and told, who was elected."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.types import Word
from domain.committees import Left, Office
from domain.outreach import Contacted
from domain.preparation import Seat


class GroupMember(Base):
    """A member of a vote's preparation group 筹备组."""

    __tablename__ = "group_members"
    id: Mapped[RowId]
    vote_id: Mapped[int] = mapped_column(refers("votes.id"))
    position: Mapped[int]
    name: Mapped[str]
    seat: Mapped[Seat] = mapped_column(Word(Seat))
    party: Mapped[bool] = mapped_column(default=False)
    heads: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (UniqueConstraint("vote_id", "position"), STRICT)


class CandidateDisplay(Base):
    """The public display of the candidates 候选人公示, with its period for objections.

    A change of the candidates ends it: what was displayed are others.
    """

    __tablename__ = "candidate_displays"
    id: Mapped[RowId]
    vote_id: Mapped[int] = mapped_column(refers("votes.id"), index=True)
    displayed_on: Mapped[date]
    until_on: Mapped[date]
    days_source: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    ended_at: Mapped[datetime | None]


class CommitteeTerm(Base):
    """A committee from its election to the end of its term."""

    __tablename__ = "committee_terms"
    id: Mapped[RowId]
    estate_id: Mapped[int] = mapped_column(refers("estates.id"))
    vote_id: Mapped[int | None] = mapped_column(refers("votes.id"), unique=True)
    seats: Mapped[int]
    elected_on: Mapped[date]
    begins_on: Mapped[date]
    ends_on: Mapped[date]  # its last day
    years_source: Mapped[str]
    filed_on: Mapped[date | None]
    filed_number: Mapped[str | None]  # of the receipt 备案回执
    filed_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    __table_args__ = (Index("ix_committee_terms_estate", "estate_id", "elected_on"), STRICT)


class CommitteeMember(Base):
    """One name on a committee's list; alternates stand behind the elected, in rank order.

    Args:
        sits_from: the first day in a seat; None for an alternate who waits.
        left_on: the day from which the seat is free, or the alternate no longer waits.
    """

    __tablename__ = "committee_members"
    id: Mapped[RowId]
    term_id: Mapped[int] = mapped_column(refers("committee_terms.id"))
    position: Mapped[int]
    name: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(refers("owners.id"), index=True)
    office: Mapped[Office] = mapped_column(Word(Office))
    sits_from: Mapped[date | None]
    left_on: Mapped[date | None]
    left: Mapped[Left | None] = mapped_column(Word(Left))
    left_note: Mapped[str | None]
    __table_args__ = (UniqueConstraint("term_id", "position"), STRICT)


class Attendance(Base):
    """Whether a member was present at the meeting that a committee's vote was taken in."""

    __tablename__ = "attendances"
    vote_id: Mapped[int] = mapped_column(refers("votes.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(refers("committee_members.id"), primary_key=True)
    right_id: Mapped[int] = mapped_column(refers("vote_rights.id"), unique=True)
    present: Mapped[bool]
    __table_args__ = (Index("ix_attendances_member", "member_id"), STRICT)


class Consultation(Base):
    """A question about a vote 咨询, asked on the guide page or written down by a helper.

    Args:
        phone: only to call back; the answer stands on the guide page once it is made public.
        held_for: the limit that held it back; nobody is waiting for an answer then.
        asked, said: how question and answer stand on the guide page, checked by a person.
    """

    __tablename__ = "consultations"
    id: Mapped[RowId]
    estate_id: Mapped[int] = mapped_column(refers("estates.id"))
    vote_id: Mapped[int | None] = mapped_column(refers("votes.id"), index=True)
    text: Mapped[str]
    name: Mapped[str | None]
    phone: Mapped[str | None] = mapped_column(index=True)
    held_for: Mapped[str | None]
    received_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    called: Mapped[bool] = mapped_column(default=False)  # the answer was given by phone
    revealed_for: Mapped[str | None]  # why the number was shown whole, a line each time
    asked: Mapped[str | None]
    said: Mapped[str | None]
    published_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_consultations_estate", "estate_id", "received_at"), STRICT)


class Outreach(Base):
    """A household was told of a vote: one unit of the roll, one way."""

    __tablename__ = "outreaches"
    id: Mapped[RowId]
    vote_id: Mapped[int] = mapped_column(refers("votes.id"))
    roll_unit_id: Mapped[int] = mapped_column(refers("roll_units.id"), index=True)
    way: Mapped[Contacted] = mapped_column(Word(Contacted))
    on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    __table_args__ = (UniqueConstraint("vote_id", "roll_unit_id", "way", "on"), STRICT)
