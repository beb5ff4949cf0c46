"""The memory of the server: to begin with, for each session, and whether it stays flat."""

import asyncio
import os
import sys
from pathlib import Path

from tests.bench.goals import Measured
from tests.bench.ground import Ground
from tests.bench.page_list import Visit
from tests.bench.stream import Visitor
from tests.support.server import Server

TITLE = "memory of a server and of its sessions (goal 12)"
SESSION_MB, BASE, FLAT = 0.25, 1.4, 1.1
SESSIONS, ROUNDS = 200, 5
QUICK_SESSIONS = 5
OPENED_AT_ONCE = 10
MEGABYTE = 1024 * 1024
PAGES = ("today (secretary)", "inbox (secretary)", "case/doing (secretary)")
# Streamlit keeps a closed page's session so long, in case the browser comes back.
SETTLE_SECONDS = 3


def run(ground: Ground) -> list[Measured]:
    """Start both servers anew, fill ours with sessions again and again."""
    if sys.platform != "linux":
        return [Measured(12, "memory", SESSION_MB, None, "told on Linux alone")]
    return asyncio.run(_run(ground))


def megabytes(server: Server) -> float:
    """What the process has in memory."""
    assert server.process is not None
    pages = int(Path(f"/proc/{server.process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


async def _run(ground: Ground) -> list[Measured]:
    for name in ("small", "stock"):
        ground.forget(name)
    ours, empty = ground.server("small"), ground.server("stock")
    visits = [ground.visits[name][1] for name in PAGES]
    # Both after the first page: what a page needs is imported with it.
    async with Visitor(empty.address), _visitor(ours, visits[0]):
        bases = megabytes(ours), megabytes(empty)
    sessions = QUICK_SESSIONS if ground.quick else SESSIONS
    few = sessions // 4
    # What few sessions leave behind is used again by the many: their difference is the sessions'.
    before = await _round(ours, visits, few)
    after, each = [], 0.0
    for turn in range(ROUNDS + 1):
        full = await _round(ours, visits, sessions)
        if not turn:
            each = (full - before) / (sessions - few)
        after.append(megabytes(ours))
    shown = " ".join(f"{value:.0f}" for value in after)
    return [
        Measured(12, "MB a session", SESSION_MB, max(0.0, each)),
        Measured(12, "server / an empty one", BASE, bases[0] / bases[1], f"{bases[0]:.0f} MB"),
        Measured(
            12,
            f"after {ROUNDS} rounds of {sessions} sessions / after the first",
            FLAT,
            after[-1] / after[0],
            f"MB after each: {shown}",
        ),
    ]


def _visitor(server: Server, visit: Visit) -> Visitor:
    return Visitor(server.address, visit.cookies, visit.page, visit.query)


async def _round(server: Server, visits: list[Visit], sessions: int) -> float:
    """Open so many pages, look at the memory, close them."""
    at_once = asyncio.Semaphore(OPENED_AT_ONCE)

    async def opened(number: int) -> Visitor:
        async with at_once:
            return await _visitor(server, visits[number % len(visits)]).__aenter__()

    pages = await asyncio.gather(*(opened(number) for number in range(sessions)))
    full = megabytes(server)
    for page in pages:
        await page.close()
    await asyncio.sleep(SETTLE_SECONDS)
    return full
