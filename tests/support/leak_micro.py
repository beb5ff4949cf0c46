"""Who may call what of `db`: the micro-list, what is news, and tables that are taken along."""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from db import changes, exports
from db.exports import Exported
from db.micro import matters
from db.micro.matters import Wanted
from tests.support.who_may import Row, any_reader, anybody, readers, signed_in

ROWS: dict[str, Row] = {
    "micro.matters.matters": Row(
        any_reader, lambda w, s, a: matters.matters(a, w.now, Wanted()).lines
    ),
    "micro.matters.tallies": Row(
        readers, lambda w, s, a: matters.tallies(a, Wanted(estate_id=s.estate))
    ),
    "micro.matters.ledger": Row(any_reader, lambda w, s, a: matters.ledger(a, w.now, Wanted())),
    "changes.changes": Row(anybody, lambda w, s, a: changes.changes(a, w.now)),
    "exports.record_export": Row(
        signed_in, lambda w, s, a: exports.record_export(a, w.now, Exported.FILES, 1)
    ),
}

# What anybody may read on the public list.
OPEN = {
    "micro.public.public_list",
    "micro.services.offers",
    "micro.services.helping_skills",
    "month_board.month_board",
}
BY_CODE: set[str] = set()
SERVER: set[str] = set()
PLUMBING: set[str] = set()
VALUES = {"micro.matters.scope_of"}  # made of a filter alone
