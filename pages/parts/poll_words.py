"""What signed-in pages say of a poll: where it stands, its turnout, its result."""

import streamlit as st

from db.polls.views import PollLine
from domain.polls import SMALL, PollState
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.words import _, opening


def state_badge(line: PollLine) -> None:
    """Open until when, closed, or withdrawn."""
    if line.state is PollState.OPEN:
        words = _("open until {when}", when=moment(line.closes_at))
        st.badge(opening(words), icon=":material/ballot:", color="green")
    elif line.state is PollState.CLOSED:
        words = _("closed {when}", when=moment(line.closes_at))
        st.badge(opening(words), icon=":material/lock_clock:", color="blue")
    else:
        st.badge(opening(_("withdrawn")), icon=":material/undo:", color="gray")


def state_words(line: PollLine) -> str:
    """The same without the time."""
    words = {
        PollState.OPEN: _("open"),
        PollState.CLOSED: _("answers are closed"),
        PollState.WITHDRAWN: _("withdrawn"),
    }
    return opening(words[line.state])


def turnout_words(line: PollLine) -> str:
    """Such as 37 of 288 households answered."""
    return _("{answered} of {asked} households answered", answered=line.answered, asked=line.asked)


def result(line: PollLine) -> None:
    """The figures of a closed poll as bars, as far as they may be shown."""
    st.subheader(headline(line), anchor=False)
    for option in line.options:
        if option.count is None:
            st.progress(0, text=f"**{plain(option.text)}** · {_('hidden')}")
        else:
            share = option.count / max(1, line.answered)
            st.progress(share, text=f"**{plain(option.text)}** · {option.count} ({percent(share)})")
    for note in notes(line):
        st.caption(note)


def percent(share: float) -> str:
    """Whole percents, never rounded up."""
    return f"{int(share * 100)} %"


def headline(line: PollLine) -> str:
    """The answer in one line, where it can be said."""
    shown = [option for option in line.options if option.count is not None]
    if line.majority:
        return _("More than half chose “{answer}”.", answer=plain(line.majority))
    if not shown:
        return _("Result")
    best = max(shown, key=lambda option: option.count or 0)
    if sum(option.count == best.count for option in shown) > 1:
        return _("Result: no answer leads")
    return _("Most chose “{answer}”", answer=plain(best.text))


def notes(line: PollLine) -> list[str]:
    """Why figures are missing."""
    if not line.hides:
        return []
    if line.answered < SMALL:
        return [_("Fewer than {n} households answered: the turnout alone is shown.", n=SMALL)]
    return [
        _(
            "Figures under {n}, and others from which they could be computed, are hidden so that "
            "nobody's answer can be guessed.",
            n=SMALL,
        )
    ]
