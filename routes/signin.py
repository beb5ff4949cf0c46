"""Signing in and out, setting a forgotten password anew, and the language of this browser."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

import locales
from db import accounts, passwords, sign_ins
from db.engine import DatabaseDown
from db.now import now
from db.numbers import hashed
from domain.errors import N_, DeskError, FieldError, NotAllowed, NotFound
from domain.people import Role
from domain.titles import ROLE_TITLES
from locales import _
from routes.errors import status_of
from routes.gate import COOKIE
from routes.pages import LANGUAGE_COOKIE, LANGUAGE_SECONDS, message, page, speak
from routes.small_forms import Form, local_address, posted
from routes.visitor import address

RESET_COOKIE = "desk_reset"
RESET_SECONDS = 15 * 60


def to_signed_in(request: Request, token: str, target: str = "/") -> Response:
    """Go on with a fresh session; the one that this browser had before ends."""
    response = RedirectResponse(target, 303)
    end_session(request)
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(sign_ins.LIFE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


def end_session(request: Request) -> None:
    """End the sign-in whose cookie came with the request, if there is one."""
    token = request.cookies.get(COOKIE)
    if token:
        sign_ins.sign_out(hashed(token), now())


def ask(request: Request) -> Response:
    """The sign-in page."""
    if not accounts.any_account():
        return RedirectResponse("/welcome", 303)
    return _form(request, {"next": request.query_params.get("next", "")})


def sign_in(request: Request, form: Form) -> Response:
    """Sign in by login and password."""
    try:
        token = sign_ins.sign_in(
            form.get("login", ""), form.get("password", ""), address(request), now()
        )
    except DatabaseDown:
        raise
    except DeskError as error:
        status = status_of(error)
        return _form(request, form, error, status=401 if status == 400 else status)
    return to_signed_in(request, token, local_address(form.get("next", "")))


def sign_in_as(request: Request, form: Form) -> Response:
    """Sign in as any role of the demo community."""
    try:
        role = Role(form.get("role", ""))
    except ValueError:
        raise NotAllowed(N_("This works in the demo community only.")) from None
    return to_signed_in(request, sign_ins.sign_in_demo(role, now()))


def ask_sign_out(request: Request) -> Response:
    """A page with the button, for who typed the address: looking at a link ends nothing."""
    return page(request, "signout.html")


def sign_out(request: Request, _form: Form) -> Response:
    """End the session on every tab of this browser."""
    end_session(request)
    response = RedirectResponse("/signin", 303)
    response.delete_cookie(COOKIE)
    return response


def take_code(request: Request) -> Response:
    """Take the one-time code out of the address, unused, so that it stays in no history."""
    response = RedirectResponse("/reset", 303)
    response.set_cookie(
        RESET_COOKIE,
        request.path_params["code"],
        max_age=RESET_SECONDS,
        path="/reset",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


def ask_reset(request: Request) -> Response:
    """The page for a new password; it looks the same for every code."""
    if not request.cookies.get(RESET_COOKIE):
        raise _no_code()
    return page(request, "reset.html", wrong={})


def reset(request: Request, form: Form) -> Response:
    """Set the new password and use up the code."""
    code = request.cookies.get(RESET_COOKIE)
    if not code:
        raise _no_code()
    try:
        passwords.reset_password(code, form.get("password", ""), address(request), now())
    except FieldError as error:
        speak(request)
        wrong = {error.field: _(error.template, **error.params)}
        return page(request, "reset.html", status=400, wrong=wrong)
    speak(request)
    response = message(
        request,
        _("Your new password is set"),
        _("Sign in with it from now on. Other devices were signed out."),
        status=200,
        link=("/signin", _("Sign in")),
    )
    response.delete_cookie(RESET_COOKIE, path="/reset")
    return response


async def change_language(request: Request) -> Response:
    """Keep a language for this browser and go back."""
    response = RedirectResponse(local_address(request.query_params.get("next", "")), 303)
    code = request.query_params.get("to")
    if code in locales.LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE,
            code,
            max_age=LANGUAGE_SECONDS,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
    return response


def _form(
    request: Request, form: Form, error: DeskError | None = None, status: int = 200
) -> Response:
    speak(request)
    return page(
        request,
        "signin.html",
        status=status,
        login=form.get("login", ""),
        next=local_address(form.get("next", "")),
        wrong=_(error.template, **error.params) if error else "",
        roles=[(role.value, ROLE_TITLES[role]) for role in sign_ins.demo_roles()],
    )


def _no_code() -> NotFound:
    return NotFound(
        N_("This link is not valid, or not any more. Ask the administrator for a new one.")
    )


ROUTES: list[BaseRoute] = [
    Route("/signin", ask),
    Route("/signin", posted(sign_in), methods=["POST"]),
    Route("/signin/as", posted(sign_in_as), methods=["POST"]),
    Route("/signout", ask_sign_out),
    Route("/signout", posted(sign_out), methods=["POST"]),
    Route("/reset", ask_reset),
    Route("/reset", posted(reset), methods=["POST"]),
    Route("/reset/{code}", take_code),
    Route("/language", change_language),
]
