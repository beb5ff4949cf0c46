"""What a reporter is told, and when the desk should also pick up the telephone."""

from enum import StrEnum

from domain.moves import Move


class Told(StrEnum):
    """The news that a reporter gets."""

    ASKED = "asked"
    DECIDED = "decided"
    SUSPENDED = "suspended"
    ANSWERED = "answered"  # explained, passed on
    DECLINED = "declined"
    PUBLISHED = "published"  # the result, with the request to rate it
    REOPENED = "reopened"
    MERGED = "merged"
    UNMERGED = "unmerged"


NEWS: dict[Move, Told] = {
    Move.ASK: Told.ASKED,
    Move.DECIDE: Told.DECIDED,
    Move.SUSPEND: Told.SUSPENDED,
    Move.EXPLAIN: Told.ANSWERED,
    Move.PASS_ON: Told.ANSWERED,
    Move.DECLINE: Told.DECLINED,
    Move.SHOW: Told.PUBLISHED,
    Move.REOPEN: Told.REOPENED,
    Move.MERGE: Told.MERGED,
    Move.UNMERGE: Told.UNMERGED,
}

# News that wants an answer, or that nobody should learn by chance.
_WORTH_A_CALL = frozenset(
    {Told.ASKED, Told.ANSWERED, Told.DECLINED, Told.PUBLISHED, Told.REOPENED, Told.MERGED}
)


def calls(news: Told, has_phone: bool, came_by_phone: bool) -> bool:
    """Whether this news goes onto the desk's list of calls, beside the follow page.

    Who came by phone or in person may have no use for a page and is called with all news.
    """
    return has_phone and (came_by_phone or news in _WORTH_A_CALL)
