import pytest

from domain.rights import Right
from domain.standing import Choice
from domain.tally import Invalid, Silent, Tally, count, leading_side, result
from domain.thresholds import Lane, Outcome, Weight

ROLL = Weight(9_000_000, 900)
# Returned 50,000 m² / 500; the worked example of the served who stayed silent.
SILENT_DECIDE = Tally(
    yes=Weight(3_000_000, 300),
    no=Weight(1_500_000, 150),
    abstain=Weight(500_000, 50),
    silent=Weight(3_600_000, 350),
)


def judge(
    tally: Tally,
    silent: Silent = Silent.STRICT,
    invalid: Invalid = Invalid.BOTH,
    lane: Lane = Lane.ORDINARY,
) -> Outcome:
    return result("Q", lane, ROLL, tally, silent, invalid).outcome


def test_a_tally_adds_up_each_choice_and_the_served_silent() -> None:
    rights = {
        name: Right(name, area, served)
        for name, area, served in [
            ("wang", 9000, True),
            ("li", 5000, True),
            ("xu", 100, False),
            ("he", 70, True),
            ("lu", 60, False),
            ("qi", 5, False),
        ]
    }
    answers = {"wang": Choice.YES, "li": Choice.YES, "xu": Choice.NO, "lu": Choice.INVALID}
    assert count(answers, rights) == Tally(
        yes=Weight(14000, 2), no=Weight(100, 1), invalid=Weight(60, 1), silent=Weight(70, 1)
    )


def test_silence_is_no_quorum_when_strict_and_passes_with_the_majority() -> None:
    assert judge(SILENT_DECIDE) is Outcome.NO_QUORUM
    assert judge(SILENT_DECIDE, Silent.FOLLOW_MAJORITY) is Outcome.PASS


def test_the_silent_join_a_majority_against_as_well() -> None:
    tally = Tally(
        yes=SILENT_DECIDE.no,
        no=SILENT_DECIDE.yes,
        abstain=SILENT_DECIDE.abstain,
        silent=SILENT_DECIDE.silent,
    )
    found = result("Q", Lane.ORDINARY, ROLL, tally, Silent.FOLLOW_MAJORITY, Invalid.BOTH)
    assert found.outcome is Outcome.FAIL
    assert found.participating == Weight(8_600_000, 850)
    assert found.approving == tally.yes


@pytest.mark.parametrize(
    ("yes", "no", "side"),
    [
        (Weight(2, 2), Weight(1, 1), Choice.YES),
        (Weight(1, 1), Weight(2, 2), Choice.NO),
        (Weight(2, 1), Weight(1, 2), None),
        (Weight(2, 2), Weight(1, 2), None),
        (Weight(2, 2), Weight(2, 1), None),
        (Weight(), Weight(), None),
    ],
)
def test_a_side_leads_only_by_area_and_by_heads(
    yes: Weight, no: Weight, side: Choice | None
) -> None:
    assert leading_side(Tally(yes=yes, no=no, abstain=Weight(9, 9), invalid=Weight(9, 9))) is side


def test_where_area_and_heads_disagree_the_silent_stay_out() -> None:
    tally = Tally(yes=Weight(3_000_000, 100), no=Weight(1, 150), silent=Weight(5_000_000, 600))
    found = result("Q", Lane.ORDINARY, ROLL, tally, Silent.FOLLOW_MAJORITY, Invalid.BOTH)
    assert found == result("Q", Lane.ORDINARY, ROLL, tally, Silent.STRICT, Invalid.BOTH)


@pytest.mark.parametrize("lane", [Lane.COMMITTEE, Lane.ELECTION, Lane.POLL])
def test_silence_never_counts_outside_the_owners_votes(lane: Lane) -> None:
    strict = result("Q", lane, ROLL, SILENT_DECIDE, Silent.STRICT, Invalid.BOTH)
    assert result("Q", lane, ROLL, SILENT_DECIDE, Silent.FOLLOW_MAJORITY, Invalid.BOTH) == strict


def test_abstaining_takes_part_and_does_not_approve() -> None:
    tally = Tally(
        yes=Weight(3_700_000, 350), no=Weight(2_800_000, 300), abstain=Weight(700_000, 70)
    )
    assert judge(tally) is Outcome.FAIL
    without = Tally(yes=tally.yes, no=tally.no)
    assert judge(without) is Outcome.PASS


@pytest.mark.parametrize(
    ("tally", "both", "participates", "excluded"),
    [
        # The invalid make the quorum.
        (
            Tally(yes=Weight(5_000_000, 500), invalid=Weight(1_000_000, 100)),
            Outcome.DEPENDS_ON_INVALID,
            Outcome.PASS,
            Outcome.NO_QUORUM,
        ),
        # The invalid break the majority.
        (
            Tally(
                yes=Weight(3_200_000, 320), no=Weight(3_100_000, 310), invalid=Weight(500_000, 50)
            ),
            Outcome.DEPENDS_ON_INVALID,
            Outcome.FAIL,
            Outcome.PASS,
        ),
        # The invalid change nothing.
        (
            Tally(yes=Weight(6_000_000, 600), invalid=Weight(500_000, 50)),
            Outcome.PASS,
            Outcome.PASS,
            Outcome.PASS,
        ),
    ],
)
def test_invalid_ballots_are_counted_both_ways(
    tally: Tally, both: Outcome, participates: Outcome, excluded: Outcome
) -> None:
    found = {way: judge(tally, invalid=way) for way in Invalid}
    assert found == {
        Invalid.BOTH: both,
        Invalid.PARTICIPATES: participates,
        Invalid.EXCLUDED: excluded,
    }


def test_the_figures_shown_count_the_invalid_unless_they_are_excluded() -> None:
    tally = Tally(yes=Weight(6_000_000, 600), invalid=Weight(500_000, 50))
    shown = {
        way: result("Q", Lane.ORDINARY, ROLL, tally, Silent.STRICT, way).participating
        for way in Invalid
    }
    assert shown == {
        Invalid.BOTH: Weight(6_500_000, 650),
        Invalid.PARTICIPATES: Weight(6_500_000, 650),
        Invalid.EXCLUDED: Weight(6_000_000, 600),
    }
