"""The desk's list of calls to make: news that reporters should hear by telephone."""

from dataclasses import dataclass
from datetime import datetime

from db.views import Count, Page
from domain.people import Actor


@dataclass(frozen=True, slots=True)
class Call:
    """One call to make; `db.telling.contact` ticks it off, `db.reveal` shows the number.

    Args:
        kind: the news, a `domain.telling.Told`.
        say: the words that were written for the reporter, such as the reason or the summary.
        phone: masked.
        failed: attempts on this call that reached nobody.
    """

    telling_id: int
    report_id: int
    case_code: str
    number: str
    title: str
    kind: str
    say: str | None
    name: str | None
    phone: str | None
    since: datetime
    failed: int


def calls(actor: Actor, now: datetime, after: str | None = None, limit: int = 50) -> Page[Call]:
    """The calls that nobody made yet, the oldest first.

    Raises:
        NotAllowed: only who may see numbers makes calls.
    """
    raise NotImplementedError


def count_calls(actor: Actor, now: datetime) -> Count:
    """How many calls wait."""
    raise NotImplementedError
