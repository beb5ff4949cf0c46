"""The acts of a request for help: the whole table once more, and what a repeat does."""

from datetime import datetime, timedelta

import pytest

from domain.days import COMMUNITY_ZONE
from domain.errors import Refused
from domain.requests import (
    LINE,
    OPEN_STATES,
    Act,
    ActRefused,
    RequestState,
    Urgency,
    Window,
    after,
    by_urgency,
    is_repeat,
    possible,
    window,
)

NOW = datetime(2026, 3, 2, 23, 50, tzinfo=COMMUNITY_ZONE)
HOUR = timedelta(hours=1)

# From where, to where, written from the brief's words.
TABLE = {
    "triage": ("new", "triaged"),
    "offer": ("triaged unfilled", "offering"),
    "accept": ("offering escalated", "assigned"),
    "set_out": ("assigned", "en_route"),
    "arrive": ("en_route", "on_scene"),
    "leave": ("on_scene", "done"),
    "close": ("done transferred", "closed"),
    "run_out": ("offering", "unfilled"),
    "escalate": ("offering unfilled", "escalated"),
    "release": ("assigned en_route", "offering"),
    "transfer": (
        "new triaged offering unfilled escalated assigned en_route on_scene",
        "transferred",
    ),
    "duplicate": ("new triaged offering unfilled escalated", "duplicate"),
    "cancel": ("new triaged offering unfilled escalated assigned en_route", "cancelled"),
}


def test_the_line_is_the_briefs() -> None:
    assert " ".join(LINE) == "new triaged offering assigned en_route on_scene done closed"
    assert set(RequestState) - set(LINE) == {
        "unfilled",
        "escalated",
        "transferred",
        "duplicate",
        "cancelled",
    }


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("state", RequestState)
def test_an_act_starts_only_where_the_table_says(act: Act, state: RequestState) -> None:
    sources, target = TABLE[act]
    if state in sources.split():
        assert after(act, state, "because") == target
        assert act in possible(state)
    else:
        with pytest.raises(ActRefused):
            after(act, state, "because")
        assert act not in possible(state)


@pytest.mark.parametrize(
    ("act", "state", "repeat"),
    [
        ("arrive", "en_route", False),
        ("arrive", "on_scene", True),
        ("arrive", "done", True),  # the second tap came after “left”
        ("arrive", "closed", True),
        ("arrive", "assigned", False),  # the order is enforced: this is refused, no repeat
        ("arrive", "cancelled", False),
        ("accept", "assigned", True),
        ("accept", "unfilled", False),
        ("cancel", "cancelled", True),
        ("cancel", "transferred", False),
        ("escalate", "escalated", True),
        ("release", "offering", False),
        ("close", "closed", True),
    ],
)
def test_a_repeat_is_known(act: str, state: str, repeat: bool) -> None:
    assert is_repeat(Act(act), RequestState(state)) is repeat


@pytest.mark.parametrize("act", ["release", "transfer", "cancel"])
def test_going_back_or_aside_needs_a_reason(act: str) -> None:
    with pytest.raises(Refused, match="why"):
        after(Act(act), RequestState.ASSIGNED, "  ")


def test_no_request_that_ended_is_open() -> None:
    ended = {"closed", "transferred", "duplicate", "cancelled"}
    assert set(RequestState) - OPEN_STATES == ended


def test_emergencies_come_first_and_then_the_oldest() -> None:
    waiting = [
        ("routine, old", by_urgency(Urgency.ROUTINE, NOW - 9 * HOUR)),
        ("emergency, new", by_urgency(Urgency.EMERGENCY, NOW)),
        ("routine, new", by_urgency(Urgency.ROUTINE, NOW - HOUR)),
        ("emergency, old", by_urgency(Urgency.EMERGENCY, NOW - HOUR)),
    ]
    assert [name for name, _ in sorted(waiting, key=lambda one: one[1])] == [
        "emergency, old",
        "emergency, new",
        "routine, old",
        "routine, new",
    ]


@pytest.mark.parametrize(
    ("from_at", "until_at", "expected"),
    [
        (None, None, (0, 2)),  # at once, for the usual two hours
        (3, None, (3, 5)),
        (3, 4, (3, 4)),
        (-3, 1, (0, 1)),  # what is past of it does not count
        (-3, -1, (0, 2)),
        (4, 3, (4, 6)),
    ],
)
def test_the_window_of_a_request(
    from_at: int | None, until_at: int | None, expected: tuple[int, int]
) -> None:
    def at(hours: int | None) -> datetime | None:
        return None if hours is None else NOW + hours * HOUR

    seen = window(NOW, at(from_at), at(until_at))
    assert seen == Window(NOW + expected[0] * HOUR, NOW + expected[1] * HOUR)


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ((0, 2), (2, 4), False),
        ((0, 2), (1, 4), True),
        ((0, 4), (1, 2), True),
        ((3, 4), (0, 3), False),
    ],
)
def test_windows_that_only_touch_do_not_overlap(
    first: tuple[int, int], second: tuple[int, int], overlap: bool
) -> None:
    one, two = (Window(NOW + a * HOUR, NOW + b * HOUR) for a, b in (first, second))
    assert one.overlaps(two) is two.overlaps(one) is overlap
