"""The loop of a file (六事): its states, and the one table of allowed moves."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.closing import Outcome
from domain.errors import N_, Refused
from domain.people import Actor, Right


class Step(StrEnum):
    """The six steps 六事 that residents see, and the end."""

    RAISE = "raise"  # 提事
    DELIBERATE = "deliberate"  # 议事
    COORDINATE = "coordinate"  # 理事
    CARRY_OUT = "carry_out"  # 办事
    PUBLISH = "publish"  # 晒事
    RATE = "rate"  # 评事
    CLOSED = "closed"  # 销号


class State(StrEnum):
    """Where a file stands. The first seven are the loop, the others stand beside it."""

    NEW = "new"
    DELIBERATING = "deliberating"
    COORDINATING = "coordinating"
    DOING = "doing"
    PUBLISHING = "publishing"
    RATING = "rating"
    CLOSED = "closed"
    ASKED = "asked"  # more information asked of the reporter
    MERGED = "merged"  # merged into another file
    IN_VOTE = "in_vote"  # turned to a statutory owners' vote
    SUSPENDED = "suspended"
    DECLINED = "declined"
    REOPENED = "reopened"  # 重办


STEP: dict[State, Step | None] = {
    State.NEW: Step.RAISE,
    State.REOPENED: Step.RAISE,
    State.DELIBERATING: Step.DELIBERATE,
    State.IN_VOTE: Step.DELIBERATE,
    State.COORDINATING: Step.COORDINATE,
    State.DOING: Step.CARRY_OUT,
    State.PUBLISHING: Step.PUBLISH,
    State.DECLINED: Step.PUBLISH,  # the reason is what is made public
    State.RATING: Step.RATE,
    State.CLOSED: Step.CLOSED,
    # These stand at the step that they were taken from.
    State.ASKED: None,
    State.SUSPENDED: None,
    State.MERGED: None,
}

OPEN_STATES = frozenset(State) - {State.CLOSED, State.MERGED}
# Clocks stand still here. A merged file's clocks wait too: unmerged, its promises go on.
PAUSED_STATES = frozenset({State.ASKED, State.SUSPENDED, State.IN_VOTE, State.MERGED})


class Move(StrEnum):
    """The name of a change of state, as its event records it."""

    ACCEPT = "accept"  # 受理, on to deliberation
    ASK = "ask"  # ask the reporter for more
    SUPPLY = "supply"  # the reporter, or the desk on the phone, supplied it
    DECIDE = "decide"  # who leads, by when
    TO_VOTE = "to_vote"  # turn to a statutory vote
    FROM_VOTE = "from_vote"  # the vote is over
    GIVE = "give"  # 交办 to a branch, the property company or a unit
    RECALL = "recall"  # take back from a unit that cannot do it
    DONE = "done"  # the unit reports done
    EXPLAIN = "explain"  # answered without work
    PASS_ON = "pass_on"  # handed to an authority outside the community
    WITHDRAW = "withdraw"  # the reporter takes it back
    SEND_BACK = "send_back"  # the report of work is not accepted
    SHOW = "show"  # 晒事: published, or a reason for not publishing
    CLOSE = "close"  # 销号
    REOPEN = "reopen"  # 重办
    DECLINE = "decline"
    SUSPEND = "suspend"
    RESUME = "resume"
    MERGE = "merge"
    UNMERGE = "unmerge"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table.

    Args:
        sources: states that it may start from.
        target: state that it leads to; None means back to where the file was taken from.
        right: what the person must hold; None for moves that a resident may make too.
        reason: whether words must say why.
        outcome: the outcome that the move itself settles.
    """

    sources: frozenset[State]
    target: State | None
    right: Right | None
    reason: bool = False
    outcome: Outcome | None = None


_LOOP = (State.NEW, State.REOPENED, State.DELIBERATING, State.COORDINATING, State.DOING)


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


