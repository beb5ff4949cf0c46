"""The micro-list as the ledger 台账 that committees keep: one line a matter."""

from collections.abc import Iterable

from domain import labels, micro_labels
from domain.clocks import Standing
from domain.days import local_day
from domain.micro_list import UNSORTED, Matter, last_day_of
from locales import gettext as _


def header() -> list[str]:
    """The columns."""
    return [
        _("Line no."),
        _("Number"),
        _("Service class"),
        _("Category"),
        _("Estate"),
        _("Problem"),
        _("By which way"),
        _("Reporters"),
        _("Raised on"),
        _("Step"),
        _("Responsible unit"),
        _("Assisting units"),
        _("To be done by"),
        _("Day it was done"),
        _("Kept in time"),
        _("Result of the work"),
        _("Result in words"),
        _("Struck off?"),
        _("Struck off on"),
        _("Satisfied among them"),
        _("Number of ratings"),
    ]


def rows(matters: Iterable[Matter], language: str) -> Iterable[list[object]]:
    """The lines, numbered in their order."""
    for row, matter in enumerate(matters, 1):
        limit = last_day_of(matter.limit_at)
        yield [
            row,
            matter.number,
            _(micro_labels.SERVICE[matter.service or UNSORTED]),
            matter.category(language),
            matter.estate,
            matter.title,
            _(labels.CHANNEL[matter.channel]) if matter.channel else None,
            matter.reports,
            local_day(matter.opened_at),
            _(labels.STEP[matter.step]),
            matter.lead,
            _(", ").join(matter.helpers) or None,
            local_day(limit) if limit else None,
            local_day(matter.done_at) if matter.done_at else None,
            _in_time(matter.kept),
            _(labels.OUTCOME[matter.outcome]) if matter.outcome else None,
            matter.summary,
            _("yes") if matter.struck_off else _("no"),
            local_day(matter.closed_at) if matter.struck_off and matter.closed_at else None,
            matter.satisfied if matter.ratings else None,
            matter.ratings or None,
        ]


def _in_time(kept: Standing | None) -> str | None:
    return _(labels.STANDING[kept]) if kept and kept is not Standing.VOID else None
