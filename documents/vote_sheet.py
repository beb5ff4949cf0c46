"""One A4 sheet of a vote to hang up: its turnout, and once it is counted its result."""

from dataclasses import dataclass

from documents import printing
from domain import vote_words
from domain.election import Seating
from domain.tally import Result
from domain.thresholds import Lane, Outcome, Weight, percent
from domain.vote_words import square_metres
from locales import gettext as _
from locales import ngettext

NAME = "vote_sheet"  # of the page
TWO_THIRDS = 2 / 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its line; `share` and `line` are drawn and never judged by."""

    what: str
    share: float
    said: str
    line: float
    reached: bool


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """One question with its outcome."""

    name: str
    outcome: str
    carried: bool
    bars: tuple[Bar, ...]
    needs: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the sheet, in the reader's language."""

    title: str
    about: str
    gap: str
    turnout: tuple[Bar, ...]
    buildings: tuple[tuple[str, str, str, str, str], ...]
    questions: tuple[SheetQuestion, ...]
    elected: str
    alternates: str


def turnout_bars(lane: Lane, roll: Weight, returned: Weight, shortfall: Weight) -> tuple[Bar, ...]:
    """Heads and area of who took part, against two thirds of the roll; none for a meeting."""
    if lane is Lane.COMMITTEE:
        return ()
    return (
        _bar(_("Heads"), returned.heads, roll.heads, TWO_THIRDS, not shortfall.heads),
        _bar(_("Area"), returned.area, roll.area, TWO_THIRDS, not shortfall.area),
    )


def building_row(
    name: str, roll: int, served: int, returned: int
) -> tuple[str, str, str, str, str]:
    """One line of the table, by heads."""
    share = f"{percent(returned, roll)}%"
    return (name, f"{roll:,}", f"{served:,}", f"{returned:,}", share)


def question(lane: Lane, result: Result) -> SheetQuestion:
    """One question of a counted vote."""
    yes, whole = result.approving, result.participating
    special = lane is Lane.SPECIAL
    line = 3 / 4 if special else 1 / 2
    enough = (
        (4 * yes.heads >= 3 * whole.heads, 4 * yes.area >= 3 * whole.area)
        if special
        else (2 * yes.heads > whole.heads, 2 * yes.area > whole.area)
    )
    bars = (
        _bar(_("Heads"), yes.heads, whole.heads, line, enough[0]),
        _bar(_("Area"), yes.area, whole.area, line, enough[1]),
    )
    return SheetQuestion(
        name=result.question,
        outcome=_(vote_words.OUTCOME[result.outcome]),
        carried=result.outcome is Outcome.PASS,
        bars=() if lane is Lane.COMMITTEE else bars,
        needs=_("three quarters") if special else _("more than half"),
        sentence=sentence(lane, result),
    )


def sentence(lane: Lane, result: Result) -> str:
    """The figures of a question in words."""
    whole = result.participating
    if lane is Lane.COMMITTEE:
        return _(
            "{yes} of {members} members approve, {present} were present",
            yes=result.approving.heads,
            members=result.roll.heads,
            present=whole.heads,
        )
    return _(
        "Approved: {approved}. Took part: {took_part} of the roll.",
        approved=figures(result.approving, whole),
        took_part=figures(whole, result.roll),
    )


def figures(weight: Weight, whole: Weight) -> str:
    """Heads and area with their shares, in one line."""
    return _(
        "{heads} ({heads_share}) · {area} ({area_share})",
        heads=heads(weight.heads),
        heads_share=_("{number} %", number=percent(weight.heads, whole.heads)),
        area=area(weight.area),
        area_share=_("{number} %", number=percent(weight.area, whole.area)),
    )


def heads(n: int) -> str:
    """Such as 37 户."""
    return ngettext("{shown} right", "{shown} rights", n, shown=f"{n:,}")


def area(size: int) -> str:
    """Such as 2,140.00 m²."""
    return _("{size} m²", size=square_metres(size))


def gap(lane: Lane, short: Weight) -> str:
    """What quorum still lacks: 还差 37 户 / 2,140.00 m²."""
    if short == Weight():
        return _("Quorum is reached by heads and by area")
    if lane is Lane.COMMITTEE:
        return ngettext("{n} member is missing", "{n} members are missing", short.heads)
    return _("Still missing: {heads} / {area}", heads=heads(short.heads), area=area(short.area))


def seats(seating: Seating) -> tuple[str, str]:
    """Elected and alternates, in rank order."""
    return _(", ").join(seating.elected), _(", ").join(seating.alternates)


def page(sheet: Sheet, language: str) -> str:
    """The whole HTML page, to be printed by the browser."""
    return printing.page(NAME, language, sheet=sheet)


def _bar(what: str, part: int, whole: int, line: float, reached: bool) -> Bar:
    share = min(1.0, part / whole) if whole else 0.0
    return Bar(what, share, f"{percent(part, whole)}%", line, reached)
