"""Forms in the panel of a file: saved, the page shows its new state and its next step."""

import streamlit as st

from pages.parts.forms import Form

DOING = "case_doing"  # what was chosen from the menu, in this tab


def case_form(name: str) -> Form:
    """A form of the panel."""
    return Form(f"case_{name}", in_fragment=True, then=back_to_main)


def back_to_main() -> None:
    """Show the form of the main step."""
    st.session_state[DOING] = None
