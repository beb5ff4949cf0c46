"""Which term of the class the page shows."""

import streamlit as st

from db.classes import reads
from db.now import now
from domain.days import local_day
from domain.people import Right
from locales.times import day_words
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, speak

TERM = "t"  # in the address


def choose() -> str | None:
    """The term in the address, else the one that is on, else the newest; None without any."""
    speak()
    lines = {line.code: line for line in reads.terms(actor())}
    today = local_day(now())
    running = next((code for code, line in lines.items() if line.is_on(today)), None)
    asked = str(st.query_params.get(TERM, ""))
    code = asked if asked in lines else running or next(iter(lines), None)
    if code is None:
        return None
    if len(lines) > 1:
        st.session_state["classes_term"] = code
        st.selectbox(
            _("Term"),
            list(lines),
            format_func=lambda one: plain(lines[one].name),
            key="classes_term",
            on_change=keep,
        )
    line = lines[code]
    span = f"{day_words(line.starts_on, today)} – {day_words(line.ends_on, today)}"
    st.caption(f"{plain(line.name)} · {span}")
    return code


def keep() -> None:
    """Put the chosen term into the address."""
    st.query_params[TERM] = str(st.session_state["classes_term"])


def nothing() -> None:
    """No term yet."""
    if actor().may(Right.RUN_SERVICES):
        words = _("There is no term yet. Open the first one under “Terms and staff”.")
    else:
        words = _("There is no term yet. The secretary opens the first one.")
    st.info(words, icon=":material/school:")
