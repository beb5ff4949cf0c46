"""Contact cards: the public page behind a card's QR code, and the sheets to print."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from db.now import now
from db.settings import settings
from db.volunteers.cards import CardKind, cards_to_print, public_card
from documents.contact_cards import NAME, contact_cards
from domain.errors import N_, NotFound
from domain.skills import SKILL
from domain.volunteers import SQUAD, Squad
from locales import gettext as _
from routes.pages import page, speak
from routes.printing import base_address, printed
from routes.visitor import actor

PRINT = "/print/cards"
HOLDER: Mapping[CardKind, str] = {
    CardKind.PUBLIC: N_("for the entrances"),
    CardKind.RESIDENT: N_("for residents"),
    CardKind.STAFF: N_("for the duty desk"),
}


def card(request: Request) -> Response:
    """What everybody may see of a volunteer; reached by the duty line.

    Raises:
        NotFound: the same for every card that is not good.
    """
    speak(request)
    face = public_card(str(request.path_params["code"]), now())
    return page(
        request,
        "card.html",
        face=face,
        squad=_(SQUAD[face.squad]),
        skills=[_(SKILL[kind]) for kind in face.skills],
        duty_line=settings().duty_line,
    )


def print_cards(request: Request) -> Response:
    """Eight cards on a page, for one kind of holder; whose numbers are on them is written down.

    Raises:
        NotFound: nobody in scope has a valid card.
    """
    language = speak(request)
    asked = request.query_params
    kind = asked.get("for", "")
    squad = asked.get("squad", "")
    chosen = CardKind(kind) if kind in set(CardKind) else CardKind.RESIDENT
    faces = cards_to_print(
        actor(request),
        now(),
        chosen,
        squad=Squad(squad) if squad in set(Squad) else None,
        only=[code for code in asked.get("only", "").split(",") if code],
    )
    if not faces:
        raise NotFound(N_("Nobody here has a valid card. Give one out first, then print."))
    known = settings()
    html = contact_cards(
        faces,
        base=base_address(request),
        community=known.community,
        duty_line=known.duty_line,
        holder=_(HOLDER[chosen]),
        language=language,
    )
    return printed(html, NAME)


ROUTES = [
    Route("/card/{code}", card, methods=["GET"]),
    Route(PRINT, print_cards, methods=["GET"]),
]
