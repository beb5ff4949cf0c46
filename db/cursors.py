"""Where a list goes on: the sort key of its last row, as a string for an address."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime

from db.types import instant_text


def cursor(at: datetime, row_id: int) -> str:
    """The cursor of a row that is sorted by a time and its id."""
    return urlsafe_b64encode(f"{instant_text(at)}|{row_id}".encode()).decode().rstrip("=")


def read_cursor(text: str | None) -> tuple[datetime, int] | None:
    """Time and id of a cursor; None for none, and for text that is no cursor."""
    if not text or len(text) > 100:
        return None
    try:
        plain = urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4)).decode()
        at, _, row_id = plain.partition("|")
        number = int(row_id)
        moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    except ValueError:
        return None
    return (moment, number) if 0 <= number < 2**62 else None
