"""A table that comes in: chosen or pasted, read once, and shown before anything is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Generic, TypeVar

import pyarrow as pa
import streamlit as st

from documents.sheets import Table, read_pasted, read_table
from domain.errors import DeskError
from domain.people import Actor
from domain.sheet_rows import RefusedRow
from pages.parts.forms import Form
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _
from pages.parts.working import working

MOST = 500  # rows of a table; more is not read by anybody

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen(Generic[T]):
    """A table that was read once and is shown until another is chosen.

    Args:
        mark: of the table and of what it is for.
        found: what its reader made of it, or None where it was refused with `error`.
        sheet: the name of the sheet that was read, where a workbook has several.
    """

    mark: tuple[object, str]
    found: T | None = None
    error: DeskError | None = None
    sheet: str = ""


def seen(
    form: Form, kept: str, read: Callable[[Actor, Table], T], about: object = None
) -> Seen[T] | None:
    """What stands in the form's `file` or `pasted`, read; None while there is nothing.

    Args:
        kept: the session's key for it.
        read: makes something of the table; what it refuses is kept to be shown.
        about: what else it depends on, such as the estate.
    """
    file = st.session_state.get(form.key("file"))
    pasted = str(st.session_state.get(form.key("pasted")) or "")
    if file is None and not pasted.strip():
        st.session_state.pop(kept, None)
        return None
    data = pasted.encode("utf-8", "replace") if file is None else file.getvalue()
    mark = (about, sha256(data).hexdigest())
    known = st.session_state.get(kept)
    if isinstance(known, Seen) and known.mark == mark:
        return known
    who = actor()

    def look(_tell: object) -> Seen[T]:
        try:
            table = read_pasted(pasted) if file is None else read_table(data, file.name)
            sheet = (table.sheet or "") if table.other_sheets else ""
            return Seen(mark, read(who, table), sheet=sheet)
        except DeskError as error:
            return Seen(mark, error=error)

    made = working(_("Reading the table…"), look)
    st.session_state[kept] = made
    return made


def one_sheet(table: Seen[T]) -> None:
    """Says which of several sheets was read."""
    if table.sheet:
        st.caption(_("Only the sheet “{name}” was read.", name=plain(table.sheet)))


def refused(rows: Sequence[RefusedRow], key: str, words: str) -> None:
    """Each row that does not go in, with its reason; nothing where there is none.

    Args:
        key: of the table.
        words: what stands above it, in the reader's language.
    """
    if not rows:
        return
    st.subheader(words, anchor=False)
    shown = rows[:MOST]
    st.dataframe(
        pa.table(
            {
                "line": pa.array([row.line for row in shown], pa.int64()),
                "reason": [_(row.reason, **row.params) for row in shown],
            }
        ),
        hide_index=True,
        key=key,
        alt=_("Rows that do not go in, and why"),
        column_config={
            "line": st.column_config.NumberColumn(_("Row"), width=60),
            "reason": st.column_config.TextColumn(_("Why"), width=720),
        },
    )
