"""Service unit by unit: its proofs, its figures, and who sees the photo."""

from collections.abc import Callable
from threading import Thread

import pytest
from sqlalchemy import func, select

from db import photos
from db.engine import Database
from db.events import breaks
from db.tables import Photo
from db.tables.votes import Service, Turnout, VoteRight, VoteUnit
from db.votes import links, papers, serving
from db.votes.ballot_page import cast_ballot
from domain.errors import FieldError, NotAllowed, NotFound, Refused
from domain.services import Proof
from domain.standing import Choice
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.votes import VoteMade, make_vote
from tests.support.world import PHOTO


@pytest.fixture
def vote(cast: Cast, clock: TestClock) -> VoteMade:
    return make_vote(cast, clock.now)


def figures(database: Database, vote: VoteMade) -> dict[int, tuple[int, int]]:
    """Served heads and area by building, from the summary rows."""
    with database.read() as session:
        rows = session.scalars(select(Turnout).where(Turnout.vote_id == vote.id))
        return {row.building: (row.served_heads, row.served_area) for row in rows}


def counted(database: Database, vote: VoteMade) -> dict[int, tuple[int, int]]:
    """The same, counted anew from the rights."""
    with database.read() as session:
        rights = session.scalars(select(VoteRight).where(VoteRight.vote_id == vote.id)).all()
    found = dict.fromkeys((right.building_id or 0 for right in rights), (0, 0))
    for right in rights:
        if right.served_at is not None:
            heads, area = found[right.building_id or 0]
            found[right.building_id or 0] = (heads + 1, area + right.area)
    return found


def test_a_right_is_served_with_its_first_unit_and_counted_once(
    vote: VoteMade, clock: TestClock, database: Database, cast: Cast
) -> None:
    first, second = vote.units["1号楼 1单元101"], vote.units["1号楼 1单元103"]
    assert serving.serve_signed(vote.by, clock.now, vote.code, [first]) == 1
    assert figures(database, vote)[cast.building_one] == (1, 14_950)  # both flats are his
    with database.read() as session:
        served = session.get_one(VoteUnit, second).served_at
    assert served is None
    assert serving.serve_signed(vote.by, clock.forward(hours=1), vote.code, [first, second]) == 1
    assert serving.serve_signed(vote.by, clock.now, vote.code, [first, second]) == 0
    assert figures(database, vote) == counted(database, vote)
    assert figures(database, vote)[cast.building_one] == (1, 14_950)


def test_every_sort_of_proof_is_kept_and_the_first_one_sets_the_time(
    vote: VoteMade, clock: TestClock, database: Database, cast: Cast
) -> None:
    unit = vote.units["1号楼 1单元102"]
    began = clock.now
    slip = links.issue_link(vote.by, clock.now, vote.code, vote.rights["李红",])
    links.exchange(clock.now, slip.token, "n")
    serving.serve_signed(vote.by, clock.forward(hours=1), vote.code, [unit])
    serving.serve_with_photo(vote.by, clock.now, vote.code, [unit], PHOTO)
    serving.serve_with_photo(vote.by, clock.now, vote.code, [unit], PHOTO)
    lines = serving.served_units(vote.by, vote.code, cast.building_one)
    line = next(one for one in lines if one.id == unit)
    assert [one.proof for one in line.proofs] == [Proof.LINK_OPENED, Proof.SIGNED, Proof.PHOTO]
    assert (line.served_at, line.names) == (began, ("李红",))
    assert figures(database, vote) == counted(database, vote)


