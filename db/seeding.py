"""What every community starts with: the usual categories and the known work calendar."""

from sqlalchemy.orm import Session

from db.categories import seed_categories
from db.engine import write
from db.work_calendar import seed_calendar


def seed_defaults(session: Session) -> None:
    """Put in what is missing; nothing that the office changed is touched."""
    seed_categories(session)
    seed_calendar(session)


def seed() -> None:
    """See `seed_defaults`, as a transaction of its own; the server and the shell start with it."""
    with write() as session:
        seed_defaults(session)
