"""Photos by three doors: signed in, followed by code, and on the public board."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from db import photos
from domain.errors import NotFound
from routes.follow import COOKIE
from routes.visitor import actor

# The board's photos are the same for everyone; withdrawn ones are gone within minutes.
PUBLIC_CACHE = "public, max-age=300"
PRIVATE_CACHE = "private, no-store"


def signed_in(request: Request) -> Response:
    """A photo of a file that the signed-in person may read."""
    content = photos.photo(actor(request), _code(request), small=_small(request))
    return jpeg(content, PRIVATE_CACHE)


def followed(request: Request) -> Response:
    """A photo that belongs to the report whose code this browser holds, or stands in its story."""
    code, small = _code(request), _small(request)
    try:
        content = photos.followed_photo(request.cookies.get(COOKIE, ""), code, small=small)
    except NotFound:
        content = photos.public_photo(code, small=small)
    return jpeg(content, PRIVATE_CACHE)


def published(request: Request) -> Response:
    """A photo of the board."""
    return jpeg(photos.public_photo(_code(request), small=_small(request)), PUBLIC_CACHE)


def _code(request: Request) -> str:
    return str(request.path_params["code"])


def _small(request: Request) -> bool:
    return request.url.path.endswith("/small")


def jpeg(content: bytes, cache_control: str) -> Response:
    """The answer that holds a photo."""
    return Response(
        content,
        media_type="image/jpeg",
        headers={
            "Cache-Control": cache_control,
            "Content-Disposition": "inline",
            # Whatever a browser might make of it, it is a picture and nothing that runs.
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


ROUTES = [
    Route(f"{under}/{{code}}{size}", endpoint, methods=["GET"])
    for under, endpoint in (
        ("/photo", signed_in),
        ("/follow/photo", followed),
        ("/board/photo", published),
    )
    for size in ("", "/small")
]
