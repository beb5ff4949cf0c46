"""Surveys: what is open, and that nobody is asked twice."""

import pytest

from domain.errors import Refused
from domain.surveys import Outcome, check_may_ask, tally

DONE, AWAY, NO, EMPTY = Outcome.DONE, Outcome.NOT_HOME, Outcome.REFUSED, Outcome.VACANT


@pytest.mark.parametrize(
    ("earlier", "may"),
    [
        ([], True),
        ([AWAY], True),
        ([AWAY, AWAY], True),
        ([DONE], False),
        ([AWAY, NO], False),
        ([EMPTY], False),
    ],
)
def test_nobody_is_asked_twice(earlier: list[Outcome], may: bool) -> None:
    if may:
        check_may_ask(earlier)
    else:
        with pytest.raises(Refused, match="twice"):
            check_may_ask(earlier)


def test_who_was_not_at_home_stays_open() -> None:
    counted = tally(10, [DONE, DONE, AWAY, NO, EMPTY])
    assert (counted.asked, counted.refused, counted.vacant, counted.not_home) == (2, 1, 1, 1)
    assert counted.open == 6
