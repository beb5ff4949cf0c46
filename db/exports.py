"""What left the house as a table: who took which list, and how many rows it had."""

from datetime import datetime
from enum import StrEnum

from db.engine import write
from db.events import record
from db.lists import need_signed_in
from domain.people import Actor


class Exported(StrEnum):
    """A list with personal data, or with residents' words in it."""

    FILES = "files"
    MICRO_LIST = "micro_list"
    CALLS = "calls"
    HELD = "held"
    TASKS = "tasks"
    REQUESTS = "requests"
    VOLUNTEERS = "volunteers"
    ROSTER = "roster"
    HOURS = "hours"
    VISITS = "visits"
    PATROLS = "patrols"
    SURVEYS = "surveys"
    DELIVERY = "delivery"
    MANDATES = "mandates"
    OBJECTIONS = "objections"
    QUESTIONS = "questions"
    AUDIT = "audit"
    PEOPLE = "people"
    SENDING = "sending"
    CHILDREN = "children"
    ERRANDS = "errands"
    ACTIVITIES = "activities"
    CONFERENCE = "conference"


def record_export(actor: Actor, now: datetime, what: Exported, rows: int) -> None:
    """Write down that this person took a list along; called before they get it.

    The list itself is read by the function that its page reads it by, with the same right.

    Raises:
        NotAllowed: nobody is signed in.
    """
    need_signed_in(actor)
    with write() as session:
        record(session, actor, now, "list_exported", list=what.value, rows=rows)
