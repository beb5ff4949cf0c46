"""Every signed-in page as each role has it, at the address of something that is there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from sqlalchemy import text
from sqlalchemy.orm import Session

from db import sign_ins
from db.cursors import cursor
from db.engine import Database
from domain.people import Actor, Role
from pages.parts.menu import entries_for
from tests.bench.vote_rows import COUNTED_VOTE, OPEN_VOTE

SESSION_COOKIE = "desk_session"
# The last portion of a list begins behind the row that has so many beyond it.
LAST_ROWS = 40

# Parts of pages that have an address of their own, by the parameter that names them.
PARTS = {
    "settings": ("s", "units estates households people places categories clocks calendar channels"),
    "intake": ("door", "meeting ledger"),
    "roll": ("s", "import mandates rules"),
    "visits": ("s", "month people"),
    "patrols": ("s", "surveys"),
    "volunteers": ("s", "on-call hours cards"),
}
# What a page shows when its address names one thing: the parameter, and where its code stands.
THINGS = {
    "case": ("c", "SELECT code FROM cases WHERE state <> 'merged' ORDER BY id DESC LIMIT 1"),
    "tasks": ("t", "SELECT code FROM tasks WHERE unit_id = :unit AND done_at IS NULL LIMIT 1"),
    "poll": ("poll", "SELECT code FROM polls ORDER BY id LIMIT 1"),
    "vote": ("vote", f"SELECT code FROM votes WHERE code = '{COUNTED_VOTE}'"),
    # Of the demo: with a million rights in a score of buildings each list would be a town's.
    "papers": (
        "vote",
        (
            "SELECT code FROM votes WHERE opened_at IS NOT NULL AND counted_at IS NULL"
            " AND code NOT LIKE 'bench-%'"
        ),
    ),
    "dispatch": ("r", "SELECT code FROM requests ORDER BY id LIMIT 1"),
}
# Pages that say nothing without naming one thing.
ALWAYS_NAMED = {"case", "poll", "vote", "papers"}
# The last portion of each list: what to add to its address, and the row that it begins behind.
DEEPEST = {
    "inbox": ({"step": "all"}, "SELECT opened_at, id FROM cases ORDER BY opened_at, id"),
    "audit": ({}, "SELECT at, id FROM events ORDER BY id"),
    "calls": (
        {},
        (
            "SELECT created_at, id FROM tellings WHERE by_phone = 1 AND settled_at IS NULL"
            " ORDER BY created_at DESC, id DESC"
        ),
    ),
    "held": (
        {},
        (
            "SELECT received_at, id FROM reports WHERE held_for IS NOT NULL AND settled_at IS NULL"
            " ORDER BY received_at DESC, id DESC"
        ),
    ),
    "tasks": (
        {"done": "1"},
        (
            "SELECT done_at, id FROM tasks WHERE unit_id = :unit AND done_at IS NOT NULL"
            " AND recalled_at IS NULL ORDER BY done_at, id"
        ),
    ),
    "metrics": (
        {"list": "received"},
        (
            "SELECT opened_at, case_id FROM case_figures WHERE month >= :year"
            " ORDER BY opened_at, case_id"
        ),
    ),
}
FEWER = {"calls": 8}  # where a portion is shorter


@dataclass(frozen=True, slots=True)
class Visit:
    """One page that one person opens.

    Args:
        name: says page, part and role; the same in communities of all sizes.
        token: of the person's sign-in.
    """

    name: str
    page: str
    query: str
    token: str

    @property
    def cookies(self) -> dict[str, str]:
        """What the person's browser keeps."""
        return {SESSION_COOKIE: self.token}


def visits(database: Database) -> dict[str, Visit]:
    """All of them by name; each role signs in once."""
    found: dict[str, Visit] = {}
    now = datetime.now(UTC)
    with database.write() as session:
        for role in Role:
            actor = _somebody(session, role)
            if actor is None or actor.account_id is None:
                continue
            token = sign_ins.begin(session, actor.account_id, now)
            for name, page, params in _of(session, actor, now):
                # What the secretary sees of a list is what everybody sees of it.
                if "/" in name and role not in {Role.SECRETARY, Role.ADMINISTRATOR, Role.PROPERTY}:
                    continue
                full = f"{name} ({role})"
                # Streamlit knows the first page by no name.
                address = "" if page == "today" else page
                found[full] = Visit(full, address, urlencode(params), token)
    return found


