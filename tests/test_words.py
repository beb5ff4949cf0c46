"""Everything that people read is said in Chinese and in English, and nothing is said raw."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from locales.catalogues import HAN, LETTERS, faults, fields
from tests.support.need import ROOT

PAGES = sorted((ROOT / "pages").rglob("*.py"))
ROUTES = sorted((ROOT / "routes").rglob("*.py"))
TEMPLATES = sorted((ROOT / "routes" / "templates").glob("*.html"))
OTHERS = [
    path
    for room in ("db", "documents", "domain", "jobs")
    for path in sorted((ROOT / room).rglob("*.py"))
]
# Streamlit's commands whose text people read, wherever the command is called (st, a column …).
SHOWN = frozenset(
    {
        *("title", "header", "subheader", "text", "markdown", "caption", "write", "badge"),
        *("error", "warning", "info", "success", "toast", "spinner", "status", "progress"),
        *("button", "form_submit_button", "download_button", "link_button", "menu_button"),
        *("page_link", "checkbox", "toggle", "radio", "selectbox", "multiselect", "pills"),
        *("segmented_control", "slider", "select_slider", "text_input", "text_area"),
        *("number_input", "date_input", "time_input", "file_uploader", "camera_input"),
        *("chat_input", "expander", "popover", "tabs", "metric", "dialog", "Page"),
        *("Column", "TextColumn", "NumberColumn", "LinkColumn", "CheckboxColumn"),
        *("SelectboxColumn", "DateColumn", "DatetimeColumn", "ProgressColumn", "ButtonColumn"),
    }
)
SHOWN_KEYWORDS = frozenset({"label", "help", "placeholder", "text", "title", "page_title", "body"})
# Methods of other things that happen to have the same name.
NOT_SHOWN = re.compile(r"(^|\.)(session_state|query_params|log|logger|sent)$")
MATERIAL = re.compile(r":material/\w*:?")


def test_every_text_is_translated_and_every_translation_is_used() -> None:
    assert list(faults()) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_says_nothing_raw(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [*_raw_calls(tree), *_raw_han(tree), *_lost_fields(tree)] == []


@pytest.mark.parametrize("path", ROUTES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_route_says_no_raw_chinese(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [*_raw_han(tree), *_lost_fields(tree)] == []


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_text_is_put_together_before_it_is_translated(path: Path) -> None:
    assert list(_lost_fields(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_raw(path: Path) -> None:
    parser = _Raw()
    source = path.read_text("utf-8")
    # These blocks hold an address and a class; some macros hold attributes of an element.
    source = re.sub(r"\{% block (?:home|width) %\}.*?\{% endblock %\}", "", source)
    # What stands in Jinja's braces is code; its texts go through gettext.
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.S)
    parser.feed(re.sub(r"(?m)^ (?:aria-[a-z]+=\"[^\"]*\")+$", "", source))
    assert parser.found == []


def test_the_checks_see_raw_texts() -> None:
    page = ast.parse(
        'import streamlit as st\nst.button("Save")\nst.columns(2)[0].metric(f"{n} files")\n'
        'st.text_input(_("Name"), help="Your name", key="intake_name")\n'
        'x = "保存"\n_(f"{n} files")\n'
        'st.session_state.get("text")\nst.markdown(":material/home: **")\n'
    )
    assert [*_raw_calls(page), *_raw_han(page), *_lost_fields(page)] == [
        "line 2: “Save”",
        "line 3: “ files”",
        "line 4: “Your name”",
        "line 5: “保存”",
        "line 6: translated after it was put together",
    ]
    template = _Raw()
    template.feed(
        '<p>Hello</p><input placeholder="Name" name="login"><style>a b</style><p>1 / 2</p>'
    )
    assert template.found == ["“Hello”", "placeholder: “Name”"]
    assert fields("{n} of {all:>3} {{not}}") == {"n", "all"}


def _raw_calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr not in SHOWN or NOT_SHOWN.search(ast.unparse(node.func.value)):
            continue
        given = list(node.args[:2] if node.func.attr == "metric" else node.args[:1])
        if node.func.attr in {"Page", "page_link"}:
            given = []  # its first argument is a file
        given += [word.value for word in node.keywords if word.arg in SHOWN_KEYWORDS]
        for argument in given:
            yield from _literals(argument)


def _literals(node: ast.expr) -> Iterator[str]:
    """String constants that are shown as they stand, so not those inside of another call."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if LETTERS.search(MATERIAL.sub("", node.value)):
            yield f"line {node.lineno}: “{node.value}”"
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            yield from _literals(part)
    elif isinstance(node, ast.BinOp):
        yield from _literals(node.left)
        yield from _literals(node.right)
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.List | ast.Tuple):
        for one in node.elts:
            yield from _literals(one)


def _raw_han(tree: ast.AST) -> Iterator[str]:
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        # A language is named in itself, whatever is spoken now.
        if id(node) not in documented and HAN.search(node.value) and node.value != "中文":
            yield f"line {node.lineno}: “{node.value}”"


def _lost_fields(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            name = node.func.attr if isinstance(node.func, ast.Attribute) else name
            built = isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
            if name in {"_", "N_", "gettext", "ngettext"} and built:
                yield f"line {node.lineno}: translated after it was put together"


class _Raw(HTMLParser):
    """Texts of a template that no gettext has seen."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.unread: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"style", "script"}:
            self.unread = tag
        for name, value in attrs:
            if name in {"alt", "title", "placeholder", "aria-label"} and value:
                self._judge(value, f"{name}: ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.unread:
            self.unread = None

    def handle_data(self, data: str) -> None:
        if self.unread is None:
            self._judge(data, "")

    def _judge(self, text: str, where: str) -> None:
        text = text.strip()
        if text != "163 Desk" and (LETTERS.search(text) or HAN.search(text)):
            self.found.append(f"{where}“{text}”")
