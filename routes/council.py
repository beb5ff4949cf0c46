"""The council view for whoever sees figures: slides from live data, with nothing personal."""

from collections.abc import Iterator
from datetime import date, datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

import locales
from db.board import BoardItem, board
from db.categories import categories
from db.figures.helping import helping
from db.figures.reads import Overview, Wanted, months_before, overview
from db.now import now
from db.photos import public_photo
from db.settings import settings
from db.today import today
from db.votes.reads import votes
from documents import council
from documents.council import Bar, Number, Picture, Slide
from domain import labels, vote_words
from domain.days import local_day, local_time
from domain.errors import NotFound
from domain.figure_words import AGES, FEWEST_RATINGS, PROMISES, TITLES, Figure
from domain.people import Actor
from domain.thresholds import Lane, percent
from locales import gettext as _
from locales.times import moment_words, month_words
from routes.pages import speak
from routes.visitor import actor

PATH = "/council"
SOLVED_SLIDES = 1
OLD_FROM = 3  # the class of ages from which an open file is old: more than a week
MOST_BARS = 6
MOST_QUESTIONS = 3
_AN_HOUR = 60


def show(request: Request) -> Response:
    """All slides of the present month, or of the one before while this one has few files."""
    language = speak(request)
    who, at = actor(request), now()
    here = settings()
    this = local_day(at).replace(day=1)
    year = overview(who, at, Wanted(months_before(this, 11), this))
    slides = list(_slides(who, at, this, year, here.community, language))
    made = _("As of {when}", when=moment_words(local_time(year.as_of or at), local_day(at)))
    title = _("Council view")
    headers = {
        "Content-Security-Policy": council.policy(),
        "Cache-Control": "private, no-store",
        "Content-Language": language.replace("_", "-"),
    }
    if request.query_params.get("file"):
        headers["Content-Disposition"] = f'attachment; filename="163desk-{this:%Y-%m}.html"'
    foot = f"{here.community} · {made}" if here.community else made
    return HTMLResponse(council.page(slides, title, foot, language), headers=headers)


def _slides(
    who: Actor, at: datetime, this: date, year: Overview, community: str, language: str
) -> Iterator[Slide]:
    yield Slide(
        title=community or _("163 Desk"),
        words=_("{month}: what residents raised, and what became of it", month=month_words(this)),
        opening=True,
    )
    yield _loop(who, at, year)
    yield _promises(who, at, this)
    yield _said(year)
    yield from _solved()
    yield from _votes(who, at)
    yield _volunteers(who, this)
    yield _rhythm(year)
    yield from _overdue(who, year, language)


def _loop(who: Actor, at: datetime, year: Overview) -> Slide:
    steps = today(who, at).steps
    return Slide(
        title=_(
            "{received} files in a year, {open} are open", received=year.received, open=year.backlog
        ),
        bars=[Bar(_(labels.STEP[row.step]), row.count.n) for row in steps],
    )


def _promises(who: Actor, at: datetime, this: date) -> Slide:
    found = overview(who, at, Wanted(this, this))
    return Slide(
        title=_("This month's promises"),
        numbers=[
            Number(
                _(TITLES[figure]),
                f"{percent(share.hit, share.due)}%" if share.due else "–",
                _("{hit} of {due}", hit=share.hit, due=share.due),
                warns=share.hit < share.due,
            )
            for figure in PROMISES
            for share in (found.shares[figure],)
        ],
    )


def _said(year: Overview) -> Slide:
    numbers = []
    for figure in (Figure.SOLVED, Figure.SATISFIED, Figure.RETURN_RATE, Figure.REOPENED):
        share = year.shares[figure]
        few = figure is Figure.SATISFIED and share.due < FEWEST_RATINGS
        numbers.append(
            Number(
                _(TITLES[figure]),
                f"{percent(share.hit, share.due)}%" if share.due and not few else "–",
                _("Fewer than {n} ratings: not shown.", n=FEWEST_RATINGS)
                if few
                else _("{hit} of {due}", hit=share.hit, due=share.due),
            )
        )
    return Slide(title=_("What residents say of the result, over a year"), numbers=numbers)


