"""Follow codes that a browser keeps for a while, and looking them up without helping to guess."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db import doors
from db.now import now
from db.numbers import FOLLOW_LENGTH, clean_follow_code
from domain.errors import NotFound
from routes.visitor import address

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CodeCookie:
    """A cookie that holds one code.

    Args:
        path: below which it is sent.
        seconds: how long it is kept, unless the visitor ends it before.
    """

    name: str
    path: str
    seconds: int

    def remember(self, request: Request, code: str, to: str) -> Response:
        """Go on to `to`, with the code kept."""
        response = RedirectResponse(to, 303)
        kept = clean_follow_code(code)
        # A cookie carries letters and digits; anything else is a wrong code, and stays one.
        fits = kept.isascii() and kept.isalnum() and len(kept) <= 2 * FOLLOW_LENGTH
        response.set_cookie(
            self.name,
            kept if fits else "X",
            max_age=self.seconds,
            path=self.path,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return response

    def forget(self, response: Response) -> None:
        """End it."""
        response.delete_cookie(self.name, path=self.path, httponly=True, samesite="lax")


def look_up(request: Request, code: str, find: Callable[[str], T]) -> T:
    """What lies behind a code; whoever tries many must wait.

    Args:
        find: takes the cleaned code and raises NotFound for every code that is not valid.

    Raises:
        NotFound: `find` did.
        TooMany: this address missed too often.
    """
    at, whence = now(), address(request)
    doors.check_guessing(at, whence)
    try:
        return find(clean_follow_code(code)[: 4 * FOLLOW_LENGTH])
    except NotFound:
        if code:  # nothing typed is nothing guessed
            doors.note_miss(at, whence)
        raise
