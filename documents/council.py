"""The council view 汇报视图: slides in large type, one HTML file that works without a server."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

import locales
from documents import mark
from locales import gettext

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Number:
    """One figure that reads from the back row: what it is, the figure, what it is made of."""

    what: str
    value: str
    made_of: str = ""
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `n` is drawn against the longest of its slide."""

    what: str
    n: int
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A public photo with what it shows, as a JPEG's bytes."""

    jpeg: bytes
    says: str

    @property
    def uri(self) -> str:
        """The photo inside of the page."""
        return f"data:image/jpeg;base64,{b64encode(self.jpeg).decode()}"


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide; its title answers a question. A flow is drawn as steps from left to right."""

    title: str
    numbers: Sequence[Number] = ()
    bars: Sequence[Bar] = ()
    flow: Sequence[Bar] = ()
    pictures: Sequence[Picture] = ()
    words: str = ""
    opening: bool = False

    @property
    def longest(self) -> int:
        """The most that a bar shows, and never nothing."""
        return max((bar.n for bar in self.bars), default=0) or 1


def style() -> str:
    """The page's only style."""
    return (HERE / "council.css").read_text(encoding="utf-8").strip()


def script() -> str:
    """The page's only script: arrow keys, and going on by itself."""
    return (HERE / "council.js").read_text(encoding="utf-8").strip()


def policy() -> str:
    """A content-security-policy that lets this page's own style and script run, and no other."""
    return (
        f"default-src 'none'; style-src 'sha256-{_hash(style())}'; "
        f"script-src 'sha256-{_hash(script())}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def page(slides: Sequence[Slide], title: str, foot: str, language: str) -> str:
    """The whole page; the language's texts must be in use already."""
    return (
        _environment()
        .get_template("council.html")
        .render(
            slides=slides,
            title=title,
            foot=foot,
            lang="en" if language == locales.ENGLISH else "zh-CN",
            css=Markup(style()),  # noqa: S704 – our own file
            js=Markup(script()),  # noqa: S704 – our own file
            mark=mark.URI,
            _=gettext,
        )
    )


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
