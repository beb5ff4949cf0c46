"""The pages, as data: where they are, what they are called, and who needs them."""

from copy import copy
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urljoin

import streamlit as st

from domain.errors import N_
from domain.people import Actor, Right
from pages.parts.words import _, speak

COUNCIL = "/council"
FOLDER = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the menu.

    Args:
        name: the file's name without its ending, which is also its address.
        needs: one of these rights shows it; none: everybody. The functions behind a page check
            for themselves; hiding it is comfort.
        listed: False for pages that are reached from others.
    """

    name: str
    title: str
    icon: str
    needs: frozenset[Right] = frozenset()
    listed: bool = True

    def for_whom(self, actor: Actor) -> bool:
        """Whether this page is of use to that person."""
        return not self.needs or bool(self.needs & actor.rights)


MENU = (
    Entry("today", N_("Today"), "today"),
    Entry("intake", N_("Take in"), "record_voice_over", frozenset({Right.TAKE_IN})),
    Entry("errands", N_("Errand desk"), "concierge", frozenset({Right.TAKE_IN})),
    Entry("held", N_("Held back"), "shield", frozenset({Right.HANDLE}), listed=False),
    Entry("inbox", N_("Files"), "inbox", frozenset({Right.READ_CASES})),
    Entry(
        "case",
        N_("File"),
        "folder_open",
        frozenset({Right.READ_CASES}),
        listed=False,
    ),
    Entry("votes", N_("Votes"), "how_to_vote", frozenset({Right.FIGURES})),
    Entry("poll", N_("Poll"), "ballot", frozenset({Right.FIGURES}), listed=False),
    Entry("vote", N_("Vote"), "how_to_vote", frozenset({Right.FIGURES}), listed=False),
    Entry("papers", N_("Paper ballots"), "inventory", frozenset({Right.RUN_VOTES}), listed=False),
    Entry("roll", N_("Owners' roll"), "real_estate_agent", frozenset({Right.READ_ROLL})),
    Entry(
        "conference",
        N_("Conference"),
        "groups",
        frozenset({Right.READ_CASES, Right.READ_OWN_TASKS}),
    ),
    Entry(
        "unit",
        N_("Partner units"),
        "handshake",
        frozenset({Right.HANDLE, Right.READ_OWN_TASKS}),
    ),
    Entry("dispatch", N_("Dispatch"), "support_agent", frozenset({Right.DISPATCH})),
    Entry("volunteers", N_("Volunteers"), "diversity_1", frozenset({Right.DISPATCH})),
    Entry("visits", N_("Care visits"), "volunteer_activism", frozenset({Right.DISPATCH})),
    Entry("patrols", N_("Patrols and surveys"), "directions_walk", frozenset({Right.DISPATCH})),
    Entry(
        "tasks",
        N_("My tasks"),
        "task_alt",
        frozenset({Right.READ_OWN_TASKS, Right.SERVE}),
    ),
    Entry("classes", N_("After-school class"), "school", frozenset({Right.FIGURES})),
    Entry("activities", N_("Activities"), "event", frozenset({Right.HANDLE, Right.TAKE_IN})),
    Entry("calls", N_("Calls to make"), "call", frozenset({Right.HANDLE})),
    Entry("micro_list", N_("Micro-list"), "checklist", frozenset({Right.READ_CASES})),
    Entry("publish", N_("Publish"), "campaign", frozenset({Right.PUBLISH})),
    Entry("metrics", N_("Metrics"), "monitoring", frozenset({Right.FIGURES})),
    Entry("personal", N_("Personal data"), "shield_person", frozenset({Right.REVEAL})),
    Entry("settings", N_("Settings"), "settings", frozenset({Right.SET_UP})),
    Entry("audit", N_("Audit log"), "history", frozenset({Right.AUDIT})),
)


@cache
def standing() -> tuple[Entry, ...]:
    """The entries whose page file stands."""
    return tuple(entry for entry in MENU if (FOLDER / f"{entry.name}.py").is_file())


def entries_for(actor: Actor) -> tuple[Entry, ...]:
    """The pages of that person, in the menu's order."""
    return tuple(entry for entry in standing() if entry.for_whom(actor))


def pages_of(actor: Actor) -> list[st.Page]:
    """The person's pages, as `st.navigation` takes them.

    Without sections: Streamlit's headings stand in the list as no list item should, and a
    screen reader then does not read it as one. They are copies, since each run marks its own.
    """
    pages = _made(entries_for(actor), speak())
    here = st.context.url  # none where no browser asks
    if here and actor.may(Right.FIGURES):
        pages = (*pages, _council(urljoin(here, COUNCIL), speak()))
    return [copy(page) for page in pages]


@lru_cache(maxsize=16)  # the addresses of one server
def _council(address: str, _language: str) -> st.Page:
    """The slides, one click from anywhere; they open beside the page that one is on."""
    return st.Page(address, title=_("Council view"), icon=":material/present_to_all:")


@cache
def _made(entries: tuple[Entry, ...], _language: str) -> tuple[st.Page, ...]:
    """Making a page looks its file up, which is most of what a frame would take."""
    return tuple(
        st.Page(
            f"{entry.name}.py",
            title=_(entry.title),
            icon=f":material/{entry.icon}:",
            url_path=entry.name,
            default=entry.name == "today",
            visibility="visible" if entry.listed else "hidden",
        )
        for entry in entries
    )
