"""One matter, from the QR code on a lift to a rated and closed file, in real browsers."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from sqlalchemy import select

from db import engine, verify
from db.tables import Case
from domain.moves import State
from tests.support.browser import PHONE, Screen
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.walk import choose, looks_right, part, press, sees, write, zh

WORDS = "电梯门关不上，一直报警，老人不敢坐。从昨晚开始的。"
TITLE = "电梯门关不上，一直报警，老人不敢坐"


def photo(folder: Path, name: str, colour: str) -> Path:
    path = folder / name
    Image.new("RGB", (900, 700), colour).save(path, "JPEG")
    return path


def ledger(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["编号", "内容", "提出时间", "办结时间"])
    sheet.append(["旧-1", "路灯不亮", "2026-02-01 09:00", "2026-02-03 10:00"])
    sheet.append(["旧-2", "花坛破损", "2026-02-02 09:00", None])
    sheet.append(["旧-3", "先办后提", "2026-02-05 09:00", "2026-02-03 10:00"])
    sheet.append([None, None, None, None])
    path = folder / "台账.xlsx"
    stream = BytesIO()
    book.save(stream)
    path.write_bytes(stream.getvalue())
    return path


def resident_reports(phone: Screen, cast: Cast, folder: Path) -> str:
    """Scan, write, photo, send; returns the code to follow."""
    phone.go(f"/r/{cast.gate_code}")
    looks_right(phone, "report_360")
    page = phone.page
    page.fill("#text", WORDS)
    page.locator("input[type=file]").first.set_input_files(photo(folder, "door.jpg", "#a6493d"))
    page.fill("#name", "林一")
    page.fill("#phone", "13800000001")
    page.check("#consent", force=True)
    page.get_by_role("button", name=zh("Send the report")).click()
    page.wait_for_url("**/thanks")
    looks_right(phone, "thanks_360")
    return page.locator("#code").inner_text()


def desk_adds_a_voice(pc: Screen) -> None:
    """A neighbour telephones about the same lift: one more voice, not one more file."""
    pc.go("/intake")
    write(pc, "intake_find", "zhz")
    part(pc, "intake_home_").locator("button").first.click()
    pc.settle()
    write(pc, "intake_text", "电梯门关不上一直报警")
    sees(pc, TITLE)
    looks_right(pc, "intake_1280")
    part(pc, "intake_into_").locator("button").first.click()
    pc.settle()


def ledger_comes_in(pc: Screen, folder: Path) -> None:
    """Two rows go in, one is refused with its reason."""
    pc.go("/intake?door=ledger")
    part(pc, "intake_ledger_file").locator("input[type=file]").set_input_files(ledger(folder))
    pc.settle()
    looks_right(pc, "ledger_1280")
    press(pc, "intake_ledger_save")
    pc.settle()


def secretary_gives_it(pc: Screen, cast: Cast) -> None:
    """From Today into the file, accepted, decided, handed over."""
    pc.go("/today")
    looks_right(pc, "today_1280")
    pc.page.locator('[class*="st-key-today_"] button').filter(has_text=zh("Open")).first.wait_for()
    open_from_inbox(pc)
    looks_right(pc, "case_1280")
    press(pc, "case_accept_save")
    sees(pc, zh("What was decided?"))
    choose(pc, "case_decide_lead", "一号物业公司")
    write(pc, "case_decide_words", "由物业牵头，三日内修好")
    press(pc, "case_decide_save")
    sees(pc, zh("Next step: {move}").split("{")[0])


def open_from_inbox(pc: Screen) -> None:
    """The file by its words; its address is the one that people share."""
    with engine.read() as session:
        code = session.scalars(select(Case.code).where(Case.title == TITLE)).one()
    pc.go(f"/inbox?q={TITLE[:6]}")
    looks_right(pc, "inbox_1280")
    pc.go(f"/case?c={code}")
    sees(pc, TITLE)


def company_does_it(theirs: Screen, folder: Path) -> None:
    """On a phone: what was given to us, done, with a photo."""
    theirs.sign_in("property_contact")
    theirs.go("/tasks")
    looks_right(theirs, "tasks_360")
    press(theirs, "task_open_")
    sees(theirs, TITLE)
    write(theirs, "task_done_words", "更换门机皮带，试运行正常")
    part(theirs, "task_done_photos").locator("input[type=file]").set_input_files(
        photo(folder, "done.jpg", "#2f6b4f")
    )
    theirs.settle()
    looks_right(theirs, "task_360")
    press(theirs, "task_done_save")
    theirs.settle()


def secretary_publishes_it(pc: Screen) -> None:
    """A summary with a number in it is stopped; the corrected one is public."""
    pc.go("/publish")
    looks_right(pc, "publish_1280")
    press(pc, "publish_open_")
    write(pc, "case_publish_summary", "电梯门机已更换，联系13812345678")
    press(pc, "case_publish_save")
    sees(pc, zh("I have read it again: it may be public"))
    write(pc, "case_publish_summary", "一号楼电梯门机皮带已更换，运行正常。")
    press(pc, "case_publish_save")
    sees(pc, zh("Before it can be closed:"))


def resident_rates_it(phone: Screen, code: str) -> None:
    """Follow by the code, see what was done, rate."""
    phone.go("/follow")
    looks_right(phone, "follow_code_360")
    phone.page.fill("input[name=code]", code.lower())
    phone.page.locator("main form button").first.click()
    sees(phone, "由物业牵头，三日内修好")
    sees(phone, zh("How was it?"))
    looks_right(phone, "follow_360")
    phone.page.locator('label:has(input[name=solved][value="yes"])').click()
    phone.page.locator('label:has(input[name=level][value="5"])').click()
    phone.page.fill("#comment", "谢谢，门不响了")
    phone.page.get_by_role("button", name=zh("Send my rating")).click()
    sees(phone, "谢谢，门不响了")


def secretary_closes_it(pc: Screen, cast: Cast) -> None:
    """The gate is open; the file is closed."""
    open_from_inbox(pc)
    press(pc, "case_close_save")
    sees(pc, zh("closed"))
    looks_right(pc, "closed_1280")


@pytest.mark.slow
def test_a_word_goes_from_a_qr_code_to_a_rated_closed_file(
    cast: Cast,
    clock: TestClock,
    phone: Screen,
    pc: Screen,
    open_screen: Callable[..., Screen],
    tmp_path: Path,
) -> None:
    code = resident_reports(phone, cast, tmp_path)
    pc.sign_in("secretary")
    clock.forward(minutes=10)
    desk_adds_a_voice(pc)
    ledger_comes_in(pc, tmp_path)
    secretary_gives_it(pc, cast)
    clock.forward(hours=5)
    theirs = open_screen(PHONE)
    company_does_it(theirs, tmp_path)
    clock.forward(hours=1)
    secretary_publishes_it(pc)
    resident_rates_it(phone, code)
    secretary_closes_it(pc, cast)
    phone.go("/board")
    sees(phone, "一号楼电梯门机皮带已更换，运行正常")
    looks_right(phone, "board_360")
    with engine.read() as session:
        case = session.scalars(select(Case).where(Case.title == TITLE)).one()
        assert case.state is State.CLOSED
    assert list(verify.verify()) == []
    # Streamlit's own page first asks for its server below the page's address, and is told no.
    faults = [*phone.faults, *pc.faults, *theirs.faults]
    assert [fault for fault in faults if "/_stcore/" not in fault] == []
