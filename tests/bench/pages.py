"""The frame, every signed-in page, and each among a million files as among a thousand."""

import asyncio
import statistics
from collections.abc import Iterable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

from tests.bench.goals import Measured, shown_ratio
from tests.bench.ground import Ground
from tests.bench.page_list import Visit
from tests.bench.stream import PageBroken, Visitor
from tests.bench.timing import in_turns, median_ratio

TITLE = "the frame and every signed-in page (goals 1 to 4)"
FRAME, PAGE, INBOX, GROWN, GROWN_PERCENTILES, VOTE = 0.15, 0.35, 5.0, 1.2, 3.3, 1.1
TOLD = 8  # of the slowest pages
QUICK = {f"{page} (secretary)" for page in ("today", "inbox", "inbox/deepest", "vote", "metrics")}


@dataclass(frozen=True, slots=True)
class Timed:
    """One page: against an empty one, against the tuned one, against itself among a thousand."""

    name: str
    stock: float
    tuned: float
    small: float
    milliseconds: float


def run(ground: Ground) -> list[Measured]:
    """Time the frame, then page after page."""
    return asyncio.run(_run(ground))


async def _run(ground: Ground) -> list[Measured]:
    rows = [await _frame(ground)]
    timed = []
    print(f"{'page':44} {'stock':>7} {'tuned':>7} {'at 1k':>7} {'ms':>7}")
    for name, pair in _chosen(ground):
        try:
            one = await _page(ground, name, *pair)
        except PageBroken as error:
            print(f"{name:44} not shown: {error}", flush=True)
            continue
        shown = (one.stock, one.tuned, one.small, one.milliseconds)
        print(f"{one.name:44} " + " ".join(f"{value:7.2f}" for value in shown), flush=True)
        timed.append(one)
    return [*rows, *_told(ground, timed)]


def _chosen(ground: Ground) -> Iterator[tuple[str, tuple[Visit, Visit]]]:
    """All pages; in a quick run those without which nothing can be told."""
    for name, pair in ground.visits.items():
        if not ground.quick or name in QUICK:
            yield name, pair


async def _frame(ground: Ground) -> Measured:
    visit = next(visit for name, (_, visit) in ground.visits.items() if name == "today (secretary)")
    async with AsyncExitStack() as stack:
        frame = await stack.enter_async_context(_visitor(ground, "frame", visit))
        stock = await stack.enter_async_context(Visitor(ground.server("stock").address))
        spent = await in_turns({"frame": frame.rerun, "stock": stock.rerun}, ground.repeats)
    note = f"{statistics.median(spent['frame']) * 1000:.1f} ms"
    return Measured(
        1, "frame alone / stock-empty", FRAME, median_ratio(spent, "frame", "stock"), note
    )


def _visitor(ground: Ground, server: str, visit: Visit) -> Visitor:
    return Visitor(ground.server(server).address, visit.cookies, visit.page, visit.query)


async def _page(ground: Ground, name: str, large: Visit, small: Visit) -> Timed:
    async with AsyncExitStack() as stack:
        open_pages = {
            "large": _visitor(ground, "large", large),
            "small": _visitor(ground, "small", small),
            "stock": Visitor(ground.server("stock").address),
            "tuned": Visitor(ground.server("tuned").address),
        }
        for visitor in open_pages.values():
            await stack.enter_async_context(visitor)
        spent = await in_turns(
            {name: visitor.rerun for name, visitor in open_pages.items()}, ground.repeats
        )
    return Timed(
        name,
        median_ratio(spent, "large", "stock"),
        median_ratio(spent, "large", "tuned"),
        median_ratio(spent, "large", "small"),
        statistics.median(spent["large"]) * 1000,
    )


def _told(ground: Ground, timed: Iterable[Timed]) -> list[Measured]:
    """The goals, each by its worst page."""
    all_ = list(timed)
    votes = [one for one in all_ if one.name.startswith("vote (") or "vote/open" in one.name]
    percentiles = [one for one in all_ if one.name.startswith("metrics")]
    others = [one for one in all_ if one not in percentiles and one not in votes]
    inbox = next(one for one in all_ if one.name.startswith("inbox ("))
    size = f"{ground.files:,}"
    return [
        _worst(2, f"signed-in pages at {size} files / stock-empty", PAGE, all_, "stock"),
        Measured(2, f"inbox at {size} files / tuned-empty", INBOX, inbox.tuned),
        _worst(3, f"pages at {size} files / at 1,000", GROWN, others, "small"),
        _worst(
            3, "figures (percentiles from a histogram)", GROWN_PERCENTILES, percentiles, "small"
        ),
        _worst(4, f"a vote's page at {ground.ballots:,} ballots / at 1,000", VOTE, votes, "small"),
    ]


def _worst(goal: int, what: str, limit: float, timed: list[Timed], by: str) -> Measured:
    ranked = sorted(timed, key=lambda one: -getattr(one, by))
    over = [one for one in ranked if getattr(one, by) > limit]
    told = ", ".join(f"{one.name} {shown_ratio(getattr(one, by))}" for one in ranked[:TOLD])
    note = f"{len(over)} of {len(ranked)} over it; slowest: {told}"
    return Measured(goal, what, limit, getattr(ranked[0], by), note)
