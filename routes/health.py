"""For whoever watches the server: is it up, and can it work."""

from anyio import fail_after, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from db.schema import is_current

PATIENCE_SECONDS = 1.8


async def healthz(_request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n")


async def readyz(_request: Request) -> Response:
    """The database answers too, and has the tables that this version knows."""
    try:
        with fail_after(PATIENCE_SECONDS):
            current = await to_thread.run_sync(is_current, abandon_on_cancel=True)
    except Exception as error:
        return JSONResponse({"ready": False, "why": f"database: {type(error).__name__}"}, 503)
    if not current:
        return JSONResponse({"ready": False, "why": "the schema is of another version"}, 503)
    return JSONResponse({"ready": True})


ROUTES: list[BaseRoute] = [Route("/healthz", healthz), Route("/readyz", readyz)]