def _somebody(session: Session, role: Role) -> Actor | None:
    """The first person who is that and, if possible, nothing else."""
    rows = session.execute(
        text(
            "SELECT a.id, a.unit_id, a.estate_id FROM accounts a JOIN account_roles r"
            " ON r.account_id = a.id GROUP BY a.id HAVING max(r.role = :role)"
            " ORDER BY count(*), a.id LIMIT 1"
        ),
        {"role": role.value},
    ).all()
    if not rows:
        return None
    account, unit, estate = rows[0]
    query = text("SELECT role FROM account_roles WHERE account_id = :account")
    roles = frozenset(map(Role, session.scalars(query, {"account": account})))
    return Actor(account, "", roles, unit, estate)


def _of(session: Session, actor: Actor, now: datetime) -> Iterator[tuple[str, str, dict[str, str]]]:
    bound = {"unit": actor.unit_id, "year": (now - timedelta(days=330)).strftime("%Y-%m-01")}

    def code(query: str) -> str | None:
        found: str | None = session.scalar(text(query), bound)
        return found

    for entry in entries_for(actor):
        page = entry.name
        if page not in ALWAYS_NAMED:
            yield page, page, {}
        param, parts = PARTS.get(page, ("", ""))
        for part in parts.split():
            yield f"{page}/{part}", page, {param: part}
        param, query = THINGS.get(page, ("", ""))
        if query and (one := code(query)) is not None:
            yield (page if page in ALWAYS_NAMED else f"{page}/one"), page, {param: one}
        if page in DEEPEST and (deep := _deepest(session, page, bound)) is not None:
            yield f"{page}/deepest", page, deep
        yield from _more(page, code)


def _more(
    page: str, code: Callable[[str], str | None]
) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Further looks at pages that have many faces."""
    if page == "inbox":
        yield "inbox/search", page, {"q": "电梯"}
        yield "inbox/step", page, {"step": "carry_out"}
        yield "inbox/overdue", page, {"overdue": "1"}
    if page == "metrics":
        yield "metrics/missed", page, {"list": "done_in_time.miss"}
        yield "metrics/backlog", page, {"list": "backlog"}
    if page == "audit":
        yield "audit/kind", page, {"kind": "moved"}
    if page == "case":
        for state in ("new", "doing", "rating", "closed"):
            query = f"SELECT code FROM cases WHERE code LIKE 'bench-__' AND state = '{state}'"
            if (one := code(f"{query} ORDER BY code LIMIT 1")) is not None:
                yield f"case/{state}", page, {"c": one}
    if page == "vote":
        yield "vote/open", page, {"vote": OPEN_VOTE}
        yield "vote/record", page, {"vote": COUNTED_VOTE, "part": "record"}
        for stage, which in (
            ("preparing", "noticed_on IS NULL"),
            ("election", "lane = 'election'"),
        ):
            query = f"SELECT code FROM votes WHERE {which} AND cancelled_at IS NULL"
            if (one := code(f"{query} ORDER BY id LIMIT 1")) is not None:
                yield f"vote/{stage}", page, {"vote": one}
    if page == "papers" and (one := code(THINGS["papers"][1])) is not None:
        yield "papers/paper", page, {"vote": one, "part": "paper"}


def _deepest(session: Session, page: str, bound: Mapping[str, object]) -> dict[str, str] | None:
    params, query = DEEPEST[page]
    if ":unit" in query and bound["unit"] is None:
        return None
    skipped = FEWER.get(page, LAST_ROWS)
    row = session.execute(text(f"{query} LIMIT 1 OFFSET {skipped}"), bound).one_or_none()
    if row is None:
        return None
    return {**params, "after": cursor(datetime.fromisoformat(row[0]).replace(tzinfo=UTC), row[1])}
