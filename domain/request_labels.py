"""What requests, offers and reasons are called, as message ids."""

from collections.abc import Mapping

from domain.errors import N_
from domain.escalation import Rung
from domain.matching import Near, Out
from domain.offers import Ended, OfferState, Why
from domain.requests import Act, Authority, Called, RequestState, Source, Urgency
from domain.volunteers import Match

STATE: Mapping[RequestState, str] = {
    RequestState.NEW: N_("to be sorted"),
    RequestState.TRIAGED: N_("ready to be offered"),
    RequestState.OFFERING: N_("being offered"),
    RequestState.ASSIGNED: N_("somebody is coming"),
    RequestState.EN_ROUTE: N_("on the way"),
    RequestState.ON_SCENE: N_("at the door"),
    RequestState.DONE: N_("help was given"),
    RequestState.CLOSED: N_("put away"),
    RequestState.UNFILLED: N_("nobody is left to ask"),
    RequestState.ESCALATED: N_("the secretary is called"),
    RequestState.TRANSFERRED: N_("handed over to 120 or 110"),
    RequestState.DUPLICATE: N_("asked for twice"),
    RequestState.CANCELLED: N_("not needed any more"),
}

URGENCY: Mapping[Urgency, str] = {
    Urgency.EMERGENCY: N_("emergency"),
    Urgency.ROUTINE: N_("routine"),
}

SOURCE: Mapping[Source, str] = {
    Source.CASE: N_("from a file"),
    Source.PHONE: N_("by phone"),
    Source.PUBLIC: N_("from the public page"),
    Source.UNIT: N_("from a unit"),
}

CALLED: Mapping[Called, str] = {
    Called.FAMILY: N_("The family has called 120"),
    Called.DESK: N_("The desk has called 120"),
    Called.NOT_NEEDED: N_("120 is said not to be needed"),
}

AUTHORITY: Mapping[Authority, str] = {
    Authority.AMBULANCE: N_("120, ambulance"),
    Authority.POLICE: N_("110, police"),
}

OFFER: Mapping[OfferState, str] = {
    OfferState.SENT: N_("asked"),
    OfferState.ACCEPTED: N_("accepted"),
    OfferState.DECLINED: N_("declined"),
    OfferState.EXPIRED: N_("over"),
    OfferState.UNREACHABLE: N_("not reached by phone"),
}

ENDED: Mapping[Ended, str] = {
    Ended.TIME: N_("no answer in time"),
    Ended.TAKEN: N_("somebody else was first"),
    Ended.WITHDRAWN: N_("the request ended"),
    Ended.GAVE_WAY: N_("gave way to an emergency"),
}

# What a volunteer's button says.
WHY: Mapping[Why, str] = {
    Why.BUSY: N_("I am busy now"),
    Why.AWAY: N_("I am not at home"),
    Why.UNWELL: N_("I do not feel well"),
    Why.NOT_ABLE: N_("It is not what I can do"),
    Why.OTHER: N_("Something else"),
}

RUNG: Mapping[Rung, str] = {
    Rung.FIRST: N_("the first three are asked"),
    Rung.NEXT: N_("three more are asked"),
    Rung.LEADERS: N_("the squad leader and the duty desk are told"),
    Rung.SECRETARY: N_("the secretary is told"),
}

OUT: Mapping[Out, str] = {
    Out.LEFT: N_("not in the squad"),
    Out.PAUSED: N_("taking a break"),
    Out.SKILL: N_("no verified skill that fits"),
    Out.NOT_FREE: N_("not free at that time"),
    Out.QUIET: N_("quiet hours"),
    Out.HOLDS_TASK: N_("has another task"),
    Out.OFFERED: N_("is being asked for another"),
    Out.TRIED: N_("was asked already"),
    Out.RESTING: N_("rests after a night duty"),
    Out.UNINSURED: N_("not insured for dangerous work"),
    Out.UNWANTED: N_("the resident's wish"),
}

NEAR: Mapping[Near, str] = {
    Near.BUILDING: N_("same building"),
    Near.ESTATE: N_("same estate"),
    Near.OTHER: N_("another estate"),
}

MATCH: Mapping[Match, str] = {
    Match.EXACT: N_("exact skill"),
    Match.RELATED: N_("related skill"),
    Match.NONE: N_("no skill"),
}

# What the timeline says of an act.
ACT: Mapping[Act, str] = {
    Act.TRIAGE: N_("sorted"),
    Act.OFFER: N_("volunteers are being asked"),
    Act.ACCEPT: N_("a volunteer accepted"),
    Act.SET_OUT: N_("the volunteer is on the way"),
    Act.ARRIVE: N_("the volunteer arrived"),
    Act.LEAVE: N_("the volunteer has left"),
    Act.CLOSE: N_("put away"),
    Act.RUN_OUT: N_("nobody is left to ask"),
    Act.ESCALATE: N_("the secretary is called"),
    Act.RELEASE: N_("the volunteer cannot come"),
    Act.TRANSFER: N_("handed over to 120 or 110"),
    Act.DUPLICATE: N_("asked for twice"),
    Act.CANCEL: N_("not needed any more"),
}

# Events of a file, and of the house's log.
OF_FILE: Mapping[str, str] = {
    "request_made": N_("Volunteers' help was asked for"),
    "request_moved": N_("Volunteers' help"),
}
OF_HOUSE: Mapping[str, str] = {
    "request_changed": N_("A request for help was changed"),
    "request_looked": N_("Somebody looked at whom help is for"),
    "request_person_erased": N_("The person of a request was erased"),
    "request_rung": N_("The ladder of a request climbed"),
    "offer_sent": N_("A volunteer was asked"),
    "offer_answered": N_("A volunteer answered"),
    "offer_ended": N_("An offer ended"),
}
