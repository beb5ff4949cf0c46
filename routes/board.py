"""晒事: the public board, its pages and its single files, open to everybody."""

from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from db import doors
from db.board import BoardItem, board, board_item
from db.conference.trail import public_trail
from db.now import now
from db.votes.published import published_votes
from domain import labels
from domain.closing import Outcome
from domain.days import local_day
from domain.errors import NotFound
from domain.moves import Step
from domain.texts import title_of
from locales import CHINESE, language, ngettext
from locales import gettext as _
from locales.times import day_words, month_words, span_words
from routes import polling, voting, words
from routes.pages import message, page, speak

MONTHS_BACK = 24  # what the list of months offers; older ones are reached by paging
LIST_WORDS = 160  # of a summary in the list; all of it stands on the file's own page
VOTES_SHOWN = 3  # results of votes on the board itself; all of them have a page
FILTERS = ("estate", "category", "month")
KINDS = {Outcome.SOLVED: "ok", Outcome.PARTLY_SOLVED: "soon"}


def show(request: Request) -> Response:
    """One page of the board; its filters and place stand in the address."""
    speak(request)
    chosen = {name: request.query_params.get(name, "") for name in FILTERS}
    after = request.query_params.get("after")
    found = board(
        estate=chosen["estate"] or None,
        category=chosen["category"] or None,
        month=month_asked(chosen["month"]),
        after=after,
    )
    kept = {name: value for name, value in chosen.items() if value}
    today = local_day(now())
    return page(
        request,
        "board.html",
        items=[told(item, today, LIST_WORDS) for item in found.items],
        chosen=chosen,
        filtered=bool(kept or after),
        estates=[(row.key, row.name_zh) for row in doors.estates()],
        categories=[(row.key, _name(row.name_zh, row.name_en)) for row in doors.categories()],
        months=[(f"{month:%Y-%m}", month_words(month)) for month in months_back(today)],
        older=_address(kept | {"after": found.after}) if found.after else None,
        newest=_address(kept) if after else None,
        votes=_votes(chosen["estate"], today) if not after else [],
    )


def show_votes(request: Request) -> Response:
    """All published results of owners' votes."""
    speak(request)
    today = local_day(now())
    found = [voting.told(vote, today) for vote in published_votes()]
    return page(request, "vote_board.html", votes=found)


def _votes(estate: str, today: date) -> list[dict[str, object]]:
    found = published_votes(estate or None, VOTES_SHOWN)
    return [voting.told(vote, today) for vote in found]


def show_one(request: Request) -> Response:
    """One published file by its code."""
    speak(request)
    try:
        item = board_item(str(request.path_params["code"]))
    except NotFound as error:
        return message(
            request,
            _("Not on the board"),
            _(error.template, **error.params),
            status=404,
            link=("/board", _("To the whole board")),
        )
    today = local_day(now())
    way = public_trail(item.code)
    return page(
        request,
        "board_item.html",
        item=told(item, today),
        said=[(_(labels.MEETING[kind]), day_words(on, today)) for kind, on in way.said],
        decided=day_words(local_day(way.decided_on), today) if way.decided_on else None,
    )


def told(item: BoardItem, today: date, longest: int | None = None) -> dict[str, object]:
    """A published file in the reader's language, its text cut to `longest` characters.

    Its title is the summary's first sentence: what was published was read for personal data,
    the file's own title comes from a resident's words and was not.
    """
    title = title_of(item.summary)
    # Not said twice: what follows the first sentence, or all of it where the title cut it.
    rest = item.summary.removeprefix(title).lstrip("。！？!?.；;\n ")
    if longest is not None and len(rest) > longest:
        rest = rest[: longest - 1] + "…"
    where = [item.estate, _name(item.category_zh, item.category_en)]
    published = day_words(local_day(item.published_at), today)
    return {
        "code": item.code,
        "number": item.number,
        "title": title,
        "rest": rest,
        "where": " · ".join(part for part in (*where, published) if part),
        "outcome": _(labels.OUTCOME[item.outcome]) if item.outcome else None,
        "kind": KINDS.get(item.outcome, "") if item.outcome else "",
        "step": _(labels.STEP[item.step])
        if item.step is Step.CLOSED
        else _(words.STEP_NAMES[item.step]),
        "took": span_words(item.days) if item.days is not None else None,
        "rounds": ngettext("taken up again once", "taken up again {n} times", item.round - 1)
        if item.round > 1
        else None,
        "satisfied": _(
            "{satisfied} of {n} reporters satisfied", satisfied=item.satisfied, n=item.ratings
        )
        if item.ratings
        else None,
        "voices": ngettext("{n} report", "{n} reports", item.reports),
        "lead": item.lead,
        "before": item.before,
        "after": item.after,
        "opened": day_words(local_day(item.opened_at), today),
        "published": published,
        "polls": [polling.told(poll, today) for poll in item.polls],
    }


def _name(zh: str | None, en: str | None) -> str | None:
    return zh if language.get() == CHINESE else en


def month_asked(text: str) -> date | None:
    """The month that an address means, such as 2026-11."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == 7 else None
    except ValueError:
        return None


def months_back(today: date) -> list[date]:
    """The months to choose from, the newest first."""
    first = today.year * 12 + today.month - 1
    return [date(place // 12, place % 12 + 1, 1) for place in range(first, first - MONTHS_BACK, -1)]


def _address(query: dict[str, str]) -> str:
    return "/board?" + urlencode(query) if query else "/board"


ROUTES = [
    Route("/board", show, methods=["GET"]),
    Route("/board/votes", show_votes, methods=["GET"]),
    Route("/board/{code}", show_one, methods=["GET"]),
]
