"""The hours of the coming week in which nobody, or nobody behind the primary, is on call."""

import streamlit as st

from domain.on_call import LACK, Gap, Lack
from domain.volunteers import SQUAD
from pages.parts.when import moment
from pages.parts.words import _

MOST_GAPS = 6


def show(found: list[Gap]) -> None:
    """What is missing in the next seven days, the worst first."""
    bare = [gap for gap in found if gap.lack is Lack.NOBODY]
    if not found:
        st.success(
            _("Every hour of the next seven days has a primary and a backup."),
            icon=":material/task_alt:",
        )
        return
    lines = [
        _(
            "{squad}: {start} – {end}, {lack}",
            squad=_(SQUAD[gap.squad]),
            start=moment(gap.starts_at),
            end=moment(gap.ends_at),
            lack=_(LACK[gap.lack]),
        )
        for gap in (bare or found)[:MOST_GAPS]
    ]
    more = len(bare or found) - MOST_GAPS
    if more > 0:
        lines.append(_("and {n} more", n=more))
    text = "\n".join(f"- {line}" for line in lines)
    if bare:
        head = _("Nobody is on call in these hours of the next seven days")
        st.error(f"**{head}**\n\n{text}", icon=":material/event_busy:")
    else:
        head = _("Without a backup in the next seven days")
        st.warning(f"**{head}**\n\n{text}", icon=":material/person_alert:")
