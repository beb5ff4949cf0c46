"""Paper ballots 纸质选票: numbered and printed, issued, spoiled, received."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db import once
from db.engine import read, write
from db.tables.votes import Keying, Paper, Vote, VoteRight
from db.votes.names import UnitLine, units_of
from db.votes.running import right_of, running
from db.votes.scope import asked, note, vote_seen
from db.votes.secret import receipt_of, secret_of
from domain.errors import N_, FieldError, Refused
from domain.people import Actor, Right
from domain.thresholds import Lane
from domain.votes import Stage

MOST_AT_ONCE = 5_000  # ballots printed by one click
MOST_SHEETS = 300  # that a browser still lays out at once


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper ballot to be printed; without a right it is filled in by hand when issued.

    Args:
        receipt: the code on its stub; it answers once the ballot is keyed.
    """

    number: int
    units: tuple[UnitLine, ...]
    area: int
    receipt: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """What all sheets of a vote have in common, and the sheets."""

    title: str
    explanation: str
    closes_at: datetime | None
    seats: int | None
    questions: tuple[tuple[int, str, str], ...]
    sheets: tuple[Sheet, ...]
    last: int


def print_papers(
    actor: Actor, now: datetime, code: str, many: int, key: str | None = None
) -> tuple[int, int]:
    """Number that many further ballots; returns the first and the last number.

    Raises:
        FieldError: no sensible number.
        Refused: the vote is not open.
    """
    if not 1 <= many <= MOST_AT_ONCE:
        raise FieldError(
            "many", N_("Print between 1 and {most} ballots at once."), most=MOST_AT_ONCE
        )
    with write() as session:
        vote = running(session, actor, now, code, Stage.OPEN)
        claimed = once.claim(session, key, f"{vote.printed + 1}-{vote.printed + many}", now)
        if claimed is not None:
            first, _, last = claimed.partition("-")
            return int(first), int(last)
        numbers = range(vote.printed + 1, vote.printed + many + 1)
        session.execute(
            insert(Paper), [{"vote_id": vote.id, "number": number} for number in numbers]
        )
        vote.printed += many
        secret_of(session)  # the receipts on the stubs are made from it when they are printed
        note(session, actor, now, vote, "papers_printed", first=numbers[0], last=numbers[-1])
        return numbers[0], numbers[-1]


def sheets(actor: Actor, code: str, first: int, last: int) -> Sheets:
    """The ballots of those numbers as they are printed, spoiled ones left out."""
    actor.need(Right.RUN_VOTES)
    with read() as session:
        vote = vote_seen(session, actor, code)
        papers = session.scalars(
            select(Paper)
            .where(Paper.vote_id == vote.id, Paper.number.between(first, last))
            .where(Paper.spoiled_at.is_(None), Paper.received_at.is_(None))
            .order_by(Paper.number)
            .limit(MOST_SHEETS)
        ).all()
        rights = {paper.right_id for paper in papers if paper.right_id is not None}
        units = units_of(session, rights)
        return Sheets(
            title=vote.title,
            explanation=vote.explanation,
            closes_at=vote.closes_at,
            seats=vote.seats if vote.lane is Lane.ELECTION else None,
            questions=tuple((one.position, one.name, one.text) for one in asked(session, vote)),
            sheets=tuple(
                Sheet(
                    paper.number,
                    units.get(paper.right_id or 0, ()),
                    sum(unit.area for unit in units.get(paper.right_id or 0, ())),
                    receipt_of(session, paper_key(paper.id)),
                )
                for paper in papers
            ),
            last=vote.printed,
        )


def paper_key(paper_id: int) -> str:
    """The once-only key of the ballot that a paper becomes."""
    return f"paper:{paper_id}"


