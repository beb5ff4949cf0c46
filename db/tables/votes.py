"""The statutory vote 业主大会表决: its frozen roll, its questions, its ballots."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.types import Json, Word
from domain.ballots import Way
from domain.rights import Kind
from domain.services import Proof
from domain.standing import Channel
from domain.tally import Invalid, Silent
from domain.thresholds import Lane


class Vote(Base):
    """One vote. Where it stands is read from its times by `domain.votes.stage`.

    The questions are fixed when the notice is posted, roll and rules when a person opens it;
    each hash is that of what was fixed. `count_parking`, `silent` and `invalid` are the estate's
    rules of that moment. `invalid_chosen` settles a result that depends on invalid ballots.
    """

    __tablename__ = "votes"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    estate_id: Mapped[int] = mapped_column(refers("estates.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(refers("cases.id"), index=True)
    lane: Mapped[Lane] = mapped_column(Word(Lane))
    matter: Mapped[str]  # which item of art. 278, see `domain.lanes`
    title: Mapped[str]
    explanation: Mapped[str]
    seats: Mapped[int | None]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    noticed_on: Mapped[date | None]  # the day on which the notice was posted
    meets_on: Mapped[date | None]  # the first day of voting, as the notice says
    closes_at: Mapped[datetime | None]
    notice_days: Mapped[int | None]  # the period that held when the notice was posted
    questions_hash: Mapped[str | None]
    silent: Mapped[Silent] = mapped_column(Word(Silent), default=Silent.STRICT)
    invalid: Mapped[Invalid] = mapped_column(Word(Invalid), default=Invalid.BOTH)
    count_parking: Mapped[bool] = mapped_column(default=False)
    proxy_cap: Mapped[int | None]
    rules_source: Mapped[str | None]
    rules_hash: Mapped[str | None]
    roll_hash: Mapped[str | None]
    opened_at: Mapped[datetime | None]
    opened_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    counted_at: Mapped[datetime | None]
    invalid_chosen: Mapped[Invalid | None] = mapped_column(Word(Invalid))
    invalid_source: Mapped[str | None]  # the decision that settles it
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled: Mapped[str | None]  # why
    waived: Mapped[str | None]  # why there may be fewer candidates than the law's 1.2 a seat
    printed: Mapped[int] = mapped_column(default=0)  # paper ballots printed
    __table_args__ = (
        Index(
            "ix_votes_uncounted",
            "closes_at",
            sqlite_where=sql("opened_at IS NOT NULL AND counted_at IS NULL"),
            postgresql_where=sql("opened_at IS NOT NULL AND counted_at IS NULL"),
        ),
        STRICT,
    )


class Question(Base):
    """One matter that is voted on; in an election, one candidate.

    `name` is how the recount bundle calls it, unique within the vote.
    """

    __tablename__ = "questions"
    id: Mapped[RowId]
    vote_id: Mapped[int] = mapped_column(refers("votes.id"))
    position: Mapped[int]
    name: Mapped[str]
    text: Mapped[str]  # what is asked; of a candidate the statement
    photo_id: Mapped[int | None] = mapped_column(refers("photos.id"))
    owner_id: Mapped[int | None] = mapped_column(refers("owners.id"))  # of a candidate
    about: Mapped[dict[str, Any] | None] = mapped_column(Json)  # of a candidate, see `candidates`
    withdrawn_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("vote_id", "position"),
        UniqueConstraint("vote_id", "name"),
        STRICT,
    )


class Teller(Base):
    """Somebody named to see the ballots of one vote 计票人 and to key its paper."""

    __tablename__ = "tellers"
    id: Mapped[RowId]
    vote_id: Mapped[int] = mapped_column(refers("votes.id"))
    account_id: Mapped[int] = mapped_column(refers("accounts.id"))
    named_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("vote_id", "account_id"), STRICT)


class VoteRight(Base):
    """One head of the frozen roll, with the area of all its counted units (0.01 m²).

    Args:
        key: its owners' pseudonyms in this vote, or DEVELOPER; the bundle's `right`.
        building_id: where its largest unit lies; figures by building count it there.
        served_at: the first proof of service of one of its units.
        paper_at: a paper ballot was received, which closes the other ways.
    """

    __tablename__ = "vote_rights"
    id: Mapped[RowId]
    vote_id: Mapped[int] = mapped_column(refers("votes.id"))
    key: Mapped[str]
    area: Mapped[int]
    building_id: Mapped[int | None] = mapped_column(refers("buildings.id"))
    served_at: Mapped[datetime | None]
    paper_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("vote_id", "key"),
        Index("ix_vote_rights_building", "vote_id", "building_id", "id"),
        STRICT,
    )


class VoteOwner(Base):
    """The key between an owner and the pseudonym in one vote; tellers alone may use it."""

    __tablename__ = "vote_owners"
    id: Mapped[RowId]
    vote_id: Mapped[int] = mapped_column(refers("votes.id"))
    owner_id: Mapped[int] = mapped_column(refers("owners.id"), index=True)
    pseudonym: Mapped[str]
    __table_args__ = (
        UniqueConstraint("vote_id", "owner_id"),
        UniqueConstraint("vote_id", "pseudonym"),
        STRICT,
    )


class VoteUnit(Base):
    """One line of the frozen roll; `right_id` is empty for parking that does not count."""

    __tablename__ = "vote_units"
    id: Mapped[RowId]
    vote_id: Mapped[int] = mapped_column(refers("votes.id"))
    pseudonym: Mapped[str]
    label: Mapped[str]
    kind: Mapped[Kind] = mapped_column(Word(Kind))
    area: Mapped[int]
    owners: Mapped[str]  # pseudonyms joined by +
    developer: Mapped[bool]
    building_id: Mapped[int | None] = mapped_column(refers("buildings.id"))
    household_id: Mapped[int | None] = mapped_column(refers("households.id"))
    right_id: Mapped[int | None] = mapped_column(refers("vote_rights.id"), index=True)
    served_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("vote_id", "pseudonym"),
        Index("ix_vote_units_building", "vote_id", "building_id", "id"),
        STRICT,
    )


class Service(Base):
    """One proof that a unit's ballot was served 送达; one of each sort is enough."""

    __tablename__ = "services"
    id: Mapped[RowId]
    vote_id: Mapped[int] = mapped_column(refers("votes.id"))
    vote_unit_id: Mapped[int] = mapped_column(refers("vote_units.id"))
    proof: Mapped[Proof] = mapped_column(Word(Proof))
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(refers("accounts.id"))
    photo_id: Mapped[int | None] = mapped_column(refers("photos.id"), index=True)
    __table_args__ = (UniqueConstraint("vote_unit_id", "proof"), STRICT)


