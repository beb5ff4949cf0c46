"""The owner's door 业主表决: a personal link, one button, the ballot."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from db import doors
from db.engine import DatabaseDown
from db.now import now
from db.votes import ballot_page as ballots
from db.votes.ballot_page import BallotPage
from db.votes.links import LinkSpent, exchange
from db.votes.receipts import receipt
from domain import vote_words
from domain.areas import show_area
from domain.ballots import check_choices
from domain.days import local_day, local_time
from domain.errors import DeskError, FieldError, NotFound
from domain.standing import Choice
from domain.thresholds import Lane, percent
from domain.votes import CLOSED
from locales import gettext as _
from locales.times import left_words, moment_words
from routes import ballot_words
from routes.bodies import new_key
from routes.pages import message, page, speak
from routes.receipts import in_groups, proof
from routes.small_forms import Form, posted
from routes.visitor import address

COOKIE = "desk_ballot"
COOKIE_SECONDS = 90 * 24 * 3600  # a vote lasts weeks, and its result is read here too
PROBE_COOKIE = "desk_form"  # whether this browser keeps cookies: without, a link would be lost
DONE_COOKIE = "desk_receipt"
DONE_SECONDS = 3600  # long enough to write the code down
CHOICES = (Choice.YES, Choice.NO, Choice.ABSTAIN)


def door(request: Request) -> Response:
    """One button. Programs that preview links open them too, so nothing is looked up yet."""
    response = page(request, "ballot_door.html", nonce=new_key())
    _keep(request, response, PROBE_COOKIE, "1", DONE_SECONDS)
    return response


def _enter(request: Request, form: Form) -> Response:
    """The button: the link is exchanged, once, for a cookie, and leaves the address."""
    speak(request)
    if PROBE_COOKIE not in request.cookies:
        return _told(
            request,
            _("Your browser keeps no cookies"),
            _(
                "Without them the ballot cannot be kept apart from others. Allow cookies for this "
                "page, or open the link in another browser: it has not been used up."
            ),
        )
    at, whence, held = now(), address(request), _held(request)
    doors.check_guessing(at, whence)
    try:
        secret = exchange(at, str(request.path_params["token"]), form.get("nonce", "")[:64], held)
    except LinkSpent as error:
        return _no_link(request, error)
    except NotFound as error:
        doors.note_miss(at, whence)
        return _no_link(request, error)
    return _go(request, [secret, *(one for one in held if one != secret)])


def show(request: Request) -> Response:
    """The ballot that this browser holds, else where to get one."""
    speak(request)
    return _with_ballot(request, lambda found: _ballot(request, found))


def _fill_in(request: Request, form: Form) -> Response:
    """A filled-in ballot: read back first, then sent; or changed once more."""
    speak(request)
    step = form.get("step", "")

    def go_on(found: BallotPage) -> Response:
        if not found.may_vote:
            return _ballot(request, found)
        choices = _chosen(found, form)
        if step == "edit":
            return _ballot(request, found, choices=choices)
        try:
            positions = {one.position for one in found.questions}
            check_choices(choices, positions, found.seats, by_hand=False)
            if step == "send":
                return _sent(request, form, choices)
        except FieldError as error:
            told = {error.field: _(error.template, **error.params)}
            return _ballot(request, found, told, choices)
        return page(
            request,
            "ballot_check.html",
            ballot=found,
            chosen=choices,
            none_chosen=found.lane is Lane.ELECTION and not choices,
            once=new_key(),
            **_words(),
        )

    try:
        return _with_ballot(request, go_on)
    except DatabaseDown as error:
        if step != "send":
            raise
        told = _(error.template, **error.params)
        return page(request, "ballot_unsent.html", ask=False, status=503, told=told, fields=form)


def _sent(request: Request, form: Form, choices: Mapping[int, Choice]) -> Response:
    held = _held(request)
    found = ballots.first_held(held)
    try:
        code, _cast = ballots.cast_ballot(now(), found, choices, form.get("once", "")[:64])
    except (DatabaseDown, FieldError):
        raise
    except DeskError as error:
        return _told(request, _("Not sent"), _(error.template, **error.params), "/ballot")
    response = RedirectResponse("/ballot/done", 303)
    _keep(request, response, DONE_COOKIE, code, DONE_SECONDS)
    return response


def done(request: Request) -> Response:
    """The receipt, once the ballot is in; its code came by a cookie and by no address."""
    speak(request)
    code = request.cookies.get(DONE_COOKIE, "")
    try:
        found = receipt(code)
    except NotFound:
        return RedirectResponse("/ballot", 303)
    return page(request, "ballot_done.html", code=in_groups(code), **proof(found))


def _other(request: Request, form: Form) -> Response:
    """Another of the ballots that this browser holds comes to the front."""
    held, place = _held(request), form.get("place", "")
    if place.isdecimal() and int(place) < len(held):
        held = [held[int(place)], *(one for one in held if one != held[int(place)])]
    return _go(request, held)


def _forget(request: Request, _form: Form) -> Response:
    """This device forgets its ballots; what was sent stays in."""
    response = RedirectResponse("/ballot", 303)
    for name in (COOKIE, DONE_COOKIE):
        response.delete_cookie(name, httponly=True, samesite="lax")
    return response


def photo(request: Request) -> Response:
    """A candidate's photo, for who holds a ballot."""
    small = request.url.path.endswith("/small")
    content = ballots.candidate_photo(
        _held(request), int(request.path_params["position"]), small=small
    )
    policy = "default-src 'none'; sandbox"
    return Response(
        content,
        media_type="image/jpeg",
        headers={"Cache-Control": "private, no-store", "Content-Security-Policy": policy},
    )


