"""What neighbours do for each other as tables: requests, visits, patrols, surveys."""

from collections.abc import Sequence

from db.exports import Exported
from db.requests.views import Line
from db.rounds.patrol_query import PatrolView
from db.rounds.surveys import SurveyView
from domain import request_labels
from domain.patrols import FINDING
from pages.parts.export import Column, Table, listed
from pages.parts.words import _, opening


def requests(lines: Sequence[Line], narrowed: str) -> Table:
    """Requests for help, without the person and the door."""
    columns: list[Column[Line]] = [
        Column(_("Number"), lambda line: line.number),
        Column(_("State"), lambda line: opening(_(request_labels.STATE[line.state]))),
        Column(_("Urgency"), lambda line: opening(_(request_labels.URGENCY[line.urgency]))),
        Column(_("By which way"), lambda line: _(request_labels.SOURCE[line.source])),
        Column(_("What is needed"), lambda line: line.need),
        Column(_("Place"), lambda line: line.where),
        Column(_("Came in"), lambda line: line.made_at),
        Column(_("Wanted from"), lambda line: line.from_at),
        Column(_("Volunteers asked"), lambda line: line.asked),
        Column(_("Who took it"), lambda line: line.volunteer),
    ]
    return listed(
        "requests",
        _("Requests for help"),
        columns,
        lambda: lines,
        [narrowed],
        Exported.REQUESTS,
    )


def patrols(lines: Sequence[PatrolView]) -> Table:
    """Every point of the patrols that the page lists."""
    header = [
        *(_("Patrol"), _("Estate"), _("Started"), _("Ended")),
        *(_("Point"), _("Pair"), _("Finding"), _("Checked"), _("By whom"), _("Note"), _("File")),
    ]
    rows = [
        [
            *(line.title, line.estate, line.started_at, line.ended_at),
            *(point.name, point.pair),
            _(FINDING[point.finding]) if point.finding else None,
            *(point.checked_at, point.by, point.note, point.case_number),
        ]
        for line in lines
        for point in line.points
    ]
    return Table("patrols", _("Patrols"), header, lambda: rows, leaves=Exported.PATROLS)


def surveys(views: Sequence[SurveyView]) -> Table:
    """Each survey by building: how many homes, and how many are done."""
    header = [
        *(_("Survey"), _("Estate"), _("Building"), _("Homes"), _("Asked")),
        *(_("Did not want to"), _("Nobody lives there"), _("Nobody at home"), _("Still open")),
    ]
    rows = [
        [
            *(view.title, view.estate, name, part.homes, part.asked),
            *(part.refused, part.vacant, part.not_home, part.open),
        ]
        for view in views
        for name, part in view.buildings.values()
    ]
    return Table("surveys", _("Surveys"), header, lambda: rows)
