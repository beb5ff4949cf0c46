"""Quarter hours of rooms: which a booking touches, and which two share."""

from datetime import timedelta

import pytest

from domain.bookings import quarters
from domain.errors import FieldError
from tests.support.clock import MONDAY_NINE


@pytest.mark.parametrize(
    ("begins", "lasts", "touched"),
    [(0, 15, 1), (0, 16, 2), (0, 60, 4), (14, 1, 1), (14, 2, 2), (5, 60, 5), (0, 960, 64)],
)
def test_a_begun_quarter_counts_whole(begins: int, lasts: int, touched: int) -> None:
    starts = MONDAY_NINE + timedelta(minutes=begins)
    assert len(quarters(starts, starts + timedelta(minutes=lasts))) == touched


@pytest.mark.parametrize(
    ("begins", "shared"), [(-60, False), (-59, True), (0, True), (59, True), (60, False)]
)
def test_one_that_ends_when_another_begins_shares_nothing(begins: int, shared: bool) -> None:
    hour = timedelta(hours=1)
    other = MONDAY_NINE + timedelta(minutes=begins)
    mine = set(quarters(MONDAY_NINE, MONDAY_NINE + hour))
    assert bool(mine & set(quarters(other, other + hour))) is shared


@pytest.mark.parametrize("minutes", [0, -15, 961])
def test_an_end_before_the_beginning_or_days_later_is_refused(minutes: int) -> None:
    with pytest.raises(FieldError):
        quarters(MONDAY_NINE, MONDAY_NINE + timedelta(minutes=minutes))
