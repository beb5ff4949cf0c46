"""The poll 意见征询: its options, and one answer a household."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.types import Word


class PollChannel(StrEnum):
    """How a household answered."""

    FOLLOW = "follow"  # from the page of its own report
    LINK = "link"  # by the link on its slip
    LOBBY = "lobby"  # by the poster in the lobby, with room and code
    PHONE = "phone"  # the desk wrote it down


class Poll(Base):
    """A question from a file to the households of an estate or of one building.

    `asked` households had been entered when it opened; none with an id above
    `newest_household_id` takes part. Whether it is open is read from its times.
    """

    __tablename__ = "polls"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(refers("cases.id"), index=True)
    round: Mapped[int]
    question: Mapped[str]
    estate_id: Mapped[int] = mapped_column(refers("estates.id"))
    building_id: Mapped[int | None] = mapped_column(refers("buildings.id"))
    asked: Mapped[int]
    newest_household_id: Mapped[int]
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    closes_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_note_id: Mapped[int | None] = mapped_column(refers("notes.id"))
    decision_id: Mapped[int | None] = mapped_column(refers("decisions.id"))
    lobby_code: Mapped[str] = mapped_column(unique=True)
    __table_args__ = (
        Index("ix_polls_estate", "estate_id", "id"),
        Index(
            "ix_polls_waiting",
            "closes_at",
            sqlite_where=sql("withdrawn_at IS NULL AND decision_id IS NULL"),
            postgresql_where=sql("withdrawn_at IS NULL AND decision_id IS NULL"),
        ),
        STRICT,
    )


class PollOption(Base):
    """One answer to choose from."""

    __tablename__ = "poll_options"
    id: Mapped[RowId]
    poll_id: Mapped[int] = mapped_column(refers("polls.id"))
    position: Mapped[int]
    text: Mapped[str]
    __table_args__ = (UniqueConstraint("poll_id", "position"), STRICT)


class PollAnswer(Base):
    """The one answer of a household; the last that was given before the close."""

    __tablename__ = "poll_answers"
    id: Mapped[RowId]
    poll_id: Mapped[int] = mapped_column(refers("polls.id"))
    household_id: Mapped[int] = mapped_column(refers("households.id"))
    option_id: Mapped[int] = mapped_column(refers("poll_options.id"))
    channel: Mapped[PollChannel] = mapped_column(Word(PollChannel))
    answered_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    account_id: Mapped[int | None] = mapped_column(refers("accounts.id"))
    __table_args__ = (UniqueConstraint("poll_id", "household_id"), STRICT)


class PollLink(Base):
    """What stands on a household's slip: a link that is exchanged once, and a short code.

    Neither is kept, only its hash; so is the secret that the link was exchanged for.
    """

    __tablename__ = "poll_links"
    id: Mapped[RowId]
    poll_id: Mapped[int] = mapped_column(refers("polls.id"))
    household_id: Mapped[int] = mapped_column(refers("households.id"))
    token_hash: Mapped[str] = mapped_column(unique=True)
    code_hash: Mapped[str]
    issued_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    pass_hash: Mapped[str | None] = mapped_column(unique=True)
    __table_args__ = (UniqueConstraint("poll_id", "household_id"), STRICT)
