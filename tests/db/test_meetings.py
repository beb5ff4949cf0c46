"""A meeting's demands become files: each with its speaker, all or none, once."""

from datetime import date

import pytest
from sqlalchemy import func, select

from db.engine import Database
from db.events import breaks
from db.meetings import (
    MOST_LINES,
    ROOM,
    Demand,
    meeting,
    meetings,
    open_meeting,
    take_demands,
)
from db.tables import Case, Channel, Household, Meeting, MeetingKind, Report, Reporter
from domain.errors import FieldError, NotAllowed, NotFound
from domain.people import Actor
from tests.support.cast import Cast
from tests.support.clock import TestClock


def _opened(cast: Cast, clock: TestClock, **changed: object) -> str:
    said: dict[str, object] = {
        "kind": MeetingKind.NIGHT_TALK,
        "title": "三月夜话",
        "held_on": date(2026, 3, 1),
        "estate_id": cast.estate_one,
    }
    return open_meeting(cast.secretary, clock.now, **(said | changed))  # type: ignore[arg-type]


def _count(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


def test_each_line_is_a_file_of_its_own(cast: Cast, clock: TestClock, database: Database) -> None:
    code = _opened(cast, clock)
    lines = [
        Demand(1, "电梯又坏了。老人下不来", "住户子", "1-1-101", "13800000101", cast.lifts),
        Demand(2, ""),
        Demand(3, "灯不亮", room="99号楼101"),
        Demand(4, "想加一张长椅"),
    ]
    shares: list[float] = []
    entered = take_demands(
        cast.secretary, clock.now, code, lines, "k", consent=True, progress=shares.append
    )
    assert entered.refused == ()
    assert [line.line for line, _ in entered.taken] == [1, 3, 4]
    assert shares == [pytest.approx(1 / 3), pytest.approx(2 / 3), 1.0]
    assert meeting(cast.secretary, code).demands == 3
    with database.read() as session:
        rows = list(session.scalars(select(Report).order_by(Report.id)))
        assert {row.channel for row in rows} == {Channel.MEETING}
        assert {row.recorded_by for row in rows} == {cast.secretary.account_id}
        first = session.get_one(Case, rows[0].case_id)
        assert (first.title, first.estate_id, first.building_id, first.category_id) == (
            "电梯又坏了",
            cast.estate_one,
            cast.building_one,
            cast.lifts,
        )
        speaker = session.get_one(Reporter, rows[0].reporter_id)
        assert (speaker.name, speaker.phone, speaker.household_id) == (
            "住户子",
            "13800000101",
            cast.household_101,
        )
        assert speaker.consent_at is not None
        # A room that the roll does not know is kept with the words, and not lost.
        assert rows[1].extra == {ROOM: "99号楼101"}
        assert session.get_one(Case, rows[1].case_id).estate_id == cast.estate_one
        assert rows[2].reporter_id is None
        assert not list(breaks(session))


def test_one_wrong_line_and_none_is_kept(cast: Cast, clock: TestClock, database: Database) -> None:
    code = _opened(cast, clock)
    lines = [
        Demand(1, "好的一条"),
        Demand(2, "", "只有姓名"),
        Demand(3, "电话不对", phone="12ab"),
        Demand(4, "类别不对", category_id=999_999),
        Demand(5, "太长" * 6_000),
    ]
    entered = take_demands(cast.secretary, clock.now, code, lines, "k")
    assert entered.taken == ()
    assert [bad.line for bad in entered.refused] == [2, 3, 4, 5]
    assert [getattr(bad.error, "field", None) for bad in entered.refused] == [
        "text",
        "phone",
        "category",
        "text",
    ]
    assert _count(database) == 0
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Reporter)) == 0
        assert not list(breaks(session))
    # The same form, mended, goes in: a refused sending has not used up its key.
    again = take_demands(cast.secretary, clock.now, code, lines[:1], "k")
    assert [taken.repeated for _, taken in again.taken] == [False]


