"""Activities without an account: the list, signing up by a poster, the door, the calendars."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from db.activities import changing, feeds, people, planning
from db.activities.entry import ActivityWords
from db.activities.signing import FROM_ADDRESS
from domain.activities import ActivityKind
from domain.series import Plan
from tests.support.cast import PASSWORD, Cast
from tests.support.clock import TestClock
from tests.support.html import Seen, faults

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

Phone = Callable[..., TestClient]
DAY = timedelta(days=1)


@pytest.fixture
def salon(cast: Cast, clock: TestClock) -> str:
    """A salon in two days with one place."""
    return plan(cast, clock, "八段锦沙龙", capacity=1)


def plan(
    cast: Cast, clock: TestClock, title: str, *, capacity: int | None = None, public: bool = True
) -> str:
    words = ActivityWords(
        ActivityKind.ACTIVITY, title, "请穿<宽松>衣服", None, "中心花园", public, True, capacity
    )
    starts = clock.now + 2 * DAY
    return planning.plan_activity(
        cast.secretary, clock.now, words, starts, starts + timedelta(hours=1)
    )


def join(web: TestClient, code: str, name: str = "住户子", **fields: str):  # type: ignore[no-untyped-def]
    """Fill in and send the form as a browser does."""
    form = Seen(web.get(f"/activity/{code}?more=1"))
    body = {"name": name, "phone": "13800000101", "consent": "yes", "once": form.value("once")}
    return web.post(f"/activity/{code}", data=body | fields)


def test_from_the_list_to_a_place_the_waiting_list_and_back(
    phone: Phone, cast: Cast, clock: TestClock, salon: str
) -> None:
    one, two = phone(), phone("en", address="192.0.2.2")
    listed = one.get("/activity")
    assert faults(listed) == []
    assert f"/activity/{salon}" in Seen(listed).root.xpath("//main//h2/a/@href")
    assert "还有 1 个名额" in listed.text
    answer = join(one, salon)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/activity/{salon}")
    mine = one.get(f"/activity/{salon}")
    assert faults(mine) == []
    assert "报名成功" in mine.text
    assert join(one, salon).status_code == 422  # the same person again
    join(two, salon, "Anna")
    theirs = two.get(f"/activity/{salon}")
    assert faults(theirs) == []
    assert "number 1 on the waiting list" in theirs.text
    for page in (mine, theirs, listed):
        assert "住户子" not in page.text
        assert "13800000101" not in page.text
    # By the code on another phone, and from there the place is given up.
    code = Seen(mine).text("//strong[@class='code']")
    other = phone(address="192.0.2.3")
    other.get(f"/activity/{salon}")
    entered = other.post(f"/activity/{salon}/own", data={"own": code.lower()})
    assert entered.status_code == 303
    assert other.post(f"/activity/{salon}/cancel").status_code == 303
    assert "您已取消报名" in other.get(f"/activity/{salon}").text
    assert "You have a place" in two.get(f"/activity/{salon}").text
    wrong = other.post(f"/activity/{salon}/own", data={"own": "2222222222"})
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    ("field", "value"), [("name", " "), ("phone", "12"), ("consent", ""), ("name", "字" * 21)]
)
def test_what_is_wrong_stands_beside_its_field(
    web: TestClient, cast: Cast, salon: str, field: str, value: str
) -> None:
    answer = join(web, salon, **{field: value})
    assert answer.status_code == 422
    assert Seen(answer).beside(field)
    assert faults(answer) == []
    assert people.guests(cast.secretary, salon) == ()


def test_floods_traps_and_bad_codes_get_nothing(phone: Phone, cast: Cast, clock: TestClock) -> None:
    hidden = plan(cast, clock, "内部会", public=False)
    web = phone()
    for path in (f"/activity/{hidden}", "/activity/nothing", f"/activity/{hidden}/here"):
        assert web.get(path).status_code == 404
        assert "内部会" not in web.get(path).text
    assert web.post(f"/activity/{hidden}", data={"name": "x"}).status_code == 404
    code = plan(cast, clock, "沙龙")
    assert join(web, code, website="http://x").status_code == 422
    for number in range(FROM_ADDRESS - 1):  # one try went to the hidden one
        assert join(web, code, f"居民{number}").status_code == 303
    refused = join(web, code, "再来")
    assert refused.status_code == 422
    assert Seen(refused).value("name") == "再来"
    assert len(people.guests(cast.secretary, code)) == FROM_ADDRESS - 1
    assert join(phone(address="192.0.2.9"), code, "别家").status_code == 303


def test_at_the_door_and_afterwards(phone: Phone, cast: Cast, clock: TestClock, salon: str) -> None:
    mine, passer = phone(), phone("en", address="192.0.2.2")
    join(mine, salon)
    early = mine.get(f"/activity/{salon}/here")
    assert not Seen(early).root.xpath("//main//form")
    clock.forward(days=2)
    door = mine.get(f"/activity/{salon}/here")
    assert faults(door) == []
    assert mine.post(f"/activity/{salon}/here", data={"own": "yes"}).status_code == 303
    for number in range(FROM_ADDRESS + 1):  # a whole hall by one address
        hall = {"name": f"来客{number}", "phone": f"1390000{number:04}"}
        assert passer.post(f"/activity/{salon}/here", data=hall).status_code == 303
    form = Seen(passer.get(f"/activity/{salon}/here"))
    body = {"name": "Bob", "phone": "13800000777", "once": form.value("once")}
    for _ in range(3):
        assert passer.post(f"/activity/{salon}/here", data=body).status_code == 303
    assert faults(passer.get(f"/activity/{salon}/here?done=1")) == []
    found = people.guests(cast.secretary, salon)
    named = [(one.name, one.came) for one in found if not one.name.startswith("来客")]
    assert named == [("住户子", True), ("Bob", True)]
    assert len(found) == FROM_ADDRESS + 3
    clock.forward(hours=3)
    after = mine.get(f"/activity/{salon}")
    assert faults(after) == []
    assert mine.post(f"/activity/{salon}/rate", data={"rating": "9"}).status_code == 422
    said = mine.post(f"/activity/{salon}/rate", data={"rating": "5", "opinion": "好"})
    assert said.status_code == 303
    clock.forward(days=20)
    assert mine.get(f"/activity/{salon}").status_code == 404


def test_the_calendars_say_what_is_on_and_what_is_not(
    phone: Phone, cast: Cast, clock: TestClock, salon: str
) -> None:
    plan(cast, clock, "内部会", public=False)
    join(phone(), salon)
    changing.cancel_activity(cast.secretary, clock.now, salon, "暴雨")
    web = phone(address="192.0.2.5")
    answer = web.get("/activity/calendar.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event["status"], event["summary"]) == ("CANCELLED", "已取消：八段锦沙龙")
    assert event.decoded("dtstart") == clock.now + 2 * DAY
    assert str(event["url"]).endswith(f"/activity/{salon}")
    token = feeds.new_address(cast.secretary, clock.now)
    own = web.get(f"/activity/feed/{token}")
    titles = {str(one["summary"]) for one in Calendar.from_ical(own.content).walk("VEVENT")}
    assert titles == {"已取消：八段锦沙龙", "内部会"}
    assert "住户子" not in own.text
    assert web.get(f"/activity/feed/{token}x").status_code == 404


def test_the_names_of_dates_are_the_readers(
    phone: Phone, cast: Cast, clock: TestClock, salon: str
) -> None:
    for language, words in (("zh-CN", "3月4日 周三 09:00–10:00"), ("en", "Wed 4 Mar 09:00–10:00")):
        assert words in phone(language).get(f"/activity/{salon}").text


def test_a_poster_of_a_series_leads_to_its_next_date(
    phone: Phone, cast: Cast, clock: TestClock
) -> None:
    words = ActivityWords(ActivityKind.CLASS, "书法课", place="中心花园", sign_up=True)
    series = planning.plan_series(
        cast.secretary,
        clock.now,
        words,
        Plan(4, time(15, 0), 90),
        clock.now.date(),
        clock.now.date() + 20 * DAY,
    )
    web = phone()
    scanned = web.get(f"/activity/series/{series}").headers["location"]
    assert "3月6日" in web.get(scanned).text
    assert web.get("/print/activity").status_code == 303  # sign in first
    staff = phone(address="192.0.2.7")
    staff.post("/signin", data={"login": "secretary", "password": PASSWORD})
    code = scanned.removeprefix("/activity/")
    one = staff.get(f"/print/activity?code={code}")
    assert f"/activity/{code}/here" in one.text
    assert "3月6日 周五 15:00–16:30" in one.text
    assert "Fri 6 Mar 15:00–16:30" in one.text
    assert Seen(one).text("//h1").startswith("活动海报")
    whole = staff.get(f"/print/activity?code={code}&all=1")
    assert f"/activity/series/{series}/here" in whole.text
    assert "每周五 15:00–16:30" in whole.text
    clock.forward(days=5)
    later = web.get(f"/activity/series/{series}/here").headers["location"]
    assert later != f"{scanned}/here"
    assert later.endswith("/here")
    clock.forward(days=30)
    assert web.get(f"/activity/series/{series}").status_code == 404
