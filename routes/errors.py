"""What a plain page answers when something went wrong: the DeskError's sentence, or a number."""

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from db.engine import DatabaseDown
from db.rates import TooMany
from domain.errors import DeskError, NotAllowed, NotFound
from domain.outline import outline
from locales import _
from routes.pages import message, speak

log = logging.getLogger(__name__)

STATUS: tuple[tuple[type[DeskError], int], ...] = (
    (DatabaseDown, 503),
    (TooMany, 429),
    (NotFound, 404),
    (NotAllowed, 403),
)


def status_of(error: DeskError) -> int:
    """The HTTP status of an error that the user can mend."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 400)


def answer(request: Request, error: Exception) -> Response:
    """The page for an error that no handler of its own took."""
    speak(request)
    if isinstance(error, DeskError):
        response: Response = message(
            request,
            _("This did not work"),
            _(error.template, **error.params),
            status=status_of(error),
        )
        if isinstance(error, TooMany):
            response.headers["Retry-After"] = str(error.seconds)
        return response
    number = request.state.request_id
    log.error("request failed", extra={"id": number, "where": outline(error)})
    return message(
        request,
        _("Something went wrong"),
        _("What you had sent before is safe. Go back and try again in a minute."),
        status=500,
        request_id=number,
    )


async def on_http_error(request: Request, error: HTTPException) -> Response:
    """Starlette's own refusals (no such address, wrong method), as a page for people."""
    if request.url.path.startswith(("/_stcore/", "/media/", "/component/", "/static/")):
        return PlainTextResponse(error.detail, error.status_code, headers=error.headers)
    speak(request)
    return message(
        request,
        _("There is nothing here"),
        _("Check the address, or scan the code again."),
        status=error.status_code,
    )
