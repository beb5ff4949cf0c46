"""The demo's polls: an estate is asked, and its households answer by every way there is."""

import random
from datetime import datetime, timedelta
from functools import partial

from db.demo.estates import Home, House
from db.demo.file import File
from db.polls import answering, links, opening
from db.polls.reads import poll_view
from domain.polls import proposed_close

TURNOUT = 0.34
WEIGHTS = (9, 6, 2, 1)  # of the answers, in their order
BY_LINK, BY_PHONE = 0.5, 0.75  # the rest type room and code in the lobby
SLIPS_AFTER = timedelta(minutes=15)
FIRST_ANSWER_AFTER = timedelta(minutes=20)


def ask(file: File, at: datetime, closes_at: datetime | None = None) -> datetime:
    """Open a poll on the file, print its slips, let people answer; returns when it closes.

    Chance is the poll's own, so that the rest of the story does not depend on it.
    """
    question, *options = file.word.matter.poll
    closes = closes_at or proposed_close(at)
    rng = random.Random(question)  # noqa: S311 – a story, no secret
    poll = _Asked(file)
    file.diary.add(
        at, partial(poll.opened, question=file.say(question), options=options, closes=closes)
    )
    over = min(closes - timedelta(minutes=1), file.diary.now)
    first = min(at + FIRST_ANSWER_AFTER, over)
    for house in file.settled.estates.houses:
        if house.estate != file.house.estate:
            continue
        file.diary.add(min(at + SLIPS_AFTER, first), partial(poll.slipped, house=house))
        for home in {home.household: home for home in house.homes}.values():
            if rng.random() < TURNOUT:
                moment = first + (over - first) * rng.random()
                position = rng.choices(range(1, len(options) + 1), WEIGHTS[: len(options)])[0]
                way = rng.random()
                act = partial(poll.answered, house=house, home=home, position=position, way=way)
                file.diary.add(moment, act)
    return closes


class _Asked:
    """The poll as its acts know it: its code, and the slips in people's letterboxes."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._code = ""
        self._lobby = ""
        self._slips: dict[tuple[int, str], links.Slip] = {}

    def opened(self, now: datetime, question: str, options: list[str], closes: datetime) -> None:
        """The office opens it."""
        estate = self._file.settled.estates.ids[self._file.house.estate]
        draft = opening.PollDraft(question, options, closes, estate)
        clerk = self._file.clerk
        self._code = opening.open_poll(clerk, now, self._file.code, draft)
        self._lobby = poll_view(clerk, now, self._code).lobby_code or ""

    def slipped(self, now: datetime, house: House) -> None:
        """The slips of one building are printed."""
        for slip in links.issue_slips(self._file.clerk, now, self._code, house.id):
            self._slips[house.id, slip.room] = slip

    def answered(self, now: datetime, house: House, home: Home, position: int, way: float) -> None:
        """One household answers."""
        slip = self._slips[house.id, home.room]
        if way < BY_LINK:
            secret = links.exchange(now, slip.token, "")
            answering.answer_by_pass(now, secret, position)
        elif way < BY_PHONE:
            answering.answer_by_phone(self._file.clerk, now, self._code, home.household, position)
        else:
            answering.answer_in_lobby(
                now, self._lobby, home.household, slip.code, position, "192.0.2.1"
            )
