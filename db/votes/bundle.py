"""The recount bundle 复算包 of a counted vote: the public format, and the recount from it."""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.engine import read, write
from db.events import record
from db.roll.rules import rules_of
from db.tables import Event
from db.tables.votes import Ballot, Draw, Paper, Vote, VoteRight, VoteUnit
from db.types import Instant, instant_text
from db.votes.box import chain_of
from db.votes.results import Count, result_of
from db.votes.scope import asked, is_teller, vote_seen
from domain.areas import show_area
from domain.ballots import read_choices
from domain.bundle_tables import BALLOT_COLUMNS, BALLOTS, EVENT_COLUMNS, EVENTS, ROLL, ROLL_COLUMNS
from domain.days import local_day, local_time
from domain.errors import N_, NotAllowed, Refused
from domain.people import Actor
from domain.recount import RULES, Recount, recount
from domain.standing import Choice
from domain.thresholds import Lane

_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Recounted:
    """A recount from the ballots beside the result that is shown.

    Args:
        agrees: whether both say the same, to the last 0.01 m².
    """

    recount: Recount
    agrees: bool


def bundle(actor: Actor, now: datetime, code: str) -> bytes:
    """The bundle as a zip, for the tellers and those whom the estate's rules name.

    The download is an event of the house; the vote's own chain stays as it was.

    Raises:
        NotAllowed: being in the office is not enough.
        Refused: the vote is not counted yet.
    """
    with write() as session:
        vote = _vote_to_look_into(session, actor, now, code)
        record(session, actor, now, "bundle_downloaded", vote=vote.id)
        made = io.BytesIO()
        write_bundle(session, vote, made)
        return made.getvalue()


def recounted(actor: Actor, now: datetime, code: str) -> Recounted:
    """Count the vote anew from its bundle, by the function that anybody may run.

    Raises:
        NotAllowed, Refused: see `bundle`.
    """
    with read() as session:
        vote = _vote_to_look_into(session, actor, now, code)
        return recount_of(session, vote)


def recount_of(session: Session, vote: Vote) -> Recounted:
    """The same inside a transaction, for whoever checks the whole house."""
    with tempfile.TemporaryDirectory(prefix="recount-") as folder:
        path = Path(folder, "bundle.zip")
        with path.open("wb") as file:
            write_bundle(session, vote, file)
        found = recount(path)
    return Recounted(found, _same(found, result_of(session, vote)))


def _same(found: Recount, shown: Count) -> bool:
    ours = sorted(shown.questions, key=lambda one: one.question)
    return list(found.questions) == ours and found.seating == shown.seating


def may_look(session: Session, actor: Actor, now: datetime, vote: Vote) -> bool:
    """Whether a person may see individual ballots: a teller, or named by the estate's rules."""
    named = rules_of(session, vote.estate_id, local_day(now)).lookers
    return is_teller(session, actor, vote) or actor.account_id in named


def _vote_to_look_into(session: Session, actor: Actor, now: datetime, code: str) -> Vote:
    vote = vote_seen(session, actor, code)
    if not may_look(session, actor, now, vote):
        raise NotAllowed(N_("Only this vote's tellers, and whom the estate's rules name, may."))
    if vote.counted_at is None:
        raise Refused(N_("The vote is not counted yet. Nothing of it leaves the house before."))
    return vote


def write_bundle(session: Session, vote: Vote, target: IO[bytes]) -> None:
    """Write the files of the public format, line by line."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(RULES, json.dumps(_rules(session, vote), ensure_ascii=False, indent=2))
        for name, columns, rows in (
            (ROLL, ROLL_COLUMNS, _roll(session, vote)),
            (BALLOTS, BALLOT_COLUMNS, _ballots(session, vote)),
            (EVENTS, EVENT_COLUMNS, _events(session, vote)),
        ):
            with archive.open(name, "w", force_zip64=True) as raw:
                _write(raw, columns, rows)


def _write(raw: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    text.flush()
    text.detach()


def _rules(session: Session, vote: Vote) -> dict[str, object]:
    rules: dict[str, object] = {
        "lane": vote.lane.value,
        "silent": vote.silent.value,
        "invalid": (vote.invalid_chosen or vote.invalid).value,
        "count_parking": vote.count_parking,
        "questions": [one.name for one in asked(session, vote)],
    }
    if vote.seats is not None:
        rules["seats"] = vote.seats
    lots = session.scalar(select(Draw.winners).where(Draw.vote_id == vote.id))
    if lots:
        rules["lots"] = lots
    return rules


def _roll(session: Session, vote: Vote) -> Iterator[Sequence[object]]:
    query = (
        select(
            VoteUnit.pseudonym,
            VoteUnit.kind,
            VoteUnit.area,
            VoteUnit.owners,
            VoteUnit.developer,
            VoteUnit.served_at,
        )
        .where(VoteUnit.vote_id == vote.id)
        .order_by(VoteUnit.pseudonym)
        .execution_options(yield_per=_AT_ONCE)
    )
    for unit, kind, area, owners, developer, served_at in session.execute(query):
        yield unit, kind, show_area(area), owners, _flag(developer), _flag(served_at is not None)


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _ballots(session: Session, vote: Vote) -> Iterator[Sequence[object]]:
    names = {one.position: one.name for one in asked(session, vote)}
    electing = vote.lane is Lane.ELECTION
    # Paper is received when it is handed in, though it may be keyed after the close.
    received = func.coalesce(Paper.received_at, Ballot.received_at, type_=Instant)
    query = (
        select(VoteRight.key, Ballot.choices, Ballot.channel, received, Ballot.seq)
        .join(VoteRight, VoteRight.id == Ballot.right_id)
        .outerjoin(Paper, Paper.id == Ballot.paper_id)
        .where(Ballot.vote_id == vote.id)
        .order_by(Ballot.seq)
        .execution_options(yield_per=_AT_ONCE)
    )
    for key, text, channel, received_at, seq in session.execute(query):
        choices = read_choices(text)
        at = local_time(received_at).isoformat()
        for position, name in names.items():
            # Candidates whom a ballot does not name have its abstention; a ballot without any
            # line would not have been cast at all.
            choice = choices.get(position, Choice.ABSTAIN if electing else None)
            if choice is not None:
                yield key, name, choice, channel, at, seq


def _events(session: Session, vote: Vote) -> Iterator[Sequence[object]]:
    query = (
        select(Event.seq, Event.at, Event.kind, Event.payload, Event.prev, Event.hash)
        .where(Event.chain == chain_of(vote.code))
        .order_by(Event.seq)
        .execution_options(yield_per=_AT_ONCE)
    )
    for seq, at, kind, payload, prev, digest in session.execute(query):
        yield seq, instant_text(at), kind, payload, prev, digest
