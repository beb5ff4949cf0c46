"""Messages that leave the house: to whom, what each kind says, and when sending is tried again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from string import Formatter

from domain.errors import N_


class Topic(StrEnum):
    """What a group channel is for; each kind of message belongs to one."""

    DEADLINES = "deadlines"
    HELP = "help"
    ROUNDS = "rounds"
    VOTES = "votes"


TOPIC_TITLES: Mapping[Topic, str] = {
    Topic.DEADLINES: N_("Deadlines"),
    Topic.HELP: N_("Requests for help"),
    Topic.ROUNDS: N_("Visits and patrols"),
    Topic.VOTES: N_("Votes"),
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """One account, one volunteer or one channel of the community.

    None of them: a group for which no channel is set; the office pastes the text.
    """

    account_id: int | None = None
    volunteer_id: int | None = None
    channel_id: int | None = None

    def __post_init__(self) -> None:
        named = (self.account_id, self.volunteer_id, self.channel_id)
        if sum(key is not None for key in named) > 1:
            raise ValueError("a message has one recipient")


@dataclass(frozen=True, slots=True)
class Message:
    """What a kind of message says.

    Args:
        topic: which group channels take it; None: only those that it is sent to by name.
        subject, text: message ids. `{link}` is the page's whole address, or its title where no
            public address is set; other fields come from the words that it was posted with.
        page: the page that it leads to, with fields of the words in its query.
    """

    topic: Topic | None
    subject: str
    text: str
    page: str = ""

    @property
    def fields(self) -> frozenset[str]:
        """What it must be posted with."""
        parsed = (Formatter().parse(one) for one in (self.subject, self.text, self.page))
        return frozenset(name for one in parsed for _, name, _, _ in one if name) - {"link"}


MESSAGES: Mapping[str, Message] = {
    "test": Message(
        None,
        N_("Test message"),
        N_("This is a test message of 163 Desk. If you can read it, the channel works."),
    ),
    "reminder": Message(
        Topic.DEADLINES,
        N_("File {number}: {rung}"),
        N_("File {number}, {promise}: {rung}, due {due_at}. {link}"),
        "case?c={code}",
    ),
    "unit_reminder": Message(
        Topic.DEADLINES,
        N_("File {number}: {rung}"),
        N_("File {number}, given to your unit: {rung}, due {due_at}. {link}"),
        "tasks",
    ),
    "task_given": Message(
        None,
        N_("File {number} was given to your unit"),
        N_("File {number} was given to your unit, to be done by {due_at}. {link}"),
        "tasks",
    ),
    "reopened": Message(
        None,
        N_("File {number} was reopened"),
        N_("File {number} was reopened: it was not solved. {link}"),
        "case?c={code}",
    ),
    "offer": Message(
        Topic.HELP,
        N_("A neighbour asks for help"),
        N_("A neighbour asks for your help. Please accept or decline before {until_at}: {link}"),
        "tasks",
    ),
    "offer_over": Message(
        Topic.HELP,
        N_("Taken care of"),
        N_("Somebody else is already helping. Thank you for being there. {link}"),
        "tasks",
    ),
    "request_waits": Message(
        Topic.HELP,
        N_("A request for help waits"),
        N_("Nobody has taken request {number} yet. Please look after it now: {link}"),
        "dispatch",
    ),
    "request_near": Message(
        Topic.HELP,
        N_("A neighbour in your estate needs help"),
        N_("Nobody has come yet to request {number} in your estate. Please go and look: {link}"),
        "tasks",
    ),
    "visits_called": Message(
        Topic.ROUNDS,
        N_("Care visits are called"),
        N_("{event}: please visit the people on your list before {until_at}. {link}"),
        "tasks",
    ),
    "same_day_check": Message(
        Topic.ROUNDS,
        N_("A look is needed today"),
        N_("Twice in a row nobody answered on a care visit. Please look in today: {link}"),
        "visits",
    ),
    "patrol_called": Message(
        Topic.ROUNDS,
        N_("A patrol begins"),
        N_("A patrol begins and you are in it. Check in when you arrive: {link}"),
        "tasks",
    ),
}

# Waits between attempts grow from a minute to six hours: a mail server's short fault costs
# minutes, a long one is tried for over a day before the office takes over.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=6),
    timedelta(hours=12),
)
# What is urgent is of no use a day later: the office takes over after minutes.
URGENT_WAITS = (timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2))
# Longer than any attempt takes: after it, whoever claimed a message has died with it.
CLAIM_LASTS = timedelta(minutes=3)


def next_wait(attempts: int, urgent: bool) -> timedelta | None:
    """How long to wait after so many failed attempts; None: give up."""
    waits = URGENT_WAITS if urgent else WAITS
    return waits[attempts - 1] if attempts <= len(waits) else None


def is_mail(address: str) -> bool:
    """Whether it is a plain e-mail address and no Apprise one."""
    return "@" in address and "://" not in address


def service_of(address: str) -> str:
    """What may be shown of an address, such as wecombot://…: the rest is a secret."""
    if is_mail(address):
        name, _, host = address.rpartition("@")
        return f"{name[:1]}…@{host}"
    return f"{address.partition('://')[0]}://…"


# `db.outbox.desk.Fate`
FATE_TITLES: Mapping[str, str] = {
    "waiting": N_("waits to be sent"),
    "sent": N_("sent"),
    "given_up": N_("could not be sent"),
    "by_hand": N_("to be told by the office"),
    "settled": N_("told by the office"),
}

# `jobs.carriers`, `jobs.sending`
FAULT_TITLES: Mapping[str, str] = {
    "refused": N_("the service refused it"),
    "no_answer": N_("the service did not answer"),
    "bad_address": N_("the address is not understood"),
    "crashed": N_("a fault of 163 Desk, see the log"),
}