def test_raced_services_count_each_right_once(
    vote: VoteMade, clock: TestClock, database: Database
) -> None:
    units = [unit for label, unit in vote.units.items() if "车位" not in label]
    slips = links.issue_for_unserved(vote.by, clock.now, vote.code)
    jobs = [
        *(lambda: serving.serve_signed(vote.by, clock.now, vote.code, units) for _ in range(3)),
        *(
            lambda token=slip.token: links.exchange(clock.now, token, "n")  # type: ignore[misc]
            for slip in slips
        ),
    ]
    failed: list[Exception] = []

    def run(job: Callable[[], object]) -> None:
        try:
            job()
        except Exception as error:
            failed.append(error)

    threads = [Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert figures(database, vote) == counted(database, vote)
    assert sum(heads for heads, _ in figures(database, vote).values()) == 6
    with database.read() as session:
        assert session.scalar(select(func.count(Service.id))) == 2 * len(units)


def test_the_same_form_sent_again_records_nothing(
    vote: VoteMade, clock: TestClock, database: Database
) -> None:
    unit = vote.units["1号楼 1单元102"]
    serving.serve_with_photo(vote.by, clock.now, vote.code, [unit], PHOTO, "form")
    assert serving.serve_with_photo(vote.by, clock.now, vote.code, [unit], PHOTO, "form") == 0
    with database.read() as session:
        assert session.scalar(select(func.count(Photo.id))) == 1


def test_what_has_no_vote_here_is_refused(vote: VoteMade, clock: TestClock, cast: Cast) -> None:
    foreign = make_vote(cast, clock.now, two=True)
    for chosen in (
        [],
        [vote.units["车位B1-001"]],  # parking does not count by these rules
        [foreign.units["1号楼 1单元101"]],
    ):
        with pytest.raises(FieldError):
            serving.serve_signed(vote.by, clock.now, vote.code, chosen)
    with pytest.raises(FieldError):
        serving.serve_with_photo(vote.by, clock.now, vote.code, [1], None)
    with pytest.raises(Refused):
        serving.serve_signed(vote.by, vote.closes_at, vote.code, [vote.units["1号楼 1单元101"]])
    with pytest.raises(NotAllowed):
        serving.serve_signed(cast.viewer, clock.now, vote.code, [1])
    with pytest.raises(NotFound):
        serving.served_units(cast.committee, foreign.code, cast.building_three)


def test_the_list_of_buildings_counts_units_and_hides_parking(
    vote: VoteMade, clock: TestClock, cast: Cast
) -> None:
    serving.serve_signed(vote.by, clock.now, vote.code, [vote.units["2号楼 2单元502"]])
    found = serving.served_buildings(cast.committee, vote.code)
    assert [(one.name, one.units, one.served) for one in found] == [
        ("1号楼", 4, 0),
        ("2号楼", 4, 1),
    ]
    left = serving.served_units(vote.by, vote.code, cast.building_two, unserved=True)
    assert [unit.label for unit in left] == [
        "2号楼 2单元501",
        "2号楼 2单元503",
        "2号楼 2单元504",
    ]


def test_the_photo_is_seen_by_who_runs_that_vote_alone(
    vote: VoteMade, clock: TestClock, cast: Cast
) -> None:
    unit = vote.units["1号楼 1单元102"]
    serving.serve_with_photo(vote.by, clock.now, vote.code, [unit], PHOTO)
    lines = serving.served_units(vote.by, vote.code, cast.building_one)
    code = next(proof.photo for line in lines for proof in line.proofs) or ""
    for person in (cast.secretary, cast.social_worker, cast.committee):
        assert photos.photo(person, code, small=True) == PHOTO.thumb
    for person in (cast.property_contact, cast.viewer, cast.volunteer, cast.administrator):
        with pytest.raises(NotFound):
            photos.photo(person, code)
    other = make_vote(cast, clock.now, two=True)
    serving.serve_with_photo(
        other.by, clock.now, other.code, [other.units["1号楼 1单元101"]], PHOTO
    )
    lines = serving.served_units(other.by, other.code, cast.building_three)
    code = next(proof.photo for line in lines for proof in line.proofs) or ""
    with pytest.raises(NotFound):
        photos.photo(cast.committee, code)
    with pytest.raises(NotFound):
        photos.public_photo(code)


def test_ballots_service_and_paper_at_one_moment_do_not_wait_for_each_other(
    vote: VoteMade, clock: TestClock, database: Database
) -> None:
    """The box locks a vote's chain first; whoever locked its row first would meet it crosswise."""
    secret = links.exchange(
        clock.now,
        links.issue_link(vote.by, clock.now, vote.code, vote.rights["王强",]).token,
        "n",
    )
    papers.print_papers(vote.by, clock.now, vote.code, 1)
    papers.issue_papers(vote.by, clock.now, vote.code, [vote.rights["周丽",]])
    units = [unit for label, unit in vote.units.items() if "车位" not in label]
    failed: list[Exception] = []

    def vote_on() -> None:
        for number in range(8):
            cast_ballot(clock.now, secret, {1: Choice.YES, 2: Choice.NO}, f"form {number}")

    def serve_on() -> None:
        for unit in units:
            serving.serve_signed(vote.by, clock.now, vote.code, [unit])

    def hand_in() -> None:
        for _ in range(8):
            papers.receive(vote.by, clock.now, vote.code, 1)
            papers.take_back(vote.by, clock.now, vote.code, 1)

    def run(job: Callable[[], None]) -> None:
        try:
            job()
        except Exception as error:
            failed.append(error)

    threads = [Thread(target=run, args=(job,)) for job in (vote_on, vote_on, serve_on, hand_in)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert figures(database, vote) == counted(database, vote)
    with database.read() as session:
        assert list(breaks(session)) == []
