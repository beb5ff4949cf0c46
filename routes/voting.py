"""What the plain pages say of an owners' vote, in the reader's language."""

from datetime import date

from db.votes.published import FollowedVote
from db.votes.views import PublishedVote
from documents import vote_sheet
from domain import vote_words
from domain.days import local_day, local_time
from domain.thresholds import Outcome
from domain.votes import Stage
from locales import gettext as _
from locales.times import day_words, moment_words

KINDS = {Outcome.PASS: "ok", Outcome.FAIL: "late", Outcome.NO_QUORUM: "late"}


def told(vote: PublishedVote, today: date) -> dict[str, object]:
    """A published result as the templates show it: figures and outcomes, no voter."""
    elected, alternates = vote_sheet.seats(vote.count.seating)
    return {
        "title": vote.title,
        "where": " · ".join(
            (
                vote.estate,
                _(vote_words.LANE[vote.lane]),
                day_words(local_day(vote.published_at), today),
            )
        ),
        "elected": elected,
        "alternates": alternates,
        "questions": [
            {
                "name": one.question,
                "outcome": _(vote_words.OUTCOME[one.outcome]),
                "kind": KINDS.get(one.outcome, "soon"),
                "figures": vote_sheet.sentence(vote.lane, one),
            }
            for one in vote.count.questions
        ],
    }


def followed(vote: FollowedVote, today: date) -> dict[str, object]:
    """A vote that one's own matter was turned to."""
    days = ""
    if vote.stage in (Stage.NOTICED, Stage.OPEN) and vote.meets_on and vote.closes_at:
        days = _(
            "Voting: from {first} to {last}",
            first=day_words(vote.meets_on, today),
            last=moment_words(local_time(vote.closes_at), today),
        )
    return {
        "title": vote.title,
        "stage": _(vote_words.STAGE[vote.stage]),
        "days": days,
        "result": told(vote.result, today) if vote.result is not None else None,
    }
