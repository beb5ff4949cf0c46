"""Votes and polls as tables: turnout as it may be shown, results once they are counted."""

from collections.abc import Sequence

from db.polls.views import PollLine
from db.votes.views import BuildingTurnout, ResultView, VoteLine, VoteView
from domain import vote_words
from domain.thresholds import Lane, Weight
from pages.parts.export import Table
from pages.parts.poll_words import state_words
from pages.parts.words import _, opening

_CENTS = 100  # areas are kept in hundredths of a square metre


def all_votes(votes: Sequence[VoteLine], polls: Sequence[PollLine]) -> Table:
    """Both in one list, as on the page."""
    header = [
        _("Kind of vote"),
        _("Title"),
        _("Estate"),
        _("Stage"),
        _("Opened"),
        _("Closes"),
        _("Entitled"),
        _("Took part"),
        _("Area entitled, m²"),
        _("Area that took part, m²"),
        _("Outcome"),
    ]
    rows = [
        [
            _(vote_words.LANE[line.lane]),
            line.title,
            line.estate,
            opening(_(vote_words.STAGE[line.stage])),
            line.opened_at,
            line.closes_at,
            line.roll.heads,
            line.returned.heads,
            line.roll.area / _CENTS,
            line.returned.area / _CENTS,
            "; ".join(f"{what}: {_(vote_words.OUTCOME[how])}" for what, how in line.outcomes),
        ]
        for line in votes
    ]
    rows += [
        [
            _(vote_words.LANE[Lane.POLL]),
            line.question,
            line.where.estate,
            state_words(line),
            line.opened_at,
            line.closes_at,
            line.asked,
            line.answered,
            None,
            None,
            line.majority,
        ]
        for line in polls
    ]
    return Table("votes", _("Votes and polls"), header, lambda: rows)


def turnout(line: VoteLine, buildings: Sequence[BuildingTurnout]) -> Table:
    """Who took part, as a whole and by building; nothing of what they chose."""
    header = [
        _("Building"),
        _("Entitled"),
        _("Ballots served"),
        _("Took part"),
        _("Area entitled, m²"),
        _("Area served, m²"),
        _("Area that took part, m²"),
    ]
    rows = [[_("All"), *_weights(line.roll, line.served, line.returned)]]
    rows += [
        [row.name or _("without a building"), *_weights(row.roll, row.served, row.returned)]
        for row in buildings
    ]
    return Table("turnout", _("Turnout"), header, lambda: rows, [line.title])


def results(view: VoteView, found: ResultView) -> Table:
    """Each question's figures."""
    header = [
        _("Question asked"),
        _("Outcome"),
        _("Entitled"),
        _("Took part"),
        _("Approve"),
        _("Area entitled, m²"),
        _("Area that took part, m²"),
        _("Area that approves, m²"),
    ]
    rows = [
        [
            one.question,
            opening(_(vote_words.OUTCOME[one.outcome])),
            *_weights(one.roll, one.participating, one.approving),
        ]
        for one in found.count.questions
    ]
    return Table("result", _("Result of the vote"), header, lambda: rows, [view.line.title])


def _weights(*weights: Weight) -> list[object]:
    return [*(one.heads for one in weights), *(one.area / _CENTS for one in weights)]