MOVES: dict[Move, Rule] = {
    Move.ACCEPT: Rule(_from(State.NEW, State.REOPENED), State.DELIBERATING, Right.HANDLE),
    # A file whose reporter must say more stands still; its clocks pause.
    Move.ASK: Rule(_from(*_LOOP), State.ASKED, Right.HANDLE, reason=True),
    Move.SUPPLY: Rule(_from(State.ASKED), None, None),
    Move.DECIDE: Rule(_from(State.DELIBERATING), State.COORDINATING, Right.HANDLE, reason=True),
    # A poll 意见征询 is advisory and leaves the file in deliberation; only the statutory vote
    # takes it out, because the law's periods are longer than the house's promises.
    Move.TO_VOTE: Rule(_from(State.DELIBERATING), State.IN_VOTE, Right.HANDLE, reason=True),
    Move.FROM_VOTE: Rule(_from(State.IN_VOTE), State.DELIBERATING, Right.HANDLE, reason=True),
    Move.GIVE: Rule(_from(State.COORDINATING), State.DOING, Right.HANDLE),
    Move.RECALL: Rule(_from(State.DOING), State.COORDINATING, Right.HANDLE, reason=True),
    # The office may report done for a unit that telephones; the event says who did.
    Move.DONE: Rule(_from(State.DOING), State.PUBLISHING, Right.DO_TASKS, reason=True),
    Move.EXPLAIN: Rule(
        _from(*_LOOP),
        State.PUBLISHING,
        Right.HANDLE,
        reason=True,
        outcome=Outcome.EXPLAINED,
    ),
    Move.PASS_ON: Rule(
        _from(*_LOOP),
        State.PUBLISHING,
        Right.HANDLE,
        reason=True,
        outcome=Outcome.PASSED_ON,
    ),
    Move.WITHDRAW: Rule(
        _from(*_LOOP, State.ASKED, State.SUSPENDED),
        State.PUBLISHING,
        None,
        reason=True,
        outcome=Outcome.WITHDRAWN,
    ),
    # A file that went straight from an answer to 晒事 has no work to send back: it is reopened.
    Move.SEND_BACK: Rule(_from(State.PUBLISHING), State.DOING, Right.HANDLE, reason=True),
    Move.SHOW: Rule(_from(State.PUBLISHING, State.DECLINED), State.RATING, Right.PUBLISH),
    Move.CLOSE: Rule(_from(State.RATING), State.CLOSED, Right.CLOSE),
    Move.REOPEN: Rule(
        _from(State.CLOSED, State.RATING, State.PUBLISHING, State.DECLINED),
        State.REOPENED,
        Right.HANDLE,
        reason=True,
    ),
    Move.DECLINE: Rule(
        _from(
            State.NEW,
            State.REOPENED,
            State.ASKED,
            State.DELIBERATING,
            State.COORDINATING,
        ),
        State.DECLINED,
        Right.HANDLE,
        reason=True,
        outcome=Outcome.DECLINED,
    ),
    Move.SUSPEND: Rule(_from(*_LOOP), State.SUSPENDED, Right.HANDLE, reason=True),
    Move.RESUME: Rule(_from(State.SUSPENDED), None, Right.HANDLE),
    Move.MERGE: Rule(
        _from(*_LOOP, State.ASKED, State.SUSPENDED),
        State.MERGED,
        Right.HANDLE,
        reason=True,
    ),
    Move.UNMERGE: Rule(_from(State.MERGED), None, Right.HANDLE, reason=True),
}

# The one main button of a file in that state; the others are in its menu.
MAIN_MOVE: dict[State, Move] = {
    State.NEW: Move.ACCEPT,
    State.REOPENED: Move.ACCEPT,
    State.ASKED: Move.SUPPLY,
    State.DELIBERATING: Move.DECIDE,
    State.IN_VOTE: Move.FROM_VOTE,
    State.COORDINATING: Move.GIVE,
    State.DOING: Move.DONE,
    State.PUBLISHING: Move.SHOW,
    State.DECLINED: Move.SHOW,
    State.RATING: Move.CLOSE,
    State.SUSPENDED: Move.RESUME,
    State.MERGED: Move.UNMERGE,
    State.CLOSED: Move.REOPEN,
}


def allowed(state: State) -> tuple[Move, ...]:
    """All moves that may start from `state`, in the table's order."""
    return tuple(move for move, rule in MOVES.items() if state in rule.sources)


def allowed_to(actor: Actor, state: State) -> tuple[Move, ...]:
    """The moves from `state` that this person's rights permit."""
    return tuple(move for move in allowed(state) if _permits(actor, MOVES[move]))


def _permits(actor: Actor, rule: Rule) -> bool:
    if rule.right is None:
        return actor.kind != "account" or actor.may(Right.HANDLE)
    if rule.right is Right.DO_TASKS:
        return actor.may(Right.DO_TASKS) or actor.may(Right.HANDLE)
    return actor.may(rule.right)


def after(move: Move, state: State, came_from: State | None, actor: Actor, reason: str) -> State:
    """The state that `move` leads to.

    Args:
        came_from: the state that a side state (asked, suspended, merged) was entered from.
        reason: the words that say why; blank counts as none.

    Raises:
        NotAllowed: the person may not make this move.
        Refused: the table has no such move from here, or a reason is missing; the text
            names the moves that are possible.
    """
    rule = MOVES[move]
    if state not in rule.sources:
        raise MoveRefused(move, state, allowed_to(actor, state))
    if not _permits(actor, rule):
        actor.need(rule.right or Right.HANDLE)
    if rule.reason and not reason.strip():
        raise Refused(N_("Write down why: this step is recorded with its reason."))
    if rule.target is not None:
        return rule.target
    return came_from if came_from is not None else State.NEW


class MoveRefused(Refused):
    """The file does not stand where this move starts; `possible` lists those that do."""

    def __init__(self, move: Move, state: State, possible: Iterable[Move]) -> None:
        super().__init__(
            N_("This file stands at “{state}”: “{move}” is not possible there. Possible: {moves}."),
            move=move,
            state=state,
            moves=tuple(possible),
        )
