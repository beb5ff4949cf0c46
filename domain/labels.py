"""What the house calls its states, steps, moves and the like, as message ids for all rooms.

Enums of the database's room stand here by their values, which they equal.
"""

from collections.abc import Mapping

from domain import conference, request_labels, round_events
from domain.clocks import Promise, Standing
from domain.closing import Outcome
from domain.errors import N_
from domain.moves import Move, State, Step
from domain.reminders import Rung
from domain.telling import Told
from domain.workdays import DayBasis

STEP: Mapping[Step, str] = {
    Step.RAISE: N_("Raising"),
    Step.DELIBERATE: N_("Deliberation"),
    Step.COORDINATE: N_("Coordination"),
    Step.CARRY_OUT: N_("Work"),
    Step.PUBLISH: N_("Publishing"),
    Step.RATE: N_("Rating"),
    Step.CLOSED: N_("Closed"),
}

STATE: Mapping[State, str] = {
    State.NEW: N_("new"),
    State.DELIBERATING: N_("in deliberation"),
    State.COORDINATING: N_("decided, to be given"),
    State.DOING: N_("being done"),
    State.PUBLISHING: N_("done, to be published"),
    State.RATING: N_("to be rated"),
    State.CLOSED: N_("closed"),
    State.ASKED: N_("waiting for the reporter"),
    State.MERGED: N_("merged"),
    State.IN_VOTE: N_("in a statutory vote"),
    State.SUSPENDED: N_("suspended"),
    State.DECLINED: N_("declined"),
    State.REOPENED: N_("reopened"),
}

# What a button says that makes the move.
MOVE: Mapping[Move, str] = {
    Move.ACCEPT: N_("Accept"),
    Move.ASK: N_("Ask the reporter"),
    Move.SUPPLY: N_("Write down the answer"),
    Move.DECIDE: N_("Decide who leads"),
    Move.TO_VOTE: N_("Turn to a statutory vote"),
    Move.FROM_VOTE: N_("End the vote"),
    Move.GIVE: N_("Give to a unit"),
    Move.RECALL: N_("Take back from the unit"),
    Move.DONE: N_("Report done"),
    Move.EXPLAIN: N_("Answer without work"),
    Move.PASS_ON: N_("Pass on to an authority"),
    Move.WITHDRAW: N_("Withdraw for the reporter"),
    Move.SEND_BACK: N_("Send back to the unit"),
    Move.SHOW: N_("Publish the result"),
    Move.CLOSE: N_("Close the file"),
    Move.REOPEN: N_("Reopen"),
    Move.DECLINE: N_("Decline"),
    Move.SUSPEND: N_("Suspend"),
    Move.RESUME: N_("Go on"),
    Move.MERGE: N_("Merge"),
    Move.UNMERGE: N_("Take out again"),
}

# What a timeline says that it was made.
MOVED: Mapping[Move, str] = {
    Move.ACCEPT: N_("Accepted"),
    Move.ASK: N_("The reporter was asked for more"),
    Move.SUPPLY: N_("The reporter answered"),
    Move.DECIDE: N_("Decided who leads and by when"),
    Move.TO_VOTE: N_("Turned to a statutory vote"),
    Move.FROM_VOTE: N_("The vote ended"),
    Move.GIVE: N_("Given to a unit"),
    Move.RECALL: N_("Taken back from the unit"),
    Move.DONE: N_("Reported done"),
    Move.EXPLAIN: N_("Answered without work"),
    Move.PASS_ON: N_("Passed on to an authority"),
    Move.WITHDRAW: N_("Withdrawn by the reporter"),
    Move.SEND_BACK: N_("Sent back to the unit"),
    Move.SHOW: N_("The result was published"),
    Move.CLOSE: N_("The file was closed"),
    Move.REOPEN: N_("The file was reopened"),
    Move.DECLINE: N_("Declined with a reason"),
    Move.SUSPEND: N_("Suspended with a reason"),
    Move.RESUME: N_("Went on"),
    Move.MERGE: N_("Merged into another file"),
    Move.UNMERGE: N_("Taken out of the other file"),
}

OUTCOME: Mapping[Outcome, str] = {
    Outcome.SOLVED: N_("solved"),
    Outcome.PARTLY_SOLVED: N_("partly solved"),
    Outcome.EXPLAINED: N_("explained"),
    Outcome.PASSED_ON: N_("passed on"),
    Outcome.DECLINED: N_("declined"),
    Outcome.WITHDRAWN: N_("withdrawn"),
}