def _with_ballot(request: Request, then: Callable[[BallotPage], Response]) -> Response:
    try:
        found = ballots.ballot_page(now(), _held(request))
    except NotFound:
        return page(request, "ballot_none.html", spent=COOKIE in request.cookies)
    return then(found)


def _ballot(
    request: Request,
    found: BallotPage,
    wrong: Mapping[str, str] | None = None,
    choices: Mapping[int, Choice] | None = None,
) -> Response:
    at = now()
    today = local_day(at)
    back = found.returned
    left = found.closes_at - at if found.closes_at else timedelta(0)
    return page(
        request,
        "ballot.html",
        status=422 if wrong else 200,
        ballot=found,
        wrong=wrong or {},
        chosen=choices or {},
        again=choices is not None,
        lane=_(vote_words.LANE[found.lane]),
        election=found.lane is Lane.ELECTION,
        closed=found.stage in CLOSED,
        until=moment_words(local_time(found.closes_at), today) if found.closes_at else "",
        left=left_words(left) if found.may_vote else "",
        returned=moment_words(local_time(back.at), today) if back else "",
        by_proxy=bool(back) and found.returned_by_proxy,
        paper=moment_words(local_time(found.paper_at), today) if found.paper_at else "",
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {
        "choices": [(one, _(ballot_words.CHOICE[one])) for one in CHOICES],
        "choice_words": {one: _(words) for one, words in ballot_words.CHOICE.items()},
        "outcome_words": {one: _(words) for one, words in vote_words.OUTCOME.items()},
        "show_area": show_area,
        "percent": percent,
    }


def _chosen(found: BallotPage, form: Form) -> dict[int, Choice]:
    """The marks as they were sent; whatever is no mark is none."""
    marks = {one.value: one for one in CHOICES}
    sent = {
        one.position: marks[form[f"choice_{one.position}"]]
        for one in found.questions
        if form.get(f"choice_{one.position}") in marks
    }
    if found.lane is Lane.ELECTION:
        return {position: one for position, one in sent.items() if one is Choice.YES}
    return sent


def _held(request: Request) -> list[str]:
    secrets = request.cookies.get(COOKIE, "").split(".")
    return [one for one in secrets if one][: ballots.MOST_HELD]


def _go(request: Request, held: list[str]) -> Response:
    response = RedirectResponse("/ballot", 303)
    _keep(request, response, COOKIE, ".".join(held[: ballots.MOST_HELD]), COOKIE_SECONDS)
    return response


def _keep(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def _no_link(request: Request, error: NotFound) -> Response:
    return message(
        request,
        _("This link does not lead to a ballot"),
        _(error.template, **error.params),
        status=404,
    )


def _told(request: Request, title: str, text: str, back: str | None = None) -> Response:
    link = (back, _("Back to the ballot")) if back else None
    return message(request, title, text, status=409, link=link)


ROUTES = [
    Route("/v/{token}", door, methods=["GET"]),
    Route("/v/{token}", posted(_enter), methods=["POST"]),
    Route("/ballot", show, methods=["GET"]),
    Route("/ballot", posted(_fill_in), methods=["POST"]),
    Route("/ballot/done", done, methods=["GET"]),
    Route("/ballot/other", posted(_other), methods=["POST"]),
    Route("/ballot/forget", posted(_forget), methods=["POST"]),
    Route("/ballot/photo/{position:int}", photo, methods=["GET"]),
    Route("/ballot/photo/{position:int}/small", photo, methods=["GET"]),
]