class BallotLink(Base):
    """A personal link to the ballot of one right: its secret is kept as a hash.

    `cookie_hash`: what the link was exchanged for, once. `way`: the owner's own, or a proxy's.
    """

    __tablename__ = "ballot_links"
    id: Mapped[RowId]
    vote_id: Mapped[int] = mapped_column(refers("votes.id"))
    right_id: Mapped[int] = mapped_column(refers("vote_rights.id"), index=True)
    way: Mapped[Way] = mapped_column(Word(Way))
    token_hash: Mapped[str] = mapped_column(unique=True)
    cookie_hash: Mapped[str | None] = mapped_column(unique=True)
    mandate_id: Mapped[int | None]
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    opened_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Ballot(Base):
    """One ballot as it came; never changed and never deleted.

    Args:
        seq: its event's number in the vote's chain; later ballots have a higher.
        choices: question positions to choices, such as `1:yes,2:abstain`, in order.
        salt: makes the event's digest say nothing of the choices to who has not the ballot.
        receipt_hash: of the code on the voter's receipt, which is made from the sent form's key:
            a second sending finds the first.
    """

    __tablename__ = "ballots"
    id: Mapped[RowId]
    vote_id: Mapped[int] = mapped_column(refers("votes.id"))
    # Without an index: what stands for a right is in `standing`, and each one costs every ballot.
    right_id: Mapped[int] = mapped_column(refers("vote_rights.id"))
    seq: Mapped[int]
    channel: Mapped[Channel] = mapped_column(Word(Channel))
    choices: Mapped[str]
    received_at: Mapped[datetime]
    salt: Mapped[str]
    receipt_hash: Mapped[str] = mapped_column(unique=True)
    paper_id: Mapped[int | None]
    account_id: Mapped[int | None] = mapped_column(refers("accounts.id"))
    __table_args__ = (UniqueConstraint("vote_id", "seq"), STRICT)


