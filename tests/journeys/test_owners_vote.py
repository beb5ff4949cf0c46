"""An owners' vote from an Excel roll to its recount, and an election that a draw settles."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import docx
import httpx
import openpyxl
import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from db import engine, verify
from db.roll.rule_entries import RulesForm, enter_rules
from db.tables.votes import Ballot, Question, Vote, VoteRight
from db.votes import box, counting, links, papers
from db.votes.reads import result_view, vote_view
from domain import vote_words
from domain.ballots import write_choices
from domain.days import local_day
from domain.people import RESIDENT
from domain.standing import Channel, Choice
from domain.thresholds import Lane, Outcome
from tests.support.browser import PC, Screen
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.need import ROOT
from tests.support.server import Server
from tests.support.votes import U, make_vote
from tests.support.walk import choose, looks_right, part, press, sees, write, zh

UNITS = 2_000
BROWSERS, PAPERS = 40, 20
IMPORT_SECONDS = 120  # it takes a few; the machine may be busy
TITLE = "使用维修资金更换电梯"
FIRST, SECOND = "更换两栋楼的电梯", "由街道平台选定施工单位"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "一二三四五六七八九十百千万东南西北中春夏秋冬日月山川江河湖海风云雨雪松竹梅兰"


def owner(number: int) -> tuple[str, str]:
    """A name of three characters that nobody else has, and a document."""
    rest, last = divmod(number, len(SURNAMES))
    name = SURNAMES[last] + GIVEN[rest % len(GIVEN)] + GIVEN[rest // len(GIVEN)]
    return name, f"35010019800101{number:04d}"


def roll_in_excel(path: Path) -> None:
    """2,000 units: single and joint owners, some with two flats, the developer, parking."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["楼栋", "房号", "建筑面积(m²)", "用途", "产权人", "证件号", "开发商持有"])
    for number in range(UNITS):
        building = "1号楼" if number % 2 else "2号楼"
        room, area = f"{number // 2 + 1:04d}", round(60 + (number * 37 % 9000) / 100, 2)
        name, document = owner(number)
        if number % 50 == 7:
            sheet.append([building, room, area, "住宅", "", "", "是"])
        elif number % 40 == 3:
            mate, other = owner(UNITS + number)
            both = f"{name}、{mate}", f"{document}、{other}"
            sheet.append([building, room, area, "住宅", *both, ""])
        elif number % 25 == 5:  # owns the flat before as well
            sheet.append([building, room, area, "住宅", *owner(number - 1), ""])
        else:
            kind = "车位" if number % 100 == 99 else "住宅"
            sheet.append([building, room, area, kind, name, document, ""])
    book.save(path)


def the_roll_goes_in(pc: Screen, estate: int, path: Path) -> None:
    """Uploaded, looked at, taken in."""
    pc.go(f"/roll?estate={estate}")
    sees(pc, zh("This estate has no roll yet. Take it in from Excel first."))
    part(pc, "roll_import_file").locator("input[type=file]").set_input_files(path)
    pc.settle()
    sees(pc, zh("Take the roll in"))
    press(pc, "roll_import_save")
    told = pc.page.get_by_text(f"共 {UNITS} 套")
    expect(told).to_be_visible(timeout=IMPORT_SECONDS * 1000)
    looks_right(pc, "roll_1280")


def it_is_prepared(pc: Screen, clock: TestClock, estate: str) -> str:
    """The guided choice, the questions, the notice, the tellers; returns the vote's code."""
    pc.go("/votes?start=1")
    pc.page.get_by_text(zh("Use the repair fund")).click()
    pc.settle()
    sees(pc, "三分之二以上的业主参与表决")
    looks_right(pc, "vote_start_1280")
    choose(pc, "vote_start_estate", estate)
    write(pc, "vote_start_title", TITLE)
    press(pc, "vote_start_save")
    pc.page.wait_for_url("**/vote?vote=*")
    code = pc.page.url.rpartition("vote=")[2].partition("&")[0]
    write(pc, "vote_questions_question_1", FIRST)
    write(pc, "vote_questions_question_2", SECOND)
    press(pc, "vote_questions_save")
    for name in ("书记乙", "社工丙", "业委丁"):
        choose(pc, "vote_tellers_tellers", name)
    press(pc, "vote_tellers_save")
    press(pc, "vote_notice_save")  # today, the earliest first day, a week
    sees(pc, zh("Take the notice back"))
    looks_right(pc, "vote_noticed_1280")
    return code


