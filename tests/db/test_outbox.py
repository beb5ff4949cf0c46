"""The outbox's rows: who is told of what, what the office hands over, who may set it up."""

import pytest
from sqlalchemy import select

from db import engine, moving, reminding
from db.audit import audit
from db.outbox import addresses, channels, desk
from db.outbox.desk import Fate
from db.outbox.post import notify
from db.outbox.routes import routes
from db.tables import Account
from db.tables.outbox import NoticeAddress, Outgoing
from domain.errors import FieldError, NotAllowed, NotFound, Refused
from domain.moves import Move
from domain.outbox import Recipient, Topic
from domain.people import Actor
from tests.support import stories
from tests.support.cast import Cast
from tests.support.clock import TestClock

SECRET = "wecombot://11111111-2222-3333-4444-555555555555"


def reach(cast: Cast, clock: TestClock, *people: Actor) -> None:
    for one in people:
        addresses.set_address(
            cast.administrator,
            clock.now,
            Recipient(account_id=one.account_id),
            address=f"json://127.0.0.1/{one.account_id}",
            consent=True,
            language="zh_CN",
        )


def a_group(cast: Cast, clock: TestClock, *topics: Topic, name: str = "工作群") -> int:
    return channels.add_channel(
        cast.administrator,
        clock.now,
        name=name,
        address=SECRET,
        topics=topics,
        language="zh_CN",
    )


def posted(kind: str) -> list[Recipient]:
    with engine.read() as session:
        query = select(Outgoing).where(Outgoing.kind == kind).order_by(Outgoing.id)
        return [
            Recipient(row.account_id, row.volunteer_id, row.channel_id)
            for row in session.scalars(query)
        ]


def test_a_reminder_reaches_the_office_and_the_groups_that_want_it(
    cast: Cast, clock: TestClock
) -> None:
    reach(cast, clock, cast.secretary, cast.viewer, cast.property_contact)
    wanting = a_group(cast, clock, Topic.DEADLINES)
    a_group(cast, clock, Topic.VOTES, name="投票群")
    stories.report(cast, clock.now)
    clock.set("2026-03-03 09:30")
    assert reminding.raise_due(clock.now) == 1
    reminding.raise_due(clock.now)
    assert posted("reminder") == [
        Recipient(account_id=cast.secretary.account_id),
        Recipient(channel_id=wanting),
    ]


def test_without_a_channel_the_written_chase_waits_to_be_pasted_and_the_warning_does_not(
    cast: Cast, clock: TestClock
) -> None:
    stories.report(cast, clock.now)
    for moment, waiting in (("2026-03-03 09:30", 0), ("2026-03-04 09:30", 1)):
        reminding.raise_due(clock.set(moment))
        assert len(desk.to_hand_over(cast.secretary, clock.now)) == waiting
    (message,) = desk.to_hand_over(cast.secretary, clock.now)
    assert (message.kind, message.words["rung"], message.fate) == (
        "reminder",
        "chase",
        Fate.BY_HAND,
    )
    assert desk.to_hand_over(cast.secretary, clock.forward(days=7, seconds=1)) == []


def test_a_unit_hears_of_what_it_was_given_and_of_its_reminders(
    cast: Cast, clock: TestClock
) -> None:
    reach(cast, clock, cast.property_contact, cast.branch_contact)
    code = stories.report(cast, clock.now).case_code or ""
    stories.to_doing(cast, clock.now, code)
    own = Recipient(account_id=cast.property_contact.account_id)
    assert posted("task_given") == [own]
    for day in range(3, 12):
        reminding.raise_due(clock.set(f"2026-03-{day:02} 16:35"))
    assert set(posted("unit_reminder")) == {own}


def test_a_reopened_file_reaches_the_office_and_who_did_it(cast: Cast, clock: TestClock) -> None:
    reach(cast, clock, cast.social_worker, cast.property_contact, cast.viewer)
    code = stories.report(cast, clock.now).case_code or ""
    stories.to_rating(cast, clock.now, code)
    moving.move(cast.secretary, clock.now, code, Move.REOPEN, "又坏了")
    assert posted("reopened") == [
        Recipient(account_id=cast.social_worker.account_id),
        Recipient(account_id=cast.property_contact.account_id),
    ]


def test_who_sees_one_estate_is_told_of_that_estate_alone(cast: Cast, clock: TestClock) -> None:
    with engine.write() as session:
        row = session.get_one(Account, cast.social_worker.account_id)
        row.estate_id = cast.estate_two
    reach(cast, clock, cast.social_worker)
    for place in (cast.gate_code, cast.garden_code):
        stories.report(cast, clock.now, place_code=place)
    reminding.raise_due(clock.set("2026-03-03 09:30"))
    assert len(posted("reminder")) == 1


def test_words_that_a_text_needs_are_asked_for_when_it_is_posted(
    cast: Cast, clock: TestClock
) -> None:
    with pytest.raises(KeyError, match="code"), engine.write() as session:
        notify(session, clock.now, to=Recipient(), kind="reopened", words={"number": "1"})


def test_a_disabled_account_and_a_withdrawn_address_have_no_way(
    cast: Cast, clock: TestClock
) -> None:
    reach(cast, clock, cast.secretary, cast.social_worker)
    one, two = (
        Recipient(account_id=who.account_id) for who in (cast.secretary, cast.social_worker)
    )
    with engine.write() as session:
        session.get_one(Account, cast.secretary.account_id).active = False
        session.flush()
        assert set(routes(session, [one, two])) == {two}
    addresses.withdraw_address(cast.administrator, clock.now, two)
    with engine.read() as session:
        assert routes(session, [one, two]) == {}
        kept = session.scalars(select(NoticeAddress).where(NoticeAddress.address.is_(None))).one()
        assert (kept.account_id, kept.withdrawn_at) == (two.account_id, clock.now)


