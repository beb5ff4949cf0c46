"""Coverage: what counts as reached, and that buildings add up."""

import pytest

from domain.outreach import Contacted, Coverage, Reach, one_unit, reach_of


@pytest.mark.parametrize(
    ("ways", "reach"),
    [
        (set(), Reach.NOT_YET),
        ({Contacted.POSTER}, Reach.POSTER_ONLY),
        ({Contacted.POSTER, Contacted.LINK}, Reach.IN_PERSON),
        *(({way}, Reach.IN_PERSON) for way in Contacted if way is not Contacted.POSTER),
    ],
)
def test_a_poster_alone_reaches_nobody_in_person(ways: set[Contacted], reach: Reach) -> None:
    assert reach_of(ways) is reach


def test_units_add_up_to_their_building() -> None:
    total = sum((one_unit(one) for one in (*Reach, Reach.NOT_YET)), Coverage())
    assert total == Coverage(in_person=1, poster_only=1, not_yet=2)
    assert total.units == 4
