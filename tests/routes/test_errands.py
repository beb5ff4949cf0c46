"""An errand for its resident: the page behind the follow code, and the slip for papers."""

import pytest

from db.errands import reads, services, taking, working
from db.errands.services import ServiceWords
from db.errands.taking import ErrandWords, Taken
from db.tables import ServiceClass
from domain.people import Actor
from tests.routes.conftest import Phone
from tests.support.cast import PASSWORD, Cast
from tests.support.clock import TestClock

ONCE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


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
    phone: Phone, cast: Cast, clock: TestClock, taken: Taken
) -> None:
    web = phone()
    assert web.post("/follow", data={"code": "2222222222"}).status_code == 404
    typed = f" {taken.follow_code[:5].lower()}-{taken.follow_code[5:]}"
    answer = web.post("/follow", data={"code": typed})
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
    assert web.post("/follow/withdraw", data={"reason": "x"}).status_code == 404
    assert web.get(f"/f/{taken.follow_code}").headers["location"] == "/follow"
    web.post("/follow/forget")
    assert "代取药品" not in web.get("/follow").text


@ONCE
def test_the_slip_names_the_papers_and_is_the_desks_alone(
    phone: Phone, cast: Cast, clock: TestClock, taken: Taken
) -> None:
    web = phone()
    address = f"/print/errand?code={taken.code}"
    assert web.get(address).status_code == 303  # to sign in
    web.post("/signin", data={"login": "partner_contact", "password": PASSWORD})
    assert web.get(address).status_code == 403
    web.post("/signin", data={"login": "social_worker", "password": PASSWORD})
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
