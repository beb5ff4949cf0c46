"""Notification channels in the settings, and texts that are left to the office."""

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db import engine
from db.outbox import channels, desk
from db.outbox.post import announce
from db.tables.outbox import NoticeAddress, NoticeChannel, Outgoing
from tests.pages.conftest import Open
from tests.support.cast import Cast
from tests.support.clock import TestClock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SECRET = "wecombot://11111111-2222-3333-4444-555555555555"


def errors(page: AppTest) -> list[str]:
    return [error.value for error in page.error]


def click(page: AppTest, key: str) -> AppTest:
    page.button(key).click()
    page.run()
    assert not page.exception
    return page


def part(page: AppTest, name: str) -> AppTest:
    page.segmented_control("channels_part").set_value(name)
    return page.run()


def test_a_group_is_set_up_and_tried(open_page: Open, cast: Cast, clock: TestClock) -> None:
    page = open_page(cast.administrator, "settings", s="channels")
    page.text_input("settings_channel_new_name").set_value("值班群")
    page.text_input("settings_channel_new_address").set_value("nonsense")
    click(page, "settings_channel_new_save")
    assert len(errors(page)) == 1
    page.text_input("settings_channel_new_address").set_value(SECRET)
    click(page, "settings_channel_new_save")
    assert errors(page) == []
    with engine.read() as session:
        row = session.scalars(select(NoticeChannel)).one()
        assert (row.name, row.address, row.topics) == ("值班群", SECRET, ["deadlines"])
        assert (row.quiet_from, row.quiet_to) == ("22:00", "07:00")
    page.selectbox("settings_channel").set_value(row.id).run()
    assert "11111111" not in repr(page)
    click(page, f"settings_channel_test_{row.id}_save")
    with engine.read() as session:
        assert session.scalars(select(Outgoing.kind)).all() == ["test"]
    assert "等待发送" in part(page, "log").dataframe[0].value.to_string()


def test_a_person_is_told_only_after_agreeing(open_page: Open, cast: Cast) -> None:
    page = part(open_page(cast.administrator, "settings", s="channels"), "people")
    key = cast.secretary.account_id
    page.selectbox("settings_address_person").set_value(key).run()
    page.text_input(f"settings_address_{key}_address").set_value("a@example.com")
    click(page, f"settings_address_{key}_save")
    assert len(errors(page)) == 1
    page.checkbox(f"settings_address_{key}_consent").check()
    click(page, f"settings_address_{key}_save")
    assert errors(page) == []
    with engine.read() as session:
        assert session.scalars(select(NoticeAddress.address)).one() == "a@example.com"
    click(page, f"settings_address_end_{key}_save")
    with engine.read() as session:
        assert session.scalars(select(NoticeAddress.address)).one() is None


def test_the_mail_server_is_kept_and_not_shown(open_page: Open, cast: Cast) -> None:
    page = part(open_page(cast.administrator, "settings", s="channels"), "mail")
    address = "mailtos://u:secret@mail.example.com"
    page.text_input("settings_mail_server_address").set_value(address)
    click(page, "settings_mail_server_save")
    assert channels.mail_server_set(cast.administrator) == "mailtos://…"
    assert len(page.success) == 1


def test_a_text_without_a_channel_is_pasted_and_ticked_off(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    with engine.write() as session:
        (key,) = announce(session, clock.now, kind="request_waits", words={"number": "17"})
    page = open_page(cast.secretary, "calls")
    assert any("求助 17 还没有人接单" in code.value for code in page.code)
    click(page, f"unsent_{key}_save")
    assert len(page.code) == 0
    assert desk.to_hand_over(cast.secretary, clock.now) == []
