"""The way into each list of the settings: a new entry, or one that there is."""

from collections.abc import Mapping

import streamlit as st

# Stands for a new entry: rows are counted from one, and Streamlit shows no words for None.
NEW = 0


def pick(label: str, new: str, names: Mapping[int, str], key: str) -> int | None:
    """The entry to be changed; None for a new one."""
    # Somebody may have removed it meanwhile.
    if st.session_state.get(key) not in names:
        st.session_state[key] = NEW
    chosen: int = st.selectbox(
        label,
        [NEW, *names],
        format_func=lambda entry: names.get(entry, new),
        key=key,
    )
    return chosen or None
