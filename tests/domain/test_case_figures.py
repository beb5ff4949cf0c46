"""What one file counts as adds up to the figures of all, in any zone and at any edge of a day."""

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.case_figures import COUNTS, FLAGS, counted
from domain.clocks import Clock, ClockSettings, Promise, meet, pause, resume, start, void
from domain.figures import FileFacts, GivenRating, figures
from domain.moves import Step
from domain.workdays import DayBasis, WorkCalendar

CALENDAR = WorkCalendar({}, frozenset())
# The last and first moments of days and months in Shanghai, a leap day, a year's end.
EDGES = [
    datetime(2028, 2, 28, 15, 59, 59, tzinfo=UTC),
    datetime(2028, 2, 28, 16, tzinfo=UTC),
    datetime(2028, 2, 29, 15, 59, 59, tzinfo=UTC),
    datetime(2028, 2, 29, 16, tzinfo=UTC),
    datetime(2027, 12, 31, 15, 59, 59, 999999, tzinfo=UTC),
    datetime(2027, 12, 31, 16, tzinfo=UTC),
]
ZONES = [
    UTC,
    timezone(timedelta(hours=8)),
    timezone(timedelta(hours=-11)),
    timezone(timedelta(hours=14)),
]
spans = st.builds(timedelta, minutes=st.integers(0, 40 * 1440), seconds=st.integers(0, 59))


@st.composite
def a_clock(draw: st.DrawFn, promise: Promise, begun: datetime) -> Clock | None:
    """Started, and then paused, met or given up at any later time."""
    if draw(st.integers(0, 4)) == 0:
        return None
    at = begun + draw(spans)
    clock = start(promise, at, DayBasis.NATURAL, CALENDAR, ClockSettings())
    for _ in range(draw(st.integers(0, 2))):
        at += draw(spans)
        clock = pause(clock, at)
        if draw(st.booleans()):
            break
        at += draw(spans)
        clock = resume(clock, at, CALENDAR)
    end = draw(st.sampled_from(["runs", "met", "met", "void"]))
    at += draw(spans)
    if end == "met":
        clock = meet(clock, at, CALENDAR)
    elif end == "void":
        clock = void(clock, at)
    return clock


@st.composite
def a_file(draw: st.DrawFn, case_id: int = 1) -> FileFacts:
    """Anything that can be known of a file."""
    opened = draw(st.sampled_from(EDGES)).astimezone(draw(st.sampled_from(ZONES)))
    opened += draw(st.sampled_from([timedelta(), timedelta(microseconds=1), timedelta(days=3)]))
    closings = [opened + draw(spans) for _ in range(draw(st.integers(0, 2)))]
    ratings = [
        GivenRating(
            draw(st.integers(1, 3)),
            opened + draw(spans),
            draw(st.integers(1, 5)),
            draw(st.sampled_from(["yes", "partly", "no"])),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    done = draw(a_clock(Promise.DONE, opened))
    return FileFacts(
        case_id=case_id,
        opened_at=opened,
        is_open=not closings or draw(st.booleans()),
        first_answer=draw(a_clock(Promise.FIRST_ANSWER, opened)),
        vote=draw(a_clock(Promise.VOTE_OPENED, opened)),
        decision=draw(a_clock(Promise.DECISION, opened)),
        done=done,
        done_at=draw(st.sampled_from([None, opened + draw(spans)])),
        closings=sorted(closings),
        reopenings=sorted(at + draw(spans) for at in closings if draw(st.booleans())),
        asked=frozenset(draw(st.sets(st.integers(1, 3)))),
        reached=frozenset(draw(st.sets(st.integers(1, 3)))),
        ratings=ratings,
        voted=draw(st.booleans()),
        chased=draw(st.booleans()),
        work_due_at=draw(st.sampled_from([None, opened + draw(spans)])),
        extended=draw(st.booleans()),
        reports=draw(st.integers(1, 4)),
        steps={step: draw(spans) for step in draw(st.sets(st.sampled_from(list(Step))))},
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(a_file(), min_size=1, max_size=5), spans)
def test_files_one_by_one_add_up_to_all_of_them(files: list[FileFacts], later: timedelta) -> None:
    as_of = max(file.opened_at for file in files) + later
    whole = figures(files, as_of)
    each = [counted(file, as_of) for file in files]
    for name in FLAGS:
        known = [getattr(one, name) for one in each if getattr(one, name) is not None]
        rate = getattr(whole, name)
        assert (sum(known), len(known)) == (rate.numerator, rate.denominator), name
    sums = Counter({name: sum(getattr(one, name) for one in each) for name in COUNTS})
    for rate, hit, due in (
        (whole.solved, "solved", "reached"),
        (whole.satisfied, "satisfied", "ratings"),
        (whole.return_rate, "returned", "asked"),
        (whole.repeated, "repeated", "reports"),
    ):
        assert (sums[hit], sums[due]) == (rate.numerator, rate.denominator)
    assert sum(one.is_open for one in each) == len(whole.ages)
    assert sum(one.wall_minutes is not None for one in each) == len(whole.seconds)
    beijing = timezone(timedelta(hours=8))
    for file, one in zip(files, each, strict=True):
        opened = file.opened_at.astimezone(beijing)
        assert (one.month.year, one.month.month, one.month.day) == (opened.year, opened.month, 1)


@settings(max_examples=60, deadline=None)
@given(a_file(), spans, st.integers(0, 100))
def test_until_the_next_limit_passes_nothing_changes_by_itself(
    file: FileFacts, later: timedelta, share: int
) -> None:
    as_of = file.opened_at + later
    before = counted(file, as_of)
    limit = before.changes_at or as_of + timedelta(days=400)
    then = as_of + (limit - as_of - timedelta(microseconds=1)) * share / 100
    after = counted(file, then)
    assert [getattr(after, name) for name in FLAGS] == [getattr(before, name) for name in FLAGS]


@pytest.mark.parametrize(
    ("solved", "is_open", "expected"),
    [
        ([], False, 0),  # closed without a word is not solved
        (["yes"], False, 1),
        (["yes", "yes"], False, 1),
        (["yes", "partly"], False, 0),
        (["no"], False, 0),
        (["yes"], True, None),  # reopened: not closed any more
    ],
)
def test_closed_counts_as_solved_when_somebody_says_so_and_nobody_the_contrary(
    solved: list[str], is_open: bool, expected: int | None
) -> None:
    opened = EDGES[0]
    file = FileFacts(
        1,
        opened,
        is_open,
        closings=[opened + timedelta(days=1)],
        ratings=[
            GivenRating(report, opened + timedelta(hours=report), 5, said)
            for report, said in enumerate(solved, start=1)
        ],
    )
    assert counted(file, opened + timedelta(days=2)).solved_closed == expected


@pytest.mark.parametrize("voted", [True, False])
def test_a_file_turned_to_an_owners_vote_is_counted_apart(voted: bool) -> None:
    opened = EDGES[0]
    done = start(Promise.DONE, opened, DayBasis.NATURAL, CALENDAR, ClockSettings())
    one = counted(FileFacts(1, opened, True, done=done, voted=voted), done.due_at)
    assert (one.done_in_time, one.done_voted) == ((None, 0) if voted else (0, None))
