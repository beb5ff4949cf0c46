"""Forms of the plain pages that carry text alone: read with a bound, handled in a thread."""

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

LARGEST = 64 * 1024  # bytes; the longest of these forms needs a tenth of it
MOST_FIELDS = 50

Form = dict[str, str]
Endpoint = Callable[[Request], Awaitable[Response]]


async def read_form(request: Request) -> Form:
    """The fields of a urlencoded form; of a repeated field the last.

    Raises:
        HTTPException: too large, or something else than a form.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(413)
    try:
        text = body.decode("utf-8", "replace")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise HTTPException(400) from None


def posted(handler: Callable[[Request, Form], Response]) -> Endpoint:
    """An endpoint that hands the sent form to `handler`, which may ask the database."""

    async def endpoint(request: Request) -> Response:
        form = await read_form(request)
        return await to_thread.run_sync(handler, request, form)

    return endpoint


def local_address(text: str, otherwise: str = "/") -> str:
    """An address of this server to go to next; anything else becomes `otherwise`."""
    bad = "\\" in text or any(ord(character) < 33 for character in text) or len(text) > 1000
    return text if text.startswith("/") and not text.startswith("//") and not bad else otherwise
