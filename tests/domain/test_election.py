import pytest

from domain.election import BadLots, Seating, count_papers, elect, seat
from domain.rights import Right
from domain.standing import Choice
from domain.tally import Invalid, Result, Tally
from domain.thresholds import Lane, Outcome, Weight, outcome, shortfall

YES, NO, ABSTAIN, INVALID = Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.INVALID
ROLL = Weight(90_000, 9)


def passing(name: str, area: int, heads: int) -> Result:
    part, yes = Weight(90_000, 9), Weight(area, heads)
    return Result(
        name,
        ROLL,
        part,
        yes,
        outcome(Lane.ELECTION, ROLL, part, yes),
        shortfall(Lane.ELECTION, ROLL, part),
    )


def test_a_valid_ballot_abstains_where_it_names_no_choice() -> None:
    rights = {name: Right(name, 1000, served=True) for name in ("wang", "li", "xu")}
    papers = {"wang": {"甲": YES}, "li": {"甲": NO, "乙": YES}}
    assert count_papers(papers, rights, ["甲", "乙", "丙"], seats=2) == {
        "甲": Tally(yes=Weight(1000, 1), no=Weight(1000, 1), silent=Weight(1000, 1)),
        "乙": Tally(yes=Weight(1000, 1), abstain=Weight(1000, 1), silent=Weight(1000, 1)),
        "丙": Tally(abstain=Weight(2000, 2), silent=Weight(1000, 1)),
    }


@pytest.mark.parametrize(
    ("paper", "spoilt"),
    [
        ({"甲": YES, "乙": YES}, False),
        ({"甲": YES, "乙": YES, "丙": YES}, True),
        ({"甲": YES, "乙": INVALID}, True),
        ({"甲": NO, "乙": NO, "丙": NO}, False),
    ],
)
def test_too_many_names_or_an_invalid_line_spoil_the_whole_ballot(
    paper: dict[str, Choice], spoilt: bool
) -> None:
    rights = {"wang": Right("wang", 1000, served=True)}
    tallies = count_papers({"wang": paper}, rights, ["甲", "乙", "丙"], seats=2)
    for tally in tallies.values():
        assert (tally.invalid == Weight(1000, 1)) is spoilt
        assert (tally.yes + tally.no + tally.abstain == Weight()) is spoilt


def test_rank_is_the_sum_of_both_shares_then_area_then_heads() -> None:
    passed = [
        passing("甲", 50_000, 7),  # 5/9 + 7/9
        passing("丙", 60_000, 7),  # 6/9 + 7/9
        passing("乙", 70_000, 6),  # the same sum with more area, though later in text order
        passing("丁", 80_000, 8),
    ]
    assert "丙" < "乙"
    assert seat(passed, 3) == Seating(("丁", "乙", "丙"), ("甲",))


def test_shares_that_a_float_cannot_tell_apart_still_rank() -> None:
    whole = Weight(3 * 10**17, 3)
    near = [
        Result(name, whole, whole, Weight(area, 2), Outcome.PASS, Weight())
        for name, area in (("甲", 2 * 10**17), ("乙", 2 * 10**17 + 1))
    ]
    assert seat(near, 1) == Seating(("乙",), ("甲",))


ABOVE = passing("戊", 80_000, 8)
TIED = [passing(name, 60_000, 6) for name in ("乙", "丙", "甲")]
BELOW = passing("丁", 50_000, 5)


@pytest.mark.parametrize(
    ("seats", "lots", "expected"),
    [
        # No tie crosses the last seat: equals stand in text order, and no lot is needed.
        (5, (), Seating(("戊", "丙", "乙", "甲", "丁"))),
        (4, (), Seating(("戊", "丙", "乙", "甲"), ("丁",))),
        (1, (), Seating(("戊",), ("丙", "乙", "甲", "丁"))),
        # The last seats are contested; who ranks below the tied is an alternate all the same.
        (2, (), Seating(("戊",), ("丁",), ("丙", "乙", "甲"))),
        (3, (), Seating(("戊",), ("丁",), ("丙", "乙", "甲"))),
        (2, ("甲",), Seating(("戊", "甲"), ("丙", "乙", "丁"), drawn=True)),
        (3, ("甲", "丙"), Seating(("戊", "甲", "丙"), ("乙", "丁"), drawn=True)),
        (3, ("丙", "甲"), Seating(("戊", "丙", "甲"), ("乙", "丁"), drawn=True)),
    ],
)
def test_a_tie_across_the_last_seat_waits_for_the_lot(
    seats: int, lots: tuple[str, ...], expected: Seating
) -> None:
    everybody = [*TIED, BELOW, ABOVE]
    assert sorted(["丙", "乙", "甲"]) == ["丙", "乙", "甲"]
    for order in (everybody, everybody[::-1]):
        assert seat(order, seats, lots) == expected


