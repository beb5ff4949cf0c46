"""The volunteers' page: entered, verified, put on call, confirmed; each section opens for each."""

from datetime import date, time, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.volunteers import hour_list, hours, listing, people, roster, skills
from db.volunteers.people import Profile
from domain.availability import Part, Quiet, weekly
from domain.service_hours import Source
from domain.skills import SkillKind
from domain.volunteers import Consent, Squad
from tests.pages.conftest import Open
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.squads import Squads, muster

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SECTIONS = ("people", "on-call", "hours", "cards")


@pytest.fixture
def squads(cast: Cast, database: Database, clock: TestClock) -> Squads:
    return muster(cast, database, clock.now)


def click(page: AppTest, key: str) -> AppTest:
    page.button(key).click()
    page.run()
    assert not page.exception
    return page


def errors(page: AppTest) -> list[str]:
    return [error.value for error in page.error]


@pytest.mark.parametrize("login", ["secretary", "squad_leader"])
@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_opens(
    open_page: Open, cast: Cast, squads: Squads, section: str, login: str
) -> None:
    page = open_page(cast.people[login], "volunteers", s=section)
    assert not page.exception
    assert [one for one in errors(page) if "值班" not in one] == []


def test_an_empty_page_says_what_to_do_first(open_page: Open, cast: Cast) -> None:
    page = open_page(cast.secretary, "volunteers")
    assert "还没有志愿者" in page.info[0].value


def test_those_who_do_not_dispatch_have_no_such_page(open_page: Open, cast: Cast) -> None:
    for login in ("volunteer", "committee", "property_contact", "viewer", "administrator"):
        with pytest.raises(ValueError, match="navigation page"):
            open_page(cast.people[login], "volunteers")


def test_a_volunteer_is_entered_with_consent_and_times(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    page = open_page(cast.secretary, "volunteers", v="new")
    page.text_input("volunteer_new_name").input("许医生")
    page.text_input("volunteer_new_phone").input("13800006001")
    page.selectbox("volunteer_new_squad").select(Squad.HEALTH)
    click(page, "volunteer_new_save")
    assert any("用途" in one for one in errors(page))  # a number needs a purpose
    page.checkbox("volunteer_new_phone_for_dispatch").check()
    page.time_input("volunteer_new_quiet_from").set_value(time(22))
    click(page, "volunteer_new_save")
    assert any("免打扰" in one for one in errors(page))  # the other end is missing
    page.time_input("volunteer_new_quiet_to").set_value(time(7))
    click(page, "volunteer_new_save")
    (line,) = listing.volunteers(cast.secretary, clock.now).lines
    file = listing.volunteer(cast.secretary, clock.now, line.code)
    assert (file.name, file.quiet) == ("许医生", Quiet(1320, 420))
    assert file.consents == {Consent.PHONE_FOR_DISPATCH}
    assert page.query_params["v"] == line.code


def test_saving_keeps_hours_that_are_no_boxes(
    open_page: Open, cast: Cast, squads: Squads, clock: TestClock
) -> None:
    free = (weekly(0, Part.DAY), weekly(3, Part.NIGHT))
    people.change(
        cast.secretary, clock.now, squads.doctor, Profile("医生壬", Squad.HEALTH, free=free)
    )
    page = open_page(cast.secretary, "volunteers", v=squads.doctor)
    page.text_area(f"volunteer_{squads.doctor}_can").input("看发热")
    click(page, f"volunteer_{squads.doctor}_save")
    file = listing.volunteer(cast.secretary, clock.now, squads.doctor)
    assert (file.can_do, file.free) == ("看发热", free)


def test_a_leader_verifies_what_was_shown(
    open_page: Open, cast: Cast, squads: Squads, clock: TestClock
) -> None:
    skill = skills.add_skill(cast.volunteer, clock.now, squads.doctor, SkillKind.TCM, "证 1")
    page = open_page(cast.squad_leader, "volunteers", v=squads.doctor)
    click(page, f"skill_verify_{skill}_save")
    file = listing.volunteer(cast.secretary, clock.now, squads.doctor)
    assert file.skills[0].verified_at == clock.now


def test_a_leader_reads_another_squads_volunteer_and_changes_nothing(
    open_page: Open, cast: Cast, squads: Squads
) -> None:
    page = open_page(cast.squad_leader, "volunteers", v=squads.guard)
    assert "其他队伍" in page.info[0].value
    assert not page.text_input


def test_the_number_is_shown_after_a_reason(open_page: Open, cast: Cast, squads: Squads) -> None:
    page = open_page(cast.secretary, "volunteers", v=squads.doctor)
    assert "13800007001" not in repr(page)
    click(page, f"volunteer_phone_{squads.doctor}_save")
    assert "13800007001" in repr(page)


def test_a_shift_is_entered_and_the_gap_told(
    open_page: Open, cast: Cast, squads: Squads, clock: TestClock
) -> None:
    page = open_page(cast.secretary, "volunteers", s="on-call")
    assert "没有人值班" in errors(page)[0]
    form = f"roster_health_{date(2026, 3, 2)}_new"
    page.multiselect(f"{form}_people").select(squads.second).select(squads.doctor)
    page.time_input(f"{form}_from").set_value(time(20))
    page.time_input(f"{form}_until").set_value(time(8))
    click(page, f"{form}_save")
    (shift,) = roster.week(cast.secretary, date(2026, 3, 2))
    assert shift.ends_at - shift.starts_at == timedelta(hours=12)
    assert [post.name for post in shift.posts] == ["医生申", "医生壬"]


def test_hours_are_confirmed_by_one_click(
    open_page: Open, cast: Cast, squads: Squads, clock: TestClock
) -> None:
    code = hours.enter(
        cast.secretary,
        clock.now,
        squads.doctor,
        source=Source.VISIT,
        arrived_at=clock.now - timedelta(hours=2),
        left_at=clock.now,
    )
    page = open_page(cast.squad_leader, "volunteers", s="hours")
    click(page, f"hours_{code}_save")
    assert hour_list.waiting(cast.secretary, clock.now) == []
    assert "没有待确认的时长" in page.success[0].value


def test_a_certificate_needs_confirmed_hours(open_page: Open, cast: Cast, squads: Squads) -> None:
    page = open_page(cast.secretary, "volunteers", s="hours")
    page.selectbox("hours_certificate_of").select(squads.doctor)
    page.run()
    click(page, "hours_make")
    assert "没有已确认的服务" in errors(page)[0]


def test_cards_are_given_to_a_whole_squad(
    open_page: Open, cast: Cast, squads: Squads, clock: TestClock
) -> None:
    page = open_page(cast.secretary, "volunteers", s="cards")
    click(page, "cards_give_save")
    assert "请选择队伍" in errors(page)[0]
    page.selectbox("cards_give_squad").select(Squad.HEALTH)
    click(page, "cards_give_save")
    lines = listing.volunteers(cast.secretary, clock.now).lines
    assert sorted(one.squad for one in lines if one.card_until) == [Squad.HEALTH] * 3
