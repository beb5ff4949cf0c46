"""What an owners' vote calls its stages, lanes, outcomes, periods: message ids for all rooms."""

from collections.abc import Mapping

from domain.errors import N_
from domain.standing import Channel
from domain.tally import Invalid, Silent
from domain.thresholds import Lane, Outcome
from domain.timeline_of_vote import About, Kept, Milestone
from domain.votes import Stage

STAGE: Mapping[Stage, str] = {
    Stage.PREPARING: N_("being prepared"),
    Stage.NOTICED: N_("notice posted"),
    Stage.OPEN: N_("voting is open"),
    Stage.COUNTING: N_("closed, to be counted"),
    Stage.COUNTED: N_("counted, to be published"),
    Stage.PUBLISHED: N_("result published"),
    Stage.CANCELLED: N_("ended without a result"),
}

# What a vote waits for at that stage; the last two wait for nothing.
WAITS: Mapping[Stage, str] = {
    Stage.PREPARING: N_("Write the questions and post the notice."),
    Stage.NOTICED: N_("Go through the readiness list; a person opens the vote."),
    Stage.OPEN: N_("Serve the ballots and bring the owners to vote."),
    Stage.COUNTING: N_("Key the paper ballots, then count."),
    Stage.COUNTED: N_("Check the result and publish it."),
    Stage.PUBLISHED: "",
    Stage.CANCELLED: "",
}

# A committee's vote is not opened: its meeting is recorded in one form.
MEETING_WAITS = N_("Hold the meeting, then record it.")

LANE: Mapping[Lane, str] = {
    Lane.ORDINARY: N_("Owners' vote · ordinary matter"),
    Lane.SPECIAL: N_("Owners' vote · special matter"),
    Lane.ELECTION: N_("Committee election"),
    Lane.COMMITTEE: N_("Committee's meeting"),
    Lane.POLL: N_("Poll"),
}

OUTCOME: Mapping[Outcome, str] = {
    Outcome.PASS: N_("carried"),
    Outcome.FAIL: N_("not carried"),
    Outcome.NO_QUORUM: N_("quorum not reached"),
    Outcome.NO_MEETING: N_("no valid meeting"),
    Outcome.ADVISORY: N_("advisory"),
    Outcome.DEPENDS_ON_INVALID: N_("depends on invalid ballots"),
}

MILESTONE: Mapping[Milestone, str] = {
    Milestone.NOTICE: N_("Notice posted"),
    Milestone.OBJECTIONS: N_("Objections to roll and questions, last day"),
    Milestone.MEETING: N_("First day of voting"),
    Milestone.CLOSE: N_("Last day of voting"),
    Milestone.PUBLISH: N_("Result published by"),
    Milestone.RESULT_OBJECTIONS: N_("Objections to the result, last day"),
}

# The rule of a period that has one, with its number of days.
PERIOD: Mapping[Milestone, str] = {
    Milestone.OBJECTIONS: N_("{days} days from the notice"),
    Milestone.MEETING: N_("at least {days} days after the notice"),
    Milestone.PUBLISH: N_("within {days} days after the close"),
    Milestone.RESULT_OBJECTIONS: N_("{days} days from publication"),
}

KEPT: Mapping[Kept, str] = {
    Kept.PLANNED: N_("earliest"),
    Kept.COMING: N_("to come"),
    Kept.RUNNING: N_("running"),
    Kept.KEPT: N_("kept"),
    Kept.BROKEN: N_("not kept"),
}

ABOUT: Mapping[About, str] = {
    About.ROLL: N_("the owners' roll"),
    About.CANDIDATES: N_("a candidate"),
    About.RESULT: N_("the result"),
}

INVALID: Mapping[Invalid, str] = {
    Invalid.BOTH: N_("computed both ways; if they differ, a decision is needed"),
    Invalid.PARTICIPATES: N_("invalid ballots take part and do not approve"),
    Invalid.EXCLUDED: N_("invalid ballots are left out"),
}

SILENT: Mapping[Silent, str] = {
    Silent.STRICT: N_("who returns nothing does not take part"),
    Silent.FOLLOW_MAJORITY: N_("who was served and returns nothing follows the majority"),
}

CHANNEL: Mapping[Channel, str] = {
    Channel.ONLINE: N_("online"),
    Channel.PAPER: N_("on paper"),
    Channel.PROXY: N_("by proxy"),
}

# What a question needs, said beside its figures.
MAJORITY: Mapping[Lane, str] = {
    Lane.ORDINARY: N_("more than half of those who take part"),
    Lane.SPECIAL: N_("three quarters or more of those who take part"),
    Lane.ELECTION: N_("more than half of those who take part"),
    Lane.COMMITTEE: N_("more than half of all members"),
    Lane.POLL: "",
}


def square_metres(area: int) -> str:
    """0.01 m² as square metres with two decimals and grouped digits, such as 2,140.00."""
    return f"{area // 100:,}.{area % 100:02d}"
