"""Any number of files straight into the tables of an SQLite database, each with what it has.

Written by the bare driver: by the application's own functions a million would take a day. What
a file has is told by its number alone, so that a few thousand counted by the application stand
for all (`figure_rows`).
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db.search import position_of
from db.search_terms import fts5_tokens
from db.types import instant_text
from domain.bigrams import normalise
from domain.chain import link
from domain.clocks import Promise, Standing
from domain.closing import Outcome
from domain.moves import State
from domain.workdays import DayBasis
from tests.bench.words import words

YEARS = 3
ALIKE = 20_000  # files so many numbers apart differ in their times alone
OPEN_SHARE = 0.3  # far more than a community leaves open: the hard case for lists of open files
CHUNK = 5_000
STATES = (State.NEW, State.DELIBERATING, State.COORDINATING, State.DOING, State.DOING, State.DOING)
LATER = (State.PUBLISHING, State.RATING)
HELD = 100  # reports that wait outside of any file
DAY = timedelta(days=1)

COLUMNS = {
    "reporters": "id name initials phone consent_at",
    "cases": "id code number title state came_from round estate_id building_id category_id"
    " lead_unit_id opened_at next_due_at outcome summary published_at done_at closed_at root_id",
    "reports": "id case_id reporter_id text channel place_id received_at follow_hash held_for",
    "notes": "id case_id kind round text public report_id account_id at",
    "tasks": "id code case_id unit_id round lead given_at given_by due_at answered_at done_at",
    "clocks": "id case_id promise round basis limit started_at due_at paused_seconds met_at result",
    "tellings": "id case_id report_id kind by_phone created_at settled_at",
    "ratings": "id case_id report_id round level solved channel at",
    "reminders": "id clock_id case_id rung raised_at",
    "events": "id chain seq at happened_at kind actor_id case_id payload prev hash",
    "case_texts": "position case_id text",
    "case_terms": "rowid terms",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where files happen: an estate, one of its buildings, the company that works there."""

    estate: int
    building: int
    unit: int


@dataclass(frozen=True, slots=True)
class Kind:
    """What files of one remainder are like."""

    place: Place
    category: int
    state: State
    answered: timedelta
    took: timedelta
    due_in: timedelta
    level: int


@dataclass(slots=True)
class Ground:
    """What the files stand on: ids that the community has, and where its tables end."""

    places: list[Place]
    categories: list[int]
    desk: int  # the account that handles them
    held_at: int  # a place of a poster
    case: int
    report: int
    reporter: int
    clock: int
    event: int
    seq: int
    head: str
    other: int  # beyond the ids of all further tables


