"""What stands beside a vote as tables: mandates, objections, questions."""

from collections.abc import Sequence

from db.elections.questions import QuestionView
from db.exports import Exported
from db.roll.mandates import MandateView
from db.votes.objections import ObjectionView
from domain import vote_words
from domain.mandates import KINDS
from pages.parts.export import Column, Table, listed
from pages.parts.words import _, opening


def mandates(views: Sequence[MandateView]) -> Table:
    """Who speaks for whom, numbers masked as on the page."""
    columns: list[Column[MandateView]] = [
        Column(_("Kind of mandate"), lambda view: opening(_(KINDS[view.kind]))),
        Column(_("Holder"), lambda view: view.holder),
        Column(_("Phone"), lambda view: view.phone),
        Column(_("Owners"), lambda view: _(", ").join(view.owners)),
        Column(_("Flats, shops or spaces"), lambda view: _(", ").join(view.units)),
        Column(_("Vote"), lambda view: view.vote),
        Column(_("Recorded on"), lambda view: view.recorded_at),
        Column(_("Revoked"), lambda view: view.revoked_at),
    ]
    return listed("mandates", _("Mandates"), columns, lambda: views, leaves=Exported.MANDATES)


def objections(rows: Sequence[ObjectionView], vote: str) -> Table:
    """Objections with their answers."""
    columns: list[Column[ObjectionView]] = [
        Column(_("Against what"), lambda row: opening(_(vote_words.ABOUT[row.about]))),
        Column(_("Words"), lambda row: row.text),
        Column(_("Who objects"), lambda row: row.by),
        Column(_("Came in"), lambda row: row.received_at),
        Column(_("Within its period"), lambda row: _("yes") if row.in_time else _("no")),
        Column(_("Answer"), lambda row: row.answer),
        Column(_("Answered"), lambda row: row.answered_at),
    ]
    return listed("objections", _("Objections"), columns, lambda: rows, [vote], Exported.OBJECTIONS)


def questions(rows: Sequence[QuestionView]) -> Table:
    """Questions of owners with their answers, numbers masked as on the page."""
    columns: list[Column[QuestionView]] = [
        Column(_("Came in"), lambda row: row.received_at),
        Column(_("Estate"), lambda row: row.estate),
        Column(_("Vote"), lambda row: row.vote),
        Column(_("Words"), lambda row: row.text),
        Column(_("Name"), lambda row: row.name),
        Column(_("Phone"), lambda row: row.phone),
        Column(_("Answer"), lambda row: row.answer),
        Column(_("Answered"), lambda row: row.answered_at),
    ]
    return listed(
        "questions", _("Questions of owners"), columns, lambda: rows, leaves=Exported.QUESTIONS
    )
