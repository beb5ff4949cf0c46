"""An errand for its resident: the page behind the follow code, and the slip for papers."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.testclient import TestClient

import locales
from db.errands import reads, services, taking, working
from db.errands.services import ServiceWords
from db.errands.taking import ErrandWords, Taken
from db.tables import ServiceClass
from domain.people import Actor
from routes import errands, follow, signin
from routes.envelope import Envelope
from routes.errors import on_http_error
from routes.gate import Gate
from tests.support.cast import PASSWORD, Cast
from tests.support.clock import TestClock

ONCE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HOME = {"origin": "http://desk.example"}


@pytest.fixture
def web(cast: Cast) -> Iterator[TestClient]:
    app = Starlette(
        routes=[*signin.ROUTES, *follow.ROUTES, *errands.ROUTES],
        middleware=[Middleware(Envelope), Middleware(Gate, go_and_sign_in=b"")],
        exception_handlers={HTTPException: on_http_error},
    )
    yield TestClient(
        app,
        base_url="http://desk.example",
        headers={"accept-language": "zh-CN"},
        follow_redirects=False,
    )
    locales.use(locales.CHINESE)


@pytest.fixture
def taken(cast: Cast, clock: TestClock) -> Taken:
    words = ServiceWords("代取药品", ServiceClass.VOLUNTEER, "处方", 2, "健康小分队")
    code = services.add_service(cast.secretary, clock.now, words)
    said = ErrandWords(code, "住户<子>", "13800002001", cast.household_101, "社保卡\n处方")
    return taking.take_errand(cast.secretary, clock.now, said, "call")


def paper(actor: Actor, code: str) -> str:
    return reads.errand(actor, code).papers[0].code


@ONCE
def test_a_resident_follows_an_errand_by_its_code(
    web: TestClient, cast: Cast, clock: TestClock, taken: Taken
) -> None:
    assert web.post("/follow", data={"code": "2222222222"}, headers=HOME).status_code == 404
    typed = f" {taken.follow_code[:5].lower()}-{taken.follow_code[5:]}"
    answer = web.post("/follow", data={"code": typed}, headers=HOME)
    assert (answer.status_code, answer.headers["location"]) == (303, "/follow")
    page = web.get("/follow").text
    assert "办理中：还剩 2 天" in page
    assert all(word in page for word in ("代取药品", "已受理", "社保卡、处方"))
    assert not any(word in page for word in ("住户", "13800002001", "书记乙"))
    assert len(page.encode()) < 60_000
    working.tell(cast.secretary, clock.now, taken.code, "<b>药房缺货</b>")
    working.papers_out(cast.secretary, clock.now, taken.code, [paper(cast.secretary, taken.code)])
    page = web.get("/follow").text
    assert "&lt;b&gt;药房缺货&lt;/b&gt;" in page
    assert "已退还的材料：社保卡" in page
    # What reports can do, an errand cannot: the form leads back to asking for a code.
    assert web.post("/follow/withdraw", data={"reason": "x"}, headers=HOME).status_code == 404
    assert web.get(f"/f/{taken.follow_code}").headers["location"] == "/follow"
    web.post("/follow/forget", headers=HOME)
    assert "代取药品" not in web.get("/follow").text


@ONCE
def test_the_slip_names_the_papers_and_is_the_desks_alone(
    web: TestClient, cast: Cast, clock: TestClock, taken: Taken
) -> None:
    address = f"/print/errand?code={taken.code}"
    assert web.get(address).status_code == 303  # to sign in
    web.post("/signin", data={"login": "partner_contact", "password": PASSWORD}, headers=HOME)
    assert web.get(address).status_code == 403
    web.post("/signin", data={"login": "social_worker", "password": PASSWORD}, headers=HOME)
    slip = web.get(address)
    assert "size: A5" in slip.text
    assert all(
        word in slip.text
        for word in ("代办材料接收单", "社保卡", "处方", "住户&lt;子&gt;", taken.number)
    )
    assert "script" not in slip.headers["content-security-policy"]
    assert web.get(f"{address}&back=1").status_code == 404  # nothing was given back
    working.papers_out(cast.secretary, clock.now, taken.code, [paper(cast.secretary, taken.code)])
    back = web.get(f"{address}&back=1").text
    assert "代办材料退还单" in back
    assert "<td>社保卡</td>" in back
    assert "<td>处方</td>" not in back
    assert web.get("/print/errand?code=unknown").status_code == 404