def issue_papers(
    actor: Actor, now: datetime, code: str, right_ids: Sequence[int], key: str | None = None
) -> tuple[int, ...]:
    """Give each right the next unused ballot; returns their numbers.

    Raises:
        FieldError: none chosen, or one that is not on this vote's roll.
        Refused: too few are printed, or a right holds a ballot already.
    """
    wanted = list(dict.fromkeys(right_ids))
    if not wanted:
        raise FieldError("rights", N_("Choose who gets a ballot."))
    with write() as session:
        vote = running(session, actor, now, code, Stage.OPEN)
        taken = session.scalars(
            select(Paper.number)
            .where(Paper.vote_id == vote.id, Paper.right_id.in_(wanted))
            .where(Paper.spoiled_at.is_(None))
            .order_by(Paper.number)
        ).all()
        if once.claim(session, key, "issued", now) is not None:
            return tuple(taken)
        if taken:
            raise Refused(
                N_("Ballot {number} was issued for this right. Spoil it before another is given."),
                number=taken[0],
            )
        for right in wanted:
            right_of(session, vote, right)
        unused = session.scalars(
            select(Paper)
            .where(
                Paper.vote_id == vote.id,
                Paper.issued_at.is_(None),
                Paper.spoiled_at.is_(None),
            )
            .order_by(Paper.number)
            .limit(len(wanted))
        ).all()
        if len(unused) < len(wanted):
            raise Refused(
                N_("Only {left} printed ballots are left. Print more first."), left=len(unused)
            )
        for paper, right in zip(unused, wanted, strict=True):
            paper.issued_at, paper.right_id = now, right
            note(session, actor, now, vote, "paper_issued", number=paper.number, right=right)
        return tuple(paper.number for paper in unused)


def spoil(actor: Actor, now: datetime, code: str, number: int, key: str | None = None) -> None:
    """A ballot is void before it was handed in: misprinted, torn, or given back.

    Raises:
        FieldError: no such ballot.
        Refused: it was handed in; an unreadable one is keyed as invalid.
    """
    with write() as session:
        vote = running(session, actor, now, code, Stage.OPEN, Stage.COUNTING)
        if once.claim(session, key, "spoiled", now) is not None:
            return
        paper = paper_of(session, vote, number)
        if paper.spoiled_at is not None:
            return
        if paper.received_at is not None:
            raise Refused(
                N_("Ballot {number} was handed in. Key what cannot be read as invalid."),
                number=number,
            )
        paper.spoiled_at = now
        note(session, actor, now, vote, "paper_spoiled", number=number)


def receive(actor: Actor, now: datetime, code: str, number: int, key: str | None = None) -> None:
    """A signed ballot is handed in before the close: it counts, and the other ways are closed.

    Raises:
        FieldError: no such ballot, or it was not issued to anybody.
        Refused: it was spoiled, or the vote is closed.
    """
    with write() as session:
        vote = running(session, actor, now, code, Stage.OPEN)
        if once.claim(session, key, "received", now) is not None:
            return
        paper = paper_of(session, vote, number)
        if paper.spoiled_at is not None:
            raise Refused(N_("Ballot {number} was declared spoiled."), number=number)
        if paper.right_id is None:
            raise FieldError(
                "number", N_("Ballot {number} was never issued to anybody."), number=number
            )
        if paper.received_at is not None:
            return
        paper.received_at = now
        right = session.get_one(VoteRight, paper.right_id)
        right.paper_at = now
        note(session, actor, now, vote, "paper_received", number=number, right=right.id)


def take_back(actor: Actor, now: datetime, code: str, number: int, key: str | None = None) -> None:
    """A wrong number was typed when a ballot was received: undo it, before anybody keyed it.

    Raises:
        Refused: it was keyed, so it was there.
    """
    with write() as session:
        vote = running(session, actor, now, code, Stage.OPEN, Stage.COUNTING)
        if once.claim(session, key, "taken_back", now) is not None:
            return
        paper = paper_of(session, vote, number)
        if paper.received_at is None or paper.right_id is None:
            raise FieldError("number", N_("Ballot {number} was not handed in."), number=number)
        if session.scalar(select(Keying.id).where(Keying.paper_id == paper.id).limit(1)):
            raise Refused(N_("Ballot {number} was keyed already: it is there."), number=number)
        paper.received_at = None
        session.get_one(VoteRight, paper.right_id).paper_at = None
        note(session, actor, now, vote, "paper_receipt_undone", number=number)


def number_typed(text: str) -> int:
    """A ballot's number as somebody typed it.

    Raises:
        FieldError: it is none.
    """
    digits = unicodedata.normalize("NFKC", text).strip().lstrip("0")
    if not digits.isdecimal() or not digits.isascii() or len(digits) > 9:
        raise FieldError("number", N_("Type the number that is printed on the ballot."))
    return int(digits)


def paper_of(session: Session, vote: Vote, number: int) -> Paper:
    """A printed ballot by its number.

    Raises:
        FieldError: there is none.
    """
    paper = session.scalar(select(Paper).where(Paper.vote_id == vote.id, Paper.number == number))
    if paper is None:
        raise FieldError("number", N_("No ballot {number} was printed."), number=number)
    return paper
