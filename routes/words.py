"""What residents read for states and steps: message ids, translated when shown.

Promises, results and ratings are called as everywhere, see `domain.labels`.
"""

from domain.errors import N_
from domain.moves import State, Step

# The six steps as they stand in a row on a phone: one short word each.
STEP_NAMES: dict[Step, str] = {
    Step.RAISE: N_("Raise (step)"),
    Step.DELIBERATE: N_("Discuss (step)"),
    Step.COORDINATE: N_("Arrange (step)"),
    Step.CARRY_OUT: N_("Do (step)"),
    Step.PUBLISH: N_("Show (step)"),
    Step.RATE: N_("Rate (step)"),
}

STATE_WORDS: dict[State, str] = {
    State.NEW: N_("We have it and are looking into it."),
    State.DELIBERATING: N_("It is being discussed what to do and who takes care of it."),
    State.COORDINATING: N_("It is settled what to do; the work is being handed over."),
    State.DOING: N_("The work is being done."),
    State.PUBLISHING: N_("There is a result. It is being checked before it is shown."),
    State.RATING: N_("There is a result. Please say how satisfied you are."),
    State.CLOSED: N_("This matter is closed."),
    State.ASKED: N_("We need to know more from you before we can go on."),
    State.IN_VOTE: N_("The owners decide this by a vote under the law."),
    State.SUSPENDED: N_("This matter is on hold. The reason stands below."),
    State.DECLINED: N_("This matter was not accepted. The reason stands below."),
    State.REOPENED: N_("It was taken up again and starts anew."),
    State.MERGED: N_("This matter goes on together with another one."),
}

# Headlines of the story's entries, by the kind of their note.
ENTRY_NAMES: dict[str, str] = {
    "ask": N_("The community asks you"),
    "decide": N_("It is settled who takes care of it"),
    "explain": N_("The community answers"),
    "pass_on": N_("Passed on to the authority in charge"),
    "decline": N_("Not accepted, because"),
    "suspend": N_("On hold, because"),
    "reopen": N_("Taken up again"),
    "answer": N_("The community answers"),
    "unit_answer": N_("News of the work"),
    "later_granted": N_("The work gets a later day"),
    "later_refused": N_("The work keeps its day"),
    "unit_done": N_("Reported the work as done"),
    "supplied": N_("You added"),
    "withdraw": N_("You took it back"),
    "withdrawn": N_("You took it back"),
    "rating_comment": N_("Your comment on the result"),
    "poll_withdrawn": N_("The poll was withdrawn, because"),
}
OTHER_ENTRY = N_("News")

# The mouths of the faces beside the words of `domain.labels.LEVEL`, for who looks faster than
# reads: drawn, as old phones lack half of the emoji.
MOUTHS = {
    5: "14q4.500 5.500 9 0z",
    4: "14.500q4.500 3.500 9 0",
    3: "15.500h9",
    2: "16.500q4.500-3.500 9 0",
    1: "17q4.500-5.500 9 0",
}
