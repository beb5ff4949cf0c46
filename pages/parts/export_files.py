"""The desk's lists as tables: files, calls, held reports, tasks, and the log."""

from collections.abc import Callable

from db.audit import AuditLine, audit
from db.calls import Call, calls
from db.exports import Exported
from db.held import HeldReport, held_reports
from db.inbox import CaseFilter, inbox
from db.micro.matters import Wanted, ledger
from db.now import now
from db.tasklist import TaskLine, my_tasks
from documents import micro_ledger
from domain import labels
from pages.parts.export import Column, Table, every, listed
from pages.parts.metric_export import list_header, list_row
from pages.parts.who import actor
from pages.parts.words import _, opening, speak

AT_ONCE = 500


def files(wanted: CaseFilter, narrowed: list[str]) -> Table:
    """The inbox under its filter, the whole of it."""
    who, at, language = actor(), now(), speak()
    return Table(
        "files",
        _("Files"),
        list_header(),
        lambda: (
            list_row(line, language)
            for line in every(lambda after: inbox(who, wanted, at, after, AT_ONCE))
        ),
        narrowed,
        leaves=Exported.FILES,
    )


def micro_list(wanted: Wanted, narrowed: list[str]) -> Table:
    """The ledger that committees keep, the oldest first."""
    who, at, language = actor(), now(), speak()
    return Table(
        "micro-list",
        _("Micro-list"),
        micro_ledger.header(),
        lambda: micro_ledger.rows(ledger(who, at, wanted), language),
        narrowed,
        leaves=Exported.MICRO_LIST,
    )


def calls_to_make() -> Table:
    """Whom the desk has to call, numbers masked as on the page."""
    who, at = actor(), now()
    columns: list[Column[Call]] = [
        Column(_("Waits since"), lambda call: call.since),
        Column(_("Number"), lambda call: call.number),
        Column(_("Title"), lambda call: call.title),
        Column(_("Why"), lambda call: opening(_(labels.TOLD.get(call.kind, labels.EVENT_OTHER)))),
        Column(_("What to say"), lambda call: call.say),
        Column(_("Name"), lambda call: call.name),
        Column(_("Phone"), lambda call: call.phone),
        Column(_("Calls that reached nobody"), lambda call: call.failed),
    ]
    return listed(
        "calls",
        _("Calls to make"),
        columns,
        lambda: every(lambda after: calls(who, at, after, AT_ONCE)),
        leaves=Exported.CALLS,
    )


def held() -> Table:
    """Reports that were held back."""
    who, at = actor(), now()
    columns: list[Column[HeldReport]] = [
        Column(_("Came in"), lambda row: row.received_at),
        Column(_("Place"), lambda row: str(row.where)),
        Column(_("Words"), lambda row: row.text),
        Column(_("Phone"), lambda row: row.phone),
    ]
    return listed(
        "held",
        _("Held back"),
        columns,
        lambda: every(lambda after: held_reports(who, at, after, AT_ONCE)),
        leaves=Exported.HELD,
    )


def tasks(done: bool) -> Table:
    """A unit's own tasks, open or done."""
    who, at = actor(), now()
    columns: list[Column[TaskLine]] = [
        Column(_("Number"), lambda line: line.number),
        Column(_("Title"), lambda line: line.title),
        Column(_("Place"), lambda line: str(line.where)),
        Column(_("Leads the work"), lambda line: _("yes") if line.lead else _("no")),
        Column(_("Given on"), lambda line: line.given_at),
        Column(_("Due"), lambda line: line.due_at),
        Column(_("Answered"), lambda line: line.answered_at),
        Column(_("Day it was done"), lambda line: line.done_at),
        Column(_("Past its day"), lambda line: _("yes") if line.late else _("no")),
    ]
    return listed(
        "tasks",
        _("My tasks"),
        columns,
        lambda: every(lambda after: my_tasks(who, at, done=done, after=after, limit=AT_ONCE)),
        [_("done tasks") if done else _("open tasks")],
        Exported.TASKS,
    )


def log(
    kind: str | None,
    file: str | None,
    narrowed: list[str],
    by: Callable[[AuditLine], str],
    what: Callable[[AuditLine], str],
    facts: Callable[[AuditLine], str],
) -> Table:
    """The audit log under its filter, the latest of it; the page says what its words are."""
    who, at = actor(), now()
    columns: list[Column[AuditLine]] = [
        Column(_("When"), lambda line: line.at),
        Column(_("Happened at"), lambda line: line.happened_at),
        Column(_("Who"), by),
        Column(_("What happened"), what),
        Column(_("File"), lambda line: line.case_number),
        Column(_("Details"), facts),
    ]
    return listed(
        "audit",
        _("Audit log"),
        columns,
        lambda: every(
            lambda after: audit(who, at, kind=kind, case_code=file, after=after, limit=AT_ONCE)
        ),
        narrowed,
        Exported.AUDIT,
    )
