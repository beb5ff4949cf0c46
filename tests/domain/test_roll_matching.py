"""Who is who on the roll: what is proven, what is doubtful, whatever the order of the rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.roll_matching import Doubt, Mention, match

A, B = "王伟", "李静"
P, Q = "13800000001", "13800000002"
X, Y = "paper-x", "paper-y"


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ((A, P, X), (A, Q, X), "same"),  # one paper
        ((A, None, X), (A, None, X), "same"),
        ((A, P, None), (A, P, None), "same"),  # one name, one number
        ((A, P, X), (A, P, None), "same"),
        ((" 王 伟", P, None), (A, P, None), "same"),  # spaces are no letters
        ((A, P, None), (B, P, None), "different"),  # a family's telephone
        ((A, P, X), (A, Q, Y), "different"),  # two papers
        ((A, None, X), (A, None, Y), "different"),
        ((A, None, None), (B, None, None), "different"),
        ((A, None, None), (A, None, None), Doubt.SAME_NAME),
        ((A, P, None), (A, None, None), Doubt.SAME_NAME),
        ((A, P, None), (A, Q, None), Doubt.SAME_NAME),
        ((A, P, X), (A, Q, None), Doubt.SAME_NAME),
        ((A, None, X), (A, None, None), Doubt.SAME_NAME),
        ((A, P, X), (A, P, Y), Doubt.TWO_DOCUMENTS),
        ((A, P, X), (B, Q, X), Doubt.SAME_DOCUMENT),
    ],
)
def test_two_owners_are_the_same_different_or_doubtful(
    one: tuple[str, str, str], other: tuple[str, str, str], found: str | Doubt
) -> None:
    matched = match([Mention(1, *one), Mention(2, *other)])
    assert (matched.same[1] == matched.same[2]) is (found == "same")
    reasons = {group.why for group in matched.groups}
    assert reasons == ({found} if isinstance(found, Doubt) else set())


def test_a_number_that_leads_to_two_papers_belongs_to_neither() -> None:
    rows = [Mention(1, A, P, X), Mention(2, A, P), Mention(3, A, P, Y)]
    for order in (rows, rows[::-1], [rows[1], rows[0], rows[2]]):
        matched = match(order)
        assert len(set(matched.same.values())) == 3
        assert set(matched.doubts) == {1, 2, 3}


def test_somebodys_word_is_heeded_for_good() -> None:
    rows = [Mention(1, A), Mention(2, A), Mention(3, A)]
    said = [(1, 2), (1, 3)]
    assert set(match(rows, said).doubts) == {2, 3}
    assert match(rows, [*said, (2, 3)]).groups == ()


def test_one_person_known_under_two_papers_is_no_doubt() -> None:
    known = [Mention(1, A, P, X), Mention(1, A, Q, Y), Mention(2, A, Q)]
    matched = match(known)
    assert matched.same == {1: 1, 2: 1}
    assert matched.groups == ()


def test_a_person_of_units_that_do_not_count_raises_no_doubt() -> None:
    assert match([Mention(1, A), Mention(2, A, counts=False)]).groups == ()


def test_many_of_one_name_are_told_apart_in_no_time() -> None:
    papers = [Mention(key, A, None, f"paper-{key}") for key in range(20_000)]
    assert match(papers).groups == ()
    bare = match([Mention(key, A) for key in range(20_000)])
    assert [len(group.owners) for group in bare.groups] == [20_000]


mentions = st.lists(
    st.builds(
        Mention,
        owner=st.integers(1, 12),
        name=st.sampled_from([A, B, "王　伟"]),
        phone=st.sampled_from([None, P, Q]),
        document=st.sampled_from([None, X, Y]),
        counts=st.booleans(),
    ),
    max_size=14,
    unique_by=lambda one: one.owner,
)
pairs = st.sets(
    st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda two: two[0] < two[1]),
    max_size=4,
)


@given(mentions, pairs, st.randoms())
def test_the_order_of_the_rows_never_matters(
    rows: list[Mention], said: set[tuple[int, int]], luck: object
) -> None:
    before = match(rows, said)
    luck.shuffle(rows)  # type: ignore[attr-defined]
    after = match(rows, [(other, one) for one, other in said])
    assert after == before


@given(mentions, pairs)
def test_merging_twice_merges_nothing_more(rows: list[Mention], said: set[tuple[int, int]]) -> None:
    first = match(rows, said)
    merged = [
        Mention(first.same[one.owner], one.name, one.phone, one.document, one.counts)
        for one in rows
    ]
    pairs_now = {(first.same.get(one, one), first.same.get(other, other)) for one, other in said}
    again = match(merged, pairs_now)
    assert all(owner == root for owner, root in again.same.items())
    assert again.groups == first.groups


@given(mentions, pairs)
def test_nobody_is_merged_against_a_word_a_name_or_a_paper(
    rows: list[Mention], said: set[tuple[int, int]]
) -> None:
    same = match(rows, said).same
    for one, other in said:
        if one in same and other in same:
            assert same[one] != same[other]
    for root in set(same.values()):
        own = [one for one in rows if same[one.owner] == root]
        assert len({one.name.replace("　", "") for one in own}) == 1
        assert len({one.document for one in own} - {None}) <= 1


@given(mentions)
def test_once_everybody_is_told_apart_no_doubt_is_left(rows: list[Mention]) -> None:
    matched = match(rows)
    said = {
        (one, other)
        for group in matched.groups
        for one in group.owners
        for other in group.owners
        if one < other
    }
    assert match(rows, said).groups == ()


@given(mentions, pairs)
def test_who_is_neither_proven_nor_doubtful_has_a_name_or_papers_that_differ(
    rows: list[Mention], said: set[tuple[int, int]]
) -> None:
    """The slow rule, two by two: nothing is split silently."""
    matched = match(rows, said)
    together = {owner: set() for owner in matched.same}  # type: dict[int, set[int]]
    for group in matched.groups:
        for owner in group.owners:
            together[owner] |= set(group.owners)
    papers = {
        root: {one.document for one in rows if matched.same[one.owner] == root} - {None}
        for root in matched.same.values()
    }
    counting = [one for one in rows if one.counts]
    apart = {
        frozenset({matched.same.get(one, one), matched.same.get(other, other)})
        for one, other in said
    }
    for one in counting:
        for other in counting:
            first, second = matched.same[one.owner], matched.same[other.owner]
            if first == second or frozenset({first, second}) in apart:
                continue
            alike = one.name.replace("　", "") == other.name.replace("　", "")
            if alike and not (papers[first] and papers[second]):
                assert second in together[first]
