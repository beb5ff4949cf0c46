"""The micro-list on paper, A4 or A3: its numbers and its matters, nothing that is not public."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from documents import printing
from documents.papers import choices, paper_of

NAME = "micro_list"


def values(
    *,
    paper: str,
    query: Mapping[str, str],
    community: str,
    heading: str,
    made: str,
    tallies: Sequence[Mapping[str, object]],
    matters: Sequence[Mapping[str, object]],
    more: bool,
    address: str,
) -> dict[str, object]:
    """What the sheet's template shows.

    Args:
        paper: the size that was asked for.
        query: the filter as the address says it.
        made: the day of printing, in words.
        tallies, matters: in the reader's language.
        more: whether there are more matters than fit.
        address: the public list, for the code.
    """
    return {
        "paper": paper_of(paper),
        "papers": choices(query),
        "community": community,
        "heading": heading,
        "made": made,
        "tallies": tallies,
        "matters": matters,
        "more": more,
        "address": f"{address}?{urlencode(query)}" if query else address,
        "qr": printing.qr(address),
    }
