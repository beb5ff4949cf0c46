"""The page behind a follow code: a report's progress, questions and rating, or an errand's."""

from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from db import moving, rating
from db.engine import DatabaseDown
from db.errands.public import ErrandFollowed, followed
from db.following import FollowView, follow_view
from db.now import now
from db.numbers import clean_follow_code
from domain import labels
from domain.days import local_day, local_time
from domain.errors import DeskError, FieldError, NotFound
from domain.people import RESIDENT
from locales import gettext as _
from locales.times import moment_words
from routes import errands, polling, telling, voting, words
from routes.bodies import Body, BodyBroken, BodyTooLarge, new_key, read_body, refusal, unsent
from routes.kept_codes import CodeCookie, look_up
from routes.pages import page, speak

COOKIE = "desk_follow"
FIELDS = ("text", "reason", "level", "solved", "comment")
# As long as most matters take; "forget" ends it at once.
KEPT = CodeCookie(COOKIE, "/", 30 * 24 * 3600)

Act = Callable[[str, Body], None]


def enter(request: Request) -> Response:
    """From the QR code: the code leaves the address at once, and is looked at only then."""
    return KEPT.remember(request, str(request.path_params["code"]), "/follow")


def show(request: Request) -> Response:
    """The page of the report whose code this browser holds, else the form that asks for it."""
    speak(request)
    code = request.cookies.get(COOKIE)
    if not code:
        return _code_page(request)
    try:
        found = either(request, code)
        if isinstance(found, ErrandFollowed):
            return errands.follow_page(request, found)
        return _view_page(request, found)
    except NotFound as error:
        response = _code_page(request, error)
        KEPT.forget(response)
        return response


async def typed(request: Request) -> Response:
    """A code typed into the form; case, spaces and dashes do not matter."""

    def look_up(request: Request, body: Body) -> Response:
        code = body.typed("code")
        try:
            either(request, code)
        except NotFound as error:
            return _code_page(request, error, code)
        return KEPT.remember(request, code, "/follow")

    return await _posted(request, look_up)


async def supply(request: Request) -> Response:
    """More words and photos from the reporter, asked for or not."""
    return await _act(
        request,
        lambda code, body: moving.supply(
            RESIDENT,
            now(),
            code,
            body.typed("text"),
            body.photos(),
            body.once_key(body.typed("text")),
        ),
    )


async def rate(request: Request) -> Response:
    """The reporter's word on the result."""

    def act(code: str, body: Body) -> None:
        level = body.typed("level")
        rating.rate_by_follow(
            RESIDENT,
            now(),
            code,
            int(level) if level in {"1", "2", "3", "4", "5"} else 0,
            body.typed("solved"),
            body.typed("comment"),
            body.once_key(),
        )

    return await _act(request, act)


async def withdraw(request: Request) -> Response:
    """The reporter takes the report back."""
    return await _act(
        request,
        lambda code, body: moving.withdraw_by_follow(
            RESIDENT, now(), code, body.typed("reason"), body.once_key()
        ),
    )


async def forget(request: Request) -> Response:
    """This browser forgets the code."""
    response = RedirectResponse("/follow", 303)
    KEPT.forget(response)
    return response


async def _posted(request: Request, handler: Callable[[Request, Body], Response]) -> Response:
    try:
        body = await read_body(request)
    except (BodyTooLarge, BodyBroken) as error:
        return await run_in_threadpool(refusal, request, error)
    return await run_in_threadpool(handler, request, body)


async def _act(request: Request, act: Act) -> Response:
    """Do something with the followed report, then show its page afresh."""

    def handle(request: Request, body: Body) -> Response:
        speak(request)
        code = request.cookies.get(COOKIE, "")
        try:
            looked_up(request, code)
        except NotFound as error:
            return _code_page(request, error)
        try:
            act(clean_follow_code(code), body)
        except DatabaseDown as error:
            return unsent(request, error, body.fields, lost=bool(body.files))
        except DeskError as error:
            # A form that is no longer there, as after a rating that was given meanwhile, leaves
            # the sentence on top of the page.
            field = error.field if isinstance(error, FieldError) else "top"
            told = {field: _(error.template, **error.params)}
            return _view_page(request, looked_up(request, code), told, body)
        return RedirectResponse("/follow", 303)

    return await _posted(request, handle)


def either(request: Request, code: str) -> FollowView | ErrandFollowed:
    """The report or the errand behind a code: people have one kind of code, and one page for it.

    Raises:
        NotFound: for every code that is not valid.
        TooMany: this address missed too often.
    """

    def find(cleaned: str) -> FollowView | ErrandFollowed:
        try:
            return follow_view(cleaned, now())
        except NotFound:
            if (errand := followed(cleaned)) is not None:
                return errand
            raise

    return look_up(request, code, find)


def looked_up(request: Request, code: str) -> FollowView:
    """The report behind a code.

    Raises:
        NotFound: for every code that is not valid.
        TooMany: this address missed too often.
    """
    return look_up(request, code, lambda cleaned: follow_view(cleaned, now()))


def _code_page(request: Request, error: NotFound | None = None, code: str = "") -> Response:
    wrong = {"code": _(error.template, **error.params)} if error else {}
    return page(request, "code.html", status=404 if error else 200, wrong=wrong, code=code[:64])


def _view_page(
    request: Request,
    view: FollowView,
    wrong: Mapping[str, str] | None = None,
    body: Body | None = None,
) -> Response:
    today = local_day(now())
    progress = view.progress
    return page(
        request,
        "follow.html",
        status=422 if wrong else 200,
        view=view,
        progress=progress,
        wrong=wrong or {},
        typed={name: body.typed(name) if body else "" for name in FIELDS},
        lost=bool(body and body.files),
        once=new_key(),
        received=moment_words(local_time(view.received_at), today),
        steps=telling.steps(progress),
        standing=telling.standing(progress),
        clocks=[telling.clock(line) for line in progress.clocks] if progress else [],
        story=telling.story(progress, today) if progress else [],
        polls=[(polling.told(one.poll, today), one) for one in view.polls],
        votes=[voting.followed(vote, today) for vote in view.votes],
        labels=labels,
        mouths=words.MOUTHS,
    )


ROUTES = [
    Route("/f/{code}", enter, methods=["GET"]),
    Route("/follow", show, methods=["GET"]),
    Route("/follow", typed, methods=["POST"]),
    Route("/follow/more", supply, methods=["POST"]),
    Route("/follow/rate", rate, methods=["POST"]),
    Route("/follow/withdraw", withdraw, methods=["POST"]),
    Route("/follow/forget", forget, methods=["POST"]),
]
