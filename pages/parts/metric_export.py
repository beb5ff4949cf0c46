"""The figures and the lists behind them for Excel, with the filter written beside them."""

from collections.abc import Sequence
from datetime import datetime

from db.exports import Exported
from db.figures.exact import PERCENTS, exact_durations
from db.figures.lists import Listed, all_listed
from db.figures.reads import Overview, Share, Wanted
from db.views import CaseLine
from domain import labels
from domain.durations import STEP_STRETCHES, Stretch
from domain.figure_words import AGES, DEFINITIONS, RATES, TITLES, Figure
from domain.moves import Step
from domain.people import Actor
from locales.times import month_words
from pages.parts import export
from pages.parts.metric_rhythm import rhythm_lines
from pages.parts.metric_volunteers import volunteer_lines
from pages.parts.metric_words import age_words, hidden
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _, opening, speak

Rows = list[list[object]]
FILTER_PARTS = 4  # period, estate, category, unit; what follows says how fresh the figures are


def list_downloads(wanted: Wanted, which: Listed, notes: Sequence[str], now: datetime) -> None:
    """The whole list, made when it is asked for."""
    who, language = actor(), speak()
    export.downloads(
        export.Table(
            which.figure,
            notes[0],
            list_header(),
            lambda: [list_row(line, language) for line in all_listed(who, now, wanted, which)],
            chosen := narrowing(notes[1:]),
            notes=[note for note in notes[1:] if note not in chosen],
            leaves=Exported.FILES,
        ),
        "metric_list",
    )


def list_header() -> list[str]:
    """The columns of a list of files."""
    return [
        _("Number"),
        _("Title"),
        _("Estate"),
        _("Building"),
        _("Category"),
        _("Leading unit"),
        _("State"),
        _("Opened"),
        _("Reporters"),
    ]


def list_row(line: CaseLine, language: str) -> list[object]:
    """One file in them."""
    return [
        line.number,
        line.title,
        line.where.estate,
        line.where.building,
        line.category.name(language) if line.category else None,
        line.lead_unit,
        opening(_(labels.STATE[line.state])),
        line.opened_at,
        line.reporters,
    ]


def figure_downloads(found: Overview, wanted: Wanted, notes: Sequence[str], now: datetime) -> None:
    """All figures with numerator and denominator, then the months of the trend."""
    header, rows = figures_table(found)
    who = actor()
    export.downloads(
        export.Table(
            "figures",
            _("Figures"),
            header,
            lambda: [*rows, *duration_rows(who, wanted), *other_rows(who, wanted, now)],
            chosen := narrowing(notes),
            notes=[note for note in notes if note not in chosen],
        ),
        "metric_figures",
    )


def narrowing(notes: Sequence[str]) -> list[str]:
    """The parts of the filter that leave something out: a file's name has room for no more."""
    return [part for part in notes[:FILTER_PARTS] if not part.endswith(_("All"))]


def duration_rows(who: Actor, wanted: Wanted) -> Rows:
    """Hours to the minute, of the whole way and of each step, with their number of files."""
    whole = _("Whole period")
    names = {Stretch.WALL: _(TITLES[Figure.DURATION]), Stretch.NET: _("Without pauses")}
    names |= {one: _(labels.STEP[Step(one.value)]) for one in STEP_STRETCHES}
    rows: Rows = []
    for stretch, name in names.items():
        exact = exact_durations(who, wanted, stretch)
        for percent, hours in zip(PERCENTS, exact.hours, strict=True):
            words = _("{what}: hours, P{percent}", what=name, percent=percent)
            rows.append([whole, words, None, exact.n, hours, None, None, None, None])
    return rows


def other_rows(who: Actor, wanted: Wanted, now: datetime) -> Rows:
    """What counts no files: meetings, activities, conferences, volunteers."""
    lines = [*rhythm_lines(who, wanted, now), *volunteer_lines(who, wanted, now)]
    return [line.row(_("Whole period")) for line in lines]


def figures_table(found: Overview) -> tuple[list[str], list[list[object]]]:
    """Columns and rows; what is hidden on the page is hidden here."""
    header = [
        _("Period"),
        _("Figure"),
        _("Numerator"),
        _("Denominator"),
        _("Value"),
        _("Today's numerator"),
        _("Today's denominator"),
        _("Frozen"),
        _("Definition"),
    ]
    whole, yes, no = _("Whole period"), _("yes"), _("no")
    rows: list[list[object]] = []
    received = _(TITLES[Figure.RECEIVED]), _(DEFINITIONS[Figure.RECEIVED])
    files = (found.received, found.received_now)
    rows.append([whole, received[0], None, None, *files, None, None, received[1]])
    for name, share in found.shares.items():
        rows.append([whole, *_share_row(name, share), None, _(DEFINITIONS[name])])
    for name, n in ((Figure.BACKLOG, found.backlog), (Figure.DURATION, found.wall.n)):
        rows.append([whole, _(TITLES[name]), None, None, n, None, None, None, _(DEFINITIONS[name])])
    for place in range(len(AGES)):
        words = f"{_(TITLES[Figure.BACKLOG])} · {age_words(place)}"
        rows.append([whole, words, None, None, found.ages[place], None, None, None, None])
    for month in found.trend:
        period, frozen = month_words(month.month), yes if month.frozen else no
        rows.append([period, received[0], None, None, month.received, None, None, frozen, None])
        for name in RATES:
            rows.append([period, *_share_row(name, month.shares[name]), frozen, None])
    return header, rows


def as_of_words(found: Overview) -> str:
    """Up to when the facts are in the figures."""
    if found.as_of is None:
        return _("The figures are being made; look again in a minute.")
    return _("As of {when}", when=moment(found.as_of))


def _share_row(name: Figure, share: Share) -> list[object]:
    if hidden(name, share):
        return [_(TITLES[name]), None, share.due, None, None, None]
    value = None if share.value is None else round(share.value, 4)
    return [_(TITLES[name]), share.hit, share.due, value, *(share.now or (None, None))]
