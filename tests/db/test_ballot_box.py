"""The ballot box: one right, one standing ballot, whatever is clicked, raced or replayed."""

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from db.engine import Database
from db.tables.votes import Ballot, Standing, Turnout, Vote, VoteRight
from db.verify import verify
from db.votes import box
from db.votes.box import BallotIn, cast
from db.votes.counting import count_due
from db.votes.results import result_of
from domain.ballots import BallotRefused
from domain.people import RESIDENT
from domain.standing import Channel
from tests.support.ballot_rows import ANSWERS, OpenVote, open_vote_rows
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.need import ROOT

THREADS = 16


@pytest.fixture
def vote(cast: Cast, database: Database, clock: TestClock) -> OpenVote:
    with database.write() as session:
        buildings = (cast.building_one, cast.building_two)
        return open_vote_rows(session, cast.estate_one, buildings, clock.now, heads=40)


def at_once(actions: list[Callable[[], object]]) -> list[object]:
    """Run all actions at one moment in `THREADS` threads; their outcomes, errors included."""
    outcomes: list[object] = [None] * len(actions)
    start = threading.Barrier(THREADS)

    def work(first: int) -> None:
        start.wait()
        for place in range(first, len(actions), THREADS):
            try:
                outcomes[place] = actions[place]()
            except Exception as error:
                outcomes[place] = error

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def standing(database: Database) -> dict[int, tuple[int, str]]:
    with database.read() as session:
        query = select(Standing.right_id, Standing.seq, Standing.channel)
        return {right: (seq, channel.value) for right, seq, channel in session.execute(query)}


def returned(database: Database) -> tuple[int, int]:
    with database.read() as session:
        heads, area = session.execute(
            select(func.sum(Turnout.returned_heads), func.sum(Turnout.returned_area))
        ).one()
        return int(heads), int(area)


def areas(database: Database) -> dict[int, int]:
    with database.read() as session:
        return dict(session.execute(select(VoteRight.id, VoteRight.area)).all())


def test_the_same_ballots_from_sixteen_threads_are_each_stored_once(
    database: Database, vote: OpenVote, clock: TestClock
) -> None:
    ballots = [vote.ballot(right, clock.now, f"key-{right}") for right in range(40)] * 4
    outcomes = at_once([partial(cast, one) for one in ballots])
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert Counter(outcomes).most_common()[0][1] == 4  # each of them answered alike
    with database.read() as session:
        assert session.scalar(select(func.count(Ballot.id))) == 40
    assert len(standing(database)) == 40
    assert returned(database) == (40, sum(areas(database).values()))
    assert list(verify()) == []


def test_of_changed_ballots_the_last_stands_and_turnout_counts_heads_once(
    database: Database, vote: OpenVote, clock: TestClock
) -> None:
    ballots = [
        vote.ballot(right, clock.now, f"key-{right}-{time}", ANSWERS[time])
        for time in range(3)
        for right in range(10)
    ]
    outcomes = at_once([partial(cast, one) for one in ballots])
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    with database.read() as session:
        last = dict(
            session.execute(
                select(Ballot.right_id, func.max(Ballot.seq)).group_by(Ballot.right_id)
            ).all()
        )
        assert session.scalar(select(func.count(Ballot.id))) == 30
    assert {right: seq for right, (seq, _) in standing(database).items()} == last
    assert returned(database)[0] == 10
    assert list(verify()) == []


