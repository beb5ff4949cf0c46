"""The micro-list as anybody reads it: the numbers, and of each matter what was reviewed."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import read
from db.micro.matters import Tally, Wanted, page_in, scope_of, tallies_in
from domain.micro_list import PublicMatter, for_the_public

PORTION = 30


@dataclass(frozen=True, slots=True)
class PublicList:
    """One page of the public list; `after` continues it, None at the end."""

    tallies: tuple[Tally, ...]
    matters: tuple[PublicMatter, ...]
    after: str | None


def public_list(
    now: datetime, wanted: Wanted, after: str | None = None, limit: int = PORTION
) -> PublicList:
    """The numbers of each category and one page of matters, the newest first."""
    with read() as session:
        asked = scope_of(wanted, wanted.estate_id)
        page = page_in(session, wanted, asked, now, after, limit)
        found = tuple(for_the_public(matter) for matter in page.lines)
        return PublicList(tallies_in(session, asked), found, page.next_cursor)
