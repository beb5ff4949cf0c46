"""Nothing acknowledged is lost and nothing is kept twice, however often the server is killed."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import engine, events
from db.numbers import hashed
from db.tables import Case, ClockRow, Event, OnceKey, Place, Report
from tests.support.cast import Cast
from tests.support.server import Server

CLIENTS, EACH = 8, 25
KILLS = 6
PATIENCE_SECONDS = 120
FROM_ONE_ADDRESS, ON_ONE_PLACE = 4, 10  # below the flood's limits, retries included


@dataclass
class Crowd:
    """What 8 clients sent, and the follow codes that they were given for it."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    tries: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def send_all(server: Server, crowd: Crowd, client: int, places: list[str]) -> None:
    """One client's reports, each sent again until it is acknowledged, as a browser's user does."""
    until = time.monotonic() + PATIENCE_SECONDS
    for number in range(EACH):
        text = f"report {number} of client {client}"
        place = places[(client * EACH + number) // ON_ONE_PLACE]
        while text not in crowd.acknowledged and time.monotonic() < until:
            crowd.tries[text] += 1
            try:
                code = send_once(server, client, number, place, text)
            except httpx.TransportError:
                time.sleep(0.05)  # the server is dead: nothing was acknowledged
            except AssertionError as fault:
                crowd.faults.append(str(fault))
                return
            else:
                crowd.acknowledged[text] = code


def send_once(server: Server, client: int, number: int, place: str, text: str) -> str:
    """Send one report by its form; returns the follow code."""
    home = httpx.HTTPTransport(local_address=f"127.0.{client + 1}.{number // FROM_ONE_ADDRESS + 1}")
    fields = {"text": text, "once": f"key-{client}-{number}"}
    with httpx.Client(transport=home, base_url=server.address, timeout=20) as browser:
        browser.cookies.set("desk_form", "1")  # as the form's own page sets it
        answer = browser.post(f"/r/{place}", files={}, data=fields)
        if answer.status_code == 503:
            raise httpx.ConnectError("not now")
        assert answer.status_code == 303, f"{text}: {answer.status_code} {answer.text[:300]}"
        return answer.cookies["desk_thanks"]


def test_what_was_acknowledged_is_there_once_after_kill_9(
    cast: Cast, database: engine.Database, start_server: Callable[..., Server]
) -> None:
    with database.write() as session:
        places = [f"crowd-{n}" for n in range(CLIENTS * EACH // ON_ONE_PLACE)]
        session.add_all(Place(code=code, estate_id=cast.estate_one, name=code) for code in places)
    server = start_server()
    crowd = Crowd()
    threads = [
        threading.Thread(target=send_all, args=(server, crowd, client, places), daemon=True)
        for client in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for kill in range(1, KILLS + 1):
        while len(crowd.acknowledged) < CLIENTS * EACH * kill / (KILLS + 1) and any(
            thread.is_alive() for thread in threads
        ):
            time.sleep(0.005)
        server.kill()
        server.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    server.stop()

    assert crowd.faults == []
    assert len(crowd.acknowledged) == CLIENTS * EACH
    assert sum(crowd.tries.values()) > CLIENTS * EACH  # the kills did hit somebody
    with engine.read() as session:
        kept = dict(session.execute(select(Report.text, Report.follow_hash)).all())
        assert session.scalar(select(func.count(Report.id))) == CLIENTS * EACH
        assert kept == {text: hashed(code) for text, code in crowd.acknowledged.items()}
        whole_files(session)
        assert list(events.breaks(session)) == []


def whole_files(session: Session) -> None:
    """No file is half written: each has its report, its two clocks, its event and its number."""
    admitted = session.scalar(select(func.count()).where(Report.case_id.is_not(None))) or 0
    assert admitted > CLIENTS * EACH / 2
    assert session.scalar(select(func.count(Case.id))) == admitted
    assert session.scalar(select(func.count(ClockRow.id))) == 2 * admitted
    opened = select(func.count(Event.case_id.distinct())).where(Event.kind == "opened")
    assert session.scalar(opened) == admitted
    assert session.scalar(select(func.count(OnceKey.key))) == CLIENTS * EACH
    assert session.scalar(select(func.max(Case.number))) == f"2026-{admitted:06d}"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_form_without_its_key_would_be_kept_twice(
    cast: Cast, database: engine.Database, start_server: Callable[..., Server]
) -> None:
    """The control: it is the key that makes a repeated report one."""
    server = start_server()
    with server.client() as browser:
        browser.cookies.set("desk_form", "1")
        for once in ("one", "one", "other"):
            browser.post(f"/r/{cast.gate_code}", data={"text": "the same", "once": once})
    with engine.read() as session:
        assert session.scalar(select(func.count(Report.id))) == 2