def it_is_opened_and_served(pc: Screen, code: str) -> None:
    """A person opens it; both buildings sign."""
    pc.go(f"/vote?vote={code}")
    sees(pc, zh("Everything is ready"))
    press(pc, "vote_open_save")
    sees(pc, zh("Serve ballots, key paper"))
    pc.go(f"/papers?vote={code}&part=service")
    for _building in range(2):  # the one with most left comes next by itself
        part(pc, "service_signed_all").locator("label").click()
        press(pc, "service_signed_save")
    sees(pc, zh("Everybody here is served."))
    looks_right(pc, "vote_service_1280")


def votes_by_link(address: str, token: str, answers: dict[str, str]) -> str:
    """One owner's browser, without script: the link, the ballot, read back, sent; the receipt."""
    with httpx.Client(base_url=address, follow_redirects=True, timeout=60) as owner:
        door = owner.get(f"/v/{token}")
        nonce = re.search(r'name="nonce" value="([^"]+)"', door.text)
        assert nonce
        ballot = owner.post(f"/v/{token}", data={"nonce": nonce[1]})
        assert ballot.url.path == "/ballot"
        check = owner.post("/ballot", data=answers)
        once = re.search(r'name="once" value="([^"]+)"', check.text)
        assert once
        done = owner.post("/ballot", data=answers | {"once": once[1], "step": "send"})
        assert done.url.path == "/ballot/done", done.text[:500]
        again = owner.post("/ballot", data=answers | {"once": once[1], "step": "send"})
        assert again.url.path == "/ballot/done"
        code = re.search(r"[2-9A-Z]{3,5}(?:[ -][2-9A-Z]{3,5})+", done.text)
        assert code
        asked = owner.post("/receipt", data={"code": code[0]})
        assert asked.status_code == 200
        assert not any(word in asked.text for word in ("赞成", "反对"))
        return code[0]


def papers_are_keyed(
    first: Screen, second: Screen, third: Screen, code: str, numbers: Sequence[int]
) -> None:
    """Two people key blind; of one ballot they read different things, and a third settles it."""
    for screen in (first, second):
        screen.go(f"/papers?vote={code}&part=paper")
    for number in numbers:
        for screen in (first, second):
            wrong = screen is second and number == numbers[-1]
            key_one(screen, number, "21" if wrong else "11")
    third.go(f"/papers?vote={code}&part=paper")
    looks_right(third, "vote_papers_1280")
    key_one(third, numbers[-1], "11")
    sees(third, zh("No ballot waits to be keyed."))


def key_one(screen: Screen, number: int, marks: str) -> None:
    """By the keyboard alone: the number, the marks, Enter."""
    part(screen, "paper_keying_number").locator("input").fill(str(number))
    field = part(screen, "paper_keying_marks").locator("input")
    field.fill(marks)
    field.press("Enter")
    screen.page.wait_for_timeout(250)
    screen.settle()


def downloaded(screen: Screen, key: str) -> bytes:
    """The file behind a download button."""
    with screen.page.expect_download() as waiting:
        part(screen, key).locator("button").first.click()
    return Path(waiting.value.path()).read_bytes()


def quiet(*screens: Screen) -> bool:
    """Whether no browser had anything to complain about, Streamlit's own questions aside."""
    faults = [fault for screen in screens for fault in screen.faults]
    return not [fault for fault in faults if "/_stcore/" not in fault]


