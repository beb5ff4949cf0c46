"""Who is here: the account behind this browser tab, and the community's settings."""

import time
from contextvars import ContextVar

import streamlit as st

from db import sign_ins
from db.now import now
from db.settings import Settings
from db.sign_ins import Here
from domain.errors import N_, NotAllowed
from domain.people import Actor

# The gate asks the database before every frame from the browser; this only spares the pages
# of one run from asking again. Longer than a run, shorter than anyone's patience.
FRESH_SECONDS = 5.0

_known: ContextVar[tuple[str, float, Here] | None] = ContextVar("desk_known", default=None)
_stand_in: Here | None = None


def stand_in(actor: Actor | None, settings: Settings | None = None) -> None:
    """Be this person from now on, without a sign-in (tests of pages); None ends it."""
    global _stand_in
    _stand_in = Here(actor, settings or Settings()) if actor else None


def look_up() -> Here | None:
    """Ask the database who is here; None if the sign-in ended or there never was one."""
    if _stand_in is not None:
        return _stand_in
    key = st.user.get("desk_session")
    found = sign_ins.here(key, now()) if isinstance(key, str) else None
    _known.set((str(key), time.monotonic(), found) if found else None)
    return found


def here() -> Here:
    """Who is here, looked up once per run; fragments, which skip the frame, ask by themselves.

    Raises:
        NotAllowed: nobody is signed in.
    """
    if _stand_in is not None:
        return _stand_in
    known = _known.get()
    if (
        known
        and known[0] == st.user.get("desk_session")
        and time.monotonic() - known[1] < FRESH_SECONDS
    ):
        return known[2]
    found = look_up()
    if found is None:
        raise NotAllowed(N_("You are signed out. Sign in again."))
    return found


def actor() -> Actor:
    """The person of this run, for every call into `db`."""
    return here().actor


def settings() -> Settings:
    """The community's settings as they were when this run began."""
    return here().settings
