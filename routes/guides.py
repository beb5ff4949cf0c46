"""The guide 全流程指导: how an assembly and an election go, its dates, common questions, a form."""

from collections.abc import Mapping
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from db.elections import consultations, guide
from db.elections.candidate_list import public_photo
from db.engine import DatabaseDown
from db.now import now
from domain.days import local_day, local_time
from domain.errors import DeskError, FieldError, NotFound
from locales import gettext as _
from locales.times import day_words, moment_words
from routes.bodies import Body, BodyBroken, BodyTooLarge, new_key, read_body, refusal, unsent
from routes.files import PUBLIC_CACHE, jpeg
from routes.pages import message, page, speak
from routes.visitor import address

FIELDS = ("text", "name", "phone", "consent")
HONEYPOT = "website"


def choose(request: Request) -> Response:
    """Which estate? One alone needs no question."""
    speak(request)
    estates = guide.estates_shown(now())
    if len(estates) == 1:
        return RedirectResponse(f"/guide/{estates[0].code}", 303)
    return page(request, "guide_where.html", estates=estates)


def show(request: Request) -> Response:
    """The guide of one estate, or of one vote."""
    speak(request)
    try:
        return _guide_page(request, {}, {}, new_key())
    except NotFound as error:
        return _nothing(request, error)


async def ask(request: Request) -> Response:
    """Take a question; what is wrong is told beside its field, with the words kept."""
    try:
        body = await read_body(request)
    except (BodyTooLarge, BodyBroken) as error:
        return await run_in_threadpool(refusal, request, error)
    return await run_in_threadpool(_ask, request, body)


def _ask(request: Request, body: Body) -> Response:
    speak(request)
    at, code = now(), str(request.path_params["code"])
    try:
        known = guide.guide(code, at)
        consultations.ask(
            at,
            address(request),
            estate_code=known.estate_code,
            vote_code=known.vote.code if known.vote else None,
            text=body.typed("text"),
            name=body.typed("name"),
            phone=body.typed("phone"),
            consent=bool(body.typed("consent")),
            trapped=bool(body.typed(HONEYPOT)),
            key=body.once_key(request.url.path, body.typed("text")),
        )
    except NotFound as error:
        return _nothing(request, error)
    except DatabaseDown as error:
        fields = {name: body.typed(name) for name in (*FIELDS, "once")}
        return unsent(request, error, fields, lost=False)
    except DeskError as error:
        field = error.field if isinstance(error, FieldError) else "text"
        told = {field: _(error.template, **error.params)}
        return _guide_page(request, body.fields, told, body.typed("once") or new_key())
    return RedirectResponse(f"/guide/{code}?asked=1#ask", 303)


def _guide_page(
    request: Request, fields: Mapping[str, str], wrong: Mapping[str, str], once: str
) -> Response:
    at = now()
    found = guide.guide(str(request.path_params["code"]), at)
    today = local_day(at)

    def day(on: date | None) -> str:
        return day_words(on, today) if on else ""

    vote = found.vote
    ends = moment_words(local_time(vote.closes_at), today) if vote and vote.closes_at else ""
    return page(
        request,
        "guide.html",
        status=422 if wrong else 200,
        guide=found,
        vote=vote,
        electing=vote is None or vote.lane == "election",
        day=day,
        ends=ends,
        fields={name: fields.get(name, "") for name in FIELDS},
        wrong=wrong,
        once=once,
        honeypot=HONEYPOT,
        asked=request.query_params.get("asked") == "1" and not wrong,
    )


def _nothing(request: Request, error: NotFound) -> Response:
    return message(
        request,
        _("Not found"),
        _(error.template, **error.params),
        status=404,
        link=("/guide", _("Choose your estate")),
    )


def photo(request: Request) -> Response:
    """The photo of a candidate who hangs out."""
    small = request.url.path.endswith("/small")
    content = public_photo(str(request.path_params["code"]), now(), small=small)
    return jpeg(content, PUBLIC_CACHE)


ROUTES = [
    Route("/guide", choose, methods=["GET"]),
    Route("/guide/{code}", show, methods=["GET"]),
    Route("/guide/{code}", ask, methods=["POST"]),
    Route("/guide/photo/{code}", photo, methods=["GET"]),
    Route("/guide/photo/{code}/small", photo, methods=["GET"]),
]
