"""Dispatch at the desk and My tasks on a phone: one request from both sides."""

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db import engine
from db.requests import answering, asking, dispatching, mine, reading
from db.requests.asking import Asked
from db.tables.requests import HelpRequest
from db.tables.volunteers import VolunteerRow
from domain.people import Actor
from domain.requests import Called, RequestState, Urgency
from tests.pages.conftest import Open
from tests.pages.story import Story
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.helpers import code_of, on_call, with_account

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

FEVER = Asked(
    need="孩子发烧",
    urgency=Urgency.EMERGENCY,
    called=Called.FAMILY,
    phone="13800000101",
    health="青霉素过敏",
)


@pytest.fixture
def doctors(cast: Cast, clock: TestClock) -> list[Actor]:
    with engine.write() as session:
        actors = [
            with_account(session, clock.now, f"医生{n}", building_id=cast.building_one)
            for n in range(5)
        ]
        keys = list(session.scalars(select(VolunteerRow.id).order_by(VolunteerRow.id)))
        on_call(session, clock.now, 24, keys[:2])
    return actors


def shown(page: AppTest) -> str:
    """Every word of the page that is not in a table."""
    kinds = (page.markdown, page.caption, page.text, page.error, page.info, page.success)
    return "\n".join(str(item.value) for kind in kinds for item in kind)


def request(cast: Cast, clock: TestClock, *, start: bool = True) -> str:
    code = asking.ask(cast.secretary, clock.now, FEVER).code
    if start:
        dispatching.start(cast.secretary, clock.now, code)
    return code


def state(code: str) -> RequestState:
    with engine.read() as session:
        return session.scalars(select(HelpRequest.state).where(HelpRequest.code == code)).one()