def recounted(content: bytes, folder: Path) -> dict[str, Any]:
    """What the public command says of a bundle; it needs Python alone."""
    path = folder / "recount.zip"
    path.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "domain.recount", str(path)],
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_two_thousand_units_vote_and_anybody_recounts_it(
    cast: Cast,
    clock: TestClock,
    server: Server,
    open_screen: Callable[..., Screen],
    tmp_path: Path,
) -> None:
    first, second, third = (open_screen(PC) for _ in range(3))
    roll_in_excel(tmp_path / "名册.xlsx")
    form = RulesForm("业主大会议事规则第十二条", local_day(clock.now), lookers=())
    enter_rules(cast.secretary, clock.now, cast.estate_one, form)
    first.sign_in("secretary")
    the_roll_goes_in(first, cast.estate_one, tmp_path / "名册.xlsx")
    code = it_is_prepared(first, clock, "一小区")
    clock.forward(days=15, hours=1)
    for screen, login in ((first, "secretary"), (second, "social_worker"), (third, "committee")):
        screen.sign_in(login)
    it_is_opened_and_served(first, code)

    with engine.read() as session:
        vote = session.scalars(select(Vote).where(Vote.code == code)).one()
        rights = session.execute(
            select(VoteRight.id, VoteRight.area)
            .where(VoteRight.vote_id == vote.id)
            .order_by(VoteRight.key)
        ).all()
    areas = dict(rights)
    ids = list(areas)
    by_link, on_paper = ids[:BROWSERS], ids[BROWSERS : BROWSERS + PAPERS]
    the_rest = ids[BROWSERS + PAPERS : -(-len(ids) * 2 // 3)]

    tokens = [links.issue_link(cast.secretary, clock.now, code, right).token for right in by_link]
    yes = {"choice_1": "yes", "choice_2": "no"}
    with ThreadPoolExecutor(8) as owners:
        receipts = list(owners.map(lambda one: votes_by_link(server.address, one, yes), tokens))
    assert len(set(receipts)) == BROWSERS
    for number, right in enumerate(the_rest):  # as another server would take them
        said = Choice.YES if number % 4 else Choice.NO
        choices = write_choices({1: said, 2: Choice.ABSTAIN})
        box.cast(
            box.BallotIn(
                RESIDENT, vote.id, right, Channel.ONLINE, choices, f"rest {right}", clock.now
            )
        )
    papers.print_papers(cast.secretary, clock.now, code, PAPERS + 5)
    numbers = papers.issue_papers(cast.secretary, clock.now, code, on_paper)
    for number in numbers:
        papers.receive(cast.secretary, clock.now, code, number)
    papers_are_keyed(first, second, third, code, numbers)

    first.go(f"/vote?vote={code}")
    looks_right(first, "vote_open_1280")
    shown = first.page.locator("body").inner_text()
    assert zh(vote_words.OUTCOME[Outcome.PASS]) not in shown
    assert result_view(cast.secretary, code) is None
    clock.set((vote.closes_at or clock.now) + timedelta(minutes=1))
    first.sign_in("secretary")
    counting.count_due(clock.now)  # the server's tick does it too, whichever comes first
    first.go(f"/vote?vote={code}")
    sees(first, zh("Post the result"))
    looks_right(first, "vote_result_1280")

    returned = [*by_link, *on_paper, *the_rest]
    approving = [*by_link, *on_paper, *(r for n, r in enumerate(the_rest) if n % 4)]
    first.go(f"/vote?vote={code}&part=record")
    press(first, "vote_recount")
    sees(
        first, zh("The recount from the ballots agrees with the result shown, to the last 0.01 m².")
    )
    looks_right(first, "vote_recount_1280")
    found = recounted(downloaded(first, "vote_bundle"), tmp_path)
    one = next(row for row in found["questions"] if row["question"] == FIRST)
    area = sum(areas[right] for right in approving)
    assert one["approving"] == {"area": f"{area // 100}.{area % 100:02d}", "heads": len(approving)}
    assert one["participating"]["heads"] == len(returned)
    assert one["roll"]["heads"] == len(ids)
    met = 3 * sum(areas[right] for right in returned) >= 2 * sum(areas.values())
    assert one["outcome"] == (Outcome.PASS if met else Outcome.NO_QUORUM)
    view = vote_view(cast.secretary, clock.now, code)
    assert view.chain is not None
    assert found["chain"]["head"] == view.chain.hash

    first.go(f"/vote?vote={code}")
    press(first, "vote_publish_save")
    first.go(f"/vote?vote={code}&part=record")
    paper = docx.Document(io.BytesIO(downloaded(first, "vote_paper_result")))
    words = "\n".join(line.text for line in paper.paragraphs) + "\n".join(
        cell.text for table in paper.tables for row in table.rows for cell in row.cells
    )
    assert FIRST in words
    assert (
        f"{area // 100:,}.{area % 100:02d}" in words or f"{area // 100}.{area % 100:02d}" in words
    )
    board = httpx.get(f"{server.address}/board").text
    assert TITLE in board
    with engine.read() as session:
        kept = session.scalar(select(func.count(Ballot.id)).where(Ballot.vote_id == vote.id))
    assert kept == len(returned)
    assert list(verify.verify()) == []
    assert quiet(first, second, third)


TIED = ("候选甲", "候选乙", "候选丙", "候选丁", "候选戊", "候选己", "候选庚")


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_elections_tie_is_settled_by_a_draw(
    cast: Cast, clock: TestClock, pc: Screen, tmp_path: Path
) -> None:
    homes = [U(f"1单元{number + 101}", 9_000, (f"业主{GIVEN[number]}",)) for number in range(12)]
    made = make_vote(cast, clock.now, units=homes, lane=Lane.ELECTION, seats=5)
    with engine.read() as session:
        rights = session.scalars(
            select(VoteRight.id).where(VoteRight.vote_id == made.id).order_by(VoteRight.id)
        ).all()
        places = dict(
            session.execute(
                select(Question.name, Question.position).where(Question.vote_id == made.id)
            ).all()
        )
    # Three have all twelve; the last two seats are between three who have eight each.
    sure, tied = TIED[:3], TIED[3:6]
    pairs = [(tied[0], tied[1]), (tied[0], tied[2]), (tied[1], tied[2])]
    votes = [(*sure, *pairs[number % 3]) for number in range(12)]
    for number, (right, chosen) in enumerate(zip(rights, votes, strict=True)):
        choices = dict.fromkeys(places.values(), Choice.ABSTAIN)
        choices |= {places[name]: Choice.YES for name in chosen}
        box.cast(
            box.BallotIn(
                RESIDENT,
                made.id,
                right,
                Channel.ONLINE,
                write_choices(choices),
                f"owner {number}",
                clock.now,
            )
        )
    clock.set(made.closes_at)
    pc.sign_in("secretary")
    counting.count_due(clock.now)
    counted = result_view(cast.secretary, made.code)
    assert counted is not None
    assert counted.count.seating.elected == tuple(sorted(sure))
    assert set(counted.count.seating.needs_lot) == set(tied)
    pc.go(f"/vote?vote={made.code}&part=questions")
    form = f"vote_draw_{made.code}"
    for name in (tied[2], tied[0]):
        choose(pc, f"{form}_winners", name)
    write(pc, f"{form}_how", "三张密封纸条，由筹备组组长抽取")
    write(pc, f"{form}_one", "见证人一")
    write(pc, f"{form}_two", "见证人二")
    looks_right(pc, "election_draw_1280")
    press(pc, f"{form}_save")
    pc.go(f"/vote?vote={made.code}")
    press(pc, "vote_publish_save")
    pc.go(f"/vote?vote={made.code}&part=record")
    found = recounted(downloaded(pc, "vote_bundle"), tmp_path)
    assert found["elected"] == [*sorted(sure), tied[2], tied[0]]
    assert found["alternates"] == [tied[1]]
    assert found["needs_lot"] == []
    minutes = docx.Document(io.BytesIO(downloaded(pc, "vote_paper_minutes")))
    words = "\n".join(line.text for line in minutes.paragraphs)
    assert "见证人一" in words
    assert "抽" in words
    assert list(verify.verify()) == []
    assert quiet(pc)
