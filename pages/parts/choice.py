"""A choice of one from a list of names, by the keys behind them."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

import streamlit as st

from pages.parts.words import _

K = TypeVar("K", bound=Hashable)


def plain_choice(
    label: str, names: Mapping[K, str], key: str, chosen: K | None, *, none: bool = False
) -> None:
    """A list that opens; typing narrows it down.

    Args:
        chosen: what is chosen at first; None, or what is not in the list, for nothing.
        none: whether “none” can be chosen.
    """
    options = list(names)
    asked: list[K | None] = [None, *options] if none else [*options]
    place = asked.index(chosen) if chosen in asked else None
    st.selectbox(
        label,
        asked,
        index=place,
        format_func=lambda option: names.get(option, _("None")),
        key=key,
        placeholder=_("Choose"),
    )
