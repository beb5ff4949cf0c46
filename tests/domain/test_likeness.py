"""Duplicates are suggested with reasons; on real messages all that one person posted twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.likeness import SUGGESTED_FROM, Sketch, Why, candidates_ranked, likely

MESSAGES = Path(__file__).parents[3] / "shared" / "data" / "residents_messages_300.xlsx"
NOON = datetime(2026, 4, 1, 4, tzinfo=UTC)
LIFT = Sketch(
    id=1,
    title="3栋电梯又坏了",
    text="三天了没有人来修，楼上的老人下不来，物业电话打不通。",
    estate_id="north",
    building_id=3,
    category="电梯",
    reporter_key="13800000001",
    at=NOON,
)
LAMP = replace(
    LIFT,
    id=2,
    title="小区东门路灯不亮",
    text="晚上回家看不见台阶，请尽快安排。",
    building_id=None,
    category="照明",
    reporter_key="13800000002",
)


def reasons(a: Sketch, b: Sketch) -> dict[Why, dict[str, int]]:
    likeness = likely(a, b)
    return {r.why: dict(r.params) for r in likeness.reasons} if likeness else {}


def test_the_same_report_sent_twice_is_suggested_with_every_reason() -> None:
    again = replace(LIFT, id=3, at=NOON + timedelta(hours=1))
    likeness = likely(LIFT, again)
    assert likeness is not None
    assert likeness.score == 1.0
    assert [reason.why for reason in likeness.reasons] == list(Why)
    assert all(reason.template.format(**reason.params) for reason in likeness.reasons)


def test_two_matters_in_one_estate_are_not_suggested() -> None:
    assert likely(LIFT, LAMP) is None


def test_one_person_with_two_matters_on_one_day_is_not_a_duplicate() -> None:
    assert likely(LIFT, replace(LAMP, reporter_key=LIFT.reporter_key)) is None


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("", False),
        ("电梯", False),
        ("3栋电梯", True),
        ("电梯又坏了，老人下不来", True),
        ("3栋楼道灯不亮", False),
    ],
)
def test_a_few_typed_words_find_the_file_of_the_same_building(typed: str, suggested: bool) -> None:
    draft = Sketch(None, "", typed, "north", 3, None, None, NOON + timedelta(days=1))
    assert (likely(draft, LIFT) is not None) is suggested


@pytest.mark.parametrize(
    ("days", "told"), [(0, 7), (7, 7), (7.01, 30), (30, 30), (30.01, None), (200, None)]
)
def test_nearness_in_time_is_told_in_named_steps(days: float, told: int | None) -> None:
    later = replace(LIFT, id=3, at=NOON + timedelta(days=days))
    expected = {"days": told} if told else None
    assert reasons(LIFT, later).get(Why.WITHIN_DAYS) == expected


@pytest.mark.parametrize(
    ("estate_id", "building_id", "suggested"),
    [("north", 3, True), ("north", None, True), ("north", 5, False), ("south", 9, False)],
)
def test_the_same_words_from_another_building_are_another_matter(
    estate_id: str, building_id: int | None, suggested: bool
) -> None:
    other = replace(
        LIFT,
        id=3,
        text="",
        estate_id=estate_id,
        building_id=building_id,
        reporter_key=None,
        category=None,
    )
    assert (likely(replace(LIFT, text=""), other) is not None) is suggested


def test_unknown_fields_are_never_called_the_same() -> None:
    bare = Sketch(1, LIFT.title, LIFT.text, None, None, "", "", NOON)
    assert set(reasons(bare, replace(bare, id=2))) == {Why.SAME_WORDS, Why.WITHIN_DAYS}


def test_the_most_alike_come_first_and_the_sketch_itself_never() -> None:
    near = replace(LIFT, id=3, reporter_key="13800000009")
    far = replace(near, id=4, at=NOON - timedelta(days=20))
    ranked = candidates_ranked(LIFT, [LAMP, far, LIFT, near], limit=5)
    assert [sketch.id for sketch, _ in ranked] == [3, 4]
    assert len(candidates_ranked(LIFT, [far, near], limit=1)) == 1


def test_of_equal_candidates_the_newer_comes_first() -> None:
    older, newer = (replace(LIFT, id=n, at=NOON - timedelta(days=9 - n)) for n in (3, 4))
    assert [s.id for s, _ in candidates_ranked(LIFT, [older, newer])] == [4, 3]


words = st.text(alphabet="电梯坏了漏水三栋。，a1", max_size=30)


@given(words, words, words, words, st.booleans())
def test_likeness_is_the_same_from_both_sides(
    title: str, text: str, other_title: str, other_text: str, same_reporter: bool
) -> None:
    a = replace(LIFT, title=title, text=text)
    key = LIFT.reporter_key if same_reporter else None
    b = replace(LIFT, id=9, title=other_title, text=other_text, reporter_key=key)
    likeness = likely(a, b)
    assert likeness == likely(b, a)
    assert likeness is None or SUGGESTED_FROM <= likeness.score <= 1


@pytest.fixture(scope="module")
def messages() -> list[Sketch]:
    if not MESSAGES.exists():
        pytest.skip("the real messages are not kept with the code and are not on this machine")
    sheet = openpyxl.load_workbook(MESSAGES, read_only=True).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    return [
        Sketch(number, str(title), str(text), None, None, None, reporter, when(str(opened)))
        for number, title, text, opened, _, reporter in rows
    ]


def when(text: str) -> datetime:
    return datetime.strptime(text.replace("-", "/"), "%Y/%m/%d %H:%M:%S").replace(tzinfo=UTC)


@pytest.mark.slow
def test_every_pair_of_one_title_is_suggested_and_few_others(messages: list[Sketch]) -> None:
    pairs = list(combinations(messages, 2))
    same_title = {(a.id, b.id) for a, b in pairs if a.title == b.title}
    by_one = {(a.id, b.id) for a, b in pairs if a.title == b.title and _one_person(a, b)}
    suggested = {
        (a.id, b.id)
        for number, a in enumerate(messages, start=1)
        for b, _ in candidates_ranked(a, messages[number:], limit=len(messages))
    }
    # Counts only: a failure must not print what residents wrote.
    print(f"{len(by_one)} by one person, {len(same_title)} of one title, {len(suggested)} shown")
    assert len(by_one) >= 12
    assert len(by_one - suggested) == 0
    assert len(same_title - suggested) == 0
    # These twelve are, read by eye and all but one, a matter under two titles.
    assert len(suggested - same_title) <= 12


def _one_person(a: Sketch, b: Sketch) -> bool:
    return a.reporter_key == b.reporter_key


def test_half_a_title_typed_a_day_later_brings_up_the_file(messages: list[Sketch]) -> None:
    found = 0
    some = messages[::6]
    for message in some:
        half = message.title[: len(message.title) // 2 + 1]
        draft = Sketch(
            None, "", half, None, None, None, message.reporter_key, message.at + timedelta(days=1)
        )
        ranked = candidates_ranked(draft, messages, limit=5)
        found += any(other.title == message.title for other, _ in ranked)
    assert found >= 0.95 * len(some)
