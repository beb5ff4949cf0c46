"""The figures: to the letter, equal to a slow second count, and blind to what came later."""

import json
import random
from datetime import date, datetime, timedelta

import pytest

from db import intake, merging, moving, publishing, rating, tasks, telling
from db.engine import Database
from db.ledger import import_ledger
from db.metrics import as_json, figures_of
from db.polls import opening
from db.tables import Channel
from domain.closing import Outcome
from domain.days import COMMUNITY_ZONE
from domain.errors import FieldError, NotAllowed
from domain.figures import nearest_rank
from domain.ledger import read_ledger
from domain.moves import Move
from domain.people import SYSTEM
from tests.db.slow_figures import Diary, slow_figures
from tests.support.cast import Cast
from tests.support.clock import TestClock

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
RATES = (
    "response",
    "vote_same_day",
    "decision_next_day",
    "done_in_time",
    "solved",
    "satisfied",
    "return_rate",
    "reopened",
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COMMUNITY_ZONE)


def _printed(as_of: datetime) -> dict[str, dict[str, object]]:
    counted = figures_of(SYSTEM, FIRST, LAST, as_of)
    metrics = as_json(counted, FIRST, LAST, as_of)["metrics"]
    assert json.loads(json.dumps(metrics)) == metrics
    return metrics  # type: ignore[no-any-return]


def _plain(metrics: dict[str, dict[str, object]]) -> dict[str, object]:
    plain: dict[str, object] = {"received": metrics["received"]["value"]}
    for name in RATES:
        plain[name] = (metrics[name]["numerator"], metrics[name]["denominator"])
    plain["duration"] = tuple(metrics["duration"].values())
    plain["backlog"] = tuple(metrics["backlog"].values())
    return plain


def test_an_empty_database_gives_zeros_and_nulls(database: Database) -> None:
    as_of = at("2026-04-01 00:00")
    assert as_json(figures_of(SYSTEM, FIRST, LAST, as_of), FIRST, LAST, as_of) == {
        "as_of": "2026-04-01T00:00:00+08:00",
        "from": "2026-03-01",
        "to": "2026-03-31",
        "metrics": {
            "received": {"value": 0},
            **{name: {"numerator": 0, "denominator": 0, "value": None} for name in RATES},
            "duration": {
                "n": 0,
                "median_hours": None,
                "p75_hours": None,
                "p90_hours": None,
            },
            "backlog": {"value": 0, "oldest_days": None},
        },
    }


@pytest.mark.parametrize(
    ("percent", "expected"), [(1, 1), (25, 1), (26, 2), (50, 2), (75, 3), (76, 4), (100, 4)]
)
def test_percentiles_are_one_of_the_values(percent: int, expected: int) -> None:
    assert nearest_rank([4, 2, 3, 1], percent) == expected
    assert nearest_rank([], percent) is None


def _ledger(clock: TestClock, *spans: tuple[str, str | None]) -> None:
    rows = [(n, [f"事{n}", opened, done]) for n, (opened, done) in enumerate(spans, start=2)]
    import_ledger(SYSTEM, clock.now, read_ledger(["标题", "提出时间", "办结时间"], rows, clock.now))


@pytest.mark.parametrize(
    ("done", "as_of", "expected"),
    [
        # Opened on the 2nd at 9:00; the week is over at 24:00 of the 9th.
        ("2026-03-09 23:59:59", "2026-03-10 00:00", (1, 1)),
        ("2026-03-10 00:00:00", "2026-03-10 00:00", (0, 1)),
        ("2026-03-03 10:00:00", "2026-03-09 23:59:59", (0, 0)),
        (None, "2026-03-09 23:59:59", (0, 0)),
        (None, "2026-03-10 00:00", (0, 1)),
    ],
)
def test_done_in_time_counts_files_whose_week_is_over(
    database: Database,
    clock: TestClock,
    done: str | None,
    as_of: str,
    expected: tuple[int, int],
) -> None:
    clock.set("2026-03-31 12:00")
    _ledger(clock, ("2026-03-02 09:00", done))
    rate = _printed(at(as_of))["done_in_time"]
    assert (rate["numerator"], rate["denominator"]) == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-03-03 08:59:59", (0, 0)),
        ("2026-03-03 09:00", (0, 1)),
    ],
)
def test_nobody_answered_is_a_miss_from_the_24th_hour(
    database: Database, clock: TestClock, as_of: str, expected: tuple[int, int]
) -> None:
    clock.set("2026-03-31 12:00")
    # Closed within the hour by the old ledger, which does not say that anybody was called.
    _ledger(clock, ("2026-03-02 09:00", "2026-03-02 10:00"))
    rate = _printed(at(as_of))["response"]
    assert (rate["numerator"], rate["denominator"]) == expected


