"""The timetable of a vote: which day each period ends on, and whether it was kept."""

from datetime import date

import pytest

from domain.thresholds import Lane
from domain.timeline_of_vote import About, Dates, Kept, Milestone, in_objection_period, timetable
from domain.timetable import LocalNumber, Period

JULY = {day: date(2026, 7, day) for day in range(1, 32)}
NOTICED = Dates(noticed_on=JULY[1], meets_on=JULY[16], closes_on=JULY[20])
CLOSED = Dates(noticed_on=JULY[1], meets_on=JULY[16], closes_on=JULY[20], closed=True)


def published(day: int) -> Dates:
    return Dates(JULY[1], JULY[16], JULY[20], closed=True, published_on=JULY[day])


@pytest.mark.parametrize(
    ("dates", "today", "milestone", "on", "kept"),
    [
        # Nothing is fixed: everything is reckoned as if the notice were posted today.
        (Dates(), 1, Milestone.NOTICE, 1, Kept.PLANNED),
        (Dates(), 1, Milestone.OBJECTIONS, 8, Kept.PLANNED),
        (Dates(), 1, Milestone.MEETING, 16, Kept.PLANNED),
        (NOTICED, 1, Milestone.NOTICE, 1, Kept.KEPT),
        (NOTICED, 8, Milestone.OBJECTIONS, 8, Kept.RUNNING),
        (NOTICED, 9, Milestone.OBJECTIONS, 8, Kept.KEPT),
        (NOTICED, 15, Milestone.MEETING, 16, Kept.COMING),
        (NOTICED, 16, Milestone.MEETING, 16, Kept.KEPT),
        (Dates(JULY[2], JULY[16], JULY[20]), 2, Milestone.MEETING, 16, Kept.BROKEN),
        (Dates(JULY[9], JULY[16], JULY[20]), 9, Milestone.OBJECTIONS, 16, Kept.BROKEN),
        (Dates(JULY[8], JULY[16], JULY[20]), 8, Milestone.OBJECTIONS, 15, Kept.RUNNING),
        (NOTICED, 15, Milestone.CLOSE, 20, Kept.COMING),
        (NOTICED, 16, Milestone.CLOSE, 20, Kept.RUNNING),
        (CLOSED, 20, Milestone.CLOSE, 20, Kept.KEPT),
        (NOTICED, 20, Milestone.PUBLISH, 23, Kept.COMING),
        (CLOSED, 23, Milestone.PUBLISH, 23, Kept.RUNNING),
        (CLOSED, 24, Milestone.PUBLISH, 23, Kept.BROKEN),
        (published(23), 30, Milestone.PUBLISH, 23, Kept.KEPT),
        (published(24), 30, Milestone.PUBLISH, 23, Kept.BROKEN),
        (published(22), 29, Milestone.RESULT_OBJECTIONS, 29, Kept.RUNNING),
        (published(22), 30, Milestone.RESULT_OBJECTIONS, 29, Kept.KEPT),
    ],
)
def test_each_period_ends_on_its_day(
    dates: Dates, today: int, milestone: Milestone, on: int, kept: Kept
) -> None:
    lines = {line.milestone: line for line in timetable(Lane.ORDINARY, dates, (), JULY[today])}
    assert (lines[milestone].on, lines[milestone].kept) == (JULY[on], kept)


def test_the_estates_own_number_holds_with_its_source() -> None:
    own = LocalNumber(Period.NOTICE, 20, "议事规则第五条", date(2026, 1, 1))
    lines = timetable(Lane.SPECIAL, Dates(), [own], JULY[1])
    meeting = next(line for line in lines if line.milestone is Milestone.MEETING)
    assert (meeting.on, meeting.number) == (JULY[21], own)


def test_a_committees_agenda_has_its_own_period_and_no_display() -> None:
    lines = {line.milestone: line for line in timetable(Lane.COMMITTEE, Dates(), (), JULY[1])}
    assert lines[Milestone.MEETING].on == JULY[8]
    assert Milestone.OBJECTIONS not in lines


@pytest.mark.parametrize(
    ("about", "received", "dates", "in_time"),
    [
        (About.ROLL, 8, NOTICED, True),
        (About.ROLL, 9, NOTICED, False),
        (About.CANDIDATES, 8, NOTICED, True),
        (About.ROLL, 9, Dates(), True),
        (About.RESULT, 25, CLOSED, False),
        (About.RESULT, 29, published(22), True),
        (About.RESULT, 30, published(22), False),
    ],
)
def test_an_objection_is_in_time_until_the_last_day(
    about: About, received: int, dates: Dates, in_time: bool
) -> None:
    assert in_objection_period(about, JULY[received], dates, ()) is in_time
