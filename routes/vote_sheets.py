"""A vote's sheet to print, for whoever sees figures: turnout, and the result once counted."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from db.now import now
from db.votes.reads import result_view, vote_view
from documents import vote_sheet
from domain import vote_words
from domain.days import local_day, local_time
from locales import gettext as _
from locales.times import moment_words
from routes.pages import speak
from routes.printing import printed
from routes.visitor import actor

PATH = "/print/vote/{code}"


def show(request: Request) -> Response:
    """The sheet of one vote.

    Raises:
        NotFound: there is none in this person's scope.
    """
    language = speak(request)
    who, at, code = actor(request), now(), str(request.path_params["code"])
    view, found = vote_view(who, at, code), result_view(who, code)
    line = view.line
    about = [line.estate, _(vote_words.LANE[line.lane]), _(vote_words.STAGE[line.stage])]
    if line.closes_at is not None:
        today = local_day(at)
        about.append(_("until {moment}", moment=moment_words(local_time(line.closes_at), today)))
    elected, alternates = vote_sheet.seats(found.count.seating) if found else ("", "")
    sheet = vote_sheet.Sheet(
        title=line.title,
        about=" · ".join(about),
        gap=vote_sheet.gap(line.lane, line.shortfall),
        turnout=vote_sheet.turnout_bars(line.lane, line.roll, line.returned, line.shortfall),
        buildings=tuple(
            vote_sheet.building_row(row.name, row.roll.heads, row.served.heads, row.returned.heads)
            for row in view.buildings
        ),
        questions=tuple(vote_sheet.question(line.lane, one) for one in found.count.questions)
        if found
        else (),
        elected=elected,
        alternates=alternates,
    )
    return printed(vote_sheet.page(sheet, language), vote_sheet.NAME)


ROUTES = [Route(PATH, show, methods=["GET"])]
