"""活动 without an account: what is on, signing up, the waiting list, taking it back, feedback."""

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from db.activities import public, signing
from db.activities.public import Own
from db.activities.views import ActivityView
from db.engine import DatabaseDown
from db.now import now
from domain import activities
from domain.days import local_day, local_time
from domain.errors import N_, DeskError, FieldError, NotFound, Refused
from locales import gettext as _
from locales.times import moment_words
from routes.bodies import new_key, unsent
from routes.errors import status_of
from routes.kept_codes import CodeCookie, look_up
from routes.pages import message, page, speak
from routes.small_forms import Form, posted
from routes.visitor import address

COOKIE = "desk_activity"
COOKIE_SECONDS = 60 * 24 * 3600  # from the poster to the feedback
HONEYPOT = "website"
FIELDS = ("name", "phone", "consent")
MOST_LATER = 4  # further dates of a series that its card names
TRAPPED = N_("A program filled this in, it seems. Load the page again, or ring the office.")


def listing(request: Request) -> Response:
    """What is on in the next weeks."""
    speak(request)
    shown: list[tuple[ActivityView, str, str, list[tuple[str, str]]]] = []
    of_series: dict[str, list[tuple[str, str]]] = {}
    for view in public.upcoming(now()):
        if view.series in of_series:
            of_series[view.series].append((view.code, when(view)))
            continue
        later: list[tuple[str, str]] = []
        if view.series is not None:
            of_series[view.series] = later
        shown.append((view, when(view), free_words(view), later))
    return page(request, "activities.html", shown=shown, kinds=kinds(), most=MOST_LATER)


def show(request: Request) -> Response:
    """One activity, and how this browser's sign-up stands."""
    speak(request)
    try:
        return _page(request, {}, {})
    except NotFound as error:
        return nothing(request, error)


def sign_up(request: Request, form: Form) -> Response:
    """A place or the waiting list; what is wrong stands beside its field, the words kept."""
    speak(request)
    code, at = str(request.path_params["code"]), now()
    try:
        if form.get(HONEYPOT):
            raise Refused(TRAPPED)
        signing.admit(at, address(request), code)
        made = signing.sign_up(
            at,
            code,
            form.get("name", ""),
            form.get("phone", ""),
            consent=bool(form.get("consent")),
            once_key=f"{code}:{form['once'][:64]}" if form.get("once") else None,
        )
    except NotFound as error:
        return nothing(request, error)
    except DatabaseDown as error:
        kept = {name: form.get(name, "") for name in (*FIELDS, "once")}
        return unsent(request, error, kept | {"text": kept["name"]}, lost=False)
    except DeskError as error:
        return _page(request, form, _beside(error, "name"))
    if not request.cookies:  # a browser that keeps none is shown the code at once
        return _page(request, {}, {}, made.code)
    return cookie(code).remember(request, made.code, f"/activity/{code}")


def enter(request: Request, form: Form) -> Response:
    """Whoever signed up on another phone shows it by the code."""
    speak(request)
    code = str(request.path_params["code"])
    try:
        own = look_up(request, form.get("own", ""), public.own_sign_up)
        if own.activity != code:
            raise NotFound(N_("This code belongs to another activity."))
    except DeskError as error:
        return _page(request, {}, {"own": _(error.template, **error.params)})
    return cookie(code).remember(request, form.get("own", ""), f"/activity/{code}")


def take_back(request: Request, form: Form) -> Response:
    """The place goes to whoever waits longest."""
    return _with_own(request, form, lambda own: signing.cancel(now(), own))


def rate(request: Request, form: Form) -> Response:
    """How it was, from 1 to 5 and a word."""
    stars = form.get("rating", "")
    number = int(stars) if stars in {"1", "2", "3", "4", "5"} else 0
    opinion = form.get("opinion", "")
    return _with_own(request, form, lambda own: signing.rate(now(), own, number, opinion))


