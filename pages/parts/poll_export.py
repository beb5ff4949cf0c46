"""A poll's figures for Excel: counts and nothing else, and no result before the close."""

from db.polls.reads import PollView
from pages.parts import export as tables
from pages.parts.when import moment
from pages.parts.words import _


def export(view: PollView) -> None:
    """The two downloads."""
    header, rows = table(view)
    line = view.line
    tables.downloads(
        tables.Table(
            "poll",
            _("Poll"),
            header,
            lambda: rows,
            [line.case_number],
            notes=[line.question, str(line.where), _("poll closes {when}", when=closes(view))],
        ),
        "poll",
    )


def closes(view: PollView) -> str:
    """When it closes, in words."""
    return moment(view.line.closes_at)


def table(view: PollView) -> tuple[list[str], list[list[object]]]:
    """Turnout by building, and the shown figures of the answers; empty where one is hidden."""
    header = [_("Turnout and answers"), _("Households asked"), _("Households answered")]
    rows: list[list[object]] = [[_("All"), view.line.asked, view.line.answered]]
    rows += [[row.name, row.asked, row.answered] for row in view.buildings]
    rows += [
        [_("Answer: {answer}", answer=option.text), None, option.count]
        for option in view.line.options
    ]
    return header, rows
