"""Personal links to the ballot: issued by hand, kept as hashes, exchanged once for a cookie."""

import base64
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from db import once
from db.engine import read, write
from db.events import lock_chain
from db.numbers import hashed
from db.tables.votes import BallotLink, Standing, Vote, VoteRight, VoteUnit
from db.votes.box import chain_of
from db.votes.names import UnitLine, names_of, units_of
from db.votes.running import right_of, running
from db.votes.scope import note, stage_of, vote_seen
from db.votes.secret import secret_of
from db.votes.serving import ELSEWHERE, serve
from domain.ballots import Way
from domain.errors import N_, NotFound, Refused
from domain.people import RESIDENT, Actor, Right
from domain.services import Proof
from domain.votes import Stage

LONGEST_TOKEN = 100  # characters; ours have 43


class LinkSpent(NotFound):
    """A link that was exchanged elsewhere or replaced; told in the words of a wrong one."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for one right, and known to nobody afterwards.

    Args:
        holder: the proxy whom it is for; empty for the owner's own.
    """

    right_id: int
    token: str
    units: tuple[UnitLine, ...]
    holder: str = ""


@dataclass(frozen=True, slots=True)
class LinkLine:
    """How a right stands with its owner's link.

    Args:
        names: its owners, none for the developer.
        returned: whether any ballot of it is in; nothing says which.
    """

    right_id: int
    units: tuple[UnitLine, ...]
    names: tuple[str, ...]
    issued_at: datetime | None
    opened_at: datetime | None
    served: bool
    returned: bool


def issue_link(
    actor: Actor, now: datetime, code: str, right_id: int, key: str | None = None
) -> Slip:
    """A new link for one right; the one that it had is not valid any more.

    Raises:
        Refused: the vote is not open, or the right's paper ballot was handed in.
    """
    with write() as session:
        vote = running(session, actor, now, code, Stage.OPEN)
        if right_of(session, vote, right_id).paper_at is not None:
            raise Refused(N_("A signed paper ballot was handed in for this right; it counts."))
        return _issue(session, actor, now, vote, [right_id], key)[0]


def issue_for_building(
    actor: Actor, now: datetime, code: str, building: int, key: str | None = None
) -> tuple[Slip, ...]:
    """New links for a building's rights, except those whose link is in use already.

    Args:
        building: 0 for rights that lie in none.

    Raises:
        Refused: the vote is not open, or nobody there needs a link.
    """
    where = VoteRight.building_id
    here = where.is_(None) if building == ELSEWHERE else where == building
    return _issue_many(actor, now, code, here, key)


def issue_for_unserved(
    actor: Actor, now: datetime, code: str, key: str | None = None
) -> tuple[Slip, ...]:
    """New links for all rights that no proof of service is known of."""
    return _issue_many(actor, now, code, VoteRight.served_at.is_(None), key)


def _issue_many(
    actor: Actor, now: datetime, code: str, which: ColumnElement[bool], key: str | None
) -> tuple[Slip, ...]:
    with write() as session:
        vote = running(session, actor, now, code, Stage.OPEN)
        in_use = select(BallotLink.right_id).where(
            BallotLink.vote_id == vote.id,
            BallotLink.way == Way.OWNER,
            BallotLink.opened_at.is_not(None),
            BallotLink.revoked_at.is_(None),
        )
        rights = session.scalars(
            select(VoteRight.id)
            .where(VoteRight.vote_id == vote.id, which, VoteRight.paper_at.is_(None))
            .where(VoteRight.id.not_in(in_use))
            .order_by(VoteRight.id)
        ).all()
        if not rights:
            raise Refused(N_("Nobody there needs a link: all are in use, or have voted on paper."))
        return _issue(session, actor, now, vote, rights, key)


def _issue(
    session: Session,
    actor: Actor,
    now: datetime,
    vote: Vote,
    rights: Sequence[int],
    key: str | None,
) -> tuple[Slip, ...]:
    key = key or secrets.token_urlsafe(16)
    tokens = {right: token_of(session, key, right) for right in rights}
    # The key stands hashed: with the house's secret it would lead to the tokens.
    if once.claim(session, hashed(key), "links", now) is None:
        replace(session, now, vote, Way.OWNER, rights)
        session.add_all(
            BallotLink(
                vote_id=vote.id,
                right_id=right,
                way=Way.OWNER,
                token_hash=hashed(token),
                issued_at=now,
                issued_by=actor.account_id,
            )
            for right, token in tokens.items()
        )
        one = rights[0] if len(rights) == 1 else None
        note(session, actor, now, vote, "links_issued", rights=len(rights), right=one)
    live = set(
        session.scalars(
            select(BallotLink.token_hash).where(
                BallotLink.vote_id == vote.id, BallotLink.revoked_at.is_(None)
            )
        )
    )
    valid = [right for right in rights if hashed(tokens[right]) in live]
    if not valid:
        raise Refused(N_("These links were replaced meanwhile. Load the list again."))
    units = units_of(session, valid)
    return tuple(Slip(right, tokens[right], units.get(right, ())) for right in valid)


