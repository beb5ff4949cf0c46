"""An estate's own rules of procedure 业主大会议事规则, as they hold on a day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from domain.tally import Invalid, Silent
from domain.timetable import LocalNumber

# No law counts them; towns that do allow one holder between one and five rights.
PROXY_CAP = 3


@dataclass(frozen=True, slots=True)
class EstateRules:
    """What holds for a vote of the estate.

    Args:
        proxy_cap: how many rights one holder may have proxies of in one vote.
        numbers: the estate's own numbers of days, for `domain.timetable.in_force`.
        lookers: ids of the accounts that may see ballots and bundles besides the tellers.
        source: the text that sets them; empty while nobody entered any.
        effective: the first day of the newest of them.
    """

    silent: Silent = Silent.STRICT
    invalid: Invalid = Invalid.BOTH
    count_parking: bool = False
    proxy_cap: int = PROXY_CAP
    numbers: tuple[LocalNumber, ...] = ()
    lookers: tuple[int, ...] = ()
    source: str = ""
    effective: date | None = None


DEFAULT = EstateRules()


def newest(rows: Iterable[EstateRules], on: date) -> EstateRules:
    """The rules that hold on a day: the latest that are in effect, a correction before its first.

    Args:
        rows: all that were entered, in the order in which they were.
    """
    holding, numbers = DEFAULT, list[LocalNumber]()
    for row in rows:
        if row.effective is None or row.effective > on:
            continue
        if holding.effective is None or row.effective >= holding.effective:
            holding, numbers = row, [*row.numbers]
    return replace(holding, numbers=tuple(numbers))
