"""求助 without an account: ask neighbours for help, see who comes, take it back."""

from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from db import doors
from db.engine import DatabaseDown
from db.now import now
from db.requests import asking, public
from db.requests.asking import Asked
from db.requests.views import Followed
from domain import request_labels as labels
from domain.days import local_day, local_time
from domain.errors import DeskError, FieldError, NotFound
from domain.people import RESIDENT
from domain.requests import Called, Urgency
from locales import gettext as _
from locales.times import moment_words
from routes.bodies import Body, BodyBroken, BodyTooLarge, new_key, read_body, refusal, unsent
from routes.kept_codes import CodeCookie, look_up
from routes.pages import page, speak
from routes.visitor import address

COOKIE = "desk_help"
KEPT = CodeCookie(COOKIE, "/help", 7 * 24 * 3600)  # longer than any such matter takes
HONEYPOT = "website"
FIELDS = (
    *("need", "urgency", "called", "where", "door", "name", "phone", "health"),
    *("strangers", "consent"),
)


def form(request: Request) -> Response:
    """The empty form."""
    speak(request)
    return _form_page(request, {"urgency": Urgency.ROUTINE.value}, {}, new_key())


async def send(request: Request) -> Response:
    """Take the request; every fault is told beside its field, with the words kept."""
    return await _posted(request, _take)


def status(request: Request) -> Response:
    """How the request stands whose code this browser holds; without one, the form."""
    speak(request)
    code = request.cookies.get(COOKIE, "")
    try:
        return _status_page(request, code, _looked_up(request, code))
    except NotFound:
        response = RedirectResponse("/help", 303)
        KEPT.forget(response)
        return response


def enter(request: Request) -> Response:
    """By the address with the code: it leaves the address at once."""
    return KEPT.remember(request, str(request.path_params["code"]), "/help/mine")


async def take_back(request: Request) -> Response:
    """Help is not needed any more."""
    return await _posted(request, _take_back)


async def _posted(request: Request, handler: Callable[[Request, Body], Response]) -> Response:
    try:
        body = await read_body(request)
    except (BodyTooLarge, BodyBroken) as error:
        return await run_in_threadpool(refusal, request, error)
    return await run_in_threadpool(handler, request, body)


def _take(request: Request, body: Body) -> Response:
    speak(request)
    try:
        taken = _kept(request, body)
    except DatabaseDown as error:
        fields = {name: body.typed(name) for name in (*FIELDS, "once")}
        return unsent(request, error, fields | {"text": body.typed("need")}, lost=False)
    except DeskError as error:
        field = error.field if isinstance(error, FieldError) else "need"
        told = {field: _(error.template, **error.params)}
        return _form_page(request, body.fields, told, new_key())
    if not request.cookies:  # a browser that keeps none is shown the page at once
        return _status_page(request, taken.follow_code, public.followed(taken.follow_code))
    return KEPT.remember(request, taken.follow_code, "/help/mine")


def _kept(request: Request, body: Body) -> asking.Taken:
    at = now()
    held = public.admit(at, address(request))
    where = _chosen(body.typed("where"))
    urgent = body.typed("urgency") == Urgency.EMERGENCY
    called = body.typed("called")
    return asking.ask(
        RESIDENT,
        at,
        Asked(
            need=body.typed("need"),
            urgency=Urgency.EMERGENCY if urgent else Urgency.ROUTINE,
            called={"yes": Called.FAMILY, "no": Called.NOT_NEEDED}.get(called),
            estate_id=where[0],
            building_id=where[1],
            strangers_only=bool(body.typed("strangers")),
            name=body.typed("name"),
            phone=body.typed("phone"),
            door=body.typed("door"),
            health=body.typed("health"),
            consent=bool(body.typed("consent")),
        ),
        held_for="honeypot" if body.typed(HONEYPOT) else held,
        key=body.once_key(request.url.path, body.typed("need")),
    )


def _take_back(request: Request, body: Body) -> Response:
    speak(request)
    code = request.cookies.get(COOKIE, "")
    try:
        _looked_up(request, code)
        public.take_back(now(), code, body.typed("reason"))
    except NotFound:
        return RedirectResponse("/help", 303)
    except DatabaseDown as error:
        return unsent(request, error, {"text": body.typed("reason")}, lost=False)
    except DeskError as error:
        told = {"reason": _(error.template, **error.params)}
        return _status_page(request, code, _looked_up(request, code), told)
    return RedirectResponse("/help/mine", 303)


def _looked_up(request: Request, code: str) -> Followed:
    return look_up(request, code, public.followed)


def _places() -> list[tuple[str, str]]:
    """Estates and their buildings, by what the form sends."""
    found = []
    for estate in doors.estates():
        door = doors.door_of_estate(estate.key)
        found.append((f"{door.estate_id}", estate.name_zh))
        found += [
            (f"{door.estate_id}-{house.key}", f"{estate.name_zh} · {house.name_zh}")
            for house in door.buildings
        ]
    return found


def _chosen(key: str) -> tuple[int | None, int | None]:
    if key not in dict(_places()):
        return None, None
    estate, _dash, building = key.partition("-")
    return int(estate), int(building) if building else None


def _form_page(
    request: Request, fields: Mapping[str, str], wrong: Mapping[str, str], once: str
) -> Response:
    response = page(
        request,
        "help.html",
        status=422 if wrong else 200,
        places=_places(),
        fields={name: fields.get(name, "") for name in FIELDS},
        wrong=wrong,
        once=once,
        honeypot=HONEYPOT,
    )
    if not request.cookies:
        response.set_cookie(COOKIE, "X", path="/help", httponly=True, samesite="lax")
    return response


def _status_page(
    request: Request, code: str, view: Followed, wrong: Mapping[str, str] | None = None
) -> Response:
    today = local_day(now())
    steps = [
        (_("We have it"), view.made_at),
        (_("A volunteer accepted"), view.accepted_at),
        (_("On the way"), view.set_out_at),
        (_("At your door"), view.arrived_at),
        (_("Help was given"), view.left_at),
    ]
    return page(
        request,
        "help_status.html",
        status=422 if wrong else 200,
        view=view,
        code=f"{code[:5]}-{code[5:]}",
        standing=_(labels.STATE[view.state]),
        steps=[
            (name, moment_words(local_time(at), today) if at is not None else "")
            for name, at in steps
        ],
        wrong=wrong or {},
    )


ROUTES = [
    Route("/help", form, methods=["GET"]),
    Route("/help", send, methods=["POST"]),
    Route("/help/mine", status, methods=["GET"]),
    Route("/help/mine", take_back, methods=["POST"]),
    Route("/help/{code}", enter, methods=["GET"]),
]
