"""The ballot as its owner or proxy sees it on a phone, and the way from there into the box."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import rates
from db.engine import read, write
from db.numbers import hashed
from db.tables import Estate, Photo, PhotoBytes
from db.tables.roll import Mandate
from db.tables.votes import Ballot, BallotLink, Question, Standing, Vote, VoteRight
from db.votes import box
from db.votes.links import no_such_link
from db.votes.names import UnitLine, names_of, units_of
from db.votes.results import Count, result_of
from db.votes.scope import asked, stage_of
from db.votes.secret import receipt_of
from domain.ballots import Way, check_choices, write_choices
from domain.errors import N_, NotFound
from domain.people import RESIDENT
from domain.private_text import mask_name
from domain.standing import Channel, Choice
from domain.thresholds import Lane
from domain.votes import Stage

MOST_HELD = 6  # ballots that one browser keeps: a family's, or a proxy's few
# Every change stays in the box for good; more of them within a day is a machine that plays.
MOST_CHANGES = 30
CHANGES_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, or in an election a candidate, whose `text` is the statement."""

    position: int
    name: str
    text: str
    photo: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """The ballot that stands: when and how it came, and never what it says."""

    at: datetime
    channel: Channel


@dataclass(frozen=True, slots=True)
class Other:
    """Another ballot that this browser holds: its place among the secrets, and whose it is."""

    place: int
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class BallotPage:
    """Everything that the page says. Areas in 0.01 m².

    Args:
        names: of the owners, masked; none for the developer.
        holder: the proxy's name, masked; empty for the owners' own link.
        paper_at: when the signed paper was handed in, which closes this way.
        count: the result, once it is published.
    """

    title: str
    explanation: str
    estate: str
    lane: Lane
    seats: int | None
    stage: Stage
    closes_at: datetime | None
    names: tuple[str, ...]
    holder: str
    units: tuple[UnitLine, ...]
    area: int
    questions: tuple[Asked, ...]
    returned: Returned | None
    paper_at: datetime | None
    cancelled: str | None
    count: Count | None
    others: tuple[Other, ...]

    @property
    def proxy(self) -> bool:
        """Whether a proxy looks at it."""
        return bool(self.holder)

    @property
    def gives_way(self) -> bool:
        """Whether it is a proxy's while the owner's own ballot is in, which stands."""
        own = self.returned is not None and self.returned.channel is not Channel.PROXY
        return self.proxy and own

    @property
    def returned_by_proxy(self) -> bool:
        """Whether it is a proxy's ballot that stands."""
        return self.returned is not None and self.returned.channel is Channel.PROXY

    @property
    def may_vote(self) -> bool:
        """Whether a ballot sent now would be taken and stand."""
        return self.stage is Stage.OPEN and self.paper_at is None and not self.gives_way


def ballot_page(now: datetime, held: Sequence[str]) -> BallotPage:
    """The ballot of the first of the browser's secrets that is still valid.

    Raises:
        NotFound: none of them is.
    """
    with read() as session:
        valid = [
            (place, link)
            for place, secret in enumerate(held[:MOST_HELD])
            if (link := _link(session, secret)) is not None
        ]
        if not valid:
            raise no_such_link()
        link = valid[0][1]
        vote = session.get_one(Vote, link.vote_id)
        right = session.get_one(VoteRight, link.right_id)
        return BallotPage(
            title=vote.title,
            explanation=vote.explanation,
            estate=session.scalars(select(Estate.name).where(Estate.id == vote.estate_id)).one(),
            lane=vote.lane,
            seats=vote.seats,
            stage=stage_of(vote, now),
            closes_at=vote.closes_at,
            names=tuple(
                mask_name(name) for name in names_of(session, vote.id, [right.id])[right.id]
            ),
            holder=_holder(session, link),
            units=units_of(session, [right.id]).get(right.id, ()),
            area=right.area,
            questions=tuple(
                Asked(one.position, one.name, one.text, one.photo_id is not None)
                for one in asked(session, vote)
            ),
            returned=_returned(session, right.id),
            paper_at=right.paper_at,
            cancelled=vote.cancelled if vote.cancelled_at else None,
            count=result_of(session, vote) if vote.published_at else None,
            others=_others(session, valid[1:]),
        )