PROMISE: Mapping[Promise, str] = {
    Promise.FIRST_ANSWER: N_("first answer"),
    Promise.VOTE_OPENED: N_("poll opened"),
    Promise.DECISION: N_("decision"),
    Promise.DONE: N_("work done"),
}

STANDING: Mapping[Standing, str] = {
    Standing.RUNNING: N_("running"),
    Standing.PAUSED: N_("paused"),
    Standing.MISSED: N_("overdue"),
    Standing.MET: N_("kept"),
    Standing.MET_LATE: N_("kept too late"),
    Standing.VOID: N_("no longer counts"),
}

RUNG: Mapping[Rung, str] = {
    Rung.BEFORE: N_("due soon"),
    Rung.DUE: N_("due"),
    Rung.CHASE: N_("written chase"),
    Rung.AGENDA: N_("onto the joint conference's agenda"),
}

# `db.tables.Channel`
CHANNEL: Mapping[str, str] = {
    "qr": N_("QR code"),
    "phone": N_("telephone"),
    "walk_in": N_("walk-in"),
    "meeting": N_("meeting"),
    "ledger": N_("ledger"),
    "round": N_("visit or patrol"),
}

# `db.tables.MeetingKind`
MEETING: Mapping[str, str] = {
    "hearing": N_("Neighbours' hearing"),
    "night_talk": N_("Night talk"),
}

# `db.tables.UnitKind`
UNIT: Mapping[str, str] = {
    "branch": N_("estate branch"),
    "property": N_("property company"),
    "partner": N_("partner unit"),
    "committee": N_("owners' committee"),
    "community": N_("community office"),
}

# `db.tables.ServiceClass`
SERVICE: Mapping[str, str] = {
    "administrative": N_("administrative service"),
    "volunteer": N_("volunteer service"),
    "social": N_("social service"),
}

BASIS: Mapping[DayBasis, str] = {
    DayBasis.NATURAL: N_("natural days"),
    DayBasis.WORKING: N_("working days"),
}

TOLD: Mapping[str, str] = {
    Told.ASKED: N_("ask for more information"),
    Told.DECIDED: N_("tell who leads and by when"),
    Told.SUSPENDED: N_("tell that it is suspended, and why"),
    Told.ANSWERED: N_("tell the answer"),
    Told.DECLINED: N_("tell that it was declined, and why"),
    Told.PUBLISHED: N_("tell the result and ask for a rating"),
    Told.REOPENED: N_("tell that it was reopened"),
    Told.MERGED: N_("tell that it goes on in another file"),
    Told.UNMERGED: N_("tell that it goes on by itself again"),
}

# How satisfied a reporter is, the best first.
LEVEL: Mapping[int, str] = {
    5: N_("very satisfied"),
    4: N_("satisfied"),
    3: N_("so-so"),
    2: N_("not satisfied"),
    1: N_("not satisfied at all"),
}

# Whether the reporter says that the problem is solved.
SOLVED: Mapping[str, str] = {
    "yes": N_("solved"),
    "partly": N_("partly solved"),
    "no": N_("not solved"),
}

# Events of a file that are no moves.
EVENT: Mapping[str, str] = {
    "opened": N_("The file was opened"),
    "report_added": N_("A further report came in"),
    "report_let_in": N_("A held report was let in"),
    "report_withdrawn": N_("One of the reporters withdrew"),
    "imported_closed": N_("Taken over from a ledger as closed"),
    "sorted": N_("Title, place or category changed"),
    "supplied": N_("The reporter added something"),
    "answered": N_("Answered on the follow page"),
    "contacted": N_("The reporter was called"),
    "task_given": N_("A unit was given its part"),
    "task_answered": N_("The unit answered"),
    "task_done": N_("An assisting unit reported done"),
    "later_asked": N_("The unit asks for a later day"),
    "later_granted": N_("A later day was granted"),
    "later_refused": N_("The day stays as it was given"),
    "rated": N_("The reporter rated the result"),
    "reminded": N_("Reminded"),
    "phone_revealed": N_("A phone number was shown whole"),
    **request_labels.OF_FILE,
    **round_events.OF_FILE,
    **conference.OF_FILE,
    "sent_to_poll": N_("To be asked about by a poll"),
    "poll_opened": N_("A poll was opened"),
    "poll_withdrawn": N_("The poll was withdrawn"),
}

EVENT_OTHER = N_("Recorded")

# Why a reporter was called, beside the news in TOLD.
PURPOSE: Mapping[str, str] = {
    "answer": N_("give a first answer"),
    "rating": N_("ask for a rating"),
}
