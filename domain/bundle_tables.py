"""What the tables of a recount bundle hold: roll, ballots and events, checked line by line."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from domain.areas import BadArea, parse_area
from domain.bundle import BadBundle, Bundle, Table
from domain.chain import Chain, Link, check
from domain.errors import N_
from domain.rights import BadOwners, Kind, Right, Unit, merge
from domain.standing import BallotLine, Channel, Choice
from domain.thresholds import Lane
from domain.vote_rules import Rules

ROLL, BALLOTS, EVENTS = "roll.csv", "ballots.csv", "events.csv"
ROLL_COLUMNS = ("unit", "kind", "area", "owners", "developer", "served")
BALLOT_COLUMNS = ("right", "question", "choice", "channel", "received_at", "seq")
EVENT_COLUMNS = ("seq", "at", "kind", "payload", "prev", "hash")

_KINDS = {kind.value: kind for kind in Kind}
_CHOICES = {choice.value: choice for choice in Choice}
_CHANNELS = {channel.value: channel for channel in Channel}
_FLAGS = {"yes": True, "no": False}
_SEQ = re.compile(r"0*[1-9][0-9]{0,17}")
# `fromisoformat` checks the values but lets any character stand between day and time.
_MOMENT = re.compile(
    r"[0-9]{4}(?:-?[0-9]{2}-?[0-9]{2}|-?W[0-9]{2}(?:-?[1-7])?)"
    r"(?:[T ][0-9:]{2,8}(?:[.,][0-9]+)?(?:Z|[+-][0-9:.]{2,15})?)?"
)


class BrokenChain(BadBundle):
    """The chain of events does not hold."""


def read_roll(bundle: Bundle, rules: Rules) -> dict[str, Right]:
    """Read the roll and merge its counted units into rights.

    Raises:
        BadBundle: see `voting.md`, the recount bundle.
    """
    table = Table(bundle, ROLL, ROLL_COLUMNS)
    try:
        return merge(_units(table, rules.lane), rules.count_parking)
    except (BadArea, BadOwners) as error:
        raise table.fault(error.template, **error.params) from error


def _units(table: Table, lane: Lane) -> Iterator[Unit]:
    area_free = lane in (Lane.COMMITTEE, Lane.POLL)
    units: set[str] = set()
    for unit, kind, area_text, owners, developer, served in table:
        if not unit.strip():
            raise table.fault(N_("the unit has no name"))
        if unit in units:
            raise table.fault(N_("unit “{value}” is on the roll twice; keep one"), value=unit[:40])
        units.add(unit)
        if kind not in _KINDS:
            raise table.fault(
                N_("kind is “{value}”; it must be one of: {known}"),
                value=kind[:40],
                known=", ".join(_KINDS),
            )
        for column, flag in (("developer", developer), ("served", served)):
            if flag not in _FLAGS:
                raise table.fault(
                    N_("{column} is “{value}”; it must be yes or no"),
                    column=column,
                    value=flag[:40],
                )
        area = parse_area(area_text)
        if not area and not area_free:
            raise table.fault(N_("the area is 0.00; only committee and poll count without area"))
        ids = tuple(owners.split("+")) if owners else ()
        yield Unit(unit, _KINDS[kind], area, ids, _FLAGS[developer], _FLAGS[served])


class Ballots:
    """The ballot lines of a bundle, checked against the roll and the rules as they are read.

    `questions`: those of the rules, else those met so far.
    """

    def __init__(self, bundle: Bundle, rules: Rules, rights: Mapping[str, Right]) -> None:
        self.table = Table(bundle, BALLOTS, BALLOT_COLUMNS)
        self.questions: dict[str, str] = {name: name for name in rules.questions or ()}
        self._open = rules.questions is None
        self._substitutes = rules.lane is not Lane.COMMITTEE
        self._rights = rights

    def __iter__(self) -> Iterator[BallotLine]:
        table, rights, questions = self.table, self._rights, self.questions
        for name, asked, choice, channel, received_at, seq in table:
            right = rights.get(name)
            if right is None:
                raise table.fault(N_("right “{value}” is not on the counted roll"), value=name[:40])
            # The same object for every line: a million copies of a name would fill the memory.
            question = questions.get(asked) or self._ask(asked)
            if choice not in _CHOICES:
                raise table.fault(
                    N_("choice is “{value}”; it must be one of: {known}"),
                    value=choice[:40],
                    known=", ".join(_CHOICES),
                )
            if channel not in _CHANNELS:
                raise table.fault(
                    N_("channel is “{value}”; it must be one of: {known}"),
                    value=channel[:40],
                    known=", ".join(_CHANNELS),
                )
            if channel == Channel.PROXY and not self._substitutes:
                raise table.fault(N_("a proxy votes in the committee, which has no substitutes"))
            if not is_moment(received_at):
                raise table.fault(
                    N_("received_at is “{value}”; write it as 2026-07-16T09:30:00+08:00"),
                    value=received_at[:40],
                )
            if not _SEQ.fullmatch(seq):
                raise table.fault(
                    N_("seq is “{value}”; it must be a whole number from 1"), value=seq[:40]
                )
            yield BallotLine(right.name, question, _CHOICES[choice], _CHANNELS[channel], int(seq))

    def _ask(self, question: str) -> str:
        if not self._open:
            raise self.table.fault(
                N_("question “{value}” is not among the questions of the rules"),
                value=question[:40],
            )
        if not question.strip():
            raise self.table.fault(N_("the line names no question"))
        return self.questions.setdefault(question, question)


def is_moment(text: str) -> bool:
    """Whether a text is an ISO 8601 date or time, with or without an offset."""
    if not _MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def read_events(bundle: Bundle) -> Chain:
    """Follow the chain of events from its first line to its head.

    Raises:
        BadBundle: the table cannot be read.
        BrokenChain: naming the first line that does not follow from those above it.
    """
    table = Table(bundle, EVENTS, EVENT_COLUMNS)
    chain = check(Link(*row) for row in table)
    if chain.broken:
        raise BrokenChain(
            table.name,
            table.line,
            N_("the chain breaks here: event {number} does not follow from what stands above"),
            number=chain.broken,
        )
    return chain