def test_two_servers_cast_the_same_ballots_and_each_is_stored_once(
    database: Database, vote: OpenVote, clock: TestClock
) -> None:
    program = f"""
from datetime import datetime
from db.engine import use
from db.votes.box import BallotIn, cast
from domain.people import RESIDENT
from domain.standing import Channel
use({database.url.render_as_string(hide_password=False)!r})
for number, right in enumerate({list(vote.rights)!r}):
    at = datetime.fromisoformat({clock.now.isoformat()!r})
    receipt = f"receipt-key-{{number}}"
    cast(BallotIn(RESIDENT, {vote.id}, right, Channel.ONLINE, "1:yes", receipt, at))
"""
    servers = [
        subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [server.communicate(timeout=60)[1].decode() for server in servers]
    assert [server.returncode for server in servers] == [0, 0], said
    with database.read() as session:
        assert session.scalar(select(func.count(Ballot.id))) == 40
    assert returned(database) == (40, sum(areas(database).values()))
    assert list(verify()) == []


def test_without_the_constraint_the_same_race_counts_twice(
    database: Database, vote: OpenVote, clock: TestClock
) -> None:
    """The control: looking first and then adding is not enough; the box's key is what holds."""
    seen = threading.Barrier(2)
    name = "standing_of_no_key"
    with database.write() as session:
        session.execute(text(f"CREATE TABLE {name} (right_id INTEGER, seq INTEGER)"))

    def naive() -> None:
        with database.read() as session:
            there = session.execute(text(f"SELECT 1 FROM {name} WHERE right_id = 1")).first()
        seen.wait()
        if there is None:
            with database.write() as session:
                session.execute(text(f"INSERT INTO {name} VALUES (1, 1)"))

    threads = [threading.Thread(target=naive) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert session.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() == 2
    first = {"right_id": vote.rights[0], "seq": 1, "channel": Channel.ONLINE}
    with database.write() as session:
        session.execute(insert(Standing), [first])
    with pytest.raises(DBAPIError), database.write() as session:
        session.execute(insert(Standing), [first | {"seq": 2}])


def test_a_ballot_that_cannot_be_taken_does_not_hold_up_the_others(
    database: Database, vote: OpenVote, clock: TestClock
) -> None:
    good = [vote.ballot(right, clock.now, f"key-{right}") for right in range(20)]
    first = vote.ballot(30, clock.now, "key-30")
    bad = [
        replace(good[0], right_id=10**9, receipt="not on the roll"),
        replace(vote.ballot(31, clock.now, ""), receipt=first.receipt),
        # The rules know nothing of this one, the database does: no such account.
        replace(vote.ballot(32, clock.now, "key-32"), actor=replace(RESIDENT, account_id=10**9)),
    ]
    outcomes = at_once([partial(cast, one) for one in [*good[:10], first, *bad, *good[10:]]])
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert len(refused) == 3
    assert sum(isinstance(one, BallotRefused) for one in refused) == 2
    assert len(standing(database)) == 21
    assert list(verify()) == []


ONLINE, PAPER, PROXY = Channel.ONLINE, Channel.PAPER, Channel.PROXY


@pytest.mark.parametrize(
    ("channels", "stands"),
    [
        ((ONLINE, ONLINE), 1),
        ((PROXY, ONLINE), 1),
        ((ONLINE, PROXY), 0),
        ((ONLINE, PAPER), 1),
        ((PAPER, ONLINE), 0),
        ((PAPER, PAPER), 1),
        ((PROXY, PAPER, ONLINE), 1),
    ],
)
def test_paper_stands_before_online_before_proxy(
    database: Database, vote: OpenVote, clock: TestClock, channels: list[Channel], stands: int
) -> None:
    made = [
        cast(vote.ballot(0, clock.now, f"key-{place}", ANSWERS[place], channel))
        for place, channel in enumerate(channels)
    ]
    assert standing(database)[vote.rights[0]] == (made[stands].seq, channels[stands].value)
    assert [one.stands for one in made[stands:]] == [True] + [False] * len(made[stands + 1 :])
    assert list(verify()) == []


def test_paper_that_was_handed_in_closes_the_other_ways(
    database: Database, vote: OpenVote, clock: TestClock
) -> None:
    with database.write() as session:
        session.execute(
            update(VoteRight).where(VoteRight.id == vote.rights[0]).values(paper_at=clock.now)
        )
    for channel in (ONLINE, PROXY):
        with pytest.raises(BallotRefused):
            cast(vote.ballot(0, clock.now, f"key-{channel}", channel=channel))
    assert cast(vote.ballot(0, clock.now, "key", channel=PAPER)).stands


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("after_close", "channel", "taken"),
    [
        (-SECOND, ONLINE, True),
        (timedelta(0), ONLINE, False),
        (SECOND, ONLINE, False),
        (SECOND, PROXY, False),
        (SECOND, PAPER, True),  # received in time, keyed later
    ],
)
def test_the_clock_closes_the_box(
    database: Database,
    vote: OpenVote,
    clock: TestClock,
    after_close: timedelta,
    channel: Channel,
    taken: bool,
) -> None:
    at = clock.now + timedelta(days=10) + after_close
    one = vote.ballot(0, at, "key", channel=channel)
    if taken:
        cast(one)
    else:
        with pytest.raises(BallotRefused):
            cast(one)
    assert len(standing(database)) == taken


def test_nothing_is_taken_once_it_is_counted(
    database: Database, vote: OpenVote, clock: TestClock
) -> None:
    cast(vote.ballot(0, clock.now, "key"))
    over = clock.now + timedelta(days=10)
    assert count_due(over - SECOND) == 0
    assert count_due(over) == 1
    assert count_due(over) == 0
    with pytest.raises(BallotRefused):
        cast(vote.ballot(1, over, "late", channel=PAPER))
    with pytest.raises(BallotRefused):
        cast(vote.ballot(1, over - SECOND, "held up", channel=ONLINE))


def test_the_count_is_the_sum_of_the_standing_ballots(
    database: Database, vote: OpenVote, clock: TestClock
) -> None:
    for right in range(30):
        cast(vote.ballot(right, clock.now, f"first-{right}", "1:no"))
        cast(vote.ballot(right, clock.now, f"key-{right}", ANSWERS[right % 3]))
    count_due(clock.now + timedelta(days=10))
    with database.read() as session:
        made = session.get_one(Vote, vote.id)
        found = result_of(session, made)
    weights = areas(database)
    tally = found.tallies["Shall it be so?"]
    for place, name in enumerate(("yes", "no", "abstain")):
        rights = [vote.rights[n] for n in range(30) if n % 3 == place]
        said = getattr(tally, name)
        assert (said.heads, said.area) == (10, sum(weights[one] for one in rights))
    assert list(verify()) == []


def test_a_result_is_not_there_before_the_count(
    database: Database, vote: OpenVote, clock: TestClock
) -> None:
    cast(vote.ballot(0, clock.now, "key"))
    with database.read() as session, pytest.raises(LookupError):
        result_of(session, session.get_one(Vote, vote.id))


TAMPERED: dict[str, Callable[[OpenVote], object]] = {
    "rules": lambda vote: update(Vote).values(count_parking=True),
    "close": lambda vote: update(Vote).values(
        closes_at=datetime.fromisoformat("2030-01-01T00:00Z")
    ),
    "questions": lambda vote: text("UPDATE questions SET text = 'something else'"),
    "roll": lambda vote: text("UPDATE vote_units SET area = area + 1 WHERE pseudonym = 'u3'"),
    "right": lambda vote: update(VoteRight).where(VoteRight.key == "o3").values(area=1),
    "standing": lambda vote: delete(Standing).where(Standing.right_id == vote.rights[0]),
    "turnout": lambda vote: update(Turnout).values(returned_heads=Turnout.returned_heads + 1),
    "tally": lambda vote: text("UPDATE tallies SET yes_heads = yes_heads + 1"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_verify_finds_what_was_changed_behind_its_back(
    database: Database, vote: OpenVote, clock: TestClock, what: str
) -> None:
    for right in range(5):
        cast(vote.ballot(right, clock.now, f"key-{right}"))
    count_due(clock.now + timedelta(days=10))
    assert list(verify()) == []
    with database.write() as session:
        session.execute(TAMPERED[what](vote))  # type: ignore[call-overload]
    found = list(verify())
    assert found
    assert all(one.params["vote"] == "vote-rows" for one in found)


BALLOT_CHANGES = {
    "changed": "UPDATE ballots SET choices = '1:no' WHERE seq = 3",
    "removed": "DELETE FROM ballots WHERE seq = 3",
    "given to another": "UPDATE ballots SET right_id = right_id + 1 WHERE seq = 3",
}


@pytest.mark.parametrize("what", BALLOT_CHANGES)
def test_a_changed_ballot_is_refused_and_found_where_the_guard_was_taken_away(
    database: Database, vote: OpenVote, clock: TestClock, what: str
) -> None:
    for right in range(5):
        cast(vote.ballot(right, clock.now, f"key-{right}"))
    with pytest.raises(DBAPIError, match="append-only"), database.write() as session:
        session.execute(text(BALLOT_CHANGES[what]))
    with database.write() as session:
        if database.is_sqlite:
            for act in ("update", "delete"):
                session.execute(text(f"DROP TRIGGER ballots_no_{act}"))
        else:
            session.execute(text("DROP TRIGGER ballots_append_only ON ballots"))
        session.execute(text(BALLOT_CHANGES[what]))
    assert any(one.params.get("vote") == "vote-rows" for one in verify())


def test_waiting_ballots_share_one_transaction(
    database: Database, vote: OpenVote, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    taken = box._take

    def counted(connection: Connection, ballots: list[BallotIn], *, sent_before: bool) -> object:
        sizes.append(len(ballots))
        return taken(connection, ballots, sent_before=sent_before)

    monkeypatch.setattr(box, "_take", counted)
    at_once([partial(cast, vote.ballot(n, clock.now, f"key-{n}")) for n in range(40)])
    assert sum(sizes) == 40
    assert len(sizes) < 40
