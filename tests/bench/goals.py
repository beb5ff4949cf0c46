"""One line of the table: a goal, its limit as a ratio, and what was measured."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """What one comparison gave.

    Args:
        goal: its number in the table of goals.
        limit: the ratio may be at most so much; with `at_least` it must be so much.
        ratio: None where it could not be measured; `note` then says why.
        note: what the reader should know beside it, such as the slowest page.
    """

    goal: int
    what: str
    limit: float
    ratio: float | None
    note: str = ""
    at_least: bool = False

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where nothing was measured."""
        if self.ratio is None:
            return None
        # As it is printed: nobody should read "1.10 of 1.10, missed".
        shown = float(shown_ratio(self.ratio))
        return shown >= self.limit if self.at_least else shown <= self.limit


REACHED = {True: "reached", False: "MISSED", None: "not measured"}
HEADS = ("goal", "what", "limit", "ratio", "", "")


def shown_ratio(ratio: float) -> str:
    """The ratio with as many digits as mean something."""
    return f"{ratio:.3f}" if ratio < 0.1 else f"{ratio:.2f}" if ratio < 10 else f"{ratio:.1f}"


def table(rows: Iterable[Measured]) -> str:
    """The table as Markdown, by goal; it reads as well in a terminal."""
    lines = [
        (
            str(row.goal),
            row.what,
            f"{'≥' if row.at_least else '≤'} {row.limit:g}",
            "–" if row.ratio is None else shown_ratio(row.ratio),
            REACHED[row.reached],
            row.note,
        )
        for row in sorted(rows, key=lambda row: row.goal)
    ]
    widths = [max(len(line[place]) for line in (HEADS, *lines)) for place in range(len(HEADS))]
    rule = tuple("-" * width for width in widths)
    return "\n".join(
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in (HEADS, rule, *lines)
    )
