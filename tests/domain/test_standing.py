from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.standing import (
    BallotLine,
    Channel,
    Choice,
    Repeated,
    standing_answers,
    standing_papers,
)

YES, NO = Choice.YES, Choice.NO
PAPER, ONLINE, PROXY = Channel.PAPER, Channel.ONLINE, Channel.PROXY


def line(choice: Choice, channel: Channel, seq: int, question: str = "Q") -> BallotLine:
    return BallotLine("wang", question, choice, channel, seq)


@pytest.mark.parametrize(
    ("lines", "stands"),
    [
        ([line(YES, ONLINE, 1), line(NO, ONLINE, 2)], NO),
        ([line(YES, ONLINE, 2), line(NO, ONLINE, 1)], YES),
        ([line(YES, PAPER, 1), line(NO, ONLINE, 9)], YES),
        ([line(YES, PROXY, 9), line(NO, ONLINE, 1)], NO),
        ([line(YES, PROXY, 9), line(NO, PAPER, 1)], NO),
        ([line(YES, PAPER, 2), line(NO, PAPER, 3), line(YES, ONLINE, 4)], NO),
        ([line(YES, PROXY, 1), line(NO, PROXY, 2)], NO),
        ([line(Choice.INVALID, PAPER, 1), line(YES, ONLINE, 2)], Choice.INVALID),
    ],
)
def test_paper_before_online_before_proxy_then_the_last(
    lines: list[BallotLine], stands: Choice
) -> None:
    assert standing_answers(lines) == {"Q": {"wang": stands}}
    assert standing_papers(lines) == {"wang": {"Q": stands}}


def test_a_later_ballot_leaves_questions_alone_that_it_does_not_name() -> None:
    lines = [line(YES, ONLINE, 1, "Q1"), line(YES, ONLINE, 1, "Q2"), line(NO, ONLINE, 2, "Q2")]
    assert standing_answers(lines) == {"Q1": {"wang": YES}, "Q2": {"wang": NO}}


def test_in_an_election_a_later_ballot_replaces_the_whole_of_the_earlier() -> None:
    lines = [line(YES, ONLINE, 1, "甲"), line(YES, ONLINE, 1, "乙"), line(NO, ONLINE, 2, "乙")]
    assert standing_papers(lines) == {"wang": {"乙": NO}}


@pytest.mark.parametrize("stand", [standing_answers, standing_papers])
@pytest.mark.parametrize("between", [[], [line(YES, PAPER, 8)], [line(YES, PROXY, 1)]])
def test_the_same_line_twice_is_refused_even_when_neither_stands(stand, between) -> None:
    with pytest.raises(Repeated):
        stand([line(YES, ONLINE, 3), *between, line(YES, ONLINE, 3)])
    with pytest.raises(Repeated):
        stand([line(NO, PAPER, 1), *between, line(YES, ONLINE, 3), line(YES, ONLINE, 3)])


many = st.lists(
    st.builds(
        BallotLine,
        st.sampled_from(["wang", "li"]),
        st.sampled_from(["Q1", "Q2"]),
        st.sampled_from(Choice),
        st.sampled_from(Channel),
        st.integers(1, 4),
    ),
    unique_by=lambda one: (one.right, one.question, one.channel, one.seq),
)


@given(many, st.randoms(use_true_random=True))
def test_the_order_of_lines_changes_nothing(lines: list[BallotLine], random: Random) -> None:
    shuffled = random.sample(lines, len(lines))
    assert standing_answers(shuffled) == standing_answers(lines)
    assert standing_papers(shuffled) == standing_papers(lines)
