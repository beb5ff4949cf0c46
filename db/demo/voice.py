"""What residents do with one file of the demo: report, add, take back, rate."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from db import intake, moving, rating
from db.demo.diary import Diary, office
from db.demo.estates import WITHIN_BUILDING, Home, House
from db.demo.matters import Word
from db.demo.pictures import picture
from db.demo.settled import Settled
from db.tables import Channel
from domain.people import RESIDENT, Actor

DESK = (Channel.PHONE, Channel.WALK_IN, Channel.MEETING)


@dataclass(slots=True)
class Voice:
    """A file as its reporter has to do with it; each deed is written into the diary.

    Args:
        clerk: who takes it in and moves it.
        lead: the unit that it is given to.
    """

    diary: Diary
    settled: Settled
    word: Word
    house: House
    rng: random.Random
    category: int
    lead: int
    clerk: Actor
    teller: Actor  # makes the calls and closes it: not who works on it
    home: Home
    channel: Channel = Channel.QR
    has_phone: bool = True
    shows_photos: bool = False
    text: str = ""  # a neighbour's own words on the same matter
    taken: intake.Taken | None = None
    codes: list[str] = field(default_factory=list)  # of its tasks, the lead's first

    def say(self, text: str) -> str:
        """The text with the names of this file's place."""
        estate = self.settled.estates.names[self.house.estate]
        return text.replace("{building}", self.house.name).replace("{estate}", estate)

    @property
    def words(self) -> str:
        """What the reporter says."""
        return self.say(self.text or self.word.matter.words[self.word.number])

    @property
    def code(self) -> str:
        """The code of the file, once it is taken in."""
        if self.taken is None or self.taken.case_code is None:
            raise LookupError("the file is not taken in yet")
        return self.taken.case_code

    def _add(self, at: datetime, act: Callable[[datetime], None]) -> datetime:
        self.diary.add(at, act)
        return at

    def later(self, at: datetime, low: float, high: float) -> datetime:
        """A moment in office hours between so many hours after `at`."""
        return office(at + timedelta(hours=self.rng.uniform(low, high)), self.rng)

    def reported(self, at: datetime) -> datetime:
        """提事: by the poster, or at the desk."""
        matter, text = self.word.matter, self.words
        desk = self.channel in DESK
        known = self.rng.random() < 0.6
        who = intake.ReporterWords(
            name=self.home.name if desk or known else "",
            phone=(self.home.phone or "") if self.has_phone else "",
            household_id=self.home.household if desk else None,
            consent=True,
        )
        poster = self.settled.estates.poster(matter.at, self.house)
        named = "{building}" in matter.words[self.word.number] + "".join(matter.summary)
        inside = matter.at in WITHIN_BUILDING or named
        scene = matter.picture if self.shows_photos and self.channel is Channel.QR else None

        def act(now: datetime) -> None:
            self.taken = intake.take_report(
                self.clerk if desk else RESIDENT,
                now,
                text=text,
                channel=self.channel,
                place_code=None if desk else poster,
                estate_id=self.settled.estates.ids[self.house.estate],
                building_id=self.house.id if inside else None,
                category_id=self.category,
                reporter=who,
                photos=[picture(scene, False)] if scene else (),
            )

        return self._add(at, act)

    def joined(self, at: datetime, text: str, home: Home) -> datetime:
        """A neighbour reports the same on the telephone."""
        who = intake.ReporterWords(home.name, home.phone or "", home.household, True)
        words = self.say(text)

        def act(now: datetime) -> None:
            intake.take_report(
                self.clerk, now, text=words, channel=Channel.PHONE, reporter=who, into=self.code
            )

        return self._add(at, act)

    def supplied(self, at: datetime) -> datetime:
        """The reporter answers the question: on the follow page, or on the telephone."""
        words = self.word.matter.supplied

        def act(now: datetime) -> None:
            if self.channel in DESK:
                moving.supply_by_phone(self.clerk, now, self.code, words)
            elif self.taken is not None:
                moving.supply(RESIDENT, now, self.taken.follow_code, words)

        return self._add(at, act)

    def withdrawn(self, at: datetime) -> datetime:
        """The reporter takes it back on the follow page."""
        reason = self.word.matter.turns["withdrawn"][1]

        def act(now: datetime) -> None:
            if self.taken is not None:
                moving.withdraw_by_follow(RESIDENT, now, self.taken.follow_code, reason)

        return self._add(at, act)

    def rated(self, at: datetime, level: int, solved: str, comment: str = "") -> datetime:
        """评事: on the follow page, or on the telephone for who came that way."""
        by_phone = self.channel in DESK and self.has_phone

        def act(now: datetime) -> None:
            if self.taken is None:
                return
            if by_phone:
                rating.rate_by_phone(
                    self.teller, now, self.code, self.taken.report_id, level, solved, comment
                )
            else:
                rating.rate_by_follow(RESIDENT, now, self.taken.follow_code, level, solved, comment)

        return self._add(at, act)
