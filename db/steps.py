"""At which of the six steps a file stands, for a row and for a query."""

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, and_

from db.tables import Case
from domain.moves import OPEN_STATES, STEP, State, Step

# A state, and the states that it must have come from; None: from anywhere.
States = Mapping[State, frozenset[State] | None]

ASIDE = frozenset({State.ASKED, State.SUSPENDED})  # these stand where they were taken from
ORDER = tuple(Step)


def step_of(state: State, came_from: State | None) -> Step:
    """The step of a file in that state."""
    return STEP[state] or (STEP[came_from] if came_from else None) or Step.RAISE


def states_at(step: Step) -> States:
    """All states whose files stand at the step and are open, or for the last step closed."""
    loop = [state for state in State if STEP[state] is step]
    if step is Step.CLOSED:
        return dict.fromkeys(loop)
    came = frozenset(state for state in OPEN_STATES if step_of(state, None) is step)
    aside = {state: came - ASIDE for state in ASIDE if came - ASIDE}
    return {**dict.fromkeys(loop), **aside}


def open_states() -> States:
    """All states of open files."""
    return dict.fromkeys(state for state in State if state in OPEN_STATES)


def in_state(state: State, came_from: Iterable[State] | None) -> ColumnElement[bool]:
    """The condition that a file is in that state."""
    if came_from is None:
        return Case.state == state
    return and_(Case.state == state, Case.came_from.in_(list(came_from)))
