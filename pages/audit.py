"""Audit log 操作记录: who did what and when, the newest first; nothing here can be changed."""

import pyarrow as pa
import streamlit as st

from db.audit import AuditLine, audit
from db.now import now
from domain.people import Right
from pages.parts import export, export_files
from pages.parts.audit_words import facts, kinds, what
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _

KIND, FILE, AFTER = "kind", "file", "after"  # in the address


def chosen() -> None:
    """Put the filter into the address; a list begins anew with it."""
    kind, file = st.session_state["audit_kind"], str(st.session_state["audit_file"] or "").strip()
    st.query_params.from_dict(({KIND: kind} if kind else {}) | ({FILE: file} if file else {}))


def filters(known: dict[str, str]) -> tuple[str | None, str | None]:
    """What is asked for: a kind of event, a file's number."""
    kind = st.query_params.get(KIND)
    file = st.query_params.get(FILE)
    st.session_state["audit_kind"] = kind if kind in known else ""
    st.session_state["audit_file"] = file or ""
    left, right = st.columns(2)
    with left:
        st.selectbox(
            _("What happened"),
            ["", *known],
            format_func=lambda one: known.get(one, _("Everything")),
            key="audit_kind",
            on_change=chosen,
        )
    with right:
        st.text_input(
            _("Number of the file"),
            key="audit_file",
            placeholder="2026-000123",
            on_change=chosen,
        )
    return (kind if kind in known else None), file or None


def table(lines: tuple[AuditLine, ...], known: dict[str, str]) -> None:
    """The events."""
    st.dataframe(
        pa.table(
            {
                "at": [moment(line.at) for line in lines],
                "who": [by(line) for line in lines],
                "what": [what(line, known) for line in lines],
                "file": [line.case_number or "" for line in lines],
                "facts": [facts(line) for line in lines],
            }
        ),
        hide_index=True,
        height="content",
        key="audit_lines",
        alt=_("Events, the newest first"),
        column_config={
            "at": st.column_config.TextColumn(_("When"), width=150),
            "who": st.column_config.TextColumn(_("Who"), width=110),
            "what": st.column_config.TextColumn(_("What happened"), width=260),
            "file": st.column_config.TextColumn(_("File"), width=110),
            "facts": st.column_config.TextColumn(_("Details"), width="medium"),
        },
    )


def by(line: AuditLine) -> str:
    """Who did it."""
    if line.who:
        return line.who
    return _("a resident") if line.by_resident else _("by itself")


st.set_page_config(layout="wide")
st.title(_("Audit log"), anchor=False)
actor().need(Right.AUDIT)
st.caption(_("Each entry is chained to the one before it, so that a change afterwards is found."))
words = kinds()
kind, file = filters(words)
page = audit(actor(), now(), kind=kind, case_code=file, after=st.query_params.get(AFTER), limit=50)
if page.lines:
    narrowed = [part for part in (words[kind] if kind else None, file) if part]
    export.downloads(
        export_files.log(kind, file, narrowed, by, lambda line: what(line, words), facts), "audit"
    )
    table(page.lines, words)
else:
    st.info(_("Nothing was recorded that fits."), icon=":material/search_off:")
if page.next_cursor:
    st.page_link(
        "audit.py",
        label=_("Older"),
        icon=":material/chevron_right:",
        query_params={
            **({KIND: kind} if kind else {}),
            **({FILE: file} if file else {}),
            AFTER: page.next_cursor,
        },
        help="",
    )