def _with_own(request: Request, form: Form, act: Callable[[str], None]) -> Response:
    speak(request)
    code = str(request.path_params["code"])
    try:
        held = look_up(request, request.cookies.get(COOKIE, ""), _held)
        act(held)
    except NotFound as error:
        return _page(request, {}, {"own": _(error.template, **error.params)})
    except DeskError as error:
        return _page(request, form, _beside(error, "top"))
    return RedirectResponse(f"/activity/{code}?done=1", 303)


def _held(code: str) -> str:
    public.own_sign_up(code)
    return code


def own_of(request: Request, code: str, held: str = "") -> tuple[Own | None, str]:
    """How the sign-up of this browser stands, and its code; None where it holds none."""
    held = held or request.cookies.get(COOKIE, "")
    if not held:
        return None, ""
    try:
        own = look_up(request, held, public.own_sign_up)
    except DeskError:
        return None, ""
    return (own, held) if own.activity == code else (None, "")


def _page(
    request: Request, fields: Mapping[str, str], wrong: Mapping[str, str], held: str = ""
) -> Response:
    at, code = now(), str(request.path_params["code"])
    try:
        view = public.public_activity(at, code)
    except NotFound as error:
        return nothing(request, error)
    own, held = own_of(request, code, held)
    again = request.query_params.get("more") == "1" or bool(fields)
    joining = view.sign_up and not view.cancelled and view.starts_at > at
    response = page(
        request,
        "activity.html",
        status=422 if wrong else 200,
        view=view,
        when=when(view),
        kind=kinds()[view.kind],
        free=free_words(view),
        own=own,
        code=f"{held[:5]}-{held[5:]}" if held else "",
        joining=joining,
        form=joining and (own is None or own.cancelled or again),
        rates=own is not None
        and not view.cancelled
        and activities.takes_feedback(view.ends_at, at),
        over=view.ends_at <= at,
        fields={name: fields.get(name, "") for name in (*FIELDS, "opinion")},
        wrong=wrong,
        once=new_key(),
        honeypot=HONEYPOT,
        done=request.query_params.get("done") == "1" and not wrong,
    )
    if not request.cookies:  # so that the next request shows whether this browser keeps any
        response.set_cookie(COOKIE, "", path=f"/activity/{code}", httponly=True, samesite="lax")
    return response


def when(view: ActivityView) -> str:
    """The day, the beginning and the end."""
    starts = moment_words(local_time(view.starts_at), local_day(now()))
    return f"{starts}–{local_time(view.ends_at):%H:%M}"


def kinds() -> dict[activities.ActivityKind, str]:
    """What each kind is called where it stands alone."""
    named = {kind: _(words) for kind, words in activities.KIND.items()}
    return {kind: words[:1].upper() + words[1:] for kind, words in named.items()}


def free_words(view: ActivityView) -> str:
    """How many places are left; empty where nobody signs up."""
    if not view.sign_up or view.cancelled or view.ends_at <= now():
        return ""
    if view.free is None:
        return _("Places for everybody")
    if view.free:
        return _("{free} of {capacity} places left", free=view.free, capacity=view.capacity)
    if not view.counts.waiting:
        return _("Full")
    return _("Full; {n} waiting", n=view.counts.waiting)


def cookie(code: str) -> CodeCookie:
    """Where the browser keeps its code of that activity."""
    return CodeCookie(COOKIE, f"/activity/{code}", COOKIE_SECONDS)


def nothing(request: Request, error: NotFound) -> Response:
    """The same page for every bad code and for what is not public."""
    return message(
        request,
        _("Not found"),
        _(error.template, **error.params),
        status=status_of(error),
        link=("/activity", _("What is on")),
    )


def _beside(error: DeskError, otherwise: str) -> dict[str, str]:
    field = error.field if isinstance(error, FieldError) else otherwise
    return {field: _(error.template, **error.params)}


ROUTES = [
    Route("/activity", listing, methods=["GET"]),
    Route("/activity/{code}", show, methods=["GET"]),
    Route("/activity/{code}", posted(sign_up), methods=["POST"]),
    Route("/activity/{code}/own", posted(enter), methods=["POST"]),
    Route("/activity/{code}/cancel", posted(take_back), methods=["POST"]),
    Route("/activity/{code}/rate", posted(rate), methods=["POST"]),
]
