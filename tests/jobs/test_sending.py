"""Messages leave the house: all of them, in order, once, and a repeat is known as one."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import select

from db import engine
from db.now import CLOCK_FILE
from db.outbox import addresses, channels, queue
from db.outbox.post import announce, notify
from db.tables.outbox import Outgoing
from domain.outbox import CLAIM_LASTS, Recipient, Topic
from jobs import carriers, sending
from tests.jobs.outside import Got, Outside, outside
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.need import ROOT
from tests.support.processes import end_with_parent

SENDER = "from db.now import now\nfrom jobs import sending\nsending.run(now())\n"
MAIL = "worker@example.com"


@pytest.fixture
def world() -> Iterator[Outside]:
    with outside() as servers:
        yield servers


@pytest.fixture
def worker(cast: Cast, clock: TestClock, world: Outside) -> Recipient:
    """A person who is told by mail, but not in the night."""
    channels.set_mail_server(cast.administrator, clock.now, world.mail_server)
    to = Recipient(account_id=cast.social_worker.account_id)
    addresses.set_address(
        cast.administrator,
        clock.now,
        to,
        address=MAIL,
        consent=True,
        language="zh_CN",
        quiet_from="22:00",
        quiet_to="07:00",
    )
    return to


@pytest.fixture
def group(cast: Cast, clock: TestClock, world: Outside) -> Recipient:
    made = channels.add_channel(
        cast.administrator,
        clock.now,
        name="群",
        address=world.hook("group"),
        topics=[Topic.DEADLINES],
        language="en",
    )
    return Recipient(channel_id=made)


def post(clock: TestClock, to: Recipient, number: int, urgent: bool = False) -> int:
    with engine.write() as session:
        words = {"number": f"2026-{number:06d}", "code": "x"}
        return notify(session, clock.now, to=to, kind="reopened", words=words, urgent=urgent)


def row(key: int) -> Outgoing:
    with engine.read() as session:
        return session.get_one(Outgoing, key)


def numbers(world: Outside, to: str) -> list[int]:
    return [int(got.body.split("2026-")[1][:6]) for got in world.got if got.to == to]


def test_each_is_told_in_their_language_by_their_service(
    clock: TestClock, world: Outside, worker: Recipient, group: Recipient
) -> None:
    by_mail, by_hook = post(clock, worker, 7), post(clock, group, 7)
    assert sending.run(clock.now) == {"sent": 2, "put_off": 0, "given_up": 0}
    mail, hook = sorted(world.got, key=lambda got: got.to, reverse=True)
    assert (mail.to, mail.id) == (MAIL, f"<{row(by_mail).code}@example.com>")
    assert mail.subject == "档案 2026-000007 已重新办理"
    assert (hook.to, hook.id) == ("/group", row(by_hook).code)
    assert hook.subject == "File 2026-000007 was reopened"
    assert row(by_mail).sent_at == row(by_hook).sent_at == clock.now
    assert sending.run(clock.now) is None


def test_quiet_hours_hold_back_what_is_not_urgent_and_keep_its_order(
    clock: TestClock, world: Outside, worker: Recipient
) -> None:
    clock.set("2026-03-02 22:00")
    for number in (1, 2):
        post(clock, worker, number)
    post(clock, worker, 3, urgent=True)
    sending.run(clock.now)
    assert numbers(world, MAIL) == [3]
    sending.run(clock.set("2026-03-03 06:59"))
    assert numbers(world, MAIL) == [3]
    sending.run(clock.set("2026-03-03 07:00"))
    assert numbers(world, MAIL) == [3, 1, 2]


def test_a_refusal_is_tried_again_later_each_time_and_at_last_left_to_the_office(
    clock: TestClock, world: Outside, worker: Recipient
) -> None:
    world.answer = "451 not now"
    first, second = post(clock, worker, 1, urgent=True), post(clock, worker, 2, urgent=True)
    for seconds, attempts in ((0, 1), (29, 1), (1, 2), (59, 2), (1, 3), (119, 3)):
        sending.run(clock.forward(seconds=seconds))
        assert row(first).attempts == attempts
    assert row(second).attempts == 0  # the order is kept
    assert sending.run(clock.forward(seconds=1))["given_up"] == 1  # type: ignore[index]
    assert (row(first).given_up_at, row(first).fault) == (clock.now, "refused")
    world.answer = "250 OK"
    sending.run(clock.forward(seconds=30))
    assert numbers(world, MAIL) == [2]


def test_a_silent_service_keeps_nobody_else_waiting(
    monkeypatch: pytest.MonkeyPatch,
    cast: Cast,
    clock: TestClock,
    world: Outside,
    worker: Recipient,
    group: Recipient,
) -> None:
    monkeypatch.setattr(carriers, "SECONDS", 0.2)
    post(clock, worker, 1)
    post(clock, group, 2)
    world.answer = "421 later"
    assert sending.run(clock.now) == {"sent": 0, "put_off": 2, "given_up": 0}
    with socket.socket() as silent:  # takes connections and says nothing
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"mailto://127.0.0.1:{silent.getsockname()[1]}?from=a@example.com&mode=insecure"
        channels.set_mail_server(cast.administrator, clock.now, address)
        world.answer = "250 OK"
        assert sending.run(clock.forward(minutes=1)) == {"sent": 1, "put_off": 1, "given_up": 0}
    assert numbers(world, "/group") == [2]


def test_a_carrier_that_breaks_loses_nothing(clock: TestClock, worker: Recipient) -> None:
    key = post(clock, worker, 1)

    def broken(*_: object) -> str:
        raise RuntimeError

    assert sending.run(clock.now, broken) == {"sent": 0, "put_off": 1, "given_up": 0}
    assert (row(key).fault, row(key).claimed_at) == ("crashed", None)


def test_two_senders_at_one_moment_send_each_message_once(
    clock: TestClock, worker: Recipient, group: Recipient
) -> None:
    keys = [post(clock, to, number) for number in range(10) for to in (worker, group)]
    given: list[int] = []
    together = threading.Barrier(4)

    def tick() -> None:
        together.wait()
        while sending.run(clock.now, lambda parcel, _text: given.append(parcel.id)):
            pass

    threads = [threading.Thread(target=tick) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sending.run(clock.now, lambda parcel, _text: given.append(parcel.id))
    assert Counter(given) == Counter(keys)


def test_a_fact_that_was_not_kept_tells_nobody(
    clock: TestClock, world: Outside, worker: Recipient
) -> None:
    with suppress(RuntimeError), engine.write() as session:
        words = {"number": "2026-000001", "code": "x"}
        notify(session, clock.now, to=worker, kind="reopened", words=words)
        raise RuntimeError
    assert sending.run(clock.now) is None


def test_groups_without_a_channel_leave_the_text_to_the_office(
    cast: Cast, clock: TestClock, group: Recipient
) -> None:
    words = {"number": "2026-000001"}
    with engine.write() as session:
        (to_paste,) = announce(session, clock.now, kind="request_waits", words=words)
        assert announce(session, clock.now, kind="request_waits", words=words, paste=False) == []
    assert row(to_paste).by_hand
    assert queue.claim(clock.now) == []


@pytest.mark.slow
def test_a_sender_that_is_killed_loses_nothing_and_repeats_at_most_once_with_the_same_id(
    clock: TestClock, database: engine.Database, world: Outside, worker: Recipient, group: Recipient
) -> None:
    expected = {row(post(clock, to, number)).code for number in range(12) for to in (worker, group)}
    senders: list[subprocess.Popen[bytes]] = []
    kills = iter([3, 9, 15])
    due = [next(kills)]

    def kill_when_due(_got: Got) -> None:
        """Between sending and marking: the sender never learns that it was taken."""
        if due[0] is not None and len(world.got) >= due[0] and senders[-1].poll() is None:
            due[0] = next(kills, None)  # type: ignore[call-overload]
            os.kill(senders[-1].pid, signal.SIGKILL)
            senders[-1].wait()

    world.before_answer = kill_when_due
    killed = 0
    for _ in range(20):
        senders.append(run_sender(database, clock))
        killed += senders[-1].wait(60) == -signal.SIGKILL
        clock.forward(seconds=CLAIM_LASTS.total_seconds())
        if not waiting():
            break
    assert killed == 3
    counted = Counter(got.id.strip("<>").partition("@")[0] for got in world.got)
    assert set(counted) == expected
    assert max(counted.values()) == 2
    assert sum(counted.values()) > len(expected)
    for to in (MAIL, "/group"):
        first_time = list(dict.fromkeys(numbers(world, to)))
        assert first_time == list(range(12))


def run_sender(database: engine.Database, clock: TestClock) -> subprocess.Popen[bytes]:
    url = database.url.render_as_string(hide_password=False)
    return subprocess.Popen(
        [sys.executable, "-c", SENDER],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, CLOCK_FILE: str(clock.path)},
        preexec_fn=end_with_parent,
    )


def waiting() -> list[int]:
    with engine.read() as session:
        return list(session.scalars(select(Outgoing.id).where(Outgoing.sent_at.is_(None))))


def test_a_claim_is_taken_over_when_its_sender_died(clock: TestClock, worker: Recipient) -> None:
    key = post(clock, worker, 1)
    (first,) = queue.claim(clock.now)
    assert queue.claim(clock.forward(seconds=CLAIM_LASTS.total_seconds() - 1)) == []
    (second,) = queue.claim(clock.forward(seconds=1))
    assert (second.id, second.code, second.attempts) == (key, first.code, 2)
    assert not queue.failed(first, clock.now, "late")  # its claim is another's by now
    assert row(key).claimed_at == clock.now
    queue.sent(second, clock.now + timedelta(seconds=1))
    assert queue.claim(clock.forward(hours=1)) == []
