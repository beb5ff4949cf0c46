"""The way into each list of the settings: a new entry, or one that there is."""

from collections.abc import Mapping

import streamlit as st

from pages.parts.words import _


def pick(label: str, new: str, names: Mapping[int, str], key: str) -> int | None:
    """The entry to be changed; None for a new one."""
    # Somebody may have removed it meanwhile.
    if st.session_state.get(key) not in names:
        st.session_state[key] = None
    chosen: int | None = st.selectbox(
        label,
        [None, *names],
        format_func=lambda entry: new if entry is None else names[entry],
        key=key,
        placeholder=_("Choose"),
    )
    return chosen
