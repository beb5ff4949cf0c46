"""The committee election 业主委员会选举: who passes, who ranks where, who needs the lot."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from domain.errors import N_, DeskError
from domain.rights import Right
from domain.standing import Choice
from domain.tally import Invalid, Result, Silent, Tally, result_one_way, ways
from domain.thresholds import NOTHING, Lane, Outcome, Weight


class BadLots(DeskError):
    """The recorded draw does not settle a tie across the last seat."""


@dataclass(frozen=True, slots=True)
class Seating:
    """Passing candidates in rank order; `drawn` when the lots settled the tie."""

    elected: tuple[str, ...] = ()
    alternates: tuple[str, ...] = ()
    needs_lot: tuple[str, ...] = ()
    drawn: bool = False

    def place(self, candidate: str) -> str | None:
        """Name the list in which a candidate stands."""
        if candidate in self.elected:
            return "elected"
        if candidate in self.alternates:
            return "alternates"
        return "needs_lot" if candidate in self.needs_lot else None


@dataclass(frozen=True, slots=True)
class ElectionResult:
    """Every candidate's figures in text order, and the seats."""

    candidates: tuple[Result, ...]
    seating: Seating


def count_papers(
    papers: Mapping[str, Mapping[str, Choice]],
    rights: Mapping[str, Right],
    candidates: Collection[str],
    seats: int,
) -> dict[str, Tally]:
    """Count the standing ballots by candidate; see `count_paper_groups`."""
    groups = (
        (papers.get(name), Weight(right.area, 1), right.served) for name, right in rights.items()
    )
    return count_paper_groups(groups, candidates, seats)


def count_paper_groups(
    groups: Iterable[tuple[Mapping[str, Choice] | None, Weight, bool]],
    candidates: Collection[str],
    seats: int,
) -> dict[str, Tally]:
    """Count groups of equal ballots by candidate: the ballot (None: silent), weight, served.

    More yes than seats, or one invalid line, spoils a ballot as a whole; a candidate whom a
    valid ballot does not name has its abstention.
    """
    areas = {candidate: dict.fromkeys(Choice, 0) for candidate in candidates}
    heads = {candidate: dict.fromkeys(Choice, 0) for candidate in candidates}
    valid = invalid = silent = NOTHING
    for paper, weight, served in groups:
        if paper is None:
            silent += weight if served else NOTHING
        elif _spoilt(paper, seats):
            invalid += weight
        else:
            valid += weight
            for candidate, choice in paper.items():
                areas[candidate][choice] += weight.area
                heads[candidate][choice] += weight.heads
    tallies = {}
    for candidate in candidates:
        yes, no = (
            Weight(areas[candidate][choice], heads[candidate][choice])
            for choice in (Choice.YES, Choice.NO)
        )
        tallies[candidate] = Tally(yes, no, valid - yes - no, invalid, silent)
    return tallies


def _spoilt(paper: Mapping[str, Choice], seats: int) -> bool:
    choices = list(paper.values())
    return Choice.INVALID in choices or choices.count(Choice.YES) > seats


def seat(passed: Sequence[Result], seats: int, lots: Sequence[str] = ()) -> Seating:
    """Seat the passing candidates by rank; a tie across the last seat waits for the lot.

    Names, ids and row order never decide. Lots that do not fit the tie are left unused.
    """
    elected: list[str] = []
    alternates: list[str] = []
    needs_lot: tuple[str, ...] = ()
    drawn = False
    in_order = sorted(passed, key=lambda one: one.question)
    in_order.sort(key=_rank, reverse=True)
    for _, equals in groupby(in_order, key=_rank):
        tied = [one.question for one in equals]
        free = 0 if needs_lot else seats - len(elected)
        if len(tied) <= free:
            elected += tied
        elif free == 0:
            alternates += tied
        elif len(lots) == free and len(set(lots)) == free and set(lots) <= set(tied):
            elected += lots
            alternates += [name for name in tied if name not in lots]
            drawn = True
        else:
            needs_lot = tuple(tied)
    return Seating(tuple(elected), tuple(alternates), needs_lot, drawn)


def _rank(one: Result) -> tuple[Fraction, int, int]:
    share = Fraction(one.approving.area, one.participating.area) + Fraction(
        one.approving.heads, one.participating.heads
    )
    return share, one.approving.area, one.approving.heads


def elect(
    roll: Weight,
    tallies: Mapping[str, Tally],
    seats: int,
    lots: Sequence[str] = (),
    invalid: Invalid = Invalid.BOTH,
) -> ElectionResult:
    """Decide an election; where treating invalid ballots otherwise moves anybody, seat nobody.

    Raises:
        BadLots: the draw fits in no way of computing.
    """
    names = sorted(tallies)
    found: list[dict[str, Result]] = []
    seatings: list[Seating] = []
    for way in ways(invalid):
        results = {
            name: result_one_way(name, Lane.ELECTION, roll, tallies[name], Silent.STRICT, way)
            for name in names
        }
        passed = [one for one in results.values() if one.outcome is Outcome.PASS]
        found.append(results)
        seatings.append(seat(passed, seats, lots))
    if lots and not any(seating.drawn for seating in seatings):
        raise _bad_lots(seatings[0], seats)
    unsure = {
        name
        for name in names
        if len({results[name].outcome for results in found}) > 1
        or len({seating.place(name) for seating in seatings}) > 1
    }
    shown = tuple(
        replace(found[0][name], outcome=Outcome.DEPENDS_ON_INVALID)
        if name in unsure
        else found[0][name]
        for name in names
    )
    return ElectionResult(shown, Seating() if unsure else seatings[0])


def _bad_lots(seating: Seating, seats: int) -> BadLots:
    if not seating.needs_lot:
        return BadLots(N_("No tie stands across the last seat. Leave the draw (lots) out."))
    return BadLots(
        N_("The draw must name, each once, exactly {seats} of the tied candidates: {tied}."),
        seats=seats - len(seating.elected),
        tied=", ".join(seating.needs_lot),
    )