class Files:
    """Makes rows of files, in any order of their numbers.

    Args:
        files: how many there will be; they are spread evenly over the years before `now`.
    """

    def __init__(self, ground: Ground, files: int, now: datetime) -> None:
        self.ground, self.files, self.now = ground, files, now
        self.alike = min(files, ALIKE)
        self.began = now - timedelta(days=365 * YEARS)
        rng = random.Random(6)
        self.kinds = [self._kind(rng) for _ in range(self.alike)]

    def sample(self) -> list[int]:
        """Numbers of one file of each kind, spread over the years like all the others."""
        step = self.files // self.alike
        return [n + n // self.alike for n in range(0, self.files, step)]

    def opened(self, number: int) -> datetime:
        """When that file was opened."""
        return self.began + number * ((self.now - self.began) / self.files)

    def _kind(self, rng: random.Random) -> Kind:
        state = State.CLOSED
        if rng.random() < OPEN_SHARE:
            state = rng.choice(STATES if rng.random() < 0.8 else LATER)
        return Kind(
            place=rng.choice(self.ground.places),
            category=rng.choice(self.ground.categories),
            state=state,
            answered=timedelta(minutes=rng.randrange(10, 30 * 60)),
            took=timedelta(minutes=int(rng.lognormvariate(8.3, 0.9)) + 30 * 60),
            due_in=timedelta(hours=rng.randrange(-40, 400)),
            level=rng.choice((1, 2, 3, 4, 5, 5)),
        )

    def rows(self, numbers: Iterable[int]) -> dict[str, list[tuple[Any, ...]]]:
        """The rows of these files by table."""
        made: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}
        for number in numbers:
            for table, row in self._file(number):
                made[table].append(row)
        return made

    def _file(self, number: int) -> Iterator[tuple[str, tuple[Any, ...]]]:
        ground, kind = self.ground, self.kinds[number % self.alike]
        case, report, reporter = (
            number + first for first in (ground.case, ground.report, ground.reporter)
        )
        key = number + ground.other
        at = self.opened(number)
        # What would have ended in the future has just ended.
        opened, answered, done, closed = (
            instant_text(min(at + after, self.now))
            for after in (timedelta(0), kind.answered, kind.took, kind.took + DAY)
        )
        over = kind.state is State.CLOSED
        ended = over or kind.state in LATER
        due = None if ended else instant_text(self.now + kind.due_in)
        said = words(number)
        title = said.partition("\n")[2][:24]
        place = kind.place
        public = over and number % 3 == 0
        yield "reporters", (reporter, "住户", "zh", f"139{number:08d}", opened)
        yield (
            "cases",
            (
                *(case, f"bench-{number}", f"b{number}", title, kind.state.value, None, 1),
                *(place.estate, place.building, kind.category, place.unit, opened, due),
                Outcome.SOLVED.value if over else None,
                said if public else None,
                closed if public else None,
                done if ended else None,
                closed if over else None,
                case,
            ),
        )
        follow = f"bench-follow-{number}"
        yield "reports", (report, case, reporter, said, "qr", None, opened, follow, None)
        yield (
            "notes",
            (key, case, "answer", 1, "已收到，正在处理。", 1, report, ground.desk, answered),
        )
        if kind.state is not State.NEW:
            given = (key, f"bench-task-{number}", case, place.unit, 1, 1, answered, ground.desk)
            yield "tasks", (*given, due or done, None, done if ended else None)
        if not over and number % 10 == 0:
            yield "tellings", (key, case, report, "answered", 1, answered, None)
        if over and number % 3:
            solved = "yes" if kind.level > 2 else "no"
            yield "ratings", (key, case, report, 1, kind.level, solved, "qr", closed)
        yield from self._clocks(number, kind, case, (opened, answered, done, due))
        yield from self._events(number, kind, case, report, (opened, answered, done, closed))
        plain = normalise(said)
        position = position_of(at, case)
        yield "case_texts", (position, case, plain)
        yield "case_terms", (position, fts5_tokens(plain))

    def _clocks(
        self, number: int, kind: Kind, case: int, times: tuple[str, str, str, str | None]
    ) -> Iterator[tuple[str, tuple[Any, ...]]]:
        opened, answered, done, due = times
        first = self.ground.clock + 3 * number
        at = self.opened(number)
        for place, (promise, limit, took, met) in enumerate(
            (
                (Promise.FIRST_ANSWER, 24, kind.answered, answered),
                (Promise.DECISION, 1, kind.answered, answered),
                (Promise.DONE, 7, kind.took, done),
            )
        ):
            allowed = timedelta(hours=24) if promise is Promise.FIRST_ANSWER else limit * DAY + DAY
            running = promise is Promise.DONE and due is not None
            ends = due if running else instant_text(at + allowed)
            result = Standing.MET if took <= allowed else Standing.MET_LATE
            row = (first + place, case, promise.value, 1, DayBasis.NATURAL.value, limit, opened)
            tail = (None, None) if running else (met, result.value)
            yield "clocks", (*row, ends, 0, *tail)
        if due is not None and kind.due_in < timedelta(0):
            yield "reminders", (first + 2, first + 2, case, "chase", due)

    def _events(
        self, number: int, kind: Kind, case: int, report: int, times: tuple[str, str, str, str]
    ) -> Iterator[tuple[str, tuple[Any, ...]]]:
        opened, answered, done, closed = times
        told: list[tuple[str, str, int | None, str]] = [
            (opened, "opened", None, f'"report":{report},"round":1,"to":"new"')
        ]
        moves = []
        if kind.state is not State.NEW:
            moves.append((answered, "accept", "deliberating", "new"))
        if kind.state is State.CLOSED:
            moves.append((done, "done", "publishing", "doing"))
            moves.append((closed, "close", "closed", "rating"))
        for at, move, to, was in moves:
            body = f'"move":"{move}","round":1,"to":"{to}","was":"{was}"'
            told.append((at, "moved", self.ground.desk, body))
        for at, what, who, body in told:
            ground = self.ground
            actor = '"resident"' if who is None else str(who)
            payload = f'{{"actor":{actor},"case":{case},{body}}}'
            seq, before = ground.seq + 1, ground.head
            digest = link(before, seq, at, what, payload)
            yield (
                "events",
                (ground.event, "house", seq, at, at, what, who, case, payload, before, digest),
            )
            ground.event, ground.seq, ground.head = ground.event + 1, seq, digest


def held(ground: Ground, now: datetime, first: int) -> Iterator[tuple[Any, ...]]:
    """Reports that a flood brought and nobody let in, as rows of `reports`."""
    for number in range(HELD):
        at = instant_text(now - timedelta(minutes=number))
        said = words(number)
        yield (first + number, None, None, said, "qr", ground.held_at, at, None, "flood:place")