def test_mail_goes_by_the_houses_server_once_there_is_one(cast: Cast, clock: TestClock) -> None:
    to = Recipient(account_id=cast.secretary.account_id)

    def way() -> str | None:
        with engine.read() as session:
            found = routes(session, [to]).get(to)
            return found.address if found else None

    addresses.set_address(
        cast.administrator, clock.now, to, address="a+b@example.com", consent=True, language="en"
    )
    assert way() is None
    with pytest.raises(Refused):
        addresses.try_address(cast.administrator, clock.now, to)
    with pytest.raises(FieldError):
        channels.set_mail_server(cast.administrator, clock.now, "json://not-a-mail-server")
    channels.set_mail_server(cast.administrator, clock.now, "mailtos://u:p@mail.example.com")
    assert way() == "mailtos://u:p@mail.example.com?to=a%2Bb%40example.com"
    addresses.try_address(cast.administrator, clock.now, to, "once")
    addresses.try_address(cast.administrator, clock.now, to, "once")
    assert posted("test") == [to]


@pytest.mark.parametrize(
    ("address", "field"),
    [("nonsense", "address"), ("a b@c", "address"), ("unknown://x", "address"), ("", "address")],
)
def test_an_address_that_nobody_understands_is_refused(
    cast: Cast, clock: TestClock, address: str, field: str
) -> None:
    with pytest.raises(FieldError) as refused:
        addresses.set_address(
            cast.administrator,
            clock.now,
            Recipient(account_id=cast.viewer.account_id),
            address=address,
            consent=True,
            language="zh_CN",
        )
    assert refused.value.field == field
    assert addresses.addresses(cast.administrator) == []


def test_only_who_agreed_is_told(cast: Cast, clock: TestClock) -> None:
    with pytest.raises(FieldError, match="agreed"):
        addresses.set_address(
            cast.administrator,
            clock.now,
            Recipient(account_id=cast.viewer.account_id),
            address="a@example.com",
            consent=False,
            language="zh_CN",
        )


def test_everybody_decides_about_themselves_and_nobody_about_others(
    cast: Cast, clock: TestClock
) -> None:
    own, other = (Recipient(account_id=who.account_id) for who in (cast.volunteer, cast.viewer))
    for to in (own, other):
        if to == other:
            with pytest.raises(NotAllowed):
                addresses.withdraw_address(cast.volunteer, clock.now, to)
        else:
            addresses.withdraw_address(cast.volunteer, clock.now, to)
    with pytest.raises(NotFound):
        addresses.withdraw_address(cast.administrator, clock.now, Recipient())


def test_no_secret_is_shown_or_recorded(cast: Cast, clock: TestClock) -> None:
    key = a_group(cast, clock, Topic.HELP)
    channels.change_channel(
        cast.administrator,
        clock.now,
        key,
        name="新名字",
        topics=[Topic.HELP],
        language="en",
        quiet_from="22:00",
        quiet_to="07:00",
    )
    channels.try_channel(cast.administrator, clock.now, key)
    (seen,) = channels.channels(cast.administrator)
    assert (seen.name, seen.service, seen.quiet_to) == ("新名字", "wecombot://…", "07:00")
    with engine.read() as session:
        assert routes(session, [Recipient(channel_id=key)])[Recipient(channel_id=key)].address == (
            SECRET
        )
    shown = repr([audit(cast.administrator, clock.now), desk.sending_log(cast.administrator), seen])
    assert "11111111" not in shown


def test_the_office_ticks_off_what_it_told_by_itself(cast: Cast, clock: TestClock) -> None:
    code = stories.report(cast, clock.now).case_code or ""
    to = Recipient(account_id=cast.secretary.account_id)
    with engine.write() as session:
        words = {"number": "2026-000001", "code": code}
        key = notify(session, clock.now, to=to, kind="reopened", words=words)
    (message,) = desk.to_hand_over(cast.secretary, clock.now)
    assert (message.id, message.name) == (key, "书记乙")
    desk.settle(cast.secretary, clock.now, key)
    desk.settle(cast.secretary, clock.now, key)
    assert desk.to_hand_over(cast.secretary, clock.now) == []
    assert [one.fate for one in desk.sending_log(cast.administrator)] == [Fate.SETTLED]


def test_what_is_about_to_be_sent_is_not_the_offices(cast: Cast, clock: TestClock) -> None:
    reach(cast, clock, cast.secretary)
    with engine.write() as session:
        to = Recipient(account_id=cast.secretary.account_id)
        key = notify(session, clock.now, to=to, kind="test", words={})
    with pytest.raises(Refused):
        desk.settle(cast.secretary, clock.now, key)


def test_what_was_given_up_can_be_sent_again(cast: Cast, clock: TestClock) -> None:
    reach(cast, clock, cast.secretary)
    with engine.write() as session:
        to = Recipient(account_id=cast.secretary.account_id)
        key = notify(session, clock.now, to=to, kind="test", words={})
        session.get_one(Outgoing, key).given_up_at = clock.now
    assert desk.try_again(cast.administrator, clock.forward(hours=1)) == 1
    assert desk.try_again(cast.administrator, clock.now) == 0
    assert [one.fate for one in desk.sending_log(cast.administrator)] == [Fate.WAITING]
