"""提事 by a resident: the form behind a poster's QR code, or without one, and its thanks."""

from collections.abc import Mapping
from datetime import timedelta

from markupsafe import Markup
from segno import make
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from db import doors
from db.engine import DatabaseDown
from db.intake import ReporterWords, Taken, take_report
from db.now import now
from db.settings import settings
from db.tables import Channel
from domain import texts
from domain.days import local_time
from domain.errors import N_, DeskError, FieldError, NotFound
from domain.people import RESIDENT
from domain.photos import PhotoIn
from domain.private_text import normal_phone
from locales import CHINESE, language
from locales import gettext as _
from locales.times import moment_words
from routes.bodies import Body, BodyBroken, BodyTooLarge, new_key, read_body, refusal, unsent
from routes.follow import looked_up
from routes.pages import message, page, speak
from routes.visitor import address

FIELDS = ("text", "category", "building", "name", "phone", "consent")
LONGEST_PERSON = 40  # characters of a name, foreign ones included
ELSEWHERE = "elsewhere"  # a matter that belongs to no estate of the list
PROBE_COOKIE = "desk_form"  # set with the form: whether this browser keeps cookies at all
THANKS_COOKIE = "desk_thanks"
THANKS_SECONDS = 3600  # long enough to take a screenshot or to copy the code down
HONEYPOT = "website"


def form(request: Request) -> Response:
    """The empty form; without a poster first the question of which estate."""
    speak(request)
    if "place" not in request.path_params and not request.query_params.get("estate"):
        estates = doors.estates()
        if len(estates) != 1:
            return page(request, "where.html", estates=estates, elsewhere=ELSEWHERE)
    try:
        door = _door(request)
    except NotFound as error:
        return _no_door(request, error)
    response = _form_page(request, door, {"category": door.category or ""}, {}, new_key())
    response.set_cookie(
        PROBE_COOKIE, "1", httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )
    return response


async def send(request: Request) -> Response:
    """Take the report; every fault is told beside its field, with the words kept."""
    try:
        body = await read_body(request)
    except (BodyTooLarge, BodyBroken) as error:
        return await run_in_threadpool(refusal, request, error)
    return await run_in_threadpool(_take, request, body)


