"""Slips with personal links and numbered paper ballots to print, for whoever runs the vote."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import locales
from db.now import now
from db.votes import links
from db.votes.papers import sheets
from db.votes.reads import vote_view
from db.votes.serving import served_buildings
from db.votes.views import VoteView
from documents.ballot_sheets import (
    NAME,
    BallotPaper,
    SlipPaper,
    VoteOnPaper,
    ballots,
    choice,
    slips,
)
from domain.areas import show_area
from domain.days import local_time
from domain.errors import N_, NotAllowed
from domain.people import Right
from locales import gettext as _
from locales.times import moment_words
from routes.bodies import new_key
from routes.pages import speak
from routes.printing import base_address, printed, whole_number
from routes.small_forms import Form, posted
from routes.visitor import actor

LINKS, BALLOTS = "/print/vote/{code}/links", "/print/vote/{code}/ballots"
UNSERVED = "unserved"


def choose(request: Request) -> Response:
    """Whose links are to be made. Looking makes none: links are made by a button."""
    language = speak(request)
    view = _vote(request)
    places = [(UNSERVED, _("Links for all who are not served yet"))]
    for row in served_buildings(actor(request), view.line.code):
        name = row.name or _("No building")
        places.append((str(row.id), _("Links for {building}", building=name)))
    return _sheet(choice(_on_paper(view), places, request.url.path, new_key(), language))


def make(request: Request, form: Form) -> Response:
    """Make the links and show their slips; the same form shows the same ones again."""
    language = speak(request)
    view, who = _vote(request), actor(request)
    where, once = form.get("where", ""), form.get("once", "")[:64] or None
    if where == UNSERVED:
        made = links.issue_for_unserved(who, now(), view.line.code, once)
    else:
        building = whole_number(where, 15, otherwise=-1)  # 0 means those in no building
        made = links.issue_for_building(who, now(), view.line.code, building, once)
    base = base_address(request)
    papers = [
        SlipPaper(tuple(unit.label for unit in slip.units), f"{base}/v/{slip.token}", slip.holder)
        for slip in made
    ]
    return _sheet(slips(_on_paper(view), papers, language))


def print_ballots(request: Request) -> Response:
    """The numbered ballots from one number to another, those already handed in left out."""
    language = speak(request)
    view = _vote(request)
    first, last = (whole_number(request.query_params.get(name, ""), 7) for name in ("from", "to"))
    found = sheets(actor(request), view.line.code, first or 1, last or (first or 1))
    papers = [
        BallotPaper(
            one.number,
            tuple((unit.label, show_area(unit.area)) for unit in one.units),
            show_area(one.area),
            "-".join(one.receipt[start : start + 4] for start in range(0, len(one.receipt), 4)),
        )
        for one in found.sheets
    ]
    return _sheet(ballots(_on_paper(view), papers, f"{base_address(request)}/receipt", language))


def _vote(request: Request) -> VoteView:
    who = actor(request)
    view = vote_view(who, now(), str(request.path_params["code"]))
    if not who.may(Right.RUN_VOTES):
        raise NotAllowed(N_("Your role may not do this. Ask the community office."))
    return view


def _on_paper(view: VoteView) -> VoteOnPaper:
    closes = []
    spoken = locales.language.get()
    for code in (locales.CHINESE, locales.ENGLISH):
        locales.use(code)
        at = view.line.closes_at
        closes.append(moment_words(local_time(at)) if at else "")
    locales.use(spoken)
    return VoteOnPaper(
        title=view.line.title,
        explanation=view.explanation,
        estate=view.line.estate,
        closes=(closes[0], closes[1]),
        questions=tuple((one.name, one.text) for one in view.questions),
        seats=view.seats,
    )


def _sheet(html: str) -> Response:
    return printed(html, NAME, forms=True)


ROUTES = [
    Route(LINKS, choose, methods=["GET"]),
    Route(LINKS, posted(make), methods=["POST"]),
    Route(BALLOTS, print_ballots, methods=["GET"]),
]
