"""What the roll's address says: estate, section, unit, and what of the units is listed."""

from collections.abc import Mapping

import streamlit as st

ESTATE, SECTION, UNIT, SHOW, QUERY, FIRST = "e", "s", "u", "show", "q", "from"


def at(changed: Mapping[str, str], clear: bool = False) -> None:
    """Go to another part of the roll; for callbacks. Empty values leave the address.

    Args:
        clear: whether all else that the address says is dropped.
    """
    kept = {} if clear else st.query_params.to_dict()
    wanted = {**kept, **changed}
    st.query_params.from_dict({key: value for key, value in wanted.items() if value})


def number(name: str) -> int | None:
    """A number of the address, None where it is none."""
    asked = str(st.query_params.get(name, ""))
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None
