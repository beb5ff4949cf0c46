"""A child has a fever at night: one PC, three phones, and a doctor neighbour at the door."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import docx
import pytest
from sqlalchemy import select

from db import engine, verify
from db.requests import mine
from db.tables.outbox import Outgoing
from db.tables.requests import HelpRequest, OfferRow
from db.tables.volunteers import VolunteerRow
from db.volunteers.slips import make_slip
from domain.people import Actor
from domain.requests import RequestState
from domain.skills import SkillKind
from tests.support.browser import PHONE, Screen
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.helpers import code_of, on_call, with_account
from tests.support.walk import choose, looks_right, part, press, sees, zh

NEED = "三岁孩子发烧，家里没有车"
DOCTORS = ("儿科医生甲", "急诊医生乙", "护士丙")
NOTHING = "Nobody asks for you just now. When a neighbour needs you, it appears here."
SKILLS = (SkillKind.PAEDIATRICS, SkillKind.EMERGENCY, SkillKind.NURSING)


def roster(cast: Cast, clock: TestClock) -> dict[str, Actor]:
    """Three on call tonight: a primary and two backups, of the child's estate."""
    with engine.write() as session:
        people = {
            name: with_account(
                session,
                clock.now,
                name,
                skills=(skill,),
                estate_id=cast.estate_one,
                building_id=cast.building_one,
            )
            for name, skill in zip(DOCTORS, SKILLS, strict=True)
        }
        keys = list(session.scalars(select(VolunteerRow.id).order_by(VolunteerRow.id)))
        on_call(session, clock.now.replace(hour=20, minute=0), 12, keys)
    return people


def comes_in_by_slip(phone: Screen, cast: Cast, clock: TestClock, name: str) -> None:
    """The volunteer's own phone, by the personal slip."""
    token = make_slip(cast.secretary, clock.now, code_of(name))
    phone.go(f"/slip/{token}")
    with phone.page.expect_navigation():
        phone.page.locator("main form button").click()
    phone.settle()


def mother_asks(phone: Screen) -> None:
    """The public page, which says first that 120 comes first."""
    phone.go("/help")
    sees(phone, zh("Danger to life: first call 120."))
    page = phone.page
    page.fill("#need", NEED)
    page.locator('label:has(input[name=urgency][value="emergency"])').click()
    page.locator('label:has(input[name=called][value="no"])').click()
    page.select_option("#where", label="一小区 · 1号楼")
    page.fill("#phone", "13800000101")
    page.fill("#door", "1单元101")
    page.fill("#health", "青霉素过敏")
    page.check("#consent", force=True)
    looks_right(phone, "help_360")
    page.get_by_role("button", name=zh("Ask for help")).click()
    page.wait_for_url("**/help/mine")
    looks_right(phone, "help_mine_360")


def desk_asks_three(pc: Screen) -> None:
    """The desk reads it, names the skill, and presses one button."""
    pc.go("/dispatch")
    sees(pc, NEED)
    looks_right(pc, "dispatch_1280")
    press(pc, "dispatch_open_")
    sees(pc, zh("Complete or change"))
    pc.page.get_by_text(zh("Complete or change")).click()
    choose(pc, "dispatch_sort_skill", "儿科")
    press(pc, "dispatch_sort_save")
    sees(pc, DOCTORS[0])
    pc.page.mouse.wheel(0, -5000)
    looks_right(pc, "dispatch_rank_1280")
    press(pc, "dispatch_start_save")
    sees(pc, zh("Who was asked"))
    pc.page.mouse.wheel(0, -5000)
    looks_right(pc, "dispatch_asked_1280")


def asked(clock: TestClock, people: dict[str, Actor]) -> dict[str, str]:
    """The open offer of each."""
    return {name: mine.my_help(who, clock.now).offers[0].code for name, who in people.items()}


def doctor_goes(phone: Screen, clock: TestClock, code: str) -> None:
    """Accept, look, on my way, arrived, left: each with one thumb."""
    sees(phone, NEED)
    assert "青霉素" not in phone.page.content()
    looks_right(phone, "my_offer_360")
    press(phone, f"my_yes_{code}_save")
    sees(phone, zh("On my way"))
    press(phone, "my_look_")
    sees(phone, "青霉素过敏")
    looks_right(phone, "my_task_360")
    clock.forward(minutes=1)
    press(phone, "my_out_")
    sees(phone, zh("I have arrived"))
    clock.forward(minutes=4)
    press(phone, "my_there_")
    sees(phone, zh("I have left"))
    clock.forward(minutes=50)  # past midnight
    phone.page.locator("textarea").first.fill("已物理降温，明早回访")
    phone.page.get_by_role("button", name=zh("I have left")).click()
    phone.settle()
    sees(phone, zh("Thank you! Your hours wait for the confirmation of the desk."))
    looks_right(phone, "my_done_360")


def desk_confirms_and_prints(pc: Screen) -> bytes:
    """The hours are confirmed by somebody else, and stand on a certificate."""
    pc.go("/volunteers?s=hours")
    sees(pc, DOCTORS[0])
    pc.page.get_by_role("button", name=zh("Confirm")).first.click()
    pc.settle()
    sees(pc, zh("Nothing waits: all hours are confirmed."))
    choose(pc, "hours_certificate_of", DOCTORS[0])
    press(pc, "hours_make")
    with pc.page.expect_download() as begun:
        part(pc, "hours_certificate").locator("button").last.click()
    return begun.value.path().read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_fever_at_night_is_met_by_a_doctor_neighbour(
    cast: Cast, clock: TestClock, pc: Screen, open_screen: Callable[..., Screen]
) -> None:
    clock.set("2026-03-02T23:20")
    people = roster(cast, clock)
    phones = {name: open_screen(PHONE) for name in DOCTORS}
    for name, phone in phones.items():
        comes_in_by_slip(phone, cast, clock, name)
    mother = open_screen(PHONE)
    mother_asks(mother)
    pc.sign_in("secretary")
    desk_asks_three(pc)
    offers = asked(clock, people)
    assert len(offers) == 3
    for phone in phones.values():
        phone.go("/tasks")
        sees(phone, NEED)
    doctor = DOCTORS[0]
    doctor_goes(phones[doctor], clock, offers[doctor])
    # The other two were told in the same moment, and their pages show it by themselves.
    for name in DOCTORS[1:]:
        sees(phones[name], zh(NOTHING))
        assert NEED not in phones[name].page.content()
    with engine.read() as session:
        told = session.scalars(select(Outgoing).where(Outgoing.kind == "offer_over")).all()
        assert len(told) == 2
        assert len(session.scalars(select(OfferRow)).all()) == 3
    mother.go("/help/mine")
    sees(mother, zh("Help was given"))
    paper = docx.Document(BytesIO(desk_confirms_and_prints(pc)))
    said = "\n".join(line.text for line in paper.paragraphs)
    assert doctor in said
    assert "50 分钟" in said
    pc.go("/dispatch")
    with engine.read() as session:
        row = session.scalars(select(HelpRequest)).one()
        assert row.state is RequestState.DONE
        assert row.ended_at is not None
        assert row.ended_at - row.made_at == timedelta(minutes=55)
    assert list(verify.verify()) == []
    faults = [fault for screen in (pc, mother, *phones.values()) for fault in screen.faults]
    assert [fault for fault in faults if "/_stcore/" not in fault] == []
