"""How households answer a poll without an account: by their link, in the lobby, as reporters."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from db import doors
from db.now import now
from db.numbers import clean_follow_code
from db.polls import answering, links, public
from domain.days import local_day
from domain.errors import DeskError, FieldError, NotFound
from domain.people import RESIDENT
from locales import gettext as _
from routes import follow, polling
from routes.bodies import new_key
from routes.errors import status_of
from routes.pages import message, page, speak
from routes.small_forms import Form, posted
from routes.visitor import address

COOKIE = "desk_answer"
COOKIE_SECONDS = 8 * 24 * 3600  # a poll is open for a week, and its result is read after that
THANKS = "thanks"


def arrive(request: Request) -> Response:
    """From the QR code on a slip: nothing happens until the button is pressed.

    Programs that open links to look at them must not use them up; so the link is not even
    looked up here.
    """
    speak(request)
    action = "/a/" + str(request.path_params["token"])
    return page(request, "answer_link.html", action=action, nonce=new_key())


def open_link(request: Request, form: Form) -> Response:
    """Exchange the link for a cookie; the address is clean from then on."""
    speak(request)
    token, whence = str(request.path_params["token"]), address(request)
    try:
        doors.check_guessing(now(), whence)
        secret = links.exchange(now(), token, form.get("nonce", ""))
    except DeskError as error:
        if isinstance(error, NotFound):
            doors.note_miss(now(), whence)
        return _refused(request, error)
    response = RedirectResponse("/answer", 303)
    response.set_cookie(
        COOKIE,
        secret,
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


def show(request: Request) -> Response:
    """The poll of the household whose link this browser opened."""
    speak(request)
    return _own(request)


def answer(request: Request, form: Form) -> Response:
    """The household's answer."""
    speak(request)
    try:
        answering.answer_by_pass(now(), request.cookies.get(COOKIE, ""), _number(form, "option"))
    except DeskError as error:
        return _own(request, _beside(error), form.get("option", ""))
    return RedirectResponse(f"/answer?{THANKS}=1", 303)


def _own(request: Request, wrong: Mapping[str, str] | None = None, chosen: str = "") -> Response:
    at = now()
    try:
        seen = public.poll_of_pass(request.cookies.get(COOKIE, ""), at)
    except NotFound as error:
        return _refused(request, error)
    return page(
        request,
        "answer.html",
        status=422 if wrong else 200,
        poll=polling.told(seen.poll, local_day(at)),
        answers=seen.answers,
        answered=seen.answered,
        thanks=THANKS in request.query_params and seen.answered,
        chosen=chosen,
        wrong=wrong or {},
    )


def lobby(request: Request) -> Response:
    """Behind the poster in the lobby: choose the building, then room, code and answer."""
    speak(request)
    return _lobby(request, {"building": request.query_params.get("b", "")})


def answer_in_lobby(request: Request, form: Form) -> Response:
    """Room, code and answer at once; nothing stays in the browser, which is often not theirs."""
    speak(request)
    code = str(request.path_params["lobby"])
    try:
        answering.answer_in_lobby(
            now(),
            code,
            _number(form, "household"),
            form.get("code", ""),
            _number(form, "option"),
            address(request),
        )
    except DeskError as error:
        return _lobby(request, form, _beside(error))
    return message(
        request,
        _("Thank you for answering!"),
        _("Your household's answer is in. Until the close you can change it in the same way."),
        status=200,
        link=(f"/q/{code}", _("To the poll")),
    )


def _lobby(request: Request, form: Form, wrong: Mapping[str, str] | None = None) -> Response:
    at, code = now(), str(request.path_params["lobby"])
    try:
        seen = public.lobby(code, at, _number(form, "building"))
    except NotFound as error:
        return _refused(request, error)
    return page(
        request,
        "answer_lobby.html",
        status=422 if wrong else 200,
        poll=polling.told(seen.poll, local_day(at)),
        lobby=code,
        buildings=seen.buildings,
        building=seen.building,
        homes=seen.homes,
        typed={name: form.get(name, "")[:64] for name in ("household", "code", "option")},
        wrong=wrong or {},
    )


def answer_followed(request: Request, form: Form) -> Response:
    """A reporter's answer, from the page of the report that this browser follows."""
    speak(request)
    code = request.cookies.get(follow.COOKIE, "")
    try:
        follow.looked_up(request, code)
        answering.answer_by_follow(
            RESIDENT,
            now(),
            clean_follow_code(code),
            form.get("poll", ""),
            _number(form, "option"),
        )
    except DeskError as error:
        return _refused(request, error, ("/follow", _("Back to your report")))
    return RedirectResponse("/follow#polls", 303)


def _refused(request: Request, error: DeskError, link: tuple[str, str] | None = None) -> Response:
    """A page that says what is wrong; every bad link gets the same one."""
    return message(
        request,
        _("Poll"),
        _(error.template, **error.params),
        status=status_of(error),
        link=link,
    )


def _beside(error: DeskError) -> dict[str, str]:
    field = error.field if isinstance(error, FieldError) else "top"
    return {field: _(error.template, **error.params)}


def _number(form: Form, field: str) -> int:
    text = form.get(field, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


ROUTES = [
    Route("/a/{token}", arrive, methods=["GET"]),
    Route("/a/{token}", posted(open_link), methods=["POST"]),
    Route("/answer", show, methods=["GET"]),
    Route("/answer", posted(answer), methods=["POST"]),
    Route("/q/{lobby}", lobby, methods=["GET"]),
    Route("/q/{lobby}", posted(answer_in_lobby), methods=["POST"]),
    Route("/follow/answer", posted(answer_followed), methods=["POST"]),
]
