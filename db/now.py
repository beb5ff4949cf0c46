"""The one clock of the server; tests and rehearsals set it from outside."""

import os
from datetime import UTC, datetime
from pathlib import Path

# Names a file that holds an ISO time with its offset; while it exists, that is the time.
CLOCK_FILE = "DESK_CLOCK_FILE"


def now() -> datetime:
    """This instant in UTC, or the one that the clock file names."""
    path = os.environ.get(CLOCK_FILE)
    if path:
        try:
            text = Path(path).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            text = ""
        if text:
            return datetime.fromisoformat(text).astimezone(UTC)
    return datetime.now(UTC)
