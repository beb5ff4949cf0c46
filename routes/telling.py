"""What the follow page says of a matter, in the reader's language."""

from datetime import date, datetime, timedelta

from db.following import ClockLine, Progress
from domain import labels
from domain.clocks import Standing, is_exact
from domain.days import local_day, local_time
from domain.moves import State, Step
from locales import gettext as _
from locales.times import day_words, left_words, moment_words
from routes import words

SOON = timedelta(hours=24)  # less than that left is shown as a warning
# The badge's colour; its words say the same.
KINDS = {Standing.MET: "ok", Standing.MET_LATE: "late", Standing.MISSED: "late"}


def steps(progress: Progress | None) -> list[tuple[str, str]]:
    """The six steps with where each stands: done, here, or nothing yet."""
    here = list(words.STEP_NAMES).index(_step(progress)) if _step(progress) != Step.CLOSED else 6
    names = [_(name) for name in words.STEP_NAMES.values()]
    return [
        (name, "done" if place < here else "here" if place == here else "")
        for place, name in enumerate(names)
    ]


def _step(progress: Progress | None) -> Step:
    return progress.step if progress else Step.RAISE


def standing(progress: Progress | None) -> str:
    """One sentence on where it stands."""
    if progress is None:
        return _(words.STATE_WORDS[State.NEW])
    if progress.state is State.DOING and progress.lead:
        return _("{unit} is doing the work.", unit=progress.lead)
    if progress.state is State.RATING and progress.rating:
        return _("It is done, and you have rated it. Thank you!")
    return _(words.STATE_WORDS[progress.state])


def clock(line: ClockLine) -> tuple[str, str, str, str]:
    """A promise in words: its name, until when, where it stands, and the badge's colour."""
    told, kind = _(labels.STANDING[line.standing]), KINDS.get(line.standing, "")
    if line.left is not None and line.standing in (Standing.RUNNING, Standing.MISSED):
        told = left_words(line.left)
        if line.standing is Standing.RUNNING:
            kind = "soon" if line.left < SOON else "ok"
    exact = is_exact(line.promise)
    due = moment_words(local_time(line.due_at)) if exact else last_day(line.due_at)
    until = _("by {due}", due=due)
    return _(labels.PROMISE[line.promise]), until, told, kind


def story(progress: Progress, today: date) -> list[dict[str, object]]:
    """The entries as the template shows them, newest first."""
    shown: list[dict[str, object]] = [
        {
            "name": _(words.ENTRY_NAMES.get(entry.kind, words.OTHER_ENTRY)),
            "at": moment_words(local_time(entry.at), today),
            "text": entry.text,
            "own": entry.own,
            "unit": entry.unit,
            "due": last_day(entry.due_at, today) if entry.due_at else None,
            "photos": entry.photos,
        }
        for entry in progress.entries
    ]
    return shown[::-1]


def last_day(due_at: datetime, today: date | None = None) -> str:
    """The day that a due time of 24:00 ends; the instant itself already is the next one."""
    return day_words(local_day(due_at - timedelta(seconds=1)), today)
