"""A poll's papers to print, for whoever runs it: slips for letterboxes and posters for lobbies."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import locales
from db.now import now
from db.polls import links
from db.polls.reads import PollView, poll_view
from db.settings import settings
from documents.poll_papers import (
    NAME,
    Asked,
    LobbyPaper,
    SlipPaper,
    choice,
    lobby_posters,
    slips,
)
from domain.days import local_time
from domain.errors import N_, NotAllowed
from locales.times import moment_words
from routes.pages import speak
from routes.printing import base_address, printed, whole_number
from routes.small_forms import Form, posted
from routes.visitor import actor

SLIPS, LOBBY = "/print/poll/{code}/slips", "/print/poll/{code}/lobby"


def choose(request: Request) -> Response:
    """Which building's slips are to be made. Looking makes none: links are made by a button."""
    language = speak(request)
    view = _poll(request)
    buildings = [(row.id, row.name, row.asked - row.answered, row.slips) for row in view.buildings]
    return _sheet(choice(_asked(view), buildings, request.url.path, language))


def make(request: Request, form: Form) -> Response:
    """Make a building's slips and show them, this once."""
    language = speak(request)
    view = _poll(request)
    building = whole_number(form.get("building", ""), 15)
    made = links.issue_slips(actor(request), now(), view.line.code, building)
    base = base_address(request)
    papers = [
        SlipPaper(f"{slip.building} {slip.room}", f"{base}/a/{slip.token}", slip.code)
        for slip in made
    ]
    return _sheet(slips(_asked(view), papers, language))


def print_lobby(request: Request) -> Response:
    """One poster for each building; its code leads to that building's rooms."""
    language = speak(request)
    view = _poll(request)
    base = base_address(request)
    papers = [
        LobbyPaper(
            " ".join(part for part in (view.line.where.estate, row.name) if part),
            f"{base}/q/{view.lobby_code}?b={row.id}",
        )
        for row in view.buildings
    ]
    return _sheet(lobby_posters(_asked(view), papers, language))


def _poll(request: Request) -> PollView:
    view = poll_view(actor(request), now(), str(request.path_params["code"]))
    if not view.may_run:
        raise NotAllowed(N_("Your role may not do this. Ask the community office."))
    return view


def _asked(view: PollView) -> Asked:
    closes = []
    spoken = locales.language.get()
    for code in locales.LANGUAGES:
        locales.use(code)
        closes.append(moment_words(local_time(view.line.closes_at)))
    locales.use(spoken)
    texts = tuple(option.text for option in view.line.options)
    return Asked(view.line.question, texts, settings().community, (closes[0], closes[1]))


def _sheet(html: str) -> Response:
    return printed(html, NAME, forms=True)


ROUTES = [
    Route(SLIPS, choose, methods=["GET"]),
    Route(SLIPS, posted(make), methods=["POST"]),
    Route(LOBBY, print_lobby, methods=["GET"]),
]
