"""What a certificate of service 志愿服务记录证明 says: confirmed hours, each minute once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.days import day_bounds
from domain.errors import N_, Refused
from domain.service_hours import Piece, Source, Span, Total, minute_number, proven, total
from domain.volunteers import Squad


@dataclass(frozen=True, slots=True)
class Certificate:
    """The values of the paper.

    Args:
        first, last: the days that it speaks of.
        times: how many pieces of service.
        total: minutes within those days, overlapping ones once.
        by_source: the same for each kind of service; where two kinds overlap these add up to
            more than `total`, which is what counts.
    """

    name: str
    number: str
    squad: Squad
    joined_on: date
    first: date
    last: date
    issued_on: date
    times: int
    total: Total
    by_source: tuple[tuple[Source, int, Total], ...]


def certificate(
    *,
    name: str,
    number: str,
    squad: Squad,
    joined_on: date,
    first: date,
    last: date,
    issued_on: date,
    pieces: Sequence[Piece],
) -> Certificate:
    """Add up what is confirmed; a piece that crosses the first or last midnight is cut there.

    Raises:
        Refused: the days are the wrong way round, or nothing is confirmed in them.
    """
    if last < first:
        raise Refused(N_("The last day is before the first. Correct one of them."))
    spans = [
        (piece.source, span)
        for piece in proven(pieces)
        if (span := _within(piece, first, last)) is not None
    ]
    if not spans:
        raise Refused(
            N_("No confirmed service lies in these days. Confirm hours first, or choose others.")
        )
    by_source = []
    for source in Source:
        own = [span for kind, span in spans if kind is source]
        if own:
            by_source.append((source, len(own), total(own)))
    return Certificate(
        name=name,
        number=number,
        squad=squad,
        joined_on=joined_on,
        first=first,
        last=last,
        issued_on=issued_on,
        times=len(spans),
        total=total(span for _, span in spans),
        by_source=tuple(by_source),
    )


def hours_text(minutes: int) -> str:
    """Hours with one decimal, cut and never rounded up: 95 minutes are 1.5."""
    return f"{minutes // 60}.{minutes % 60 // 6}"


def _within(piece: Piece, first: date, last: date) -> Span | None:
    span = piece.span
    if span is None:
        return None
    start, end = day_bounds(first, last)
    cut = (max(span[0], minute_number(start)), min(span[1], minute_number(end)))
    return cut if cut[0] < cut[1] else None