def test_what_happened_later_is_not_known_yet(database: Database, clock: TestClock) -> None:
    clock.set("2026-04-20 12:00")
    _ledger(
        clock,
        ("2026-03-02 09:00", "2026-03-04 09:00"),
        ("2026-03-05 09:00", None),
        ("2026-04-01 00:00", None),
        ("2026-02-28 23:59", None),
    )
    early = _printed(at("2026-03-03 09:00"))
    assert early["received"] == {"value": 1}
    assert early["backlog"] == {"value": 1, "oldest_days": 1}
    assert early["duration"]["n"] == 0
    late = _printed(at("2026-04-20 12:00"))
    assert late["received"] == {"value": 2}
    assert late["backlog"] == {"value": 1, "oldest_days": 46}
    assert late["duration"] == {
        "n": 1,
        "median_hours": 48.0,
        "p75_hours": 48.0,
        "p90_hours": 48.0,
    }


class _Story:
    """Plays one file through the real functions, and keeps the diary for the slow count."""

    def __init__(self, cast: Cast, chance: random.Random, opened: datetime) -> None:
        self.cast, self.chance, self.now = cast, chance, opened
        self.me = cast.secretary
        taken = intake.take_report(
            self.me,
            opened,
            text="灯坏了",
            channel=Channel.PHONE,
            estate_id=cast.estate_one,
            reporter=intake.ReporterWords(name="住户", phone="13800000101"),
        )
        assert taken.case_code is not None
        self.code, self.report = taken.case_code, taken.report_id
        self.diary = Diary(opened)

    def later(self, most_hours: float) -> datetime:
        self.now += timedelta(seconds=self.chance.randint(1, int(most_hours * 3600)))
        return self.now

    def move(self, kind: Move, word: str, most_hours: float, detail: object = None) -> None:
        moving.move(self.me, self.later(most_hours), self.code, kind, "缘由")
        self.diary.note(word, self.now, detail)

    def play(self) -> None:
        if self.chance.random() < 0.6:
            reached = self.chance.random() < 0.7
            telling.contact(
                self.me,
                self.later(40),
                self.code,
                report_id=self.report,
                purpose="answer",
                reached=reached,
            )
            self.diary.note("reached" if reached else "missed call", self.now)
        end = self.chance.choice(["open", "explained", "declined", "withdrawn", *["work"] * 6])
        if end == "open":
            return
        if end == "explained":
            self.move(Move.EXPLAIN, end, 200)
        elif end == "declined":
            self.move(Move.DECLINE, end, 60)
        elif end == "withdrawn":
            moving.move(SYSTEM, self.later(250), self.code, Move.WITHDRAW, "缘由")
            self.diary.note(end, self.now)
        elif not self._work():
            return
        self._publish()
        if self.chance.random() < 0.4:
            self.move(Move.REOPEN, "reopened", 24 * 45, self._standing())
            if self._work():
                self._publish()

    def _standing(self) -> str:
        return "closed" if self.diary.entries[-1][0] == "closed" else "open"

    def _work(self) -> bool:
        self.move(Move.ACCEPT, "accepted", 30)
        if self.chance.random() < 0.15:
            return False
        if self.chance.random() < 0.5:
            self._poll()
        given = tasks.decide(
            self.me,
            self.later(60),
            self.code,
            lead_unit_id=self.cast.property_one,
            due_on=self.now.date() + timedelta(days=400),
            words="物业办",
        )
        self.diary.note("decided", self.now)
        for again in (self.chance.random() < 0.3, False):
            tasks.report_done(
                self.cast.property_contact, self.later(150), given.task_codes[0], "办了"
            )
            self.diary.note("done", self.now)
            if not again:
                return True
            self.move(Move.SEND_BACK, "sent back", 20)
        return True

    def _poll(self) -> None:
        """Sent to a poll, which is opened at once, later, or never; it ends before the decision."""
        if self.chance.random() < 0.6:
            opening.send(self.me, self.later(20), self.code)
            self.diary.note("sent", self.now)
            if self.chance.random() < 0.2:
                return
        opened = self.later(20)
        draft = opening.PollDraft(
            "先修哪里？", ("东边", "西边"), opened + timedelta(hours=2), self.cast.estate_one
        )
        opening.open_poll(self.me, opened, self.code, draft)
        self.diary.note("polled", opened)
        self.now += timedelta(hours=2)

    def _publish(self) -> None:
        if self.chance.random() < 0.2:
            return
        publishing.show(
            self.me,
            self.later(20),
            self.code,
            outcome=Outcome.SOLVED,
            summary="灯已修好",
            no_evidence_reason="无照片",
        )
        self.diary.note("shown", self.now)
        if self.chance.random() < 0.3:
            return
        level, solved = self.chance.randint(1, 5), self.chance.choice(rating.SOLVED)
        rating.rate_by_phone(
            self.cast.social_worker, self.later(50), self.code, self.report, level, solved
        )
        self.diary.note("rated", self.now, (level, solved))
        self.diary.note("reached", self.now)
        closer = self.cast.social_worker
        publishing.close(closer, self.later(20), self.code)
        self.diary.note("closed", self.now)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_the_figures_equal_a_slow_second_count(cast: Cast, database: Database, seed: int) -> None:
    chance = random.Random(seed)
    stories = []
    for number in range(20):
        opened = at("2026-03-01 00:00") + timedelta(minutes=chance.randint(0, 31 * 1440 - 1))
        story = _Story(cast, chance, opened)
        if number > 1:
            story.play()
        stories.append(story)
    _merge(stories[0], stories[1])
    diaries = [story.diary for story in stories]
    moments = [at("2026-03-01 00:00") + timedelta(hours=61 * n) for n in range(45)]
    moments += [entry[1] for diary in diaries for entry in diary.entries[::7]]
    for moment in moments:
        assert _plain(_printed(moment)) == slow_figures(diaries, moment), moment


