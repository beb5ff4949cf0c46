"""Function × person × somebody else's object: what is not yours is neither shown nor changed."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import func, select

import db
from db import engine
from db.tables import Event
from domain.errors import DeskError
from tests.support.databases import Databases
from tests.support.leak_table import BY_CODE, OPEN, PLUMBING, ROWS, SERVER, VALUES
from tests.support.need import ROOT
from tests.support.who_may import HOUSEHOLDS, hidden_from
from tests.support.world import Made, Side, made_in, person_of, undone, words_of

# Packages of rows, of history, and of a story that is told through the functions.
NO_FUNCTIONS = ("tables.", "migrations.", "demo.")


# Who may call what is decided in Python: once is enough, as every function runs on both elsewhere.
@pytest.fixture(scope="module", params=["sqlite"])
def made(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Made]:
    with made_in(databases, request.param) as made:
        yield made


def events_kept(database: engine.Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count(Event.id))) or 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ROWS)
def test_only_who_may_gets_through_and_sees_nothing_of_others(made: Made, name: str) -> None:
    row = ROWS[name]
    for side in (made.world.one, made.world.two):
        for login in made.world.people:
            allowed = login in row.who(side.name)
            if allowed and row.denied_only:
                continue
            wrong = judge(made, side, login, name, allowed)
            assert wrong is None, f"{login} on {side.name}: {wrong}"


def judge(made: Made, side: Side, login: str, name: str, allowed: bool) -> str | None:
    """Make the call, take back what it did, and say what was wrong with its outcome."""
    with undone(made.database):
        before = events_kept(made.database)
        try:
            shown = repr(ROWS[name].call(made.world, side, made.world.people[login]))
        except DeskError as error:
            return f"refused: {error!r}" if allowed else None
        if not allowed:
            changed = events_kept(made.database) != before
            return "changed something" if changed else f"went through: {shown[:200]}"
        seen = sorted(text for text in hidden_from(login) if text in shown)
        return f"saw {seen}" if seen and name != "reveal.reveal_phone" else None


@pytest.mark.slow
def test_what_is_hidden_from_some_is_shown_to_others(made: Made) -> None:
    """The control: the words that must not be seen are really there."""
    shown = ""
    for name in ("casefile.case_file", "inbox.inbox", "households.household", "calls.calls"):
        for side in (made.world.one, made.world.two):
            shown += repr(ROWS[name].call(made.world, side, made.world.cast.secretary))
    for name in ("One", "Two"):
        assert person_of(name) in shown
        assert HOUSEHOLDS[name][0] in shown
        assert words_of(name, "new") in shown
    assert hidden_from("secretary") == set()
    assert len(hidden_from("volunteer")) > len(hidden_from("committee")) > 10


def functions() -> dict[str, Callable[..., object]]:
    """Every public function of `db`, by module and name; those inside a transaction excepted."""
    found: dict[str, Callable[..., object]] = {}
    for module in pkgutil.walk_packages(db.__path__, "db."):
        path = module.name.removeprefix("db.")
        if module.ispkg or path in {"__main__", *PLUMBING} or path.startswith(NO_FUNCTIONS):
            continue
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            inside = "session" in inspect.signature(function).parameters
            if function.__module__ == loaded.__name__ and name[0] != "_" and not inside:
                found[f"{path}.{name}"] = function
    return found


def test_every_function_is_in_one_of_the_tables() -> None:
    known = [set(ROWS), BY_CODE, OPEN, SERVER, VALUES]
    assert set(functions()) - set().union(*known) == set(), "say who may call these"
    assert set().union(*known) - set(functions()) == set(), "these are gone"
    assert sum(len(names) for names in known) == len(set().union(*known))


def test_whoever_takes_an_actor_is_asked_for_rights() -> None:
    for name, function in functions().items():
        if "actor" in inspect.signature(function).parameters:
            assert name in {*ROWS, *BY_CODE, *VALUES}


def test_pages_and_routes_call_nothing_of_the_servers_own() -> None:
    for room in ("pages", "routes"):
        for path in (ROOT / room).rglob("*.py"):
            called = {
                ast.unparse(node)
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.Attribute | ast.Name)
            }
            assert called & SERVER == set(), path