def cast_ballot(
    now: datetime, secret: str, choices: Mapping[int, Choice], once: str
) -> tuple[str, box.Cast]:
    """Put the ballot of this link into the box; returns the receipt's code and what became of it.

    Args:
        once: the form's key; the same form with the same choices is one ballot.

    Raises:
        NotFound: the link was replaced meanwhile.
        FieldError: an answer is missing, or too many candidates are chosen.
        BallotRefused: see `db.votes.box.cast`.
        TooMany: it was changed too often today.
    """
    with read() as session:
        link = _link(session, secret)
        if link is None:
            raise no_such_link()
        vote = session.get_one(Vote, link.vote_id)
        if vote.lane is Lane.ELECTION:  # a candidate who is not named has an abstention
            choices = {place: one for place, one in choices.items() if one is not Choice.ABSTAIN}
        positions = {one.position for one in asked(session, vote)}
        check_choices(choices, positions, vote.seats, by_hand=False)
        text = write_choices(choices)
        # Its choices are part of it: who goes back and chooses otherwise has said something new.
        code = receipt_of(session, f"{link.id}|{once}|{text}")
        changes = session.get(Standing, link.right_id) is not None
        ballot = box.BallotIn(
            actor=RESIDENT,
            vote_id=vote.id,
            right_id=link.right_id,
            channel=Channel.PROXY if link.way is Way.PROXY else Channel.ONLINE,
            choices=text,
            receipt=code,
            now=now,
        )
    if changes:
        with write() as session:
            name = rates.bucket("ballot:right", str(ballot.right_id))
            rates.take(session, name, now, limit=MOST_CHANGES, within=CHANGES_WITHIN)
    return code, box.cast(ballot)


def first_held(held: Sequence[str]) -> str:
    """The first of the browser's secrets that is still valid; empty where none is."""
    with read() as session:
        return next((one for one in held[:MOST_HELD] if _link(session, one)), "")


def candidate_photo(held: Sequence[str], position: int, *, small: bool = False) -> bytes:
    """A candidate's photo for who holds a ballot of that election.

    Raises:
        NotFound: in every other case.
    """
    with read() as session:
        link = next((one for secret in held if (one := _link(session, secret))), None)
        column = PhotoBytes.thumb if small else PhotoBytes.full
        query = (
            select(column)
            .join(Photo, Photo.id == PhotoBytes.photo_id)
            .join(Question, Question.photo_id == Photo.id)
            .where(Question.vote_id == (link.vote_id if link else 0))
            .where(Question.position == position, Question.withdrawn_at.is_(None))
        )
        content = session.scalar(query)
        if content is None:
            raise NotFound(N_("There is no such photo, or it is not yours to see."))
        return content


def _link(session: Session, secret: str) -> BallotLink | None:
    """The link that was exchanged for this secret, while it is valid."""
    link = session.scalar(
        select(BallotLink).where(
            BallotLink.cookie_hash == hashed(secret), BallotLink.revoked_at.is_(None)
        )
    )
    if link is not None and link.way is Way.PROXY and not _holder(session, link):
        return None
    return link


def _holder(session: Session, link: BallotLink) -> str:
    """The proxy's name, masked; empty for an owner's link and once the proxy was revoked."""
    if link.mandate_id is None:
        return ""
    query = select(Mandate.holder_name).where(
        Mandate.id == link.mandate_id, Mandate.revoked_at.is_(None)
    )
    return mask_name(session.scalar(query) or "")


def _returned(session: Session, right_id: int) -> Returned | None:
    query = (
        select(Ballot.received_at, Ballot.channel)
        .select_from(Standing)
        .join(VoteRight, VoteRight.id == Standing.right_id)
        .join(Ballot, (Ballot.vote_id == VoteRight.vote_id) & (Ballot.seq == Standing.seq))
        .where(Standing.right_id == right_id)
    )
    found = session.execute(query).one_or_none()
    return Returned(found.received_at, found.channel) if found else None


def _others(session: Session, valid: Sequence[tuple[int, BallotLink]]) -> tuple[Other, ...]:
    units = units_of(session, [link.right_id for _, link in valid])
    return tuple(
        Other(
            place,
            session.get_one(Vote, link.vote_id).title,
            units[link.right_id][0].label if link.right_id in units else "",
        )
        for place, link in valid
    )
