"""Paper: numbered, issued, handed in, keyed blind by two and settled by a third, reconciled."""

from collections.abc import Callable
from io import BytesIO
from threading import Thread
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from db.engine import Database
from db.events import breaks
from db.tables import Event
from db.tables.votes import Ballot, Keying, Paper, Standing, Turnout
from db.votes import bundle, counting, keying, paper_desk, papers
from db.votes.ballot_page import ballot_page, cast_ballot
from db.votes.links import exchange, issue_link
from db.votes.receipts import receipt
from domain.ballots import BallotRefused
from domain.errors import DeskError, FieldError, NotAllowed, NotFound, Refused
from domain.papers import AlreadyKeyed, Waits
from domain.people import Actor
from domain.standing import Channel, Choice
from domain.thresholds import Lane
from domain.votes import Stage
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.votes import VoteMade, make_vote, tells_a_choice

YES = {1: Choice.YES, 2: Choice.NO}
NO = {1: Choice.NO, 2: Choice.NO}


@pytest.fixture
def vote(cast: Cast, clock: TestClock) -> VoteMade:
    made = make_vote(cast, clock.now)
    papers.print_papers(made.by, clock.now, made.code, 4)
    return made


def handed_in(vote: VoteMade, clock: TestClock, *owners: str) -> int:
    """A ballot that these owners signed and gave back."""
    (number,) = papers.issue_papers(vote.by, clock.now, vote.code, [vote.rights[owners]])
    papers.receive(vote.by, clock.now, vote.code, number)
    return number


def key(
    vote: VoteMade, clock: TestClock, who: Actor, number: int, choices: dict[int, Choice]
) -> Waits | None:
    return keying.key_paper(who, clock.now, vote.code, number, choices).waits


