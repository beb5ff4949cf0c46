"""The server: the plain pages, the gate, and behind it the signed-in pages.

`streamlit run app.py` starts it; without any configuration it keeps an SQLite database
under `data/`.
"""

import asyncio
import gc
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path

import streamlit as st
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from streamlit.file_util import get_static_dir
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

import locales
from jobs import demo_loading, start_up, tick
from routes import (
    activities,
    activity_door,
    activity_posters,
    answers,
    ballot_sheets,
    ballots,
    board,
    calendars,
    cards,
    council,
    errands,
    files,
    follow,
    guides,
    health,
    help,
    logs,
    micro_list,
    month_sheets,
    poll_papers,
    posters,
    receipts,
    report,
    shell,
    signin,
    slips,
    vote_sheets,
)
from routes.envelope import Envelope
from routes.errors import on_http_error
from routes.gate import Gate
from routes.welcome import Welcome

HERE = Path(__file__).parent
# Modules that Streamlit's commands import when a page first uses them.
LOADED_LATER = (
    "numpy",
    "pandas",
    "pyarrow",
    "PIL.ImageFile",
    "streamlit.dataframe_util",
    "streamlit.material_icon_names",
)


def go_and_sign_in() -> bytes:
    """The message that makes a signed-in page go to the sign-in page."""
    message = ForwardMsg()
    message.auth_redirect.url = "/signin"
    return bytes(message.SerializeToString())


def page_failed(error: Exception) -> bool:
    """The pages' own handler, imported when there are pages to fail."""
    from pages.parts.show import on_script_error

    return on_script_error(error)


def warm_up() -> None:
    """Load now what the pages load later, then set it aside from garbage collection for good.

    Most of what a collection walks through is modules. The one that Streamlit makes after every
    run of a page is switched off in its settings; Python's own comes when there is garbage.
    """
    for code in locales.LANGUAGES:
        locales.catalogue(code)
    parts = (f"pages.parts.{path.stem}" for path in Path(HERE, "pages", "parts").glob("*.py"))
    for name in (*LOADED_LATER, *sorted(parts)):
        import_module(name)
    gc.collect()
    gc.freeze()


def send_at_once() -> None:
    """Let small messages leave without waiting until the browser has acknowledged those before.

    A run sends many; browsers acknowledge after 40 ms, which is longer than the run. Uvicorn's
    listening socket hands this on to every connection, and is to be had in no other way.
    """
    internet = {socket.AF_INET, socket.AF_INET6}
    for found in gc.get_objects():
        if not isinstance(found, socket.socket) or found.fileno() < 0:
            continue
        if found.family in internet and found.type == socket.SOCK_STREAM:
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Check, migrate, greet; then tick until the server stops."""
    logs.set_up()
    start_up.prepare_or_end()
    send_at_once()
    warm_up()
    ticking = asyncio.create_task(tick.forever())
    yield
    ticking.cancel()
    with suppress(asyncio.CancelledError):
        await ticking


ROUTES = [
    *health.ROUTES,
    *signin.ROUTES,
    *report.ROUTES,
    *follow.ROUTES,
    *help.ROUTES,
    *errands.ROUTES,
    # Before the activities, whose single ones stand under the same address.
    *calendars.ROUTES,
    *activity_posters.ROUTES,
    *activities.ROUTES,
    *activity_door.ROUTES,
    *answers.ROUTES,
    *posters.ROUTES,
    *vote_sheets.ROUTES,
    *council.ROUTES,
    *cards.ROUTES,
    *slips.ROUTES,
    *poll_papers.ROUTES,
    *ballots.ROUTES,
    *ballot_sheets.ROUTES,
    *receipts.ROUTES,
    *guides.ROUTES,
    # Before the board, whose single files stand under the same address.
    *files.ROUTES,
    *board.ROUTES,
    *micro_list.ROUTES,
    *month_sheets.ROUTES,
    *Welcome(demo_loading).routes(),
    *report.ROUTES,
    *follow.ROUTES,
    *board.ROUTES,
    *files.ROUTES,
    # Last, as it takes every address of one part that is left.
    *shell.routes(Path(get_static_dir(), "index.html").read_text(encoding="utf-8"), first="today"),
]

app = st.App(
    "pages/frame.py",
    routes=ROUTES,
    middleware=[Middleware(Envelope), Middleware(Gate, go_and_sign_in=go_and_sign_in())],
    lifespan=lifespan,
    exception_handlers={HTTPException: on_http_error},
    on_script_error=page_failed,
)
