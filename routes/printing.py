"""Answers to be printed, and the address that their codes carry."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse

from db.settings import settings
from documents import printing


def printed(
    html: str, name: str, headers: Mapping[str, str] | None = None, *, forms: bool = False
) -> HTMLResponse:
    """A page of `documents.printing`, kept by no cache on its way.

    Args:
        name: the sheet's, which decides what its policy lets through.
        headers: further ones.
        forms: whether a form on it is sent back to this server.
    """
    return HTMLResponse(
        html,
        headers={
            "Content-Security-Policy": printing.policy(name, forms=forms),
            "Cache-Control": "private, no-store",
            **(headers or {}),
        },
    )


def base_address(request: Request) -> str:
    """What links on paper begin with: the public address, else the one the browser used."""
    return (settings().base_url or str(request.base_url)).rstrip("/")


def whole_number(text: str, digits: int, otherwise: int = 0) -> int:
    """A number in an address; `otherwise` where there is none, or one too long to be meant."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else otherwise
