"""What the log calls the lists that were taken along."""

from collections.abc import Mapping

from db.exports import Exported
from domain.errors import N_

NAMES: Mapping[Exported, str] = {
    Exported.FILES: N_("Files"),
    Exported.MICRO_LIST: N_("Micro-list"),
    Exported.CALLS: N_("Calls to make"),
    Exported.HELD: N_("Held back"),
    Exported.TASKS: N_("My tasks"),
    Exported.REQUESTS: N_("Requests for help"),
    Exported.VOLUNTEERS: N_("Volunteers"),
    Exported.ROSTER: N_("On call"),
    Exported.HOURS: N_("Hours of service"),
    Exported.VISITS: N_("Care visits"),
    Exported.PATROLS: N_("Storm patrols"),
    Exported.SURVEYS: N_("Surveys"),
    Exported.DELIVERY: N_("Service of ballots"),
    Exported.MANDATES: N_("Mandates"),
    Exported.OBJECTIONS: N_("Objections"),
    Exported.QUESTIONS: N_("Questions of owners"),
    Exported.AUDIT: N_("Audit log"),
    Exported.PEOPLE: N_("People"),
    Exported.SENDING: N_("Messages that were sent"),
    Exported.CHILDREN: N_("After-school class"),
    Exported.ERRANDS: N_("Errand desk"),
    Exported.ACTIVITIES: N_("Activities"),
    Exported.CONFERENCE: N_("Conference"),
}
