"""Sheets of an owners' vote: slips with personal links, six a sheet, and numbered paper ballots.

What is printed is Chinese, as it has legal weight here; slips carry English lines beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import locales
from documents import printing
from domain.errors import N_

NAME = "ballot_sheets"  # of the sheet
ON_A_SHEET = 6
MOST_UNITS = 8  # lines of a sheet; the developer's hundreds are counted instead

SAID = {
    "slip": N_("Your personal ballot in the owners' vote"),
    "scan": N_("Scan the code and press the button: it opens once, on one device"),
    "secret": N_("Personal: do not pass it on or photograph it for others"),
    "instead": N_("On paper instead: ask the community office or the owners' committee"),
    "until": N_("Vote by {when}; until then you may change it"),
    "proxy": N_("For the proxy {name}"),
    "ballot": N_("Ballot of the owners' assembly"),
    "election": N_("Ballot for the election of the owners' committee"),
    "number": N_("No."),
    "for_whom": N_("Unit and area"),
    "together": N_("{n} units, together {area} m²"),
    "square_metres": N_("{area} m²"),
    "matter": N_("Matter"),
    "yes": N_("In favour"),
    "no": N_("Against"),
    "abstain": N_("Abstain"),
    "candidate": N_("Candidate"),
    "choose": N_("Choose"),
    "at_most": N_("Mark at most {seats}. A ballot with more marks is invalid."),
    "how": N_(
        "Mark one box in each line with a tick. Sign, and hand the sheet in by {when}. A signed "
        "paper ballot counts before one that was sent by link."
    ),
    "signature": N_("Owner (signature)"),
    "proxy_signature": N_("or proxy (signature, with the written authority)"),
    "day": N_("Date"),
    "stub": N_("Receipt: tear off and keep"),
    "check": N_("When two tellers have keyed the ballot, this code shows that it is in: {where}"),
}


@dataclass(frozen=True, slots=True)
class VoteOnPaper:
    """What all sheets of a vote say; `closes` in Chinese and in English.

    Args:
        questions: name and text of each; of an election the candidates.
        seats: of an election.
    """

    title: str
    explanation: str
    estate: str
    closes: tuple[str, str]
    questions: tuple[tuple[str, str], ...]
    seats: int | None


@dataclass(frozen=True, slots=True)
class SlipPaper:
    """One slip: its units as they are called, and the personal address."""

    units: tuple[str, ...]
    address: str
    holder: str = ""


@dataclass(frozen=True, slots=True)
class BallotPaper:
    """One paper ballot: units with their areas in m², as text, or none while it is unused."""

    number: int
    units: tuple[tuple[str, str], ...]
    area: str
    receipt: str


def slips(vote: VoteOnPaper, papers: Sequence[SlipPaper], language: str) -> str:
    """The page with all slips, to be printed by the browser."""
    drawn = [{"paper": paper, "qr": printing.qr(paper.address)} for paper in papers]
    sheets = [drawn[n : n + ON_A_SHEET] for n in range(0, len(drawn), ON_A_SHEET)]
    return _page("slips", vote, sheets, language)


def ballots(
    vote: VoteOnPaper, papers: Sequence[BallotPaper], receipt_address: str, language: str
) -> str:
    """The page with one A4 sheet for each ballot."""
    return _page("ballots", vote, papers, language, receipt_address=receipt_address)


def choice(
    vote: VoteOnPaper,
    places: Sequence[tuple[str, str]],
    action: str,
    once: str,
    language: str,
) -> str:
    """The page on which it is chosen whose links are made.

    Args:
        places: what each button sends, and what it says.
        once: the form's key, so that a page that is loaded again shows the same links.
    """
    return _page("choice", vote, places, language, action=action, once=once)


def _page(
    kind: str, vote: VoteOnPaper, sheets: Sequence[object], language: str, **more: object
) -> str:
    return printing.page(
        NAME,
        language,
        kind=kind,
        vote=vote,
        sheets=sheets,
        zh=_said(locales.CHINESE),
        en=_said(locales.ENGLISH),
        most_units=MOST_UNITS,
        **({"action": "", "once": "", "receipt_address": ""} | more),
    )


def _said(code: str) -> dict[str, str]:
    say = locales.catalogue(code).gettext
    return {name: say(words) for name, words in SAID.items()}
