"""Papers of a poll: slips for letterboxes, eight a sheet, and one poster for each lobby."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

import locales
from documents import mark
from domain.errors import N_

HERE = Path(__file__).parent
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
    drawn = [{"paper": paper, "qr": _qr(paper.address)} for paper in papers]
    sheets = [drawn[n : n + ON_A_SHEET] for n in range(0, len(drawn), ON_A_SHEET)]
    return _page("slips", asked, sheets, language)


def lobby_posters(asked: Asked, papers: Sequence[LobbyPaper], language: str) -> str:
    """The page with one A4 poster for each building."""
    drawn = [[{"paper": paper, "qr": _qr(paper.address)}] for paper in papers]
    return _page("lobby", asked, drawn, language)


def choice(
    asked: Asked, buildings: Sequence[tuple[int, str, int, int]], action: str, language: str
) -> str:
    """The page on which the building is chosen whose slips are made.

    Args:
        buildings: id, name, households that still have to answer, slips made before.
    """
    return _page("choice", asked, buildings, language, action=action)


def style() -> str:
    """The pages' one style sheet; the route names its hash in the content-security-policy."""
    return _css()


@cache
def _css() -> str:
    return (HERE / "poll_papers.css").read_text(encoding="utf-8").strip()


def _page(kind: str, asked: Asked, sheets: Sequence[object], language: str, **more: object) -> str:
    return (
        _template()
        .get_template("poll_papers.html")
        .render(
            kind=kind,
            asked=asked,
            sheets=sheets,
            chinese=_said(locales.CHINESE, asked.closes[0]),
            english=_said(locales.ENGLISH, asked.closes[1]),
            css=Markup(style()),  # noqa: S704 – our own file
            lang="zh-CN" if language == locales.CHINESE else "en",
            mark=mark.URI,
            **({"action": ""} | more),
        )
    )


@cache
def _template() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(_=locales.gettext, ngettext=locales.ngettext)
    return made


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


def _qr(address: str) -> Markup:
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=4, omitsize=True, dark="#17201b", light="#fff"
    )
    return Markup(drawn)  # noqa: S704 – drawn here
