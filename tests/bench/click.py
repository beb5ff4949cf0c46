"""A click inside a file: another form is chosen from its menu, and the panel alone runs anew."""

import asyncio
from contextlib import AsyncExitStack

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.bench.goals import Measured
from tests.bench.ground import Ground
from tests.bench.stream import Visitor
from tests.bench.timing import in_turns, median_ratio
from tests.support.ws import Tab

TITLE = "a click inside a file (goal 10)"
LIMIT = 2.5
PAGE, MENU = "case/doing (secretary)", "case_other"


def run(ground: Ground) -> list[Measured]:
    """Time the click and an empty page."""
    return [asyncio.run(_run(ground))]


async def _run(ground: Ground) -> Measured:
    visit = ground.visits[PAGE][0]
    server = ground.server("large")
    with Tab(server.address, visit.cookies, visit.page, visit.query) as tab:
        delta, _, menu = tab.run().widget(MENU)
    clicks = []
    for option in menu.options[:2]:
        chosen = WidgetState(id=menu.id)
        chosen.string_trigger_value.data = option
        click = ClientState(fragment_id=delta.fragment_id)
        click.widget_states.widgets.append(chosen)
        clicks.append(click)
    async with AsyncExitStack() as stack:
        file = Visitor(server.address, visit.cookies, visit.page, visit.query)
        await stack.enter_async_context(file)
        empty = await stack.enter_async_context(Visitor(ground.server("tuned").address))
        turn = 0

        async def another() -> None:
            nonlocal turn
            turn += 1
            await file.rerun(clicks[turn % 2])

        spent = await in_turns({"click": another, "tuned": empty.rerun}, ground.repeats)
    return Measured(
        10, "click inside a file / tuned-empty", LIMIT, median_ratio(spent, "click", "tuned")
    )