def _solved() -> Iterator[Slide]:
    """Published files with photos of before and after come first, and else those with words."""
    items = board().items
    paired = [item for item in items if item.before and item.after]
    for item in (paired or [item for item in items if item.before or item.after] or list(items))[
        :SOLVED_SLIDES
    ]:
        yield Slide(title=_("Solved"), words=item.summary, pictures=_pictures(item))


def _pictures(item: BoardItem) -> list[Picture]:
    found = []
    for photos, says in ((item.before, _("Before")), (item.after, _("After"))):
        for photo in photos[:1]:
            try:
                found.append(Picture(public_photo(photo.code), says))
            except NotFound:
                continue  # taken off the board while the page was made
    return found


def _votes(who: Actor, at: datetime) -> Iterator[Slide]:
    """The newest vote whose result is published; no election, whose questions are persons."""
    line = next(
        (
            one
            for one in votes(who, at)
            if one.published_at is not None and one.lane is not Lane.ELECTION
        ),
        None,
    )
    if line is None:
        return
    returned, roll = line.returned, line.roll
    outcomes = [
        _("{question}: {outcome}", question=name, outcome=_(vote_words.OUTCOME[outcome]))
        for name, outcome in line.outcomes[:MOST_QUESTIONS]
    ]
    area = vote_words.square_metres
    yield Slide(
        title=line.title,
        words="\n".join(outcomes),
        numbers=[
            Number(
                _("Voting rights that took part"),
                f"{percent(returned.heads, roll.heads)}%" if roll.heads else "–",
                _("{hit} of {due}", hit=returned.heads, due=roll.heads),
            ),
            Number(
                _("Area that took part"),
                f"{percent(returned.area, roll.area)}%" if roll.area else "–",
                _("{hit} of {due} m²", hit=area(returned.area), due=area(roll.area)),
            ),
        ],
    )


def _volunteers(who: Actor, this: date) -> Slide:
    found = helping(who, Wanted(months_before(this, 11), this))
    wait = "–" if found.median_minutes is None else f"{found.median_minutes:.0f}"
    return Slide(
        title=_("Volunteers, over a year"),
        numbers=[
            Number(
                _("Requests for help that somebody took on"),
                str(found.filled),
                _("of {n}", n=found.requests),
            ),
            Number(_("Minutes until somebody accepts, median"), wait),
            Number(
                _("Hours volunteers gave"),
                str(found.minutes // _AN_HOUR),
                _("by {n} volunteers", n=found.helpers),
            ),
            Number(_("Care visits made"), str(found.visits)),
        ],
    )


def _rhythm(year: Overview) -> Slide:
    weeks = year.weeks[-MOST_BARS:]
    return Slide(
        title=_("Closed in each of the last weeks"),
        bars=[
            Bar(_("from {day}", day=f"{week.monday:%m-%d}"), week.closed, week is weeks[-1])
            for week in weeks
        ],
    )


def _overdue(who: Actor, year: Overview, language: str) -> Iterator[Slide]:
    names = {
        row.id: row.name_en if language == locales.ENGLISH else row.name_zh
        for row in categories(who, inactive=True)
    }
    old = sum(year.ages[OLD_FROM:])
    yield Slide(
        title=_("{old} of {all} open files are older than a week", old=old, all=year.backlog),
        bars=[Bar(_age(place), n, place >= OLD_FROM) for place, n in enumerate(year.ages)],
    )
    missed = sorted(
        ((sum(line.missed.values()), line.category_id) for line in year.categories), reverse=True
    )
    rows = [(names.get(key, "–"), n) for n, key in missed if n][:MOST_BARS]
    if rows:
        yield Slide(
            title=_(
                "Missed promises gather in {where}",
                where=_(" and ").join(name for name, _n in rows[:2]),
            ),
            bars=[Bar(name, n, place < 2) for place, (name, n) in enumerate(rows)],
        )


def _age(place: int) -> str:
    first, last = AGES[place]
    if last is None:
        return _("over {n} days", n=first - 1)
    return _("{first}–{last} days", first=first, last=last)


ROUTES = [Route(PATH, show, methods=["GET"])]