def test_a_call_becomes_a_request_and_the_button_asks_three(
    open_page: Open, cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    page = open_page(cast.secretary, "dispatch", new="1")
    assert "120" in page.error[0].value
    page.text_area(key="dispatch_ask_need").set_value("孩子发烧，家里没有车")
    page.segmented_control(key="dispatch_ask_urgency").set_value(Urgency.EMERGENCY)
    page.text_input(key="dispatch_ask_phone").set_value("13800000101")
    page.button(key="dispatch_ask_save").click().run()
    assert not page.exception
    code = page.query_params["r"]
    assert state(code) is RequestState.TRIAGED
    # Nobody said yet who has called 120: the button says so and asks nobody.
    page.button(key="dispatch_start_save").click().run()
    assert any("120" in item.value for item in page.error[1:])
    assert state(code) is RequestState.TRIAGED
    page.pills(key="dispatch_sort_called").set_value(Called.FAMILY)
    page.button(key="dispatch_sort_save").click().run()
    page.button(key="dispatch_start_save").click().run()
    assert state(code) is RequestState.OFFERING
    assert len(reading.request_view(cast.secretary, code, clock.now).offers) == 3


def test_the_rank_shows_reasons_and_one_click_asks(
    open_page: Open, cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    with engine.write() as session:
        tired = session.scalars(select(VolunteerRow).where(VolunteerRow.name == "医生4")).one()
        tired.paused_until = clock.now.replace(year=2027)
    code = request(cast, clock, start=False)
    page = open_page(cast.secretary, "dispatch", r=code)
    assert "值班" in shown(page)
    table = page.dataframe[0].value
    assert table["name"].tolist() == ["医生4"]
    page.button(key=f"dispatch_offer_{code_of('医生3')}_save").click().run()
    offers = reading.request_view(cast.secretary, code, clock.now).offers
    assert offers[0].volunteer == "医生3"


def test_the_person_is_shown_after_a_recorded_look_only(
    open_page: Open, cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    code = request(cast, clock)
    page = open_page(cast.secretary, "dispatch", r=code)
    assert "青霉素" not in shown(page)
    page.button(key="dispatch_look_save").click().run()
    assert "青霉素过敏" in shown(page)


def test_the_list_names_the_next_rung_and_empties(
    open_page: Open, cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    code = request(cast, clock)
    page = open_page(cast.secretary, "dispatch")
    assert "孩子发烧" in shown(page)
    assert "已询问 3 人" in shown(page)
    dispatching.cancel(cast.secretary, clock.now, code, "退烧了")
    page = open_page(cast.secretary, "dispatch")
    assert len(page.success) == 1


def test_a_volunteer_accepts_goes_arrives_and_leaves_on_the_phone(
    open_page: Open, cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    code = request(cast, clock)
    offer = mine.my_help(doctors[0], clock.now).offers[0].code
    page = open_page(doctors[0], "tasks")
    assert "孩子发烧" in shown(page)
    assert "青霉素" not in shown(page)
    page.button(key=f"my_yes_{offer}_save").click().run()
    task = mine.my_help(doctors[0], clock.now).task
    assert task is not None
    page.button(key=f"my_look_{task.code}_save").click().run()
    assert "青霉素过敏" in shown(page)
    for step, after in (("out", RequestState.EN_ROUTE), ("there", RequestState.ON_SCENE)):
        clock.forward(minutes=3)
        page.button(key=f"my_{step}_{task.code}_save").click().run()
        assert state(code) is after
    page.text_area(key=f"my_leave_{task.code}_note").set_value("已退烧")
    page.button(key=f"my_leave_{task.code}_save").click().run()
    assert not page.exception
    assert state(code) is RequestState.DONE


def test_who_was_too_late_is_told_so(
    open_page: Open, cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    request(cast, clock)
    late = mine.my_help(doctors[1], clock.now).offers[0].code
    page = open_page(doctors[1], "tasks")
    first = mine.my_help(doctors[0], clock.now).offers[0].code
    answering.accept(doctors[0], clock.now, first)
    page.button(key=f"my_yes_{late}_save").click().run()
    assert not page.exception
    assert any("已有其他志愿者接单" in item.value for item in page.info)


def test_no_is_one_tap_with_its_reason(
    open_page: Open, cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    code = request(cast, clock)
    offer = mine.my_help(doctors[1], clock.now).offers[0].code
    page = open_page(doctors[1], "tasks")
    page.button(key=f"my_no_away_{offer}_save").click().run()
    said = [one.why for one in reading.request_view(cast.secretary, code, clock.now).offers]
    assert "away" in said


@pytest.mark.parametrize("section", ["hours", "shifts", "card", "times"])
def test_my_own_side_stands(
    open_page: Open, cast: Cast, clock: TestClock, doctors: list[Actor], section: str
) -> None:
    page = open_page(doctors[0], "tasks", own=section)
    assert not page.exception
    assert not page.error


def test_my_times_are_kept(
    open_page: Open, cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    page = open_page(doctors[0], "tasks", own="times")
    page.pills(key="my_times_free_night").set_value([0, 4])
    page.button(key="my_times_save").click().run()
    assert not page.error
    again = open_page(doctors[0], "tasks", own="times")
    assert again.pills(key="my_times_free_night").value == [0, 4]


def test_a_file_asks_for_volunteers_and_shows_it(
    open_page: Open, cast: Cast, story: Story, clock: TestClock
) -> None:
    code = story.accepted()
    page = open_page(cast.secretary, "dispatch", new="1", case=code)
    assert page.text_area(key="dispatch_ask_need").value.startswith("电梯异响")
    page.button(key="dispatch_ask_save").click().run()
    assert [line.case_code for line in reading.board(cast.secretary, clock.now)] == [code]
    page = open_page(cast.secretary, "case", c=code)
    assert r"2026\-H00001" in shown(page)


def test_an_account_that_is_nobodys_is_told_so(open_page: Open, cast: Cast) -> None:
    page = open_page(cast.volunteer, "tasks")
    assert not page.exception
    assert len(page.info) == 1


def test_today_leads_the_desk_and_the_volunteer_to_it(
    open_page: Open, cast: Cast, clock: TestClock, doctors: list[Actor]
) -> None:
    request(cast, clock)
    assert "孩子发烧" in shown(open_page(doctors[0], "today"))
    page = open_page(cast.secretary, "today")
    assert not page.exception
    links = [str(item.proto.label) for item in page.get("page_link")]
    assert any("求助" in label and "1" in label for label in links)