def test_sent_twice_is_kept_once(cast: Cast, clock: TestClock, database: Database) -> None:
    code = _opened(cast, clock)
    lines = [Demand(n, f"第{n}件事") for n in range(1, 6)]
    first = take_demands(cast.secretary, clock.now, code, lines, "k")
    again = take_demands(cast.secretary, clock.now, code, lines, "k")
    assert _count(database) == 5
    assert [taken.number for _, taken in again.taken] == [taken.number for _, taken in first.taken]
    assert all(taken.repeated for _, taken in again.taken)
    assert [taken.follow_code for _, taken in again.taken] == [
        taken.follow_code for _, taken in first.taken
    ]


def test_a_room_that_fits_two_homes_is_asked_for_more(
    cast: Cast, clock: TestClock, database: Database
) -> None:
    with database.write() as session:
        session.add(Household(building_id=cast.building_three, room="1单元101"))
    everywhere = _opened(cast, clock, estate_id=None)
    entered = take_demands(
        cast.secretary, clock.now, everywhere, [Demand(1, "x", room="1-1-101")], "a"
    )
    assert [getattr(bad.error, "field", None) for bad in entered.refused] == ["room"]
    here = _opened(cast, clock)
    assert take_demands(
        cast.secretary, clock.now, here, [Demand(1, "x", room="1-1-101")], "b"
    ).taken


@pytest.mark.parametrize("n", [0, MOST_LINES + 1])
def test_no_line_and_too_many_lines_are_refused(cast: Cast, clock: TestClock, n: int) -> None:
    code = _opened(cast, clock)
    lines = [Demand(line, "x") for line in range(1, n + 1)] or [Demand(1, "")]
    with pytest.raises(FieldError) as refused:
        take_demands(cast.secretary, clock.now, code, lines, "k")
    assert refused.value.field == "demands"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "长" * 121}, "title"),
        ({"held_on": date(2026, 3, 3)}, "held_on"),
        ({"estate_id": 999_999}, "estate"),
    ],
)
def test_a_wrong_meeting_is_told_by_field(
    cast: Cast, clock: TestClock, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(FieldError) as refused:
        _opened(cast, clock, **changed)
    assert refused.value.field == field
    assert meetings(cast.secretary) == ()


def test_a_meeting_is_opened_once(cast: Cast, clock: TestClock, database: Database) -> None:
    assert _opened(cast, clock, once_key="k") == _opened(cast, clock, once_key="k")
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Meeting)) == 1


def test_the_newest_meeting_comes_first(cast: Cast, clock: TestClock) -> None:
    _opened(cast, clock, title="二月", held_on=date(2026, 2, 1))
    _opened(cast, clock, title="三月", held_on=date(2026, 3, 2))
    _opened(cast, clock, title="一月", held_on=date(2026, 1, 1))
    assert [row.title for row in meetings(cast.secretary)] == ["三月", "二月", "一月"]


def test_meetings_of_other_estates_are_out_of_scope(cast: Cast, clock: TestClock) -> None:
    own = _opened(cast, clock)
    other = _opened(cast, clock, estate_id=cast.estate_two)
    whole = _opened(cast, clock, estate_id=None)
    assert [row.code for row in meetings(cast.committee)] == [own]
    for code in (other, whole, "no-such-code"):
        with pytest.raises(NotFound):
            meeting(cast.committee, code)
        with pytest.raises(NotFound):
            take_demands(cast.committee, clock.now, code, [Demand(1, "x")], "k")
    with pytest.raises(FieldError):
        open_meeting(
            cast.committee,
            clock.now,
            kind=MeetingKind.HEARING,
            title="x",
            held_on=date(2026, 3, 1),
            estate_id=cast.estate_two,
        )


def test_only_who_takes_in_reports_has_meetings(cast: Cast, clock: TestClock) -> None:
    code = _opened(cast, clock)
    outsiders: list[Actor] = [
        cast.administrator,
        cast.viewer,
        cast.partner_contact,
        cast.property_contact,
        cast.volunteer,
        cast.squad_leader,
    ]
    for person in outsiders:
        with pytest.raises(NotAllowed):
            meetings(person)
        with pytest.raises(NotAllowed):
            meeting(person, code)
        with pytest.raises(NotAllowed):
            take_demands(person, clock.now, code, [Demand(1, "x")], "k")
        with pytest.raises(NotAllowed):
            open_meeting(
                person, clock.now, kind=MeetingKind.HEARING, title="x", held_on=date(2026, 3, 1)
            )
