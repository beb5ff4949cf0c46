"""Errands on paper and for residents: the slip to print, and the page behind a follow code."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import locales
from db.errands.public import ErrandFollowed
from db.errands.reads import ErrandView, errand
from db.now import now
from db.settings import settings
from documents.errand_slip import NAME, Slip, SlipPaper, errand_slip
from domain import errands
from domain.days import local_day, local_time
from domain.errors import N_, NotFound
from locales import gettext as _
from locales.times import day_words, left_words, moment_words
from routes.pages import page, speak
from routes.printing import base_address, printed
from routes.visitor import actor

PATH = "/print/errand"


def print_slip(request: Request) -> Response:
    """The slip of an errand's papers: taken over, or with `back=1` given back.

    Raises:
        NotAllowed: this person takes nothing in.
        NotFound: no such errand in scope, or no paper to name.
    """
    language = speak(request)
    back = request.query_params.get("back") == "1"
    view = errand(actor(request), request.query_params.get("code", ""))
    locales.use(locales.CHINESE)
    slip = _slip(view, back=back)
    locales.use(language)
    if not slip.papers:
        raise NotFound(N_("There is no paper to put on the slip."))
    html = errand_slip(
        slip,
        back=back,
        base=base_address(request),
        community=settings().community,
        language=language,
    )
    return printed(html, NAME)


def follow_page(request: Request, found: ErrandFollowed) -> Response:
    """How the errand stands whose follow code this browser holds."""
    today = local_day(now())
    return page(
        request,
        "errand.html",
        errand=found,
        standing=_standing(found),
        steps=[
            (_(errands.STEP[one.kind]), moment_words(local_time(one.at), today), one.text)
            for one in found.steps
        ],
    )


def _standing(found: ErrandFollowed) -> str:
    if found.taken_back:
        return _(errands.STEP[errands.StepKind.CANCELLED])
    if found.ended_at is not None:
        return _(errands.STEP[errands.StepKind.DONE])
    return _("Being done: {left}", left=left_words(found.due_at - now()))


def _slip(view: ErrandView, *, back: bool) -> Slip:
    line, today = view.line, local_day(now())
    return Slip(
        number=line.number,
        service=line.service,
        name=line.name,
        due=day_words(errands.last_day(line.due_at), today),
        holder=line.holder,
        papers=tuple(
            SlipPaper(
                paper.name,
                moment_words(local_time(paper.received_at), today),
                moment_words(local_time(paper.returned_at), today) if paper.returned_at else "",
            )
            for paper in view.papers
            if not back or paper.returned_at is not None
        ),
    )


ROUTES = [Route(PATH, print_slip, methods=["GET"])]