def _take(request: Request, body: Body) -> Response:
    speak(request)
    lost = bool(body.files)  # a browser cannot be given back the files that were chosen
    try:
        door = _door(request)
        wrong, photos = _check(body)
        if wrong:
            return _form_page(request, door, body.fields, wrong, body.typed("once"), lost=lost)
        taken = _kept(request, door, body, photos)
    except NotFound as error:
        return _no_door(request, error)
    except DatabaseDown as error:
        # The words must not be lost with the connection: the page holds them and can be resent.
        fields = {name: body.typed(name) for name in (*FIELDS, "once")}
        return unsent(request, error, fields, lost=lost)
    except DeskError as error:
        field = error.field if isinstance(error, FieldError) else "text"
        told = {field: _(error.template, **error.params)}
        return _form_page(request, door, body.fields, told, new_key(), lost=lost)
    if PROBE_COOKIE not in request.cookies:
        return _thanks_page(request, taken.follow_code)
    response = RedirectResponse("/thanks", 303)
    response.set_cookie(
        THANKS_COOKIE,
        taken.follow_code,
        max_age=THANKS_SECONDS,
        path="/thanks",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


def _check(body: Body) -> tuple[dict[str, str], list[PhotoIn]]:
    """Everything that is wrong at once, so that nobody mends one field after the other."""
    wrong: dict[str, str] = {}
    photos: list[PhotoIn] = []
    name, phone = texts.clean(body.typed("name")), texts.clean(body.typed("phone"))
    try:
        texts.required("text", body.typed("text"))
    except FieldError as error:
        wrong["text"] = _(error.template, **error.params)
    try:
        photos = body.photos()
    except FieldError as error:
        wrong["photos"] = _(error.template, **error.params)
    try:
        texts.fitting("name", name, LONGEST_PERSON)
    except FieldError as error:
        wrong["name"] = _(error.template, **error.params)
    if phone and normal_phone(phone) is None:
        wrong["phone"] = _(
            N_("This is not a telephone number. Correct it, or leave the field empty.")
        )
    if (name or phone) and not body.typed("consent"):
        wrong["consent"] = _(
            "Please tick that we may use your name and phone, or leave both fields empty."
        )
    return wrong, photos


def _kept(request: Request, door: doors.Door, body: Body, photos: list[PhotoIn]) -> Taken:
    at = now()
    admission = doors.admit(at, address(request), door.place_code)
    building = body.typed("building")
    known = {row.key for row in door.buildings}
    try:
        taken = take_report(
            RESIDENT,
            at,
            text=body.typed("text"),
            channel=Channel.QR,
            place_code=door.place_code,
            estate_id=door.estate_id,
            building_id=int(building) if building in known else None,
            category_id=doors.category_id(body.typed("category")),
            reporter=ReporterWords(
                body.typed("name"), body.typed("phone"), consent=bool(body.typed("consent"))
            ),
            photos=photos,
            held_for="honeypot" if body.typed(HONEYPOT) else admission.held_for,
            once_key=body.once_key(request.url.path, body.typed("text")),
        )
    except DeskError:
        doors.give_back(admission)
        raise
    if taken.repeated:
        doors.give_back(admission)
    return taken


def thanks(request: Request) -> Response:
    """The code, once the report is in. It came by a cookie, never by an address."""
    speak(request)
    code = request.cookies.get(THANKS_COOKIE, "")
    try:
        return _thanks_page(request, code)
    except NotFound:
        return RedirectResponse("/follow", 303)


def _thanks_page(request: Request, code: str) -> Response:
    received = looked_up(request, code).received_at
    said = settings()
    base = said.base_url or str(request.base_url).rstrip("/")
    drawn = make(f"{base}/f/{code}", error="m", micro=False).svg_inline(
        dark="#24302a", light="#ffffff", border=3, omitsize=True
    )
    due = received + timedelta(hours=said.first_answer_hours)
    return page(
        request,
        "thanks.html",
        code=code,
        shown=f"{code[:5]}-{code[5:]}",
        qr=Markup(drawn),  # noqa: S704 – drawn by the library from an address, not from words
        due=moment_words(local_time(due)),
        hours=said.first_answer_hours,
    )


def _door(request: Request) -> doors.Door:
    place = request.path_params.get("place")
    if place is not None:
        return doors.door_of_place(str(place))
    estate = request.query_params.get("estate")
    if estate == ELSEWHERE:
        return doors.door_of_estate(None)
    if not estate:
        estates = doors.estates()
        return doors.door_of_estate(estates[0].key if len(estates) == 1 else None)
    return doors.door_of_estate(estate)


def _no_door(request: Request, error: NotFound) -> Response:
    return message(
        request,
        _("Please report without this code"),
        _(error.template, **error.params),
        status=404,
        link=("/report", _("Report a problem")),
    )


def _form_page(
    request: Request,
    door: doors.Door,
    fields: Mapping[str, str],
    wrong: Mapping[str, str],
    once: str,
    *,
    lost: bool = False,
) -> Response:
    names = [door.estate, door.building, door.place]
    return page(
        request,
        "report.html",
        status=422 if wrong else 200,
        where=" · ".join(name for name in names if name),
        preset=door.place_code is not None,
        categories=[(row.key, _name(row)) for row in door.categories],
        buildings=[(row.key, row.name_zh) for row in door.buildings],
        fields={name: fields.get(name, "") for name in FIELDS},
        wrong=wrong,
        once=once or new_key(),
        lost=lost,
        hours=door.first_answer_hours,
        honeypot=HONEYPOT,
    )


def _name(choice: doors.Choice) -> str:
    return choice.name_zh if language.get() == CHINESE else choice.name_en


ROUTES = [
    Route("/r/{place}", form, methods=["GET"]),
    Route("/r/{place}", send, methods=["POST"]),
    Route("/report", form, methods=["GET"]),
    Route("/report", send, methods=["POST"]),
    Route("/thanks", thanks, methods=["GET"]),
]
