"""Care visits, patrols and surveys on their pages, and a volunteer's own on a phone."""

from io import BytesIO

import docx
import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.rounds import patrol_starting, surveys
from db.rounds.care_query import care_list, visits_of
from db.rounds.patrol_query import PatrolView, patrol, patrols
from documents.patrol_report import Looked, Walked, patrol_report
from domain.patrols import Coverage, Finding, Where
from domain.surveys import Outcome
from domain.visits import Tier
from tests.db.rounders import enrol, walkers
from tests.pages.conftest import Open
from tests.support.cast import Cast
from tests.support.clock import TestClock

ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def errors(page: AppTest) -> list[str]:
    return [error.value for error in page.error]


def click(page: AppTest, key: str) -> AppTest:
    page.button(key).click()
    page.run()
    assert not page.exception
    return page


@ONE_DATABASE
def test_empty_pages_say_what_to_do_first(open_page: Open, cast: Cast) -> None:
    for name, section in (
        ("visits", "round"),
        ("visits", "month"),
        ("visits", "people"),
        ("patrols", "patrols"),
        ("patrols", "surveys"),
    ):
        page = open_page(cast.secretary, name, s=section)
        assert not page.exception
        assert errors(page) == []
        assert [*page.info, *page.success, *page.warning, *page.expander]


