"""At the door of an activity: scan, say who you are, and you are on the list."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from db.activities import public, signing
from db.now import now
from domain.activities import takes_people_at_the_door
from domain.errors import DeskError, FieldError, NotFound, Refused
from locales import gettext as _
from routes.activities import HONEYPOT, TRAPPED, nothing, own_of, when
from routes.bodies import new_key
from routes.pages import page, speak
from routes.small_forms import Form, posted
from routes.visitor import address

FIELDS = ("name", "phone")


def door(request: Request) -> Response:
    """The form at the door; whoever signed up with this phone needs one tap."""
    speak(request)
    return _page(request, {}, {})


def come(request: Request, form: Form) -> Response:
    """Tick off, or add to the list; the answer is the same, whoever was on it."""
    speak(request)
    code, at = str(request.path_params["code"]), now()
    try:
        if form.get(HONEYPOT):
            raise Refused(TRAPPED)
        signing.admit(at, address(request), code, door=True)
        own, held = own_of(request, code)
        if form.get("own") and own is not None:
            signing.come_by_code(at, held)
        else:
            once = f"{code}:door:{form['once'][:64]}" if form.get("once") else None
            name, phone = form.get("name", ""), form.get("phone", "")
            signing.come(at, code, name, phone, once)
    except NotFound as error:
        return nothing(request, error)
    except DeskError as error:
        field = error.field if isinstance(error, FieldError) else "name"
        return _page(request, form, {field: _(error.template, **error.params)})
    return RedirectResponse(f"/activity/{code}/here?done=1", 303)


def _page(request: Request, fields: Mapping[str, str], wrong: Mapping[str, str]) -> Response:
    at, code = now(), str(request.path_params["code"])
    try:
        view = public.public_activity(at, code)
    except NotFound as error:
        return nothing(request, error)
    own, _held = own_of(request, code)
    takes = takes_people_at_the_door(view.starts_at, view.ends_at, at) and not view.cancelled
    return page(
        request,
        "activity_here.html",
        status=422 if wrong else 200,
        view=view,
        when=when(view),
        own=own,
        takes=takes,
        fields={name: fields.get(name, "") for name in FIELDS},
        wrong=wrong,
        once=new_key(),
        honeypot=HONEYPOT,
        done=request.query_params.get("done") == "1" and not wrong,
    )


ROUTES = [
    Route("/activity/{code}/here", door, methods=["GET"]),
    Route("/activity/{code}/here", posted(come), methods=["POST"]),
]
