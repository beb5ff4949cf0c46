"""Words that several parts of the figures' page say."""

from db.figures.reads import Share
from domain.figure_words import AGES, FEWEST_RATINGS, Figure
from pages.parts.words import _

HOURS_UNTIL = 48  # two days read better in hours


def age_words(place: int) -> str:
    """A class of ages, such as 2–3 days."""
    first, last = AGES[place]
    if last is None:
        return _("over {n} days", n=first - 1)
    return _("{first}–{last} days", first=first, last=last)


def hours_words(hours: float | None) -> str:
    """An approximate duration, such as ≈ 4.1 days."""
    if hours is None:
        return "–"
    if hours < HOURS_UNTIL:
        return _("≈ {n} hours", n=f"{hours:.0f}")
    return _("≈ {n} days", n=f"{hours / 24:.1f}")


def hidden(figure: Figure, share: Share) -> bool:
    """Whether so few voices stand behind it that it would tell of persons."""
    return figure is Figure.SATISFIED and share.due < FEWEST_RATINGS
