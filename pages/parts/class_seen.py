"""Children as they were looked at: kept in this tab for a while, as each look is recorded."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import streamlit as st

from db.classes.children import ChildLine
from db.now import now

SEEN = "class_seen"
KEPT = timedelta(minutes=30)


def keep(name: str, look: Callable[[], Sequence[ChildLine]]) -> None:
    """Look, and keep what was seen under that name."""
    st.session_state.setdefault(SEEN, {})[name] = (now(), tuple(look()))


def seen(name: str) -> tuple[ChildLine, ...] | None:
    """What was seen under that name lately; None asks for another look."""
    found: tuple[datetime, tuple[ChildLine, ...]] | None
    found = st.session_state.get(SEEN, {}).get(name)
    if found is None or now() - found[0] > KEPT:
        st.session_state.get(SEEN, {}).pop(name, None)
        return None
    return found[1]
