"""The committee's term, filing and alternates."""

from datetime import date

import pytest

from domain.committees import Place, file_by, first_meeting_by, steps_up, term_ends
from domain.errors import FieldError


@pytest.mark.parametrize(
    ("begins", "years", "last"),
    [
        (date(2026, 6, 1), 5, date(2031, 5, 31)),
        (date(2026, 1, 1), 3, date(2028, 12, 31)),
        (date(2026, 3, 1), 2, date(2028, 2, 29)),
        (date(2028, 2, 29), 5, date(2033, 2, 27)),
        (date(2028, 2, 29), 4, date(2032, 2, 27)),
        (date(2026, 6, 1), 1, date(2027, 5, 31)),
    ],
)
def test_a_term_ends_on_the_day_before_its_anniversary(
    begins: date, years: int, last: date
) -> None:
    assert term_ends(begins, years) == last


@pytest.mark.parametrize("years", [0, 6, -1])
def test_no_term_is_longer_than_five_years(years: int) -> None:
    with pytest.raises(FieldError):
        term_ends(date(2026, 6, 1), years)


def test_filing_is_due_within_thirty_days_and_the_first_meeting_within_seven() -> None:
    assert file_by(date(2026, 6, 1)) == date(2026, 7, 1)
    assert first_meeting_by(date(2026, 6, 1)) == date(2026, 6, 8)


@pytest.mark.parametrize(
    ("places", "turn"),
    [
        ([], None),
        ([Place(1, True), Place(2, True)], None),
        ([Place(1, True), Place(2, False), Place(3, False)], 2),
        ([Place(1, True), Place(2, False, gone=True), Place(3, False)], 3),
        ([Place(1, True, gone=True), Place(2, True), Place(3, False)], 3),
        ([Place(1, False, gone=True)], None),
    ],
)
def test_the_first_alternate_who_still_waits_steps_up(
    places: list[Place], turn: int | None
) -> None:
    assert steps_up(places) == turn
