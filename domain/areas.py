"""Floor area as whole 0.01 m², so that no comparison with a threshold ever rounds."""

import re

from domain.errors import N_, DeskError

# Twelve digits are a thousand times China's whole surface; more is a slip of the keyboard.
_SQUARE_METRES = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,2}))?")


class BadArea(DeskError):
    """The text is not an area."""


def parse_area(text: str) -> int:
    """Read square metres with at most two decimals as a whole number of 0.01 m².

    Raises:
        BadArea: signs, blanks, exponents, digits outside ASCII, a third decimal.
    """
    match = _SQUARE_METRES.fullmatch(text)
    if match is None:
        raise BadArea(
            N_("“{value}” is not an area. Write square metres, at most two decimals, as 89.50."),
            value=text[:40],
        )
    whole, decimals = match.groups(default="")
    return int(whole + decimals.ljust(2, "0"))


def show_area(area: int) -> str:
    """Write 0.01 m² as square metres with two decimals."""
    return f"{area // 100}.{area % 100:02d}"
