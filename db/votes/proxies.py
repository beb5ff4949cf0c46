"""Links for proxies 委托代理人: each belongs to a written mandate that still holds."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once
from db.engine import read, write
from db.numbers import hashed
from db.tables.roll import Mandate
from db.tables.votes import BallotLink, Vote, VoteOwner, VoteRight
from db.votes.links import Slip, replace, token_of
from db.votes.names import UnitLine, units_of
from db.votes.running import running
from db.votes.scope import note, vote_seen
from domain.ballots import Way
from domain.errors import N_, NotFound, Refused
from domain.mandates import Holder, MandateKind, NoMandate, is_same_holder
from domain.people import Actor, Right
from domain.rights import DEVELOPER, right_name
from domain.votes import Stage


@dataclass(frozen=True, slots=True)
class ProxyLine:
    """One written proxy of a vote; without a right where its owners are not on the frozen roll."""

    mandate_id: int
    holder: str
    units: tuple[UnitLine, ...]
    right_id: int | None
    issued_at: datetime | None
    opened_at: datetime | None


def proxy_lines(actor: Actor, code: str) -> tuple[ProxyLine, ...]:
    """The proxies that hold in this vote, as they were recorded."""
    actor.need(Right.RUN_VOTES)
    actor.need(Right.READ_ROLL)
    with read() as session:
        vote = vote_seen(session, actor, code)
        mandates = _mandates(session, vote)
        rights = {one.id: _right_id(session, vote, one) for one in mandates}
        units = units_of(session, {right for right in rights.values() if right is not None})
        live = {
            link.mandate_id: link
            for link in session.scalars(
                select(BallotLink).where(
                    BallotLink.vote_id == vote.id,
                    BallotLink.way == Way.PROXY,
                    BallotLink.revoked_at.is_(None),
                )
            )
        }
        return tuple(
            ProxyLine(
                one.id,
                one.holder_name,
                units.get(rights[one.id] or 0, ()),
                rights[one.id],
                live[one.id].issued_at if one.id in live else None,
                live[one.id].opened_at if one.id in live else None,
            )
            for one in mandates
        )


def issue_proxy_link(
    actor: Actor, now: datetime, code: str, mandate_id: int, key: str | None = None
) -> Slip:
    """A new link for a proxy, in place of the one that was issued for the same mandate.

    Raises:
        NotFound: no such proxy in this vote, or it was revoked.
        NoMandate: the holder has links for as many rights as the frozen rules allow.
        Refused: the vote is not open, the owner is not on its roll, or has voted on paper.
    """
    key = key or secrets.token_urlsafe(16)
    with write() as session:
        vote = running(session, actor, now, code, Stage.OPEN)
        mandates = {one.id: one for one in _mandates(session, vote)}
        mandate = mandates.get(mandate_id)
        if mandate is None:
            raise NotFound(N_("There is no such proxy in this vote, or it was revoked."))
        right_id = _right_id(session, vote, mandate)
        if right_id is None:
            raise Refused(N_("These owners are not on the roll of this vote as one right."))
        if session.get_one(VoteRight, right_id).paper_at is not None:
            raise Refused(N_("A signed paper ballot was handed in for this right; it counts."))
        token = token_of(session, key, right_id, mandate.id)
        if once.claim(session, hashed(key), "links", now) is None:
            _check_cap(session, vote, mandate, mandates, right_id)
            replace(session, now, vote, Way.PROXY, [right_id])
            link = BallotLink(
                vote_id=vote.id,
                right_id=right_id,
                way=Way.PROXY,
                token_hash=hashed(token),
                mandate_id=mandate.id,
                issued_at=now,
                issued_by=actor.account_id,
            )
            session.add(link)
            session.flush()
            note(
                session,
                actor,
                now,
                vote,
                "proxy_link_issued",
                right=right_id,
                mandate=mandate.id,
                link=link.id,
            )
        units = units_of(session, [right_id])
        return Slip(right_id, token, units.get(right_id, ()), mandate.holder_name)


def _mandates(session: Session, vote: Vote) -> list[Mandate]:
    query = select(Mandate).where(
        Mandate.estate_id == vote.estate_id,
        Mandate.vote_id == vote.id,
        Mandate.kind == MandateKind.PROXY,
        Mandate.revoked_at.is_(None),
    )
    return list(session.scalars(query.order_by(Mandate.id)))


def _right_id(session: Session, vote: Vote, mandate: Mandate) -> int | None:
    """The frozen right of a mandate, which names its right by owner ids."""
    key: str | None = DEVELOPER
    if mandate.right != DEVELOPER:
        owners = {int(one) for one in mandate.right.split("+") if one.isdigit()}
        names = session.scalars(
            select(VoteOwner.pseudonym).where(
                VoteOwner.vote_id == vote.id, VoteOwner.owner_id.in_(owners)
            )
        ).all()
        key = right_name(names, developer=False) if len(names) == len(owners) and names else None
    return session.scalar(
        select(VoteRight.id).where(VoteRight.vote_id == vote.id, VoteRight.key == key)
    )


def _check_cap(
    session: Session, vote: Vote, mandate: Mandate, mandates: dict[int, Mandate], right_id: int
) -> None:
    if vote.proxy_cap is None:
        return
    mine = Holder(mandate.holder_name, mandate.holder_phone)
    live = session.execute(
        select(BallotLink.right_id, BallotLink.mandate_id).where(
            BallotLink.vote_id == vote.id,
            BallotLink.way == Way.PROXY,
            BallotLink.revoked_at.is_(None),
            BallotLink.right_id != right_id,
        )
    )
    held = {
        right
        for right, of in live
        if of in mandates
        and is_same_holder(mine, Holder(mandates[of].holder_name, mandates[of].holder_phone))
    }
    if len(held) >= vote.proxy_cap:
        raise NoMandate(
            N_("{name} holds {held} proxies in this vote already; the rules allow {cap}."),
            name=mandate.holder_name,
            held=len(held),
            cap=vote.proxy_cap,
        )
