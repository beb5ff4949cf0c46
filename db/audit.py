"""The audit log: every event of the house, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from db.views import Page
from domain.people import Actor


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One event.

    Args:
        at: when it was recorded; `happened_at` when it happened.
        who: the account's name; None for a resident (`by_resident`) and the system.
        facts: row ids, kinds and numbers.
    """

    id: int
    at: datetime
    happened_at: datetime
    kind: str
    who: str | None
    by_resident: bool
    case_code: str | None
    case_number: str | None
    facts: dict[str, int | str | bool | list[int]]


def audit(
    actor: Actor,
    now: datetime,
    *,
    kind: str | None = None,
    account_id: int | None = None,
    case_code: str | None = None,
    after: str | None = None,
    limit: int = 100,
) -> Page[AuditLine]:
    """The newest events, of one kind, one person or one file where asked.

    Raises:
        NotAllowed: this person may not read the log.
    """
    raise NotImplementedError
