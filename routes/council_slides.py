"""The slides of the council view, each with one question and without anything personal."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

import locales
from db.activities.rhythm import rhythm
from db.board import BoardItem, board
from db.categories import categories
from db.conference import figures as conference
from db.figures.helping import helping
from db.figures.overdue import overdue
from db.figures.reads import Overview, Wanted, months_before, overview
from db.figures.visited import visited
from db.photos import public_photo
from db.today import today
from db.votes.reads import votes
from documents.council import Bar, Number, Picture, Slide
from domain import labels, vote_words
from domain.closing import Outcome
from domain.days import local_day
from domain.errors import NotFound
from domain.figure_words import FEWEST_RATINGS, PROMISES, TITLES, Figure
from domain.people import Actor
from domain.thresholds import Lane, percent
from locales import gettext as _
from locales.times import month_words

SOLVED_SLIDES = 2
MOST_BARS = 6
MOST_QUESTIONS = 3
_AN_HOUR = 60


def slides_of(
    who: Actor, at: datetime, this: date, year: Overview, community: str, language: str
) -> Iterator[Slide]:
    """All of them, in order; `this` is the present month, `year` the twelve that end with it."""
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
    yield _volunteers(who, at, this)
    yield _rhythm(who, at, this)
    yield _overdue(who, at, this, language)


def _loop(who: Actor, at: datetime, year: Overview) -> Slide:
    steps = today(who, at).steps
    most = max(steps, key=lambda row: row.count.n)
    return Slide(
        title=_(
            "{received} files in a year, {open} are open", received=year.received, open=year.backlog
        ),
        words=_("Where the open files stand in the six steps"),
        flow=[Bar(_(labels.STEP[row.step]), row.count.n, row is most) for row in steps],
    )


def _promises(who: Actor, at: datetime, this: date) -> Slide:
    """This month's, or last month's while nothing of this one has come due."""
    month, found = this, overview(who, at, Wanted(this, this))
    if not any(found.shares[figure].due for figure in PROMISES):
        month = months_before(this, 1)
        found = overview(who, at, Wanted(month, month))
    return Slide(
        title=_("{month}: promises that came due, and those kept", month=month_words(month)),
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
    items = [item for item in board().items if item.outcome is Outcome.SOLVED]
    paired = [item for item in items if item.before and item.after]
    for item in (paired or [item for item in items if item.before or item.after] or items)[
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


def _volunteers(who: Actor, at: datetime, this: date) -> Slide:
    year = Wanted(months_before(this, 11), this)
    found, seen = helping(who, year), visited(who, at, year)
    wait = "–" if found.median_minutes is None else f"{found.median_minutes:.0f}"
    return Slide(
        title=_("Volunteers, over a year"),
        numbers=[
            _made_of(_("Requests filled in time"), found.in_time, found.requests),
            Number(_("Minutes until somebody accepts, median"), wait),
            Number(
                _("Hours volunteers gave"),
                str(found.minutes // _AN_HOUR),
                _("by {n} volunteers", n=found.helpers),
            ),
            _made_of(_("Care visits that were due and made"), seen.met, seen.of),
        ],
    )


def _rhythm(who: Actor, at: datetime, this: date) -> Slide:
    first, last = months_before(this, 11), local_day(at)
    kept, held = rhythm(who, at, first, last), conference.figures(who, at, first, last)
    return Slide(
        title=_("A meeting each month, an activity each week, over a year"),
        numbers=[
            _made_of(_("Months with a meeting"), len(kept.months_met), len(kept.months)),
            _made_of(_("Weeks with an activity"), len(kept.weeks_met), len(kept.weeks)),
            _made_of(_("Decided at conferences"), held.decided, held.raised),
            _made_of(_("Partner units that did something"), held.units_with_done, held.units),
        ],
    )


def _made_of(what: str, hit: int, due: int) -> Number:
    value = f"{percent(hit, due)}%" if due else "–"
    return Number(what, value, _("{hit} of {due}", hit=hit, due=due), warns=hit < due)


def _overdue(who: Actor, at: datetime, this: date, language: str) -> Slide:
    """What is overdue now, and where it stands: that is why."""
    found = overdue(who, at, Wanted(months_before(this, 11), this))
    if not found.n:
        return Slide(title=_("Nothing is overdue"))
    names = {
        row.id: row.name_en if language == locales.ENGLISH else row.name_zh
        for row in categories(who, inactive=True)
    }
    worst = Counter[str]()
    for line in found.lines:
        worst[_(labels.STATE[line.state])] += line.n
    state, n = worst.most_common(1)[0]
    longest = max(line.days for line in found.lines)
    return Slide(
        title=_(
            "{all} files are overdue; {n} of them: {state}",
            all=f"{found.n}+" if found.more else found.n,
            n=n,
            state=state,
        ),
        words=_("The longest has been overdue for {n} days.", n=longest),
        bars=[
            Bar(
                f"{names.get(line.category_id or 0, '–')} · {_(labels.STATE[line.state])}",
                line.n,
                place == 0,
            )
            for place, line in enumerate(found.lines[:MOST_BARS])
        ],
    )
