"""Signing in and out, the demo's one click, passwords set anew, and the language."""

import pytest
from sqlalchemy import select

from db import passwords, sign_ins
from db.engine import Database
from db.settings import put
from db.tables import SignIn
from tests.routes.conftest import Phone
from tests.support.cast import PASSWORD, Cast
from tests.support.clock import TestClock

FRESH = "一只老猫坐在墙头看天"
SECRETARY = {"login": "secretary", "password": PASSWORD}


def test_signing_in_sets_an_opaque_cookie_and_goes_on_to_the_page_that_was_asked(
    phone: Phone, cast: Cast, clock: TestClock
) -> None:
    client = phone()
    asked = client.get("/case?c=x", follow_redirects=False)
    assert asked.headers["location"] == "/signin?next=%2Fcase%3Fc%3Dx"
    page = client.get(asked.headers["location"])
    assert 'name="next" value="/case?c=x"' in page.text
    answer = client.post("/signin", data=SECRETARY | {"next": "/case?c=x"}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/case?c=x"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert sign_ins.session_of(client.cookies["desk_session"], clock.now) is not None


def test_behind_tls_the_cookie_is_secure_and_the_browser_is_told_to_stay(phone: Phone) -> None:
    client = phone()
    client.base_url = "https://desk.example"
    client.headers["Origin"] = "https://desk.example"
    answer = client.post("/signin", data=SECRETARY, follow_redirects=False)
    assert "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"]


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\r\nSet-Cookie: a=b",
        "",
    ],
)
def test_nobody_is_sent_to_another_site(phone: Phone, target: str) -> None:
    client = phone()
    answer = client.post("/signin", data=SECRETARY | {"next": target}, follow_redirects=False)
    assert answer.headers["location"] == "/"
    answer = client.get("/language", params={"to": "en", "next": target}, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_a_wrong_password_keeps_the_login_and_says_so_in_the_readers_language(
    phone: Phone,
) -> None:
    wrong = {"login": "<b>secretary", "password": "wrong-password"}
    answer = phone().post("/signin", data=wrong)
    assert answer.status_code == 401
    assert "登录名或密码不对" in answer.text
    assert 'value="&lt;b&gt;secretary"' in answer.text
    assert "wrong-password" not in answer.text
    assert "desk_session" not in answer.headers.get("set-cookie", "")
    assert "Login or password is wrong" in phone("en").post("/signin", data=wrong).text


def test_the_eleventh_wrong_password_is_told_how_long_to_wait(phone: Phone) -> None:
    client = phone()
    for _ in range(10):
        assert client.post("/signin", data=SECRETARY | {"password": "x"}).status_code == 401
    answer = client.post("/signin", data=SECRETARY)
    assert answer.status_code == 429
    assert "请等 60 秒再试" in answer.text


@pytest.mark.parametrize("data", [{}, {"login": "x" * 40_000}, {"password": "\x00"}])
def test_broken_forms_get_the_same_answer(phone: Phone, data: dict[str, str]) -> None:
    assert phone().post("/signin", data=data).status_code == 401


def test_a_form_beyond_all_measure_is_refused(phone: Phone) -> None:
    assert phone().post("/signin", data={"login": "x" * 70_000}).status_code == 413
    many = "&".join(f"a{number}=1" for number in range(60))
    assert phone().post("/signin", content=many).status_code == 400


def test_signing_in_again_ends_the_sign_in_before(phone: Phone, clock: TestClock) -> None:
    client = phone()
    client.post("/signin", data=SECRETARY, follow_redirects=False)
    before = client.cookies["desk_session"]
    client.post("/signin", data=SECRETARY | {"login": "viewer"}, follow_redirects=False)
    assert sign_ins.session_of(before, clock.now) is None
    assert sign_ins.session_of(client.cookies["desk_session"], clock.now) is not None


def test_looking_at_the_way_out_ends_nothing_but_pressing_does(
    phone: Phone, clock: TestClock
) -> None:
    client = phone()
    client.post("/signin", data=SECRETARY, follow_redirects=False)
    token = client.cookies["desk_session"]
    assert client.get("/signout").status_code == 200
    assert sign_ins.session_of(token, clock.now) is not None
    assert client.post("/signout", follow_redirects=False).headers["location"] == "/signin"
    assert sign_ins.session_of(token, clock.now) is None
    assert "desk_session" not in client.cookies
    assert client.post("/signout", follow_redirects=False).status_code == 303


def test_roles_are_offered_in_the_demo_alone(
    phone: Phone, database: Database, clock: TestClock
) -> None:
    client = phone()
    assert "/signin/as" not in client.get("/signin").text
    assert client.post("/signin/as", data={"role": "secretary"}).status_code == 403
    with database.write() as session:
        put(session, "demo", True)
    page = client.get("/signin").text
    assert page.count('name="role"') == 9
    assert "演示社区" in page
    for role in ("administrator", "viewer"):
        answer = client.post("/signin/as", data={"role": role}, follow_redirects=False)
        assert answer.headers["location"] == "/"
    assert client.post("/signin/as", data={"role": "emperor"}).status_code == 403


def test_a_reset_code_leaves_the_address_and_is_used_by_the_button_alone(
    phone: Phone, cast: Cast, clock: TestClock
) -> None:
    code = passwords.reset_code(cast.administrator, clock.now, cast.secretary.account_id or 0)
    client = phone()
    for _ in range(2):  # WeChat looks at links before people do
        seen = client.get(f"/reset/{code}", follow_redirects=False)
        assert seen.headers["location"] == "/reset"
        assert code not in client.get("/reset").text
    weak = client.post("/reset", data={"password": "short"})
    assert weak.status_code == 400
    assert "至少 10 个字符" in weak.text
    assert 'aria-invalid="true"' in weak.text
    assert "新密码已设好" in client.post("/reset", data={"password": FRESH}).text
    assert client.post("/reset", data={"password": FRESH}).status_code == 404
    answer = client.post("/signin", data=SECRETARY | {"password": FRESH}, follow_redirects=False)
    assert answer.status_code == 303


def test_bad_codes_and_no_code_look_the_same(phone: Phone) -> None:
    answers = set()
    for code in ("unknown", "x" * 500, "%00"):
        client = phone()
        client.get(f"/reset/{code}")
        answer = client.post("/reset", data={"password": FRESH})
        answers.add((answer.status_code, answer.text))
    bare = phone().post("/reset", data={"password": FRESH})
    answers.add((bare.status_code, bare.text))
    assert len(answers) == 1
    assert phone().get("/reset").status_code == 404


@pytest.mark.parametrize(
    ("language", "tag", "word"), [("zh-CN", "zh-CN", "登录"), ("en-GB", "en", "Sign in")]
)
def test_the_browsers_language_is_spoken_and_one_switch_changes_it_for_good(
    phone: Phone, language: str, tag: str, word: str
) -> None:
    client = phone(language)
    page = client.get("/signin?next=%2Fcase%3Fc%3Dx").text
    assert f'<html lang="{tag}">' in page
    assert f"<h1>{word}</h1>" in page
    other = "en" if tag == "zh-CN" else "zh_CN"
    assert f'href="?next=%2Fcase%3Fc%3Dx&amp;lang={other}"' in page
    switched = client.get(f"/signin?lang={other}").text
    assert f'<html lang="{tag}">' not in switched
    assert client.get("/signin").text.count(f'<html lang="{tag}">') == 0
    assert client.get("/signin?lang=xx").status_code == 200


def test_the_switch_of_signed_in_pages_goes_back_where_one_was(phone: Phone) -> None:
    client = phone()
    answer = client.get("/language?to=en&next=%2Finbox%3Fstep%3Dwork", follow_redirects=False)
    assert answer.headers["location"] == "/inbox?step=work"
    assert client.cookies["desk_language"] == "en"
    assert "set-cookie" not in client.get("/language?to=xx", follow_redirects=False).headers


def test_public_pages_are_small_and_carry_no_script(phone: Phone) -> None:
    page = phone().get("/signin")
    assert len(page.content) < 60_000
    assert "<script" not in page.text
    assert " style=" not in page.text
    assert " on" not in page.text.split("</style>")[1].split("<main")[0]


def test_the_cookie_is_stored_nowhere(phone: Phone, database: Database) -> None:
    client = phone()
    client.post("/signin", data=SECRETARY, follow_redirects=False)
    with database.read() as session:
        hashes = session.scalars(select(SignIn.token_hash)).all()
    assert client.cookies["desk_session"] not in hashes
