"""The house's rules that a machine can check; the import contract stands in pyproject.toml."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.need import ROOT

ROOMS = ("pages", "routes", "jobs", "db", "documents", "domain", "locales")
LONGEST = {"pages": 200, "tests": 500}
LONGEST_MODULE = 400
CODE = [ROOT / "app.py", *(path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))]
# A migration is history: it is as long as the tables were many, and is not read again.
WRITTEN = [path for path in CODE if "versions" not in path.parts]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TOP_FOLDERS = {*ROOMS, "tests", "deploy", "docs", "data"}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> set[str]:
    """The top-level packages that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)} imports relatively"
            found.add((node.module or "").partition(".")[0])
    return found


def calls(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("path", [*WRITTEN, *TESTS], ids=named)
def test_a_file_has_one_noun_in_it(path: Path) -> None:
    length = len(path.read_text(encoding="utf-8").splitlines())
    assert length <= LONGEST.get(named(path).partition("/")[0], LONGEST_MODULE)


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree)


def test_no_file_on_the_import_path_shadows_a_standard_module() -> None:
    # Streamlit puts the main script's folder, pages, on the path; the root is there as well.
    on_path = [*ROOT.iterdir(), *(ROOT / "pages").iterdir()]
    assert {path.stem for path in on_path} & set(sys.stdlib_module_names) == set()


def test_there_is_no_further_top_level_folder() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    folders = {name.partition("/")[0] for name in listed if "/" in name}
    assert {name for name in folders if not name.startswith(".")} <= TOP_FOLDERS


def test_rooms_import_as_the_contract_says() -> None:
    # In a process of its own: import-linter changes the logging and the path.
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_the_server_knows_neither_rules_nor_sql() -> None:
    assert imports(ROOT / "app.py") & {"sqlalchemy", "domain", "documents"} == set()


@pytest.mark.parametrize("path", CODE, ids=named)
def test_streamlit_and_sql_stay_in_their_rooms(path: Path) -> None:
    room = named(path).partition("/")[0]
    assert "streamlit" not in imports(path) or room in {"app.py", "pages"}
    assert not imports(path) & {"sqlalchemy", "alembic", "psycopg"} or room == "db"


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_residents_words_are_never_html(path: Path) -> None:
    for call in calls(path):
        assert all(word.arg != "unsafe_allow_html" for word in call.keywords), call.lineno
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "st":
            assert call.func.attr not in {"html", "components"}, call.lineno


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_only_command_lines_print(path: Path) -> None:
    printing = {call.lineno for call in calls(path) if ast.unparse(call.func) == "print"}
    # The set-up code is printed at the first start, for the person who started the server.
    is_command = '__name__ == "__main__"' in path.read_text(encoding="utf-8")
    assert not printing or is_command or named(path) == "jobs/start_up.py"


def test_requirements_say_what_each_is_for() -> None:
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        assert line.startswith("#") or " # " in line, line
