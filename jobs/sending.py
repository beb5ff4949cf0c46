"""Sending: what waits in the outbox goes out, each recipient's messages in their order."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime

import locales
from db.outbox import queue
from db.outbox.queue import Parcel
from db.settings import settings
from documents.messages import Text, render
from domain.outline import outline

log = logging.getLogger(__name__)

HANDS = 8  # recipients at a time: a silent server keeps its own waiting and nobody else
# The tick does other things too, some of them to the minute.
SECONDS_A_RUN = 20.0
CRASHED = "crashed"

Deliver = Callable[[Parcel, Text], str | None]


def run(now: datetime, deliver: Deliver | None = None) -> dict[str, int] | None:
    """Send what may go out now; returns how many were sent, put off and given up.

    Args:
        deliver: hands one message over; by default `jobs.carriers.deliver`.
    """
    parcels = queue.claim(now)
    if not parcels:
        return None
    counts = {"sent": 0, "put_off": 0, "given_up": 0}
    begun = time.monotonic()
    give = deliver or _carrier()
    known = settings()
    with ThreadPoolExecutor(HANDS) as hands:
        while parcels:
            work = {
                hands.submit(_hand_over, parcel, known.community, known.base_url, give): parcel
                for parcel in parcels
            }
            for done in as_completed(work):
                counts[_note(work[done], now, done.result())] += 1
            in_time = time.monotonic() - begun < SECONDS_A_RUN
            parcels = queue.claim(now) if in_time else []
    return counts


def _carrier() -> Deliver:
    from jobs.carriers import deliver  # on the first use: it brings a hundred services along

    return deliver


def _hand_over(parcel: Parcel, community: str, base_url: str, deliver: Deliver) -> str | None:
    """One message in its recipient's language; a slug says what was wrong."""
    locales.use(parcel.language)
    try:
        return deliver(parcel, render(parcel.kind, parcel.words, community, base_url))
    except Exception as error:
        log.error("sending failed", extra={"outgoing": parcel.id, "where": outline(error)})
        return CRASHED


def _note(parcel: Parcel, now: datetime, fault: str | None) -> str:
    if fault is None:
        queue.sent(parcel, now)
        return "sent"
    if queue.failed(parcel, now, fault):
        log.warning("message given up", extra={"outgoing": parcel.id, "fault": fault})
        return "given_up"
    return "put_off"
