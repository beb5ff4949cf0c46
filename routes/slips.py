"""A volunteer's phone comes in by its slip: a button, pressed once."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from db import sign_ins
from db.now import now
from db.volunteers import slips
from routes.bodies import new_key
from routes.gate import COOKIE
from routes.pages import page
from routes.signin import end_session
from routes.small_forms import Form, posted
from routes.visitor import address

FIRST = "/tasks"  # a volunteer's own page


def arrive(request: Request) -> Response:
    """From the QR code: the slip is not even looked up, as programs look at links too."""
    action = "/slip/" + str(request.path_params["token"])
    return page(request, "slip.html", action=action, nonce=new_key())


def come_in(request: Request, form: Form) -> Response:
    """Use the slip up and sign this browser in.

    Raises:
        NotFound: the same for every slip that is not good.
        TooMany: too many bad ones from this address.
    """
    token = str(request.path_params["token"])
    cookie = slips.exchange(token, address(request), now(), nonce=form.get("nonce", ""))
    end_session(request)
    response = RedirectResponse(FIRST, 303)
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=int(sign_ins.LASTING_LIFE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


ROUTES: list[BaseRoute] = [
    Route("/slip/{token}", arrive, methods=["GET"]),
    Route("/slip/{token}", posted(come_in), methods=["POST"]),
]
