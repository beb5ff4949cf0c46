"""Many people at once, each thinking for four seconds between two clicks."""

import asyncio
import random
import time
from collections.abc import Sequence
from contextlib import suppress

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.bench.goals import Measured
from tests.bench.ground import Ground
from tests.bench.stream import Visitor
from tests.bench.timing import p95

TITLE = "50 and 100 people who think, and the same page written the usual way (goal 9)"
PEOPLE = {50: 3.0, 100: 5.0}
THROUGHPUT, CLICKING = 4.0, 8
THINK = 4.0
SECONDS, QUICK_SECONDS = 40.0, 1.0
QUICK_CROWD = 3
TRIES = 10  # of a page to come back
PAGES = ("today (secretary)", "inbox (secretary)", "case/doing (secretary)")


def run(ground: Ground) -> list[Measured]:
    """Time one person, then crowds; then both ways of writing one page."""
    return asyncio.run(_run(ground))


async def _run(ground: Ground) -> list[Measured]:
    seconds = QUICK_SECONDS if ground.quick else SECONDS
    alone = p95(await _crowd(ground, 1, seconds, think=0.2))
    rows = []
    for people, limit in PEOPLE.items():
        there = QUICK_CROWD if ground.quick else people
        spent = await _crowd(ground, there, seconds, THINK)
        note = f"p95 {p95(spent) * 1000:.0f} ms of {len(spent)} clicks, alone {alone * 1000:.0f} ms"
        rows.append(
            Measured(9, f"{people} people, p95 / one person's", limit, p95(spent) / alone, note)
        )
    rates: dict[str, list[float]] = {"large": [], "usual": []}
    for _ in range(1 if ground.quick else 3):
        for name, found in rates.items():
            found.append(await _rate(ground, name, seconds / 4))
    ours, usual = (max(rates[name]) for name in ("large", "usual"))
    note = f"{ours:.0f} a second"
    rows.append(
        Measured(9, "inbox / written the usual way", THROUGHPUT, ours / usual, note, at_least=True)
    )
    note = "Dash is none of the project's libraries"
    rows.append(Measured(9, "stretch: throughput / Dash's", 0.5, None, note, at_least=True))
    return rows


def _pages(ground: Ground, people: int) -> list[Visitor]:
    visits = [ground.visits[name][0] for name in PAGES]
    address = ground.server("large").address
    return [
        Visitor(address, visit.cookies, visit.page, visit.query)
        for visit in (visits[number % len(visits)] for number in range(people))
    ]


async def _crowd(ground: Ground, people: int, seconds: float, think: float) -> Sequence[float]:
    """What everybody waited; the first clicks, while all are coming in, are left out."""
    spent: list[float] = []
    rng = random.Random(people)
    pages = _pages(ground, max(people, len(PAGES)))
    for page in pages:
        await page.__aenter__()
    until = time.monotonic() + seconds

    async def person(mine: Sequence[Visitor]) -> None:
        await asyncio.sleep(rng.uniform(0, think))
        turn = 0
        while time.monotonic() < until:
            page = mine[turn % len(mine)]
            begun = time.perf_counter()
            try:
                await page.rerun()
            except ConnectionClosed:
                await _back(page)
            spent.append(time.perf_counter() - begun)
            turn += 1
            await asyncio.sleep(rng.uniform(think / 2, think * 3 / 2))

    # One person alone goes from page to page; of many, each stays on one.
    everybody = [pages] if people == 1 else [[page] for page in pages[:people]]
    await asyncio.gather(*(person(mine) for mine in everybody))
    for page in pages:
        await page.close()
    return spent


async def _back(page: Visitor) -> None:
    """A server that cannot keep up sends its pages away; they come back by themselves."""
    for _ in range(TRIES):
        await page.close()
        with suppress(ConnectionClosed, InvalidHandshake):
            await page.__aenter__()
            return
        await asyncio.sleep(1)


async def _rate(ground: Ground, name: str, seconds: float) -> float:
    """Runs a second of the inbox when several people click without thinking."""
    server, visit = ground.server(name), ground.visits["inbox (secretary)"][0]
    ours = name != "usual"
    pages = [
        Visitor(server.address, visit.cookies, visit.page if ours else "", visit.query)
        for _ in range(CLICKING)
    ]
    for page in pages:
        await page.__aenter__()
    runs = 0
    until = time.monotonic() + seconds

    async def clicking(page: Visitor) -> None:
        nonlocal runs
        while time.monotonic() < until:
            await page.rerun()
            runs += 1

    begun = time.monotonic()
    await asyncio.gather(*map(clicking, pages))
    spent = time.monotonic() - begun
    for page in pages:
        await page.close()
    return runs / spent
