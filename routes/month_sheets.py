"""晒事单: the month's sheet to hang up, A4 or A3; everything on it is public."""

from base64 import b64encode
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from db.board import BoardItem
from db.following import PhotoRef
from db.month_board import MonthBoard, Part, month_board
from db.now import now
from db.photos import public_photo
from db.settings import settings
from documents import printing
from documents.papers import choices, paper_of
from domain.days import local_day
from domain.errors import NotFound
from domain.thresholds import percent
from locales import gettext as _
from locales.times import day_words, month_words
from routes.board import month_asked, months_back, told
from routes.pages import speak
from routes.printing import base_address, printed
from routes.visitor import actor

PATH = "/print/month"
NAME = "month_sheet"
MONTHS = 6  # to choose from above the sheet
PICTURED = 12  # matters with pictures; all would make a file that no printer takes
MOST_WORDS = 160


def show(request: Request) -> Response:
    """The sheet of a month, of the present one where none is said.

    Raises:
        NotAllowed: nobody is signed in.
    """
    language = speak(request)
    actor(request)
    today = local_day(now())
    month = month_asked(request.query_params.get("month", "")) or today.replace(day=1)
    paper = paper_of(request.query_params.get("paper", ""))
    found = month_board(month)
    address = f"{base_address(request)}/board"
    html = printing.page(
        NAME,
        language,
        paper=paper,
        papers=choices({"month": f"{month:%Y-%m}"}),
        months=[
            (f"?month={one:%Y-%m}&paper={paper}", month_words(one), one == month)
            for one in months_back(today)[:MONTHS]
        ],
        community=settings().community,
        month=month_words(month),
        made=day_words(today),
        numbers=numbers(found),
        items=[_item(item, today, place < PICTURED) for place, item in enumerate(_order(found))],
        more=found.published - len(found.items),
        units=found.units,
        address=address,
        qr=printing.qr(address),
    )
    return printed(html, NAME)


def numbers(found: MonthBoard) -> list[dict[str, str]]:
    """The figures, none without what it is a part of."""
    shown = [
        {"what": _("Raised this month"), "n": str(found.raised), "of": ""},
        {"what": _("Published this month"), "n": str(found.published), "of": ""},
        _part(_("Solved"), found.solved),
        _part(_("Done by the promised day"), found.in_time),
    ]
    return shown + ([_part(_("Satisfied"), found.satisfied)] if found.satisfied else [])


def _part(what: str, part: Part) -> dict[str, str]:
    share = f"{percent(part.n, part.of)}%" if part.of else "–"
    return {"what": what, "n": share, "of": _("{hit} of {due}", hit=part.n, due=part.of)}


def _order(found: MonthBoard) -> list[BoardItem]:
    """Those that can show what it was like before come first."""
    return sorted(found.items, key=lambda item: not (item.before and item.after))


def _item(item: BoardItem, today: date, pictured: bool) -> dict[str, object]:
    sides = ((_("Before"), item.before[:1]), (_("After"), item.after[:1])) if pictured else ()
    pictures = [
        {"says": says, "uri": uri} for says, side in sides for uri in _uris(side) if uri is not None
    ]
    return told(item, today, MOST_WORDS) | {"pictures": pictures}


def _uris(side: tuple[PhotoRef, ...]) -> list[str | None]:
    """The photos inside of the page, so that it prints without asking again."""
    found: list[str | None] = []
    for photo in side:
        try:
            found.append(
                "data:image/jpeg;base64," + b64encode(public_photo(photo.code, small=True)).decode()
            )
        except NotFound:  # taken down between the two looks
            found.append(None)
    return found


ROUTES = [Route(PATH, show, methods=["GET"])]