def ballots(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        rows = session.execute(select(Ballot.choices, Ballot.channel).order_by(Ballot.seq))
        return [(row[0], row[1].value) for row in rows]


def test_two_equal_readings_put_the_ballot_into_the_box(
    vote: VoteMade, clock: TestClock, cast: Cast, database: Database
) -> None:
    number = handed_in(vote, clock, "李红")
    assert key(vote, clock, cast.secretary, number, YES) is Waits.SECOND
    assert ballots(database) == []
    assert key(vote, clock, cast.committee, number, YES) is None
    assert ballots(database) == [("1:yes,2:no", "paper")]
    with database.read() as session:
        assert list(breaks(session)) == []
        returned = session.scalar(select(func.sum(Turnout.returned_area)))
    assert returned == 10_000


def test_a_difference_goes_to_a_third_whose_reading_holds(
    vote: VoteMade, clock: TestClock, cast: Cast, database: Database
) -> None:
    number = handed_in(vote, clock, "李红")
    key(vote, clock, cast.secretary, number, YES)
    assert key(vote, clock, cast.committee, number, NO) is Waits.THIRD
    for one_of_the_two in (cast.secretary, cast.committee):
        with pytest.raises(AlreadyKeyed):
            key(vote, clock, one_of_the_two, number, NO)
    assert ballots(database) == []
    assert key(vote, clock, cast.social_worker, number, NO) is None
    assert ballots(database) == [("1:no,2:no", "paper")]
    with pytest.raises(Refused):
        key(vote, clock, cast.social_worker, number, YES)


def test_neither_sees_what_the_other_keyed(
    vote: VoteMade, clock: TestClock, cast: Cast, database: Database
) -> None:
    number = handed_in(vote, clock, "李红")
    key(vote, clock, cast.secretary, number, YES)
    shown = repr(paper_desk.paper_desk(cast.committee, vote.code))
    shown += repr(keying.keying_form(cast.committee, vote.code))
    key(vote, clock, cast.committee, number, NO)
    shown += repr(paper_desk.paper_desk(cast.social_worker, vote.code))
    with database.read() as session:
        shown += repr(session.scalars(select(Event.payload)).all())
        kept = repr(session.scalars(select(Keying.choices)).all())
    assert not tells_a_choice(shown)
    assert tells_a_choice(kept)


def test_who_is_not_named_keys_nothing(
    vote: VoteMade, clock: TestClock, cast: Cast, database: Database
) -> None:
    number = handed_in(vote, clock, "李红")
    for person in (cast.viewer, cast.administrator, cast.squad_leader, cast.property_contact):
        with pytest.raises(NotAllowed):
            key(vote, clock, person, number, YES)
        with pytest.raises(NotAllowed):
            keying.keying_form(person, vote.code)
    other = make_vote(cast, clock.now, two=True)
    with pytest.raises(NotFound):
        key(other, clock, cast.committee, 1, YES)
    with database.read() as session:
        assert session.scalar(select(func.count(Keying.id))) == 0


def test_raced_readings_make_one_ballot(
    vote: VoteMade, clock: TestClock, cast: Cast, database: Database
) -> None:
    number = handed_in(vote, clock, "李红")
    told: list[str] = []

    def read_it(who: Actor) -> None:
        try:
            told.append(str(key(vote, clock, who, number, YES)))
        except DeskError as error:
            told.append(type(error).__name__)

    threads = [
        Thread(target=read_it, args=(who,))
        for who in (cast.secretary, cast.committee, cast.social_worker) * 2
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 6
    assert told.count("None") == 1
    assert ballots(database) == [("1:yes,2:no", "paper")]


def test_paper_that_was_handed_in_closes_the_online_way_and_stands(
    vote: VoteMade, clock: TestClock, cast: Cast, database: Database
) -> None:
    right = vote.rights["李红",]
    slip = issue_link(vote.by, clock.now, vote.code, right)
    secret = exchange(clock.now, slip.token, "n")
    cast_ballot(clock.now, secret, YES, "a")
    number = handed_in(vote, clock, "李红")
    page = ballot_page(clock.now, [secret])
    assert page.paper_at == clock.now
    assert not page.may_vote
    with pytest.raises(BallotRefused):
        cast_ballot(clock.now, secret, YES, "b")
    with pytest.raises(Refused):
        issue_link(vote.by, clock.now, vote.code, right)
    key(vote, clock, cast.secretary, number, NO)
    key(vote, clock, cast.committee, number, NO)
    with database.read() as session:
        assert session.get_one(Standing, right).channel is Channel.PAPER
        assert session.scalar(select(func.sum(Turnout.returned_heads))) == 1


def test_paper_that_came_in_time_is_keyed_after_the_close_and_then_counted(
    vote: VoteMade, clock: TestClock, cast: Cast, database: Database
) -> None:
    number = handed_in(vote, clock, "李红")
    handed_at = clock.now
    (late,) = papers.issue_papers(vote.by, clock.now, vote.code, [vote.rights["王强",]])
    clock.set(vote.closes_at)
    with pytest.raises(Refused):
        papers.receive(vote.by, clock.now, vote.code, late)
    with pytest.raises(Refused):
        counting.count_now(vote.by, clock.now, vote.code)
    assert counting.count_due(clock.now) == 0
    key(vote, clock, cast.secretary, number, YES)
    key(vote, clock, cast.committee, number, YES)
    assert counting.count_due(clock.now) == 1
    with pytest.raises(Refused):
        key(vote, clock, cast.social_worker, number, YES)
    assert len(ballots(database)) == 1
    with ZipFile(BytesIO(bundle.bundle(cast.secretary, clock.now, vote.code))) as files:
        lines = files.read("ballots.csv").decode().splitlines()[1:]
    assert lines
    assert {line.split(",")[4] for line in lines} == {handed_at.isoformat()}
    assert bundle.recounted(cast.secretary, clock.now, vote.code).agrees


def test_the_stub_of_a_paper_ballot_is_its_receipt_once_it_is_keyed(
    vote: VoteMade, clock: TestClock, cast: Cast
) -> None:
    (number,) = papers.issue_papers(vote.by, clock.now, vote.code, [vote.rights["李红",]])
    printed = papers.sheets(cast.committee, vote.code, number, number)
    (sheet,) = printed.sheets
    assert ([unit.label for unit in sheet.units], sheet.area) == (["1号楼 1单元102"], 10_000)
    papers.receive(vote.by, clock.now, vote.code, number)
    with pytest.raises(NotFound):
        receipt(sheet.receipt)
    key(vote, clock, cast.secretary, number, YES)
    key(vote, clock, cast.committee, number, YES)
    assert receipt(sheet.receipt).channel is Channel.PAPER


def test_printed_is_issued_and_unused_and_spoiled_and_a_missing_one_shows(
    vote: VoteMade, clock: TestClock, cast: Cast
) -> None:
    issued = papers.issue_papers(
        vote.by, clock.now, vote.code, [vote.rights["李红",], vote.rights["王强",]]
    )
    assert issued == (1, 2)
    papers.receive(vote.by, clock.now, vote.code, 1)
    papers.spoil(vote.by, clock.now, vote.code, 3)
    desk = paper_desk.paper_desk(cast.committee, vote.code)
    stock = desk.stock
    assert (stock.printed, stock.issued, stock.unused, stock.spoiled) == (4, 2, 1, 1)
    assert (stock.received, stock.outstanding, stock.to_key) == (1, 1, 1)
    assert (desk.waiting, desk.mine) == (((1, Waits.FIRST),), (1,))
    assert desk.reconciled is None

    def count(unused: int) -> bool:
        found = paper_desk.record_hand_count(
            vote.by, clock.now, vote.code, unused=unused, spoiled=1, received=1
        )
        assert paper_desk.paper_desk(vote.by, vote.code).reconciled == found
        return found.balanced

    assert count(1)
    assert not count(0)
    with pytest.raises(FieldError):
        count(-1)


def test_a_ballot_is_not_issued_twice_nor_without_print(
    vote: VoteMade, clock: TestClock, database: Database
) -> None:
    rights = list(vote.rights.values())
    first = papers.issue_papers(vote.by, clock.now, vote.code, rights[:1], "form")
    assert papers.issue_papers(vote.by, clock.now, vote.code, rights[:1], "form") == first
    with pytest.raises(Refused):
        papers.issue_papers(vote.by, clock.now, vote.code, rights[:1])
    with pytest.raises(Refused):
        papers.issue_papers(vote.by, clock.now, vote.code, rights[1:])  # five, three are left
    with pytest.raises(FieldError):
        papers.issue_papers(vote.by, clock.now, vote.code, [])
    papers.spoil(vote.by, clock.now, vote.code, first[0])
    assert papers.issue_papers(vote.by, clock.now, vote.code, rights[:1]) == (2,)
    with database.read() as session:
        assert session.scalar(select(func.count(Paper.id)).where(Paper.issued_at.is_not(None))) == 2


def test_printing_again_by_the_same_form_numbers_nothing_new(
    vote: VoteMade, clock: TestClock
) -> None:
    assert papers.print_papers(vote.by, clock.now, vote.code, 3, "form") == (5, 7)
    assert papers.print_papers(vote.by, clock.now, vote.code, 3, "form") == (5, 7)
    assert papers.sheets(vote.by, vote.code, 1, 99).last == 7
    for many in (0, -1, papers.MOST_AT_ONCE + 1):
        with pytest.raises(FieldError):
            papers.print_papers(vote.by, clock.now, vote.code, many)


@pytest.mark.parametrize("deed", [papers.receive, papers.spoil, papers.take_back])
def test_a_number_that_was_never_printed_is_told(
    vote: VoteMade, clock: TestClock, deed: Callable[..., None]
) -> None:
    with pytest.raises(FieldError):
        deed(vote.by, clock.now, vote.code, 99)


def test_a_wrongly_received_ballot_is_undone_until_somebody_keyed_it(
    vote: VoteMade, clock: TestClock, cast: Cast
) -> None:
    with pytest.raises(FieldError):  # printed, and issued to nobody
        papers.receive(vote.by, clock.now, vote.code, 1)
    number = handed_in(vote, clock, "李红")
    with pytest.raises(Refused):
        papers.spoil(vote.by, clock.now, vote.code, number)
    papers.take_back(vote.by, clock.now, vote.code, number)
    slip = issue_link(vote.by, clock.now, vote.code, vote.rights["李红",])
    assert ballot_page(clock.now, [exchange(clock.now, slip.token, "n")]).may_vote
    papers.receive(vote.by, clock.now, vote.code, number)
    key(vote, clock, cast.secretary, number, YES)
    with pytest.raises(Refused):
        papers.take_back(vote.by, clock.now, vote.code, number)


def test_an_unreadable_ballot_and_too_many_names_are_keyed_as_they_are(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    vote = make_vote(cast, clock.now, lane=Lane.ELECTION, seats=5)
    papers.print_papers(vote.by, clock.now, vote.code, 2)
    too_many = dict.fromkeys(range(1, 7), Choice.YES)
    for owners, choices in ((("李红",), too_many), (("王强",), {1: Choice.INVALID})):
        number = handed_in(vote, clock, *owners)
        key(vote, clock, cast.secretary, number, choices)
        key(vote, clock, cast.committee, number, choices)
    assert [text for text, _ in ballots(database)] == [
        "1:yes,2:yes,3:yes,4:yes,5:yes,6:yes",
        "1:invalid",
    ]
    clock.set(vote.closes_at)
    counting.count_now(vote.by, clock.now, vote.code)


def test_paper_is_worked_on_while_the_vote_is_open(cast: Cast, clock: TestClock) -> None:
    noticed = make_vote(cast, clock.now, until=Stage.NOTICED)
    with pytest.raises(Refused):
        papers.print_papers(noticed.by, clock.now, noticed.code, 1)
    with pytest.raises(NotAllowed):
        papers.print_papers(cast.viewer, clock.now, noticed.code, 1)