def token_of(session: Session, key: str, right_id: int, mandate_id: int = 0) -> str:
    """The same form makes the same links, so that a page of slips can be loaded again."""
    whole = f"link|{key}|{right_id}|{mandate_id}".encode()
    digest = hmac.digest(secret_of(session), whole, sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def replace(
    session: Session,
    now: datetime,
    vote: Vote,
    way: Way,
    rights: Sequence[int],
    mandate_id: int | None = None,
) -> None:
    """End the links that these rights have in that way, and the cookies they were changed for."""
    for start in range(0, len(rights), 1_000):
        ended = update(BallotLink).where(
            BallotLink.vote_id == vote.id,
            BallotLink.right_id.in_(rights[start : start + 1_000]),
            BallotLink.way == way,
            BallotLink.revoked_at.is_(None),
        )
        if mandate_id is not None:
            ended = ended.where(BallotLink.mandate_id == mandate_id)
        session.execute(ended.values(revoked_at=now))


def link_lines(actor: Actor, code: str, building: int) -> tuple[LinkLine, ...]:
    """A building's rights and how each stands with its link.

    Args:
        building: 0 for rights that lie in none.
    """
    actor.need(Right.RUN_VOTES)
    actor.need(Right.READ_ROLL)
    with read() as session:
        vote = vote_seen(session, actor, code)
        where = VoteRight.building_id
        rows = session.execute(
            select(
                VoteRight.id,
                VoteRight.served_at,
                BallotLink.issued_at,
                BallotLink.opened_at,
                Standing.seq,
            )
            .outerjoin(
                BallotLink,
                (BallotLink.right_id == VoteRight.id)
                & (BallotLink.way == Way.OWNER)
                & BallotLink.revoked_at.is_(None),
            )
            .outerjoin(Standing, Standing.right_id == VoteRight.id)
            .where(
                VoteRight.vote_id == vote.id,
                where.is_(None) if building == ELSEWHERE else where == building,
            )
        ).all()
        ids = [row.id for row in rows]
        units, names = units_of(session, ids), names_of(session, vote.id, ids)
    lines = [
        LinkLine(
            right_id=row.id,
            units=units.get(row.id, ()),
            names=names.get(row.id, ()),
            issued_at=row.issued_at,
            opened_at=row.opened_at,
            served=row.served_at is not None,
            returned=row.seq is not None,
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: line.units[0].id if line.units else 0))


def exchange(now: datetime, token: str, nonce: str, held: Sequence[str] = ()) -> str:
    """Exchange a link, once, for the secret that the browser keeps; the owner's is served by it.

    Args:
        nonce: what the page with the button brought along: the same page, sent again after a
            cut line, gets the same secret.
        held: secrets that this browser keeps already.

    Raises:
        NotFound: no such link; `LinkSpent` for one that was used elsewhere or replaced.
    """
    if not token.isascii() or len(token) > LONGEST_TOKEN:
        raise no_such_link()
    fresh = hashed(f"{token}|{nonce}")
    with write() as session:
        query = select(BallotLink.id, Vote.code).join(Vote, Vote.id == BallotLink.vote_id)
        found = session.execute(query.where(BallotLink.token_hash == hashed(token))).one_or_none()
        if found is None:
            raise no_such_link()
        lock_chain(session, chain_of(found.code))
        link = session.get_one(BallotLink, found.id)
        if link.revoked_at is not None:
            raise no_such_link(LinkSpent)
        if link.cookie_hash is not None:
            for secret in (fresh, *held):
                if hashed(secret) == link.cookie_hash:
                    return secret
            raise no_such_link(LinkSpent)
        link.cookie_hash, link.opened_at = hashed(fresh), now
        session.flush()
        vote = session.get_one(Vote, link.vote_id)
        note(session, RESIDENT, now, vote, "link_opened", link=link.id, right=link.right_id)
        if link.way is Way.OWNER and stage_of(vote, now) is Stage.OPEN:
            units = session.scalars(
                select(VoteUnit.id).where(VoteUnit.right_id == link.right_id)
            ).all()
            serve(session, RESIDENT, now, vote, units, Proof.LINK_OPENED)
        return fresh


def no_such_link(kind: type[NotFound] = NotFound) -> NotFound:
    """The one answer to every link that does not lead to a ballot."""
    return kind(
        N_(
            "This link is not valid, or it was opened on another device. "
            "Ask the community office or the owners' committee for a new one."
        )
    )