class Standing(Base):
    """Which ballot of a right stands; the primary key is what makes it one."""

    __tablename__ = "standing"
    right_id: Mapped[int] = mapped_column(refers("vote_rights.id"), primary_key=True)
    seq: Mapped[int]
    channel: Mapped[Channel] = mapped_column(Word(Channel))


class Turnout(Base):
    """How many rights a building has, how many are served, how many returned a ballot.

    Summary rows, changed in the transaction of their cause; no choice is in them. `building` is
    the building's id, 0 for rights without one.
    """

    __tablename__ = "turnouts"
    vote_id: Mapped[int] = mapped_column(refers("votes.id"), primary_key=True)
    building: Mapped[int] = mapped_column(primary_key=True)
    heads: Mapped[int]
    area: Mapped[int]
    served_heads: Mapped[int] = mapped_column(default=0)
    served_area: Mapped[int] = mapped_column(default=0)
    returned_heads: Mapped[int] = mapped_column(default=0)
    returned_area: Mapped[int] = mapped_column(default=0)


class TallyRow(Base):
    """What the standing ballots say to one question, counted from the ballots after the close."""

    __tablename__ = "tallies"
    question_id: Mapped[int] = mapped_column(refers("questions.id"), primary_key=True)
    yes_heads: Mapped[int]
    yes_area: Mapped[int]
    no_heads: Mapped[int]
    no_area: Mapped[int]
    abstain_heads: Mapped[int]
    abstain_area: Mapped[int]
    invalid_heads: Mapped[int]
    invalid_area: Mapped[int]
    silent_heads: Mapped[int]
    silent_area: Mapped[int]


class Paper(Base):
    """One numbered paper ballot. Where it is, is read from its times."""

    __tablename__ = "papers"
    id: Mapped[RowId]
    vote_id: Mapped[int] = mapped_column(refers("votes.id"))
    number: Mapped[int]
    right_id: Mapped[int | None] = mapped_column(refers("vote_rights.id"), index=True)
    issued_at: Mapped[datetime | None]
    spoiled_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]  # its choices agreed and its ballot was cast
    __table_args__ = (UniqueConstraint("vote_id", "number"), STRICT)


class Keying(Base):
    """What one person read on a paper ballot, without seeing what the other read.

    `place`: 1 and 2 are the two who key blind, 3 settles a difference.
    """

    __tablename__ = "keyings"
    id: Mapped[RowId]
    paper_id: Mapped[int] = mapped_column(refers("papers.id"))
    place: Mapped[int]
    account_id: Mapped[int] = mapped_column(refers("accounts.id"))
    choices: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("paper_id", "place"),
        UniqueConstraint("paper_id", "account_id"),
        STRICT,
    )


class Objection(Base):
    """A written objection 异议 in a period of display, and its answer."""

    __tablename__ = "objections"
    id: Mapped[RowId]
    vote_id: Mapped[int] = mapped_column(refers("votes.id"), index=True)
    about: Mapped[str]  # roll, candidates or result
    text: Mapped[str]
    by: Mapped[str]
    received_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(refers("accounts.id"))


class Draw(Base):
    """A lot drawn before two witnesses: the winners' names in the order drawn."""

    __tablename__ = "draws"
    id: Mapped[RowId]
    vote_id: Mapped[int] = mapped_column(refers("votes.id"), unique=True)
    winners: Mapped[list[str]] = mapped_column(Json)
    tied: Mapped[list[str]] = mapped_column(Json)
    how: Mapped[str]
    witness_one: Mapped[str]
    witness_two: Mapped[str]
    drawn_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
