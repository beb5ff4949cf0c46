"""Is my ballot in? A receipt's code is asked for, and never answered with a choice."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from db import doors
from db.now import now
from db.votes.receipts import Receipt, receipt
from domain import vote_words
from domain.days import local_day, local_time
from domain.errors import NotFound
from locales import gettext as _
from locales.times import moment_words
from routes.pages import page, speak
from routes.small_forms import Form, posted
from routes.visitor import address


def ask_receipt(request: Request) -> Response:
    """The form that asks for a receipt's code."""
    return page(request, "receipt.html", wrong={}, code="", found=None)


def _show_receipt(request: Request, form: Form) -> Response:
    speak(request)
    code, at, whence = form.get("code", "")[:64], now(), address(request)
    doors.check_guessing(at, whence)
    try:
        found = receipt(code)
    except NotFound as error:
        doors.note_miss(at, whence)
        wrong = {"code": _(error.template, **error.params)}
        return page(request, "receipt.html", status=404, wrong=wrong, code=code, found=None)
    return page(request, "receipt.html", wrong={}, code=code, **proof(found))


def proof(found: Receipt) -> dict[str, Any]:
    """What the templates say of a receipt."""
    received = moment_words(local_time(found.received_at), local_day(now()))
    return {"found": found, "received": received, "channel": _(vote_words.CHANNEL[found.channel])}


def in_groups(code: str) -> str:
    """The code as it is read aloud and written down."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


ROUTES = [
    Route("/receipt", ask_receipt, methods=["GET"]),
    Route("/receipt", posted(_show_receipt), methods=["POST"]),
]
