"""Reports that flooding held back, for the desk to let in or discard."""

from dataclasses import dataclass
from datetime import datetime

from db.views import Count, Page, PhotoView, Where
from domain.people import Actor


@dataclass(frozen=True, slots=True)
class HeldReport:
    """One report that has no file yet; `db.intake.let_in` and `discard` take its id.

    Args:
        why: the limit that held it back.
        phone: masked.
    """

    report_id: int
    text: str
    where: Where
    received_at: datetime
    why: str
    phone: str | None
    photos: tuple[PhotoView, ...]


def held_reports(
    actor: Actor, now: datetime, after: str | None = None, limit: int = 50
) -> Page[HeldReport]:
    """The reports that wait, the oldest first."""
    raise NotImplementedError


def count_held(actor: Actor, now: datetime) -> Count:
    """How many wait."""
    raise NotImplementedError
