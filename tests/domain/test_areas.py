import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.areas import BadArea, parse_area, show_area


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("89.50", 8950),
        ("89.5", 8950),
        ("89", 8900),
        ("0.01", 1),
        ("0", 0),
        ("0.00", 0),
        ("007.10", 710),
        ("999999999999.99", 99999999999999),
    ],
)
def test_square_metres_become_whole_hundredths(text: str, area: int) -> None:
    assert parse_area(text) == area


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 89.50",
        "89.50 ",
        "89.505",
        "89.",
        ".5",
        "-1.00",
        "+1.00",
        "1e3",
        "NaN",
        "inf",
        "1,000.00",
        "１２.00",
        "12．00",
        "²",
        "0x10",
        "89.5 m²",
        "1" * 13,
        "1" * 5000,
        "12.00\n",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadArea):
        parse_area(text)


@given(st.integers(0, 10**14 - 1))
def test_what_is_shown_reads_back_as_itself(area: int) -> None:
    assert parse_area(show_area(area)) == area
