"""联系卡, a volunteer's contact card: what stands on it."""

from dataclasses import dataclass
from datetime import date

from domain.skills import SkillKind
from domain.volunteers import Squad


@dataclass(frozen=True, slots=True)
class CardFace:
    """What one card says; what its volunteer did not agree to is None or empty.

    Args:
        code: of the public page behind the QR code.
        name: masked on cards that hang in public.
        skills: verified ones alone.
        phone: the volunteer's own; without it residents ring the duty line.
    """

    code: str
    number: str
    squad: Squad
    name: str | None
    skills: tuple[SkillKind, ...]
    where: str | None
    phone: str | None
    can_do: str
    cannot_do: str
    valid_until: date
