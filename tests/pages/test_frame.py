"""The frame: whose pages are listed, in which language, and how errors are told."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from db import sign_ins
from db.engine import Database
from db.settings import Settings
from domain.errors import NotFound
from domain.people import Actor, Role
from pages.parts import menu, show, who
from pages.parts.show import plain
from tests.support.cast import PASSWORD, Cast
from tests.support.clock import TestClock
from tests.support.need import ROOT

FRAME = str(ROOT / "pages" / "frame.py")
ONE_KIND = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

# What each role's menu lists; the office has nearly all, a volunteer their own.
FIGURES = {"votes", "classes", "metrics"}  # numbers, without anybody's name
HELPING = {"dispatch", "volunteers", "visits", "patrols"}
TAKING_IN = {"intake", "errands", "inbox", "roll", "conference", "activities", "micro_list"}
DESK = {"today", "calls", "publish", "personal", "unit"} | FIGURES | HELPING | TAKING_IN
LISTED = {
    Role.ADMINISTRATOR: {"today", "settings", "audit"} | FIGURES,
    Role.SECRETARY: DESK | {"audit"},
    Role.SOCIAL_WORKER: DESK,
    Role.COMMITTEE: {"today"} | FIGURES | TAKING_IN,
    Role.PROPERTY: {"today", "tasks", "conference", "unit"},
    Role.UNIT: {"today", "tasks", "conference", "unit"},
    Role.SQUAD_LEADER: {"today", "tasks"} | FIGURES | HELPING,
    Role.VOLUNTEER: {"today", "tasks"},
    Role.VIEWER: {"today"} | FIGURES,
}


@pytest.fixture(autouse=True)
def nobody_stands_in() -> Iterator[None]:
    yield
    who.stand_in(None)


def person(*roles: Role) -> Actor:
    return Actor(1, "王芳", frozenset(roles))


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_its_own_menu(role: Role) -> None:
    listed = {entry.name for entry in menu.entries_for(person(role)) if entry.listed}
    assert listed == LISTED[role]


def test_several_roles_see_what_each_of_them_sees() -> None:
    both = {entry.name for entry in menu.entries_for(person(Role.PROPERTY, Role.COMMITTEE))}
    for role in (Role.PROPERTY, Role.COMMITTEE):
        assert {entry.name for entry in menu.entries_for(person(role))} <= both


def test_every_entry_of_the_menu_has_its_page() -> None:
    assert menu.standing() == menu.MENU


@ONE_KIND
def test_without_a_sign_in_the_browser_is_sent_away_and_no_page_runs(database: Database) -> None:
    page = AppTest.from_file(FRAME, default_timeout=20).run()
    assert list(page.title) == []
    assert list(page.button) == []
    assert list(page.exception) == []


@ONE_KIND
def test_the_key_that_the_gate_gives_says_who_is_here(cast: Cast, clock: TestClock) -> None:
    token = sign_ins.sign_in("secretary", PASSWORD, "", clock.now)
    view = sign_ins.session_of(token, clock.now)
    assert view is not None
    page = AppTest.from_file(FRAME, default_timeout=20)
    page.user = {"desk_session": view.key}
    assert [title.value for title in page.run().title] == ["今日"]
    sign_ins.sign_out(view.key, clock.now)
    page = AppTest.from_file(FRAME, default_timeout=20)
    page.user = {"desk_session": view.key}
    assert list(page.run().title) == []


@ONE_KIND
@pytest.mark.parametrize(
    ("locale", "title"), [("zh-CN", "今日"), ("en-US", "Today"), ("de-DE", "今日")]
)
def test_the_browsers_language_is_spoken(
    cast: Cast, clock: TestClock, locale: str, title: str
) -> None:
    who.stand_in(cast.secretary, Settings(community="测试社区"))
    page = AppTest.from_file(FRAME, default_timeout=20)
    page.context = {"locale": locale}
    assert [one.value for one in page.run().title] == [title]


@ONE_KIND
def test_the_demo_says_that_it_is_one(cast: Cast, clock: TestClock) -> None:
    who.stand_in(cast.secretary, Settings(demo=True))
    page = AppTest.from_file(FRAME, default_timeout=20).run()
    assert "演示社区" in page.sidebar.caption[0].value
    who.stand_in(cast.secretary, Settings())
    page = AppTest.from_file(FRAME, default_timeout=20).run()
    assert list(page.sidebar.caption) == []


def failing(kind: str) -> AppTest:
    def script(kind: str) -> None:
        from domain.errors import NotFound
        from pages.parts.show import on_script_error

        try:
            if kind == "told":
                raise NotFound("Use at most {n} characters.", n="<b>**60** http://x.example</b>")
            raise ValueError("住户子 13800000101")
        except Exception as error:
            on_script_error(error)

    return AppTest.from_function(script, kwargs={"kind": kind}, default_timeout=20).run()


def test_an_error_that_people_can_mend_is_told_with_its_words_as_words() -> None:
    (told,) = failing("told").error
    assert told.value.startswith("最多")
    assert "**" not in told.value.replace("\\*", "")
    assert "://" not in told.value


def test_an_unforeseen_error_is_a_number_that_the_log_has_too(
    caplog: pytest.LogCaptureFixture,
) -> None:
    (told,) = failing("unforeseen").error
    (record,) = [record for record in caplog.records if record.name == show.__name__]
    assert vars(record)["fault"] in told.value
    assert "住户" not in told.value
    assert "住户" not in caplog.text
    assert "住户" not in vars(record)["where"]


@pytest.mark.parametrize(
    "words",
    [
        "**bold** _it_ `code` ~~no~~",
        "# title\n- list\n1. one",
        "[link](https://evil.example) <img src=x onerror=alert(1)>",
        "https://evil.example www.evil.example a@evil.example",
        ":red[x] :material/home: :smile: $x^2$",
        "| a | b |\n|---|---|",
    ],
)
def test_peoples_words_stay_words_in_markdown(words: str) -> None:
    told = plain(words)
    assert told.replace("\\", "").replace("\u2060", "") == " ".join(words.split())
    for mark in "*_`#[]<>$|~":
        assert told.count(mark) == told.count("\\" + mark)
    for start in ("://", "www.", "@evil", ":material"):
        assert start not in told


def test_the_template_of_an_error_is_never_filled_with_its_own_fields() -> None:
    assert str(NotFound("{n}", n="{n}")) == "{n}"
