"""The six steps 六事 as a flow: of all open files with counts, and of one file."""

from collections.abc import Sequence

import streamlit as st

from db.today import StepCount
from domain import labels
from domain.moves import Step
from pages.parts import go
from pages.parts.words import _

ICONS = {
    Step.RAISE: "record_voice_over",
    Step.DELIBERATE: "how_to_vote",
    Step.COORDINATE: "groups",
    Step.CARRY_OUT: "handyman",
    Step.PUBLISH: "campaign",
    Step.RATE: "star",
    Step.CLOSED: "verified",
}


def name(step: Step) -> str:
    """The step's name with its icon, as markdown."""
    return f":material/{ICONS[step]}: {_(labels.STEP[step])}"


def counted_flow(counts: Sequence[StepCount], opens: bool) -> None:
    """How many open files stand at each step; each opens the list of exactly these.

    Args:
        opens: whether this person may look at files, or only at figures.
    """
    with st.grid(6, min_column_width=92, border=True, key="flow"):
        for row in counts:
            with st.container(gap=None):
                onward = " :gray[:material/chevron_right:]" if row is not counts[-1] else ""
                st.metric(name(row.step) + onward, str(row.count))
                if opens:
                    st.page_link(
                        "inbox.py",
                        label=_("Open"),
                        icon="",
                        query_params=go.list_params(row.opens),
                        help="",
                    )


def case_flow(now_at: Step, where: str) -> None:
    """The steps of one file: those behind it, where it is, those before it.

    Args:
        where: the name of its state, said beside the step that it is at.
    """
    parts = []
    steps = tuple(Step)
    for place, step in enumerate(steps):
        word = _(labels.STEP[step])
        if place < steps.index(now_at):
            parts.append(f":green[:material/check: {word}]")
        elif step is now_at:
            parts.append(f":green-badge[:material/{ICONS[step]}: **{word}** · {where}]")
        else:
            parts.append(f":gray[{word}]")
    st.markdown(" :gray[:material/chevron_right:] ".join(parts))
