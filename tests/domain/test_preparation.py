"""The preparation group: what the guideline asks of it."""

import pytest

from domain.preparation import GAP_WORDS, Gap, Member, Seat, gaps

HEAD = Member("甲", Seat.STREET, party=True, heads=True)
HOME = Member("乙", Seat.COMMUNITY)


def owners(number: int) -> list[Member]:
    return [Member(f"业主{n}", Seat.OWNER) for n in range(number)]


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ([], ()),
        ([HEAD, HOME, *owners(3)], ()),
        ([HEAD, HOME, *owners(2)], (Gap.EVEN,)),
        ([HEAD, HOME, Member("丙", Seat.DEVELOPER), *owners(2)], (Gap.FEW_OWNERS,)),
        ([HEAD, HOME, Member("丙", Seat.DEVELOPER), *owners(3)], (Gap.EVEN,)),
        (
            [Member("甲", Seat.STREET, party=True), HOME, *owners(3)],
            (Gap.NO_HEAD,),
        ),
        (
            [Member("甲", Seat.STREET), Member("乙", Seat.COMMUNITY, True, True), *owners(3)],
            (Gap.HEAD_NOT_OF_STREET,),
        ),
        ([Member("甲", Seat.STREET, heads=True), HOME, *owners(3)], (Gap.NO_PARTY,)),
        (
            [Member("乙", Seat.COMMUNITY, party=True, heads=True), *owners(2)],
            (Gap.HEAD_NOT_OF_STREET, Gap.NO_STREET),
        ),
        ([HEAD, *owners(2)], (Gap.NO_COMMUNITY,)),
    ],
)
def test_a_group_lacks_what_the_guideline_asks(
    members: list[Member], found: tuple[Gap, ...]
) -> None:
    assert gaps(members) == found


def test_every_gap_has_its_words() -> None:
    assert set(GAP_WORDS) == set(Gap)