def _merge(loser: _Story, winner: _Story) -> None:
    now = max(loser.now, winner.now) + timedelta(hours=3)
    merging.merge(loser.me, now, loser.code, winner.code, "同一件事")
    loser.diary.note("merged", now)


def test_a_pause_that_is_still_to_come_moves_no_limit(cast: Cast, clock: TestClock) -> None:
    opened = at("2026-03-02 09:00")
    taken = intake.take_report(cast.secretary, opened, text="x", channel=Channel.PHONE)
    assert taken.case_code is not None
    moving.move(cast.secretary, at("2026-03-12 09:00"), taken.case_code, Move.ACCEPT)
    before = _printed(at("2026-03-13 00:00"))["decision_next_day"]
    moving.move(cast.secretary, at("2026-03-13 08:00"), taken.case_code, Move.SUSPEND, "等料")
    moving.move(cast.secretary, at("2026-03-20 08:00"), taken.case_code, Move.RESUME)
    assert _printed(at("2026-03-13 00:00"))["decision_next_day"] == before
    # 24:00 of the 13th was its limit; it stood still then, and runs until 24:00 of the 20th.
    for moment, due in (
        ("2026-03-14 00:00", 0),
        ("2026-03-20 23:59:59", 0),
        ("2026-03-21 00:00", 1),
    ):
        assert _printed(at(moment))["decision_next_day"]["denominator"] == due


def test_figures_stay_in_the_persons_estate_and_need_the_right(
    cast: Cast, clock: TestClock
) -> None:
    for estate in (cast.estate_one, cast.estate_two):
        intake.take_report(
            cast.secretary, clock.now, text="x", channel=Channel.PHONE, estate_id=estate
        )
    assert figures_of(cast.viewer, FIRST, LAST, clock.now).received == 2
    assert figures_of(cast.committee, FIRST, LAST, clock.now).received == 1
    for person in (cast.property_contact, cast.volunteer):
        with pytest.raises(NotAllowed):
            figures_of(person, FIRST, LAST, clock.now)


def test_a_period_that_ends_before_it_begins_is_refused(database: Database) -> None:
    with pytest.raises(FieldError):
        figures_of(SYSTEM, LAST, FIRST, at("2026-04-01 00:00"))
