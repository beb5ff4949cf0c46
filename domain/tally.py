"""The tally of one question, and its result under the frozen rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.rights import Right
from domain.standing import Choice
from domain.thresholds import NOTHING, Lane, Outcome, Weight, outcome, shortfall


class Silent(StrEnum):
    """What served rights that returned nothing count as."""

    STRICT = "strict"
    FOLLOW_MAJORITY = "follow_majority"


class Invalid(StrEnum):
    """Whether an invalid ballot takes part; the law is silent, so both is the default."""

    BOTH = "both"
    PARTICIPATES = "participates"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Tally:
    """Weights of the standing ballots of one question, enough for its result.

    `silent`: the served rights without a standing ballot on it.
    """

    yes: Weight = NOTHING
    no: Weight = NOTHING
    abstain: Weight = NOTHING
    invalid: Weight = NOTHING
    silent: Weight = NOTHING


@dataclass(frozen=True, slots=True)
class Result:
    """What is published of one question."""

    question: str
    roll: Weight
    participating: Weight
    approving: Weight
    outcome: Outcome
    shortfall: Weight


def count(answers: Mapping[str, Choice], rights: Mapping[str, Right]) -> Tally:
    """Add up the standing answers to one question; every answering right is in `rights`."""
    return count_groups(
        (answers.get(name), Weight(right.area, 1), right.served) for name, right in rights.items()
    )


def count_groups(groups: Iterable[tuple[Choice | None, Weight, bool]]) -> Tally:
    """Add up groups of rights that say the same: choice (None: silent), weight, served."""
    areas = dict.fromkeys(Choice, 0)
    heads = dict.fromkeys(Choice, 0)
    silent_area = silent_heads = 0
    for choice, weight, served in groups:
        if choice is not None:
            areas[choice] += weight.area
            heads[choice] += weight.heads
        elif served:
            silent_area += weight.area
            silent_heads += weight.heads
    return Tally(
        **{choice.value: Weight(areas[choice], heads[choice]) for choice in Choice},
        silent=Weight(silent_area, silent_heads),
    )


def leading_side(tally: Tally) -> Choice | None:
    """The side that leads among returned yes and no by area and by heads alike, else None."""
    yes, no = tally.yes, tally.no
    if yes.area > no.area and yes.heads > no.heads:
        return Choice.YES
    if no.area > yes.area and no.heads > yes.heads:
        return Choice.NO
    return None


def ways(invalid: Invalid) -> tuple[bool, ...]:
    """Say for each way to compute whether invalid ballots take part; the first is shown."""
    match invalid:
        case Invalid.BOTH:
            return True, False
        case Invalid.PARTICIPATES:
            return (True,)
        case Invalid.EXCLUDED:
            return (False,)


def result_one_way(
    question: str,
    lane: Lane,
    roll: Weight,
    tally: Tally,
    silent: Silent,
    invalid_takes_part: bool,
) -> Result:
    """Compute a question with invalid ballots taking part, or with them left out."""
    approving = tally.yes
    participating = tally.yes + tally.no + tally.abstain
    if invalid_takes_part:
        participating += tally.invalid
    # 从众 exists in the owners' votes alone: silence never elects anybody.
    if silent is Silent.FOLLOW_MAJORITY and lane in (Lane.ORDINARY, Lane.SPECIAL):
        side = leading_side(tally)
        if side is not None:
            participating += tally.silent
        if side is Choice.YES:
            approving += tally.silent
    return Result(
        question,
        roll,
        participating,
        approving,
        outcome(lane, roll, participating, approving),
        shortfall(lane, roll, participating),
    )


def result(
    question: str,
    lane: Lane,
    roll: Weight,
    tally: Tally,
    silent: Silent,
    invalid: Invalid,
) -> Result:
    """Compute a question as the rules say; where the law's silence decides, say that instead."""
    found = [result_one_way(question, lane, roll, tally, silent, way) for way in ways(invalid)]
    if len({one.outcome for one in found}) > 1:
        return replace(found[0], outcome=Outcome.DEPENDS_ON_INVALID)
    return found[0]
