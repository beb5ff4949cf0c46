"""Papers of a poll: slips for letterboxes, eight a sheet, and one poster for each lobby."""

from collections.abc import Sequence
from dataclasses import dataclass

import locales
from documents import printing
from domain.errors import N_

NAME = "poll_papers"  # of the sheet
ON_A_SHEET = 8

# Said on paper in both languages, whatever the reader of the page speaks.
HEADLINE = N_("Neighbours, what do you think?")
BY_LINK = N_("Scan the code and answer: it is for your household alone")
BY_LOBBY = N_("or scan the poster in the lobby and type room and code")
BY_PHONE = N_("or call the community office")
CLOSES = N_("Answer by {when}. One answer a household; the last one counts.")
ADVISES = N_("A poll advises the community. It binds nobody.")
LOBBY = N_("Scan, choose your room, and type the code from the slip in your letterbox")
HOUSEHOLD_CODE = N_("Code of your household")


@dataclass(frozen=True, slots=True)
class SlipPaper:
    """What stands on one household's slip."""

    home: str
    address: str
    code: str

    @property
    def spoken_code(self) -> str:
        """The code in two halves, as it is read aloud."""
        half = len(self.code) // 2
        return f"{self.code[:half]}-{self.code[half:]}"


@dataclass(frozen=True, slots=True)
class LobbyPaper:
    """What stands on the poster of one lobby."""

    where: str
    address: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The poll on its papers; `closes` in Chinese and in English."""

    question: str
    options: tuple[str, ...]
    community: str
    closes: tuple[str, str]


def slips(asked: Asked, papers: Sequence[SlipPaper], language: str) -> str:
    """The page with all slips, to be printed by the browser."""
    drawn = [{"paper": paper, "qr": printing.qr(paper.address)} for paper in papers]
    sheets = [drawn[n : n + ON_A_SHEET] for n in range(0, len(drawn), ON_A_SHEET)]
    return _page("slips", asked, sheets, language)


def lobby_posters(asked: Asked, papers: Sequence[LobbyPaper], language: str) -> str:
    """The page with one A4 poster for each building."""
    drawn = [[{"paper": paper, "qr": printing.qr(paper.address)}] for paper in papers]
    return _page("lobby", asked, drawn, language)


def choice(
    asked: Asked, buildings: Sequence[tuple[int, str, int, int]], action: str, language: str
) -> str:
    """The page on which the building is chosen whose slips are made.

    Args:
        buildings: id, name, households that still have to answer, slips made before.
    """
    return _page("choice", asked, buildings, language, action=action)


def _page(kind: str, asked: Asked, sheets: Sequence[object], language: str, **more: object) -> str:
    return printing.page(
        NAME,
        language,
        kind=kind,
        asked=asked,
        sheets=sheets,
        chinese=_said(locales.CHINESE, asked.closes[0]),
        english=_said(locales.ENGLISH, asked.closes[1]),
        **({"action": ""} | more),
    )


def _said(code: str, closes: str) -> dict[str, str]:
    say = locales.catalogue(code).gettext
    return {
        "headline": say(HEADLINE),
        "by_link": say(BY_LINK),
        "by_lobby": say(BY_LOBBY),
        "by_phone": say(BY_PHONE),
        "closes": say(CLOSES).format(when=closes),
        "advises": say(ADVISES),
        "lobby": say(LOBBY),
        "household_code": say(HOUSEHOLD_CODE),
    }
