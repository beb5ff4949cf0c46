"""What the plain pages say of a poll, in the reader's language."""

from datetime import date

from db.polls.views import OptionLine, PollLine
from domain.days import local_time
from domain.polls import SMALL, PollState
from locales import gettext as _
from locales.times import moment_words


def told(poll: PollLine, today: date) -> dict[str, object]:
    """The poll as the templates show it; `share` of its options is of all answers."""
    closes = moment_words(local_time(poll.closes_at), today)
    ends = {
        PollState.OPEN: _("open until {when}", when=closes),
        PollState.CLOSED: _("closed {when}", when=closes),
        PollState.WITHDRAWN: _("withdrawn"),
    }
    return {
        "code": poll.code,
        "question": poll.question,
        "where": str(poll.where),
        "open": poll.state is PollState.OPEN,
        "closed": poll.state is PollState.CLOSED,
        "ends": ends[poll.state],
        "turnout": _(
            "{answered} of {asked} households answered", answered=poll.answered, asked=poll.asked
        ),
        "answered": poll.answered,
        "asked": poll.asked,
        "options": [
            {"position": option.position, "text": option.text, "count": _count(poll, option)}
            for option in poll.options
        ],
        "notes": notes(poll),
        "decided": moment_words(local_time(poll.decided_at), today) if poll.decided_at else None,
    }


def _count(poll: PollLine, option: OptionLine) -> str | None:
    if poll.state is not PollState.CLOSED:
        return None
    return _("hidden") if option.count is None else str(option.count)


def notes(poll: PollLine) -> list[str]:
    """Why figures are missing, and what can be said in their place."""
    if poll.state is not PollState.CLOSED or not poll.hides:
        return []
    if poll.answered < SMALL:
        return [_("Fewer than {n} households answered: the turnout alone is shown.", n=SMALL)]
    said = [
        _(
            "Figures under {n}, and others from which they could be computed, are hidden so that "
            "nobody's answer can be guessed.",
            n=SMALL,
        )
    ]
    if poll.majority:
        said.insert(0, _("More than half chose “{answer}”.", answer=poll.majority))
    return said
