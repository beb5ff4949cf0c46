"""Random votes with changed minds, crashes and paper: the result is what a naive recount says."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from db import engine
from db.tables.votes import Ballot, Question, Standing, Turnout, Vote, VoteRight, VoteUnit
from db.verify_votes import faults_of_votes
from db.votes import box, bundle, counting
from db.votes.box_rows import BoxRows
from db.votes.results import result_of
from domain.ballots import BallotRefused, write_choices
from domain.people import RESIDENT
from domain.rights import Kind
from domain.standing import Channel, Choice
from domain.tally import Invalid, Silent
from domain.thresholds import Lane
from tests.domain.naive_recount import naive_recount
from tests.support.cast import Cast, settle
from tests.support.databases import KINDS, Databases
from tests.support.votes import U, VoteMade, make_vote
from tests.support.world import undone

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NAMES = ("张明", "李红", "王强", "陈静", "赵勇", "周丽")


class Crash(Exception):
    """The machine went down in the middle of a transaction."""


@dataclass(frozen=True)
class Act:
    """One thing that happens: who votes how by which way, and what goes wrong."""

    right: int
    channel: Channel
    choices: tuple[Choice, ...]
    wrong: str  # "", "crash", "twice", "late"


@st.composite
def rolls(draw: st.DrawFn) -> list[U]:
    """Units of one to three owners or none (the developer's), of areas that rarely agree."""
    return [
        U(
            f"1单元{number + 101}",
            draw(st.integers(1, 20_000)),
            tuple(draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))),
            building=draw(st.sampled_from([1, 2, None])),
            kind=draw(st.sampled_from([Kind.DWELLING, Kind.DWELLING, Kind.SHOP, Kind.PARKING])),
        )
        for number in range(draw(st.integers(2, 9)))
    ]


ACTS = st.lists(
    st.builds(
        Act,
        right=st.integers(0, 8),
        channel=st.sampled_from(Channel),
        choices=st.lists(st.sampled_from(Choice), min_size=7, max_size=7).map(tuple),
        wrong=st.sampled_from(["", "", "", "", "crash", "twice", "late"]),
    ),
    max_size=25,
)


@pytest.fixture(scope="module", params=KINDS)
def played(request: pytest.FixtureRequest, databases: Databases) -> Iterator[tuple[Any, Cast]]:
    url = databases.fresh(request.param)
    database = engine.use(url)
    assert database is not None
    with database.write() as session:
        cast = settle(session, NOW)
    yield database, cast
    engine.use(None)
    databases.forget(url)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    roll=rolls(),
    acts=ACTS,
    lane=st.sampled_from([Lane.ORDINARY, Lane.SPECIAL, Lane.ELECTION]),
    silent=st.sampled_from(Silent),
    invalid=st.sampled_from(Invalid),
    count_parking=st.booleans(),
    served=st.sets(st.integers(0, 8)),
)
def test_a_vote_ends_as_the_naive_recount_of_its_bundle_says(
    played: tuple[engine.Database, Cast],
    roll: list[U],
    acts: list[Act],
    lane: Lane,
    silent: Silent,
    invalid: Invalid,
    count_parking: bool,
    served: set[int],
) -> None:
    database, cast = played
    if all(unit.kind is Kind.PARKING for unit in roll):
        return
    with undone(database) as session:
        made = make_vote(
            cast,
            NOW,
            units=roll,
            lane=lane,
            silent=silent,
            invalid=invalid,
            count_parking=count_parking,
        )
        rights = session.scalars(
            select(VoteRight.id).where(VoteRight.vote_id == made.id).order_by(VoteRight.id)
        ).all()
        positions = session.scalars(
            select(Question.position).where(Question.vote_id == made.id)
        ).all()
        serve(session, made, [rights[one] for one in served if one < len(rights)])
        stored = play(made, acts, list(rights), list(positions))
        session.expire_all()
        best = {
            right: max(ballots, key=lambda one: (RANK[one[0]], one[1]))
            for right, ballots in stored.items()
        }
        assert {
            right: (channel, seq)
            for right, seq, channel in session.execute(
                select(Standing.right_id, Standing.seq, Standing.channel)
            )
        } == {right: (channel, seq) for right, (channel, seq) in best.items()}
        kept = session.scalar(select(func.count(Ballot.id)).where(Ballot.vote_id == made.id))
        assert kept == sum(len(ballots) for ballots in stored.values())
        counting.count_now(cast.secretary, made.closes_at, made.code)
        session.expire_all()
        shown = result_of(session, session.get_one(Vote, made.id))
        again = bundle.recounted(cast.secretary, made.closes_at, made.code)
        assert again.agrees
        files = unpacked(bundle.bundle(cast.secretary, made.closes_at, made.code))
        naive = naive_recount(files)
        said = again.recount.as_json()
        assert said["questions"] == naive["questions"]
        assert list(shown.seating.elected) == naive.get("elected", [])
        assert list(shown.seating.needs_lot) == naive.get("needs_lot", [])
        assert list(faults_of_votes(session)) == []


RANK = {Channel.PROXY: 0, Channel.ONLINE: 1, Channel.PAPER: 2}


def play(
    made: VoteMade, acts: list[Act], rights: list[int], positions: list[int]
) -> dict[int, list[tuple[Channel, int]]]:
    """Let everything happen; what was acknowledged, by right."""
    stored: dict[int, list[tuple[Channel, int]]] = {}
    for number, act in enumerate(acts):
        if act.right >= len(rights):
            continue
        right = rights[act.right]
        late = act.wrong == "late" and act.channel is not Channel.PAPER
        one = box.BallotIn(
            RESIDENT,
            made.id,
            right,
            act.channel,
            write_choices(dict(zip(positions, act.choices, strict=False))),
            f"{made.code} {number}",
            made.closes_at if late else NOW + timedelta(minutes=number),
        )
        if late:
            with pytest.raises(BallotRefused):
                box.cast(one)
            continue
        if act.wrong == "crash":
            with crashing(), pytest.raises(Crash):
                box.cast(one)
            continue
        first = box.cast(one)
        stored.setdefault(right, []).append((act.channel, first.seq))
        if act.wrong == "twice":
            assert box.cast(one).seq == first.seq
    return stored


@contextmanager
def crashing() -> Iterator[None]:
    """The last statement of the box's transaction never comes."""

    def down(*_: object) -> None:
        raise Crash

    with patch.object(BoxRows, "returned", down):
        yield


def serve(session: Any, made: VoteMade, rights: list[int]) -> None:
    """Say by plain rows that these rights were served, with their turnout."""
    for right in session.scalars(select(VoteRight).where(VoteRight.id.in_(rights))).all():
        session.execute(update(VoteRight).where(VoteRight.id == right.id).values(served_at=NOW))
        unit = select(func.min(VoteUnit.id)).where(VoteUnit.right_id == right.id)
        session.execute(
            update(VoteUnit).where(VoteUnit.id == unit.scalar_subquery()).values(served_at=NOW)
        )
        session.execute(
            update(Turnout)
            .where(Turnout.vote_id == made.id, Turnout.building == (right.building_id or 0))
            .values(
                served_heads=Turnout.served_heads + 1, served_area=Turnout.served_area + right.area
            )
        )


def unpacked(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}
