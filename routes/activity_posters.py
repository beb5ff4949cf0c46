"""Posters of an activity to print, and the address of a series that leads to its next date."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import locales
from db.activities import public
from db.activities.reads import ActivityFile, activity
from db.now import now
from db.settings import settings
from documents.activity_posters import NAME, ActivityPoster, activity_posters
from domain import activities
from domain.days import local_time
from domain.errors import N_, NotFound
from locales import gettext as _
from locales.times import day_words, weekday_words
from routes.activities import nothing
from routes.pages import speak
from routes.printing import base_address, printed
from routes.visitor import actor

PATH = "/print/activity"


def print_posters(request: Request) -> Response:
    """The invitation and the sheet at the door, of one date or of its whole series.

    Raises:
        NotAllowed: this person does not plan.
        NotFound: no such activity, or one that is not public and has no page.
    """
    language = speak(request)
    code = request.query_params.get("code", "")
    found = activity(actor(request), now(), code)
    if not found.view.public:
        raise NotFound(N_("This activity is not public, so its code would lead nowhere."))
    whole = found.series is not None and request.query_params.get("all") == "1"
    one = f"{PATH}?code={code}"
    others = [(one, _("This date"), not whole)]
    if found.series is not None:
        others.append((f"{one}&all=1", _("The whole series"), whole))
    poster = _poster(found, whole=whole)
    locales.use(language)  # the poster is said in both, the words around it in the reader's
    html = activity_posters(
        poster,
        base=base_address(request),
        community=settings().community,
        others=others,
        language=language,
    )
    return printed(html, NAME)


def go_to_next(request: Request) -> Response:
    """From a poster of a series to its next date, to the door's page if that was scanned."""
    speak(request)
    try:
        code = public.next_of_series(now(), str(request.path_params["code"]))
    except NotFound as error:
        return nothing(request, error)
    behind = "/here" if request.url.path.endswith("/here") else ""
    return RedirectResponse(f"/activity/{code}{behind}", 303)


def _poster(found: ActivityFile, *, whole: bool) -> ActivityPoster:
    view, series = found.view, found.series
    link = f"/activity/{view.code}"
    if whole and series is not None:
        link = f"/activity/series/{series.code}"
    return ActivityPoster(
        title=view.title,
        kind=(_in(locales.CHINESE, found, _kind), _in(locales.ENGLISH, found, _kind)),
        when=(
            _in(locales.CHINESE, found, _weekly if whole else _date),
            _in(locales.ENGLISH, found, _weekly if whole else _date),
        ),
        where=view.where,
        words=view.words,
        sign_up=view.sign_up,
        link=link,
        door=f"{link}/here",
    )


def _in(language: str, found: ActivityFile, say: Callable[[ActivityFile], str]) -> str:
    locales.use(language)
    return say(found)


def _kind(found: ActivityFile) -> str:
    return _(activities.KIND[found.view.kind])


def _date(found: ActivityFile) -> str:
    starts, ends = local_time(found.view.starts_at), local_time(found.view.ends_at)
    return f"{day_words(starts.date(), starts.date())} {starts:%H:%M}–{ends:%H:%M}"


def _weekly(found: ActivityFile) -> str:
    starts, ends = local_time(found.view.starts_at), local_time(found.view.ends_at)
    weekday = found.series.plan.weekday if found.series else starts.weekday()
    clock = f"{starts:%H:%M}–{ends:%H:%M}"
    return _("every {weekday} {clock}", weekday=weekday_words(weekday), clock=clock)


ROUTES = [
    Route(PATH, print_posters, methods=["GET"]),
    Route("/activity/series/{code}", go_to_next, methods=["GET"]),
    Route("/activity/series/{code}/here", go_to_next, methods=["GET"]),
]
