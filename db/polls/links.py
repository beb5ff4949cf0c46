"""Slips for letterboxes: a personal link and a short code a household, of which hashes are kept."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import write
from db.events import record
from db.numbers import ALPHABET, hashed
from db.polls.scope import asks, buildings_of, need_open, poll_seen
from db.tables import Building, Household
from db.tables.polls import Poll, PollAnswer, PollLink
from db.upsert import upsert
from domain.errors import N_, FieldError, NotFound, Refused
from domain.people import Actor, Right

TOKEN_BYTES = 24  # 192 bits
CODE_LENGTH = 8  # typed with a thumb, with a limit on tries


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for one household, and known to nobody afterwards."""

    building: str
    room: str
    token: str
    code: str


def issue_slips(actor: Actor, now: datetime, code: str, building_id: int) -> tuple[Slip, ...]:
    """New slips for all households of a building that have not answered yet.

    Slips that were printed for them before are not valid any more.

    Raises:
        FieldError: the poll does not ask this building.
        Refused: the poll is over.
    """
    actor.need(Right.RUN_VOTES)
    with write() as session:
        poll = poll_seen(session, actor, code)
        need_open(poll, now)
        answered = select(PollAnswer.household_id).where(PollAnswer.poll_id == poll.id)
        query = (
            select(Household.id, Building.name, Household.room)
            .join(Building, Building.id == Household.building_id)
            .where(
                Building.id == building_id,
                buildings_of(poll),
                Household.id <= poll.newest_household_id,
                Household.id.not_in(answered),
            )
            .order_by(Household.id)
        )
        homes = [(key, building, room) for key, building, room in session.execute(query)]
        if not homes:
            raise FieldError("building", N_("No household there still has to answer."))
        slips = _issued(session, now, poll, homes)
        record(
            session,
            actor,
            now,
            "poll_slips_issued",
            chain=f"poll:{poll.id}",
            poll=poll.id,
            building=building_id,
            households=len(slips),
        )
        return slips


def issue_link(actor: Actor, now: datetime, code: str, household_id: int) -> Slip:
    """A new link and code for one household, in place of those that it may have.

    Raises:
        FieldError: the poll does not ask this household.
        Refused: the poll is over.
    """
    actor.need(Right.RUN_VOTES)
    with write() as session:
        poll = poll_seen(session, actor, code)
        need_open(poll, now)
        if not asks(session, poll, household_id):
            raise FieldError("household", N_("This poll does not ask that household."))
        query = select(Building.name, Household.room).join(
            Building, Building.id == Household.building_id
        )
        building, room = session.execute(query.where(Household.id == household_id)).one()
        slip = _issued(session, now, poll, [(household_id, building, room)])[0]
        record(
            session,
            actor,
            now,
            "poll_link_issued",
            chain=f"poll:{poll.id}",
            poll=poll.id,
            household=household_id,
        )
        return slip


def exchange(now: datetime, token: str, nonce: str) -> str:
    """Exchange a link, once, for the secret that the browser keeps.

    Args:
        nonce: a text that this browser's page brought along: sent again after a cut line, the
            same page gets the same secret.

    Raises:
        NotFound: the link is not valid, or was replaced.
        Refused: it was exchanged already, elsewhere; or the poll is over.
    """
    secret = hashed(f"{token}|{nonce}")
    with write() as session:
        link = session.scalar(
            select(PollLink).where(PollLink.token_hash == hashed(token)).with_for_update()
        )
        if link is None:
            raise NotFound(
                N_("This link is not valid any more. Ask the community office for another.")
            )
        need_open(session.get_one(Poll, link.poll_id), now)
        if link.used_at is None:
            link.used_at, link.pass_hash = now, hashed(secret)
        elif link.pass_hash != hashed(secret):
            raise Refused(
                N_(
                    "This link was opened on another device already. Answer there, with room and "
                    "code at the lobby's poster, or by calling the community office."
                )
            )
        return secret


def _issued(
    session: Session, now: datetime, poll: Poll, homes: Sequence[tuple[int, str, str]]
) -> tuple[Slip, ...]:
    slips, rows = [], []
    for household_id, building, room in homes:
        slip = Slip(
            building,
            room,
            secrets.token_urlsafe(TOKEN_BYTES),
            "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)),
        )
        slips.append(slip)
        rows.append(
            {
                "poll_id": poll.id,
                "household_id": household_id,
                "token_hash": hashed(slip.token),
                "code_hash": hashed(slip.code),
                "issued_at": now,
                "used_at": None,
                "pass_hash": None,
            }
        )
    fresh = upsert(session, PollLink)
    replaced = ("token_hash", "code_hash", "issued_at", "used_at", "pass_hash")
    session.execute(
        fresh.on_conflict_do_update(
            index_elements=[PollLink.poll_id, PollLink.household_id],
            set_={name: fresh.excluded[name] for name in replaced},
        ),
        rows,
    )
    return tuple(slips)
