"""Personal links: exchanged once, replaced, a proxy's; and the ballots that come through them."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import func, select, update

from db import engine
from db.engine import Database
from db.numbers import hashed
from db.rates import TooMany
from db.tables import Event
from db.tables.roll import Mandate
from db.tables.votes import Ballot, BallotLink, Service, Standing, Vote
from db.votes import counting, links
from db.votes.ballot_page import MOST_CHANGES, ballot_page, candidate_photo, cast_ballot
from db.votes.links import LinkSpent, exchange, issue_for_building, issue_for_unserved, issue_link
from db.votes.proxies import issue_proxy_link, proxy_lines
from db.votes.receipts import receipt
from domain.ballots import BallotRefused
from domain.errors import FieldError, NotAllowed, NotFound, Refused
from domain.mandates import MandateKind, NoMandate
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
    return make_vote(cast, clock.now)


def opened(vote: VoteMade, clock: TestClock, *owners: str) -> str:
    """The secret of a browser that opened a fresh link of these owners."""
    slip = issue_link(vote.by, clock.now, vote.code, vote.rights[owners])
    return exchange(clock.now, slip.token, "nonce")


def test_a_link_is_exchanged_once_and_is_kept_as_hashes_alone(
    vote: VoteMade, clock: TestClock, database: Database
) -> None:
    slip = issue_link(vote.by, clock.now, vote.code, vote.rights["李红",])
    assert len(slip.token) >= 43
    secret = exchange(clock.now, slip.token, "one")
    for nonce in ("two", ""):
        with pytest.raises(LinkSpent) as spent:
            exchange(clock.now, slip.token, nonce)
        with pytest.raises(NotFound) as unknown:
            exchange(clock.now, "x" * 43, nonce)
        assert str(spent.value) == str(unknown.value)
    with database.read() as session:
        kept = repr([vars(row) for row in session.scalars(select(BallotLink))])
        told = repr(session.scalars(select(Event.payload)).all())
    for text in (slip.token, secret):
        assert text not in kept + told
    assert hashed(slip.token) in kept


def test_the_same_page_or_browser_gets_the_same_ballot_again(
    vote: VoteMade, clock: TestClock
) -> None:
    slip = issue_link(vote.by, clock.now, vote.code, vote.rights["李红",])
    secret = exchange(clock.now, slip.token, "one")
    assert exchange(clock.now, slip.token, "one") == secret  # the line was cut
    assert exchange(clock.now, slip.token, "later", ["other", secret]) == secret


def test_of_two_browsers_at_one_moment_one_gets_the_ballot(
    vote: VoteMade, clock: TestClock
) -> None:
    slip = issue_link(vote.by, clock.now, vote.code, vote.rights["李红",])
    got: list[str | None] = []

    def open_it(nonce: str) -> None:
        try:
            got.append(exchange(clock.now, slip.token, nonce))
        except LinkSpent:
            got.append(None)

    threads = [Thread(target=open_it, args=(f"n{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert len([one for one in got if one]) == 1


def test_opening_serves_every_unit_of_the_right_and_a_second_time_nothing(
    vote: VoteMade, clock: TestClock, database: Database
) -> None:
    opened(vote, clock, "张明")
    opened(vote, clock, "张明")  # after a reissue
    with database.read() as session:
        units = session.scalars(select(Service.vote_unit_id).order_by(Service.vote_unit_id)).all()
    assert units == sorted([vote.units["1号楼 1单元101"], vote.units["1号楼 1单元103"]])


def test_a_new_link_ends_the_old_one_and_its_cookie(vote: VoteMade, clock: TestClock) -> None:
    right = vote.rights["李红",]
    first = issue_link(vote.by, clock.now, vote.code, right)
    secret = exchange(clock.now, first.token, "one")
    cast_ballot(clock.now, secret, YES, "a")
    second = issue_link(vote.by, clock.now, vote.code, right)
    for attempt in (
        lambda: exchange(clock.now, first.token, "one"),
        lambda: ballot_page(clock.now, [secret]),
        lambda: cast_ballot(clock.now, secret, NO, "b"),
    ):
        with pytest.raises(NotFound):
            attempt()
    fresh = exchange(clock.now, second.token, "two")
    page = ballot_page(clock.now, [secret, fresh])
    assert page.returned is not None  # what was sent by the old link is in and stays in
    assert page.names == ("李*",)


def test_a_building_gets_links_except_where_one_is_in_use_and_loading_again_shows_the_same(
    vote: VoteMade, clock: TestClock, cast: Cast
) -> None:
    opened(vote, clock, "李红")
    slips = issue_for_building(vote.by, clock.now, vote.code, cast.building_one, "key")
    assert {slip.right_id for slip in slips} == {vote.rights["张明",], vote.rights["王强",]}
    again = issue_for_building(vote.by, clock.now, vote.code, cast.building_one, "key")
    assert again == slips
    other = issue_for_building(vote.by, clock.now, vote.code, cast.building_one, "another")
    assert {slip.token for slip in other}.isdisjoint({slip.token for slip in slips})
    with pytest.raises(NotFound):
        exchange(clock.now, slips[0].token, "n")
    with pytest.raises(Refused):  # its links were replaced, the old page must not print them
        issue_for_building(vote.by, clock.now, vote.code, cast.building_one, "key")


def test_whoever_was_not_served_gets_a_link(vote: VoteMade, clock: TestClock) -> None:
    opened(vote, clock, "李红")
    slips = issue_for_unserved(vote.by, clock.now, vote.code)
    assert {slip.right_id for slip in slips} == {
        right for owners, right in vote.rights.items() if owners != ("李红",)
    }


def test_links_are_issued_while_the_vote_is_open_by_who_runs_it(
    cast: Cast, clock: TestClock
) -> None:
    noticed = make_vote(cast, clock.now, until=Stage.NOTICED)
    with pytest.raises(Refused):
        issue_for_unserved(noticed.by, clock.now, noticed.code)
    made = make_vote(cast, clock.now, roll=False)
    right = made.rights["李红",]
    for person in (cast.viewer, cast.administrator, cast.property_contact):
        with pytest.raises(NotAllowed):
            issue_link(person, clock.now, made.code, right)
    foreign = make_vote(cast, clock.now, two=True)
    with pytest.raises(NotFound):
        issue_link(cast.committee, clock.now, foreign.code, foreign.rights["李红",])
    with pytest.raises(FieldError):
        issue_link(cast.committee, clock.now, made.code, foreign.rights["李红",])
    with pytest.raises(Refused):
        issue_link(made.by, made.closes_at, made.code, right)


def test_the_list_says_who_has_a_link_and_who_voted_but_not_what(
    vote: VoteMade, clock: TestClock, cast: Cast
) -> None:
    secret = opened(vote, clock, "李红")
    cast_ballot(clock.now, secret, YES, "a")
    lines = links.link_lines(cast.committee, vote.code, cast.building_one)
    by_name = {line.names: line for line in lines}
    assert by_name["李红",].opened_at == clock.now
    assert by_name["李红",].returned
    assert by_name["王强",].issued_at is None
    assert not by_name["王强",].returned
    assert not tells_a_choice(repr(lines))


def test_a_ballot_sent_twice_is_one_and_has_one_receipt(
    vote: VoteMade, clock: TestClock, database: Database
) -> None:
    secret = opened(vote, clock, "李红")
    results: list[tuple[str, int]] = []

    def send() -> None:
        code, outcome = cast_ballot(clock.now, secret, YES, "form")
        results.append((code, outcome.seq))

    threads = [Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 6
    assert len(set(results)) == 1
    with database.read() as session:
        assert session.scalar(select(func.count(Ballot.id))) == 1
        assert results[0][0] not in repr([vars(row) for row in session.scalars(select(Ballot))])


def test_a_receipt_says_that_it_is_in_and_whether_it_stands_and_never_what_it_says(
    vote: VoteMade, clock: TestClock, database: Database
) -> None:
    secret = opened(vote, clock, "李红")
    first, outcome = cast_ballot(clock.now, secret, YES, "a")
    found = receipt(f" {first[:4].lower()}-{first[4:]} ")
    assert (found.stands, found.channel, found.seq) == (True, Channel.ONLINE, outcome.seq)
    with database.read() as session:
        chain = select(Event.hash).where(Event.chain == f"vote:{vote.code}")
        assert found.event == session.scalar(chain.where(Event.seq == outcome.seq))
    second, _ = cast_ballot(clock.forward(minutes=1), secret, NO, "b")
    assert second != first
    assert not receipt(first).stands
    assert receipt(second).stands
    shown = repr(receipt(second))
    assert not tells_a_choice(shown)
    assert "李" not in shown
    assert "1单元" not in shown
    with pytest.raises(NotFound):
        receipt("ABCDEFGHJKMN")


def test_the_page_shows_neither_choices_nor_results_before_publication(
    vote: VoteMade, clock: TestClock
) -> None:
    secret = opened(vote, clock, "李红")
    before = ballot_page(clock.now, [secret])
    assert before.may_vote
    assert before.area == 10_000
    assert [unit.label for unit in before.units] == ["1号楼 1单元102"]
    cast_ballot(clock.now, secret, YES, "a")
    page = ballot_page(clock.now, [secret])
    assert page.returned is not None
    assert not tells_a_choice(repr(page))
    clock.set(vote.closes_at)
    closed = ballot_page(clock.now, [secret])
    assert (closed.stage, closed.may_vote, closed.count) == (Stage.COUNTING, False, None)
    counting.count_now(vote.by, clock.now, vote.code)
    assert ballot_page(clock.now, [secret]).count is None
    counting.publish(vote.by, clock.now, vote.code)
    assert ballot_page(clock.now, [secret]).count is not None


def test_a_ballot_needs_every_answer_and_comes_before_the_close(
    vote: VoteMade, clock: TestClock
) -> None:
    secret = opened(vote, clock, "李红")
    with pytest.raises(FieldError) as missing:
        cast_ballot(clock.now, secret, {1: Choice.YES}, "a")
    assert missing.value.field == "choice_2"
    with pytest.raises(BallotRefused):
        cast_ballot(clock.now, secret, YES | {2: Choice.INVALID}, "a")
    with pytest.raises(BallotRefused):
        cast_ballot(vote.closes_at, secret, YES, "a")
    cast_ballot(vote.closes_at - timedelta(seconds=1), secret, YES, "a")


def test_an_election_takes_at_most_as_many_names_as_seats(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    made = make_vote(cast, clock.now, lane=Lane.ELECTION, seats=5)
    secret = opened(made, clock, "李红")
    with pytest.raises(FieldError):
        cast_ballot(clock.now, secret, dict.fromkeys(range(1, 7), Choice.YES), "a")
    chosen = dict.fromkeys(range(1, 8), Choice.ABSTAIN) | {3: Choice.YES}
    cast_ballot(clock.now, secret, chosen, "a")
    with database.read() as session:
        assert session.scalars(select(Ballot.choices)).all() == ["3:yes"]
    with pytest.raises(NotFound):
        candidate_photo([secret], 3)


def test_who_changes_the_ballot_without_end_is_told_to_wait(
    vote: VoteMade, clock: TestClock, database: Database
) -> None:
    secret = opened(vote, clock, "李红")
    for number in range(MOST_CHANGES + 1):  # the first one is no change
        cast_ballot(clock.now, secret, (YES, NO)[number % 2], f"form {number}")
    with pytest.raises(TooMany):
        cast_ballot(clock.now, secret, NO, "one more")
    cast_ballot(clock.forward(days=1, seconds=1), secret, NO, "tomorrow")


def test_one_browser_holds_several_ballots_and_shows_the_first_that_is_valid(
    vote: VoteMade, clock: TestClock
) -> None:
    one, two = opened(vote, clock, "李红"), opened(vote, clock, "赵勇", "陈静")
    page = ballot_page(clock.now, ["gone", two, one])
    assert page.names == ("赵*", "陈*") or page.names == ("陈*", "赵*")
    assert [(other.place, other.unit) for other in page.others] == [(2, "1号楼 1单元102")]


# --- proxies


def mandate(
    database: Database, vote: VoteMade, owner: str, holder: str, phone: str | None = None
) -> int:
    with database.write() as session:
        row = Mandate(
            estate_id=vote.estate,
            vote_id=vote.id,
            owner_id=vote.owners[owner],
            right=str(vote.owners[owner]),
            kind=MandateKind.PROXY,
            holder_name=holder,
            holder_phone=phone,
            recorded_at=vote.closes_at - timedelta(days=3),
        )
        session.add(row)
        session.flush()
        return row.id


def by_proxy(vote: VoteMade, clock: TestClock, mandate_id: int) -> str:
    slip = issue_proxy_link(vote.by, clock.now, vote.code, mandate_id)
    return exchange(clock.now, slip.token, "proxy")


def test_a_proxys_ballot_gives_way_to_the_owners_own(
    vote: VoteMade, clock: TestClock, database: Database
) -> None:
    proxy = by_proxy(vote, clock, mandate(database, vote, "李红", "孙悦"))
    page = ballot_page(clock.now, [proxy])
    assert (page.holder, page.names) == ("孙*", ("李*",))
    with database.read() as session:  # what the proxy opened is not served to the owner
        assert session.scalar(select(func.count(Service.id))) == 0
    _, outcome = cast_ballot(clock.now, proxy, YES, "a")
    assert outcome.stands
    own = opened(vote, clock, "李红")
    returned = ballot_page(clock.now, [own]).returned
    assert returned is not None
    assert returned.channel is Channel.PROXY
    assert cast_ballot(clock.now, own, NO, "b")[1].stands
    late = ballot_page(clock.now, [proxy])
    assert late.gives_way
    assert not late.may_vote
    assert not cast_ballot(clock.now, proxy, YES, "c")[1].stands
    with database.read() as session:
        assert session.scalars(select(Standing.channel)).all() == [Channel.ONLINE]


def test_a_revoked_proxy_has_no_link_and_no_ballot_any_more(
    vote: VoteMade, clock: TestClock, database: Database
) -> None:
    held = mandate(database, vote, "李红", "孙悦")
    proxy = by_proxy(vote, clock, held)
    with database.write() as session:
        session.execute(update(Mandate).values(revoked_at=clock.now))
    with pytest.raises(NotFound):
        ballot_page(clock.now, [proxy])
    with pytest.raises(NotFound):
        cast_ballot(clock.now, proxy, YES, "a")
    with pytest.raises(NotFound):
        issue_proxy_link(vote.by, clock.now, vote.code, held)
    assert proxy_lines(vote.by, vote.code) == ()


def test_one_holder_gets_links_for_no_more_rights_than_the_frozen_rules_allow(
    vote: VoteMade, clock: TestClock, database: Database
) -> None:
    first, second, third = (
        mandate(database, vote, owner, "孙悦", "13700001111") for owner in ("李红", "王强", "周丽")
    )
    other = mandate(database, vote, "张明", "孙悦", "13700002222")  # of the same name alone
    for one in (first, second, first):  # a new link for the first is no further right
        issue_proxy_link(vote.by, clock.now, vote.code, one)
    with pytest.raises(NoMandate):
        issue_proxy_link(vote.by, clock.now, vote.code, third)
    issue_proxy_link(vote.by, clock.now, vote.code, other)
    lines = {line.mandate_id: line for line in proxy_lines(vote.by, vote.code)}
    assert lines[third].issued_at is None
    assert lines[first].right_id == vote.rights["李红",]


def test_a_vote_that_was_cancelled_takes_no_ballot_and_says_why(
    vote: VoteMade, clock: TestClock
) -> None:
    secret = opened(vote, clock, "李红")
    with engine.write() as session:
        row = session.get_one(Vote, vote.id)
        row.cancelled_at, row.cancelled = clock.now, "名册有误"
    assert ballot_page(clock.now, [secret]).cancelled == "名册有误"
    with pytest.raises(BallotRefused):
        cast_ballot(clock.now, secret, YES, "a")