@pytest.mark.parametrize(
    ("seats", "lots"),
    [
        (3, ("甲",)),  # one seat left over
        (2, ("甲", "乙")),  # more winners than seats
        (2, ("戊",)),  # not tied: elected anyway
        (2, ("丁",)),  # not tied: below
        (2, ("己",)),  # no candidate
        (3, ("甲", "甲")),  # drawn twice
        (3, ("甲", "丙", "甲")),
        (4, ("甲",)),  # no tie across the last seat
        (9, ("甲",)),
    ],
)
def test_lots_that_settle_no_tie_are_refused(seats: int, lots: tuple[str, ...]) -> None:
    tallies = {
        one.question: Tally(yes=one.approving, no=one.participating - one.approving)
        for one in (*TIED, BELOW, ABOVE)
    }
    with pytest.raises(BadLots):
        elect(ROLL, tallies, seats, lots)


def test_nobody_passes_without_quorum_or_with_half() -> None:
    half = Tally(yes=Weight(45_000, 5), no=Weight(45_000, 4))
    absent = Tally(yes=Weight(50_000, 5))
    found = elect(ROLL, {"甲": half, "乙": absent}, seats=2)
    assert [one.outcome for one in found.candidates] == [Outcome.NO_QUORUM, Outcome.FAIL]
    assert found.seating == Seating()


def spoilt_decide() -> dict[str, Tally]:
    """Ballots of 8 valid and 1 spoilt: 乙 has half of all but more than half of the valid."""
    spoilt = Weight(10_000, 1)
    return {
        "甲": Tally(yes=Weight(80_000, 8), invalid=spoilt),
        "乙": Tally(yes=Weight(45_000, 5), no=Weight(35_000, 3), invalid=spoilt),
    }


def test_where_spoilt_ballots_move_anybody_nobody_is_seated() -> None:
    found = elect(ROLL, spoilt_decide(), seats=2)
    outcomes = {one.question: one.outcome for one in found.candidates}
    assert outcomes == {"甲": Outcome.PASS, "乙": Outcome.DEPENDS_ON_INVALID}
    assert found.seating == Seating()


@pytest.mark.parametrize(
    ("invalid", "elected"),
    [(Invalid.PARTICIPATES, ("甲",)), (Invalid.EXCLUDED, ("甲", "乙"))],
)
def test_a_rule_on_spoilt_ballots_seats_by_that_rule(
    invalid: Invalid, elected: tuple[str, ...]
) -> None:
    assert elect(ROLL, spoilt_decide(), 2, invalid=invalid).seating.elected == elected


def test_a_place_in_another_list_depends_on_invalid_though_both_pass() -> None:
    # Heads weigh more the fewer ballots take part, so leaving one out swaps the two.
    roll = Weight(100_000, 100)
    spoilt = Weight(1_000, 30)
    valid = Weight(99_000, 70)
    tallies = {
        name: Tally(yes=yes, no=valid - yes, invalid=spoilt)
        for name, yes in (("甲", Weight(60_000, 60)), ("乙", Weight(70_500, 51)))
    }
    places = {
        way: elect(roll, tallies, 1, invalid=way).seating.elected
        for way in (Invalid.PARTICIPATES, Invalid.EXCLUDED)
    }
    assert places == {Invalid.PARTICIPATES: ("乙",), Invalid.EXCLUDED: ("甲",)}
    both = elect(roll, tallies, 1)
    assert {one.outcome for one in both.candidates} == {Outcome.DEPENDS_ON_INVALID}
    assert both.seating == Seating()


def test_lots_that_fit_one_way_alone_leave_the_result_open() -> None:
    # 乙 and 丙 pass, and tie, only when the spoilt ballot is left out.
    spoilt, half = Weight(10_000, 1), Weight(40_001, 4)
    valid = Weight(80_000, 7)
    tallies = {name: Tally(yes=half, no=valid - half, invalid=spoilt) for name in ("乙", "丙")}
    assert elect(ROLL, tallies, 1, ("丙",), Invalid.EXCLUDED).seating.elected == ("丙",)
    both = elect(ROLL, tallies, 1, ("丙",))
    assert {one.outcome for one in both.candidates} == {Outcome.DEPENDS_ON_INVALID}
    assert both.seating == Seating()
    with pytest.raises(BadLots):
        elect(ROLL, tallies, 1, ("丙",), Invalid.PARTICIPATES)