@ONE_DATABASE
def test_the_round_is_recorded_in_one_tap_and_leaves_the_list(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    code = enrol(cast, clock.now, "陈阿婆", Tier.WEEKLY)
    clock.set("2026-03-09 09:00")
    page = open_page(cast.secretary, "visits")
    assert any("陈阿婆" in text.value for text in page.markdown)
    click(page, f"visit_missed_{code}_save")
    assert [one.met for one in visits_of(cast.secretary, code)] == [False]
    click(page, f"visit_met_{code}_save")
    assert not any("陈阿婆" in text.value for text in page.markdown)
    assert [one.met for one in visits_of(cast.secretary, code)] == [True, False]


@ONE_DATABASE
def test_a_storm_calls_for_everybody(open_page: Open, cast: Cast, clock: TestClock) -> None:
    enrol(cast, clock.now, tier=Tier.EVENT)
    page = open_page(cast.secretary, "visits")
    assert len(page.success) == 1
    click(page, "visit_event_save")
    assert any("24小时内要探访 1 人" in info.value for info in page.info)
    assert len(page.success) == 0


@ONE_DATABASE
def test_somebody_is_enrolled_after_the_home_was_found(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    page = open_page(cast.secretary, "visits", s="people")
    page.text_input("visit_home").set_value("1号楼102").run()
    page.text_input("visit_enrol_name").set_value("林阿公")
    click(page, "visit_enrol_save")
    assert len(errors(page)) == 1  # nobody asked the person
    page.checkbox("visit_enrol_consent").check()
    click(page, "visit_enrol_save")
    assert errors(page) == []
    (line,) = care_list(cast.secretary, clock.now)
    assert (line.name, line.household_id, line.tier) == (
        "林阿公",
        cast.household_102,
        Tier.MONTHLY,
    )


@ONE_DATABASE
def test_one_persons_file_rests_and_shows_its_note_only_when_looked_at(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    code = enrol(cast, clock.now, health="高血压")
    page = open_page(cast.secretary, "visits", s="people", p=code)
    assert "高血压" not in repr(page)
    click(page, f"visit_details_{code}_save")
    assert any(text.value == "高血压" for text in page.text)
    page.text_input(f"visit_pause_{code}_reason").set_value("住院")
    click(page, f"visit_pause_{code}_save")
    assert [line.paused for line in care_list(cast.secretary, clock.now)] == [True]
    click(page, f"visit_resume_{code}_save")
    assert [line.paused for line in care_list(cast.secretary, clock.now)] == [False]


@ONE_DATABASE
def test_the_months_rate_names_its_denominator(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    enrol(cast, clock.now)
    page = open_page(cast.secretary, "visits", s="month")
    assert "0 / 1 人" in page.get("progress")[0].proto.text
    assert len(page.dataframe) == 1


def started(cast: Cast, clock: TestClock, database: Database) -> PatrolView:
    people = walkers(cast, database, clock.now)
    template = patrol_starting.save_template(
        cast.secretary, clock.now, estate_id=cast.estate_one, name="汛期", points="地库\n屋顶"
    )
    code = patrol_starting.start_patrol(
        cast.secretary, clock.now, template, title="暴雨排查", pairs=[people[:2], people[2:]]
    )
    return patrol(cast.secretary, code)


@ONE_DATABASE
def test_a_patrol_is_started_from_its_points(
    open_page: Open, cast: Cast, clock: TestClock, database: Database
) -> None:
    people = walkers(cast, database, clock.now)
    page = open_page(cast.secretary, "patrols")
    page.text_input("patrol_template_name").set_value("汛期")
    page.text_area("patrol_template_points").set_value("1号楼地库\n1号楼屋顶")
    click(page, "patrol_template_save")
    page.multiselect("patrol_start_people").set_value(people[:3]).run()
    click(page, "patrol_start_save")
    (seen,) = patrols(cast.secretary)
    assert [member.pair for member in seen.members] == [0, 0, 0]
    assert page.query_params["p"] == seen.code


@ONE_DATABASE
def test_a_patrol_ends_only_when_everybody_is_accounted_for(
    open_page: Open, cast: Cast, clock: TestClock, database: Database
) -> None:
    seen = started(cast, clock, database)
    page = open_page(cast.secretary, "patrols", p=seen.code)
    click(page, "patrol_end_save")
    assert len(errors(page)) == 1
    for member in seen.members:
        click(page, f"patrol_absent_{member.code}_save")
    click(page, "patrol_end_save")
    assert patrol(cast.secretary, seen.code).ended_at == clock.now


@ONE_DATABASE
def test_a_volunteer_walks_on_the_phone(
    open_page: Open, cast: Cast, clock: TestClock, database: Database
) -> None:
    seen = started(cast, clock, database)
    page = open_page(cast.volunteer, "tasks")
    mine = seen.members[1].code
    click(page, f"my_patrol_in_{mine}_save")
    point = seen.points[0].code
    click(page, f"my_point_{point}_hazard_save")
    assert len(errors(page)) == 1  # a hazard needs words
    page.text_area(f"my_point_{point}_hazard_note").set_value("坡道积水")
    click(page, f"my_point_{point}_hazard_save")
    click(page, f"my_patrol_out_{mine}_save")
    after = patrol(cast.secretary, seen.code)
    assert (after.points[0].finding, after.members[1].where) == (Finding.HAZARD, Where.BACK)
    assert after.points[0].case_number is not None


@ONE_DATABASE
def test_a_volunteer_sees_whom_to_visit(
    open_page: Open, cast: Cast, clock: TestClock, database: Database
) -> None:
    people = walkers(cast, database, clock.now)
    code = enrol(cast, clock.now, visitor_id=people[1], health="听力弱")
    page = open_page(cast.volunteer, "tasks")
    assert "听力弱" not in repr(page)
    click(page, f"visit_details_{code}_save")
    assert any(text.value == "听力弱" for text in page.text)
    click(page, f"visit_met_{code}_save")
    assert [one.by for one in visits_of(cast.secretary, code)] == ["医生壬"]


@ONE_DATABASE
def test_a_survey_goes_from_door_to_door(open_page: Open, cast: Cast, clock: TestClock) -> None:
    page = open_page(cast.secretary, "patrols", s="surveys")
    page.text_input("survey_new_title").set_value("春季走访")
    page.multiselect("survey_new_buildings").set_value([cast.building_one])
    click(page, "survey_new_save")
    (view,) = surveys.surveys(cast.secretary)
    assert page.query_params["v"] == view.code
    form = f"survey_door_{cast.building_one}"
    assert page.selectbox(f"{form}_home").value == cast.household_101
    click(page, f"{form}_save")
    assert page.selectbox(f"{form}_home_1").value == cast.household_102
    page.segmented_control(f"{form}_outcome_1").set_value(Outcome.VACANT)
    click(page, f"{form}_save_1")
    assert surveys.survey(cast.secretary, view.code).tally.open == 0
    assert len(page.success) == 1


def test_the_report_says_what_was_found_and_that_all_are_back(clock: TestClock) -> None:
    file = patrol_report(
        title="暴雨排查",
        community="菖蒲社区",
        estate="一小区",
        started=clock.now,
        ended=clock.forward(minutes=95),
        members=[
            Walked("甲", 1, Where.BACK, clock.now, clock.now),
            Walked("乙", 1, Where.ABSENT, None, None),
        ],
        points=[
            Looked("地库", 1, Finding.HAZARD, clock.now, "甲", "坡道积水", "2026-000001"),
            Looked("屋顶", 1, None, None, "", "", None),
        ],
        counted=Coverage(1, 2, 1),
    )
    paper = docx.Document(BytesIO(file))
    text = "\n".join(line.text for line in paper.paragraphs)
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "2026年3月2日09:00至2026年3月2日10:35" in text
    assert "应查点位2处，已查1处，发现隐患1处" in text
    assert "参加排查2人，已安全返回1人" in text
    assert {"坡道积水", "2026-000001", "未查", "未到", "已安全返回"} <= set(cells)
