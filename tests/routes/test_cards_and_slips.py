"""The public card page, the sheets of cards, and the slip that signs a phone in."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import docx
import pytest
from starlette.testclient import TestClient

import locales
from db.engine import Database
from db.settings import change
from db.volunteers import cards as kept_cards
from db.volunteers import slips as kept_slips
from documents.certificates import certificate_docx
from domain.certificates import Certificate
from domain.people import SYSTEM
from domain.service_hours import Source, Total
from domain.volunteers import Squad
from routes import cards, slips
from tests.support.cast import PASSWORD, Cast
from tests.support.clock import TestClock
from tests.support.gated import behind_the_gate
from tests.support.squads import Squads, muster

UNTIL = date(2026, 12, 31)
HOME = {"origin": "http://desk.example"}


@pytest.fixture
def web(cast: Cast) -> Iterator[TestClient]:
    yield behind_the_gate([*cards.ROUTES, *slips.ROUTES])
    locales.use(locales.CHINESE)


@pytest.fixture
def squads(cast: Cast, database: Database, clock: TestClock) -> Squads:
    return muster(cast, database, clock.now)


def sign_in(web: TestClient, login: str) -> None:
    answer = web.post("/signin", data={"login": login, "password": PASSWORD}, headers=HOME)
    assert answer.status_code == 303


def test_the_card_page_opens_with_120_and_hides_the_volunteer(
    web: TestClient, cast: Cast, squads: Squads, clock: TestClock
) -> None:
    change(SYSTEM, clock.now, duty_line="0591-12345678")
    code = kept_cards.issue(cast.secretary, clock.now, squads.doctor, UNTIL)
    page = web.get(f"/card/{code}")
    assert page.status_code == 200
    text = page.text[page.text.index("<main") :]
    assert text.index("tel:120") < text.index("医*")
    assert "tel:0591-12345678" in text
    assert "医生壬" not in text
    assert "13800007001" not in text
    assert len(page.content) < 60_000
    english = web.get(f"/card/{code}?lang=en").text
    assert "Danger to life" in english


@pytest.mark.parametrize("code", ["x", "%00", "一", "x" * 300])
def test_a_card_that_is_none_is_told_so(web: TestClient, squads: Squads, code: str) -> None:
    assert web.get(f"/card/{code}").status_code == 404


def test_cards_are_printed_eight_on_a_page_by_those_who_dispatch(
    web: TestClient, cast: Cast, squads: Squads, clock: TestClock
) -> None:
    for code in (squads.doctor, squads.guard):
        kept_cards.issue(cast.secretary, clock.now, code, UNTIL)
    assert web.get("/print/cards").status_code == 303
    sign_in(web, "volunteer")
    assert web.get("/print/cards").status_code == 403
    sign_in(web, "squad_leader")
    page = web.get("/print/cards?for=resident").text
    assert page.count('<article class="card') == 2
    assert page.count('<section class="sheet">') == 1
    assert "13800007001" in page
    assert page.count("危及生命") == 2
    masked = web.get("/print/cards?for=public&squad=health").text
    assert masked.count('<article class="card') == 1
    assert "13800007001" not in masked
    assert "医生壬" not in masked
    assert web.get("/print/cards?for=x&squad=y&only=z").status_code == 404


def form_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def test_looking_at_a_slip_uses_it_not_up_and_the_button_does_once(
    web: TestClient, cast: Cast, squads: Squads, clock: TestClock
) -> None:
    token = kept_slips.make_slip(cast.secretary, clock.now, squads.second)
    assert web.get(f"/slip/{token}").status_code == 200
    page = web.get(f"/slip/{token}").text
    form = form_of(page)
    answer = web.post(f"/slip/{token}", data=form, headers=HOME)
    assert (answer.status_code, answer.headers["location"]) == (303, "/tasks")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "Max-Age=7776000" in cookie
    # The same form again, as the first answer may have been lost; another form is refused.
    assert web.post(f"/slip/{token}", data=form, headers=HOME).status_code == 303
    other = form_of(web.get(f"/slip/{token}").text)
    assert web.post(f"/slip/{token}", data=other, headers=HOME).status_code == 404
    clock.forward(minutes=11)
    assert web.post(f"/slip/{token}", data=form, headers=HOME).status_code == 404


def test_a_revoked_slip_opens_nothing_even_for_the_form_that_used_it(
    web: TestClient, cast: Cast, squads: Squads, clock: TestClock
) -> None:
    token = kept_slips.make_slip(cast.secretary, clock.now, squads.second)
    form = form_of(web.get(f"/slip/{token}").text)
    assert web.post(f"/slip/{token}", data=form, headers=HOME).status_code == 303
    kept_slips.revoke_slip(cast.secretary, clock.now, squads.second)
    assert web.post(f"/slip/{token}", data=form, headers=HOME).status_code == 404


def test_another_site_presses_no_button(
    web: TestClient, cast: Cast, squads: Squads, clock: TestClock
) -> None:
    token = kept_slips.make_slip(cast.secretary, clock.now, squads.second)
    foreign = {"origin": "http://elsewhere.example"}
    assert web.post(f"/slip/{token}", data={}, headers=foreign).status_code == 403


def test_the_certificate_says_the_usual_words_and_the_totals() -> None:
    paper = docx.Document(
        BytesIO(
            certificate_docx(
                Certificate(
                    name="医生壬",
                    number="0002",
                    squad=Squad.HEALTH,
                    joined_on=date(2025, 5, 1),
                    first=date(2026, 1, 1),
                    last=date(2026, 12, 31),
                    issued_on=date(2027, 1, 4),
                    times=3,
                    total=Total(250, 150),
                    by_source=(
                        (Source.REQUEST, 2, Total(150, 150)),
                        (Source.VISIT, 1, Total(100, 0)),
                    ),
                ),
                community="测试社区",
            )
        )
    )
    text = "\n".join(line.text for line in paper.paragraphs)
    assert "志愿服务记录证明" in text
    for words in ("医生壬", "0002", "健康服务", "测试社区", "2026年1月1日", "4.1", "250", "2.5"):
        assert words in text, words
    cells = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert cells[1][1:] == ["2", "2.5"]
    assert cells[2][1:] == ["1", "1.6"]
