"""Paper is keyed blind by two tellers; where they differ a third one's reading holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db import once
from db.engine import read, write
from db.tables.votes import Keying
from db.votes import box
from db.votes.papers import paper_key, paper_of
from db.votes.running import as_teller
from db.votes.scope import asked, need_teller, note, vote_seen
from db.votes.secret import receipt_of
from domain.ballots import check_choices, write_choices
from domain.errors import N_, Refused
from domain.papers import Waits, next_reading, waits_for
from domain.people import Actor, Right
from domain.standing import Channel, Choice
from domain.thresholds import Lane


@dataclass(frozen=True, slots=True)
class KeyingForm:
    """What a teller keys a ballot into.

    Args:
        questions: position and name of each.
        seats: of an election, in which candidates are chosen and not answered.
    """

    questions: tuple[tuple[int, str], ...]
    seats: int | None


@dataclass(frozen=True, slots=True)
class Keyed:
    """What a reading led to; `waits` is None once the ballot is in the box."""

    number: int
    waits: Waits | None


def keying_form(actor: Actor, code: str) -> KeyingForm:
    """The questions, for a named teller.

    Raises:
        NotAllowed: being in the office is not enough.
    """
    actor.need(Right.FIGURES)
    with read() as session:
        vote = vote_seen(session, actor, code)
        need_teller(session, actor, vote)
        questions = tuple((one.position, one.name) for one in asked(session, vote))
        return KeyingForm(questions, vote.seats if vote.lane is Lane.ELECTION else None)


def key_paper(
    actor: Actor,
    now: datetime,
    code: str,
    number: int,
    choices: Mapping[int, Choice],
    key: str | None = None,
) -> Keyed:
    """Keep what this teller read; two equal readings, or the third, go into the box.

    Nothing of what others read is returned.

    Args:
        choices: by the question's position; in an election the candidates who are chosen, or an
            INVALID one for a ballot that cannot be counted.

    Raises:
        FieldError: no such ballot, or a question without an answer.
        AlreadyKeyed: the same teller again.
        Refused: it was not handed in, it is settled, or the vote is counted.
    """
    with write() as session:
        vote = as_teller(session, actor, now, code)
        paper = paper_of(session, vote, number)
        earlier = session.execute(
            select(Keying.account_id, Keying.choices)
            .where(Keying.paper_id == paper.id)
            .order_by(Keying.place)
        ).all()
        if once.claim(session, key, "keyed", now) is not None:
            return Keyed(number, None if paper.settled_at else waits_for(len(earlier)))
        if paper.received_at is None or paper.spoiled_at is not None or paper.right_id is None:
            raise Refused(N_("Ballot {number} was not handed in."), number=number)
        if paper.settled_at is not None:
            raise Refused(N_("Ballot {number} is settled already."), number=number)
        if vote.lane is Lane.ELECTION:
            choices = {place: one for place, one in choices.items() if one is not Choice.ABSTAIN}
        positions = {one.position for one in asked(session, vote)}
        check_choices(choices, positions, vote.seats, by_hand=True)
        text = write_choices(choices)
        then = next_reading([(row[0], row[1]) for row in earlier], actor.account_id or 0, text)
        reading = Keying(
            paper_id=paper.id,
            place=then.place,
            account_id=actor.account_id,
            choices=text,
            at=now,
        )
        session.add(reading)
        session.flush()
        note(session, actor, now, vote, "paper_keyed", number=number, place=then.place)
        if then.settled is None:
            return Keyed(number, waits_for(then.place))
        paper.settled_at = now
        box.take(
            session,
            box.BallotIn(
                actor=actor,
                vote_id=vote.id,
                right_id=paper.right_id,
                channel=Channel.PAPER,
                choices=then.settled,
                receipt=receipt_of(session, paper_key(paper.id)),
                now=now,
                paper_id=paper.id,
            ),
        )
        return Keyed(number, None)
