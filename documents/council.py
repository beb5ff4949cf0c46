"""The council view 汇报视图: slides in large type, one HTML file that works without a server."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from documents import printing

NAME = "council"  # of the page


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


def page(slides: Sequence[Slide], title: str, foot: str, language: str) -> str:
    """The whole page; the language's texts must be in use already."""
    return printing.page(NAME, language, slides=slides, title=title, foot=foot)
