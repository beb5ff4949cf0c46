"""The council view for whoever sees figures: slides from live data, with nothing personal."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from db.figures.reads import Wanted, months_before, overview
from db.now import now
from db.settings import settings
from documents import council
from domain.days import local_day, local_time
from locales import gettext as _
from locales.times import moment_words
from routes.council_slides import slides_of
from routes.pages import speak
from routes.printing import printed
from routes.visitor import actor

PATH = "/council"


def show(request: Request) -> Response:
    """All slides, from live data."""
    language = speak(request)
    who, at = actor(request), now()
    here = settings()
    this = local_day(at).replace(day=1)
    year = overview(who, at, Wanted(months_before(this, 11), this))
    slides = list(slides_of(who, at, this, year, here.community, language))
    made = _("As of {when}", when=moment_words(local_time(year.as_of or at), local_day(at)))
    title = _("Council view")
    headers = {"Content-Language": language.replace("_", "-")}
    if request.query_params.get("file"):
        headers["Content-Disposition"] = f'attachment; filename="163desk-{this:%Y-%m}.html"'
    foot = f"{here.community} · {made}" if here.community else made
    return printed(council.page(slides, title, foot, language), council.NAME, headers)


ROUTES = [Route(PATH, show, methods=["GET"])]
