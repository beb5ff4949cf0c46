"""What the community decides and does together as tables: conferences, units, meetings, board."""

from collections.abc import Sequence

from db.board import BoardItem, board
from db.conference.listening import Talk
from db.conference.unit_views import UnitLine, UnitPage, Work
from db.conference.views import ItemLine
from db.exports import Exported
from domain import labels
from pages.parts.export import MOST_ROWS, Column, Table, listed
from pages.parts.when import last_day
from pages.parts.words import _, opening, speak


def decisions(items: Sequence[ItemLine], narrowed: str) -> Table:
    """Decisions of joint conferences with who leads, who helps, and how far they are."""
    columns: list[Column[ItemLine]] = [
        Column(_("Conference"), lambda item: item.held_at),
        Column(_("Problem"), lambda item: item.title),
        Column(_("File"), lambda item: item.line.number if item.line else None),
        Column(_("Decision"), lambda item: item.decided.words if item.decided else None),
        Column(_("Responsible unit"), lambda item: item.decided.lead if item.decided else None),
        Column(_("Assisting units"), _helpers),
        Column(
            _("To be done by"),
            lambda item: last_day(item.decided.due_at) if item.decided else None,
        ),
        Column(_("Done?"), lambda item: _yes(item.decided is not None and item.decided.done)),
    ]
    return listed(
        "decisions",
        _("Decisions of joint conferences"),
        columns,
        lambda: items,
        [narrowed],
        Exported.CONFERENCE,
    )


def units(lines: Sequence[UnitLine], narrowed: str) -> Table:
    """The units with what they offer and did."""
    columns: list[Column[UnitLine]] = [
        Column(_("Unit"), lambda line: line.name),
        Column(_("Kind of unit"), lambda line: opening(_(labels.UNIT[line.kind]))),
        Column(_("Offers"), lambda line: line.offers),
        Column(_("Promises still open"), lambda line: str(line.open)),
        Column(_("Deeds"), lambda line: str(line.done)),
        Column(_("Nothing yet this quarter"), lambda line: _yes(line.idle)),
    ]
    return listed("units", _("Partner units"), columns, lambda: lines, [narrowed])


def unit_work(page: UnitPage) -> Table:
    """What one unit has promised and done."""
    columns: list[Column[Work]] = [
        Column(_("Number"), lambda work: work.number),
        Column(_("Title"), lambda work: work.title),
        Column(_("Leads the work"), lambda work: _yes(work.lead)),
        Column(_("Given on"), lambda work: work.given_at),
        Column(_("To be done by"), lambda work: last_day(work.due_at)),
        Column(_("Day it was done"), lambda work: work.done_at),
        Column(_("Past its day"), lambda work: _yes(work.late)),
    ]
    return listed(
        "unit",
        _("Promises and deeds"),
        columns,
        lambda: (*page.promises, *page.deeds),
        [page.name],
        Exported.TASKS,
    )


def talks(lines: Sequence[Talk]) -> Table:
    """Hearings and night talks, and what became of their demands."""
    columns: list[Column[Talk]] = [
        Column(_("Held on"), lambda talk: talk.held_on),
        Column(_("Kind of meeting"), lambda talk: _(labels.MEETING[talk.kind])),
        Column(_("Title"), lambda talk: talk.title),
        Column(_("Estate"), lambda talk: talk.estate),
        Column(_("Place"), lambda talk: talk.place),
        Column(_("Demands taken down"), lambda talk: talk.demands),
        Column(_("Demands that are done"), lambda talk: talk.done),
    ]
    return listed("meetings", _("Hearings and night talks"), columns, lambda: lines)


def published() -> Table:
    """The public board, the whole of it; everybody may read it."""
    language = speak()
    columns: list[Column[BoardItem]] = [
        Column(_("Number"), lambda item: item.number),
        Column(_("Result in words"), lambda item: item.summary),
        Column(
            _("Result of the work"),
            lambda item: opening(_(labels.OUTCOME[item.outcome])) if item.outcome else None,
        ),
        Column(_("Estate"), lambda item: item.estate),
        Column(
            _("Category"),
            lambda item: item.category_en if language == "en" else item.category_zh,
        ),
        Column(_("Responsible unit"), lambda item: item.lead),
        Column(_("Raised on"), lambda item: item.opened_at),
        Column(_("Published"), lambda item: item.published_at),
        Column(_("Reporters"), lambda item: item.reports),
    ]
    return listed("board", _("Public board"), columns, _whole_board)


def _whole_board() -> list[BoardItem]:
    found: list[BoardItem] = []
    after: str | None = None
    while len(found) < MOST_ROWS:
        page = board(after=after)
        found += page.items
        if (after := page.after) is None:
            break
    return found


def _helpers(item: ItemLine) -> str | None:
    parts = item.decided.parts if item.decided else ()
    return _(", ").join(part.unit for part in parts if not part.lead) or None


def _yes(said: bool) -> str:
    return _("yes") if said else _("no")
