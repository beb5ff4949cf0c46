"""QR posters to print, for whoever sets up places or takes in reports."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from db.places import places
from db.settings import settings
from documents.posters import NAME, PosterPlace, posters
from domain.errors import N_, NotFound
from routes.pages import speak
from routes.printing import base_address, printed, whole_number
from routes.visitor import actor

PATH = "/print/posters"
MOST = 200  # sheets that a browser still lays out at once


def print_posters(request: Request) -> Response:
    """The posters of the places named by `places`, of all in scope where none is named.

    Raises:
        NotAllowed: this person has nothing to do with places.
        NotFound: no such place in this person's scope.
    """
    language = speak(request)
    asked = {code for code in request.query_params.get("places", "").split(",") if code}
    found = [
        PosterPlace(
            place.code,
            place.name,
            " ".join(part for part in (place.estate, place.building) if part),
        )
        for place in places(actor(request))
        if not asked or place.code in asked
    ][:MOST]
    if not found:
        raise NotFound(N_("Choose a place in the settings first, then print its poster."))
    known = settings()
    html = posters(
        found,
        base=base_address(request),
        base_is_set=bool(known.base_url),
        community=known.community,
        answer_hours=known.first_answer_hours,
        per_sheet=whole_number(request.query_params.get("per", ""), 2),
        language=language,
    )
    return printed(html, NAME)


ROUTES = [Route(PATH, print_posters, methods=["GET"])]
