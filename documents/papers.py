"""Sizes of paper to choose from, for sheets that run over several pages."""

from collections.abc import Mapping
from urllib.parse import urlencode

PAPERS = ("A4", "A3")


def paper_of(asked: str) -> str:
    """The size that was asked for, or the usual one."""
    return asked.upper() if asked.upper() in PAPERS else PAPERS[0]


def choices(query: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each size with the address that prints on it, the rest of the query kept."""
    return [(paper, "?" + urlencode({**query, "paper": paper})) for paper in PAPERS]
