"""Days as the parts about elections and committees say them."""

from datetime import date

from db.now import now
from domain.days import local_day
from locales.times import day_words
from pages.parts.words import speak


def day_of(on: date) -> str:
    """Such as 11月22日 周日."""
    speak()
    return day_words(on, local_day(now()))
