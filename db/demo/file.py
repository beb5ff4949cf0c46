"""One file of the demo: its steps, each written into the diary and played by the real writes."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from db import intake, merging, moving, publishing, rating, tasks, telling
from db.demo.diary import Diary, office
from db.demo.estates import WITHIN_BUILDING, Home, House
from db.demo.matters import Word
from db.demo.pictures import picture
from db.demo.settled import Settled
from db.engine import read
from db.tables import Channel, Photo, Telling
from domain.closing import Outcome
from domain.days import local_day
from domain.moves import Move
from domain.people import RESIDENT, Actor

NO_PHOTO = (
    "现场已核实，当时未拍照，处理单存社区。",
    "已电话向反映人核实，无需照片。",
    "涉及住户家中，不便拍照。",
    "维修单由物业存档，现场复查无异常。",
)
NOT_PUBLISHED = "涉及住户家事，当事人不希望公开。"
# The move that each turn of a matter is, and its name in the texts.
TURN = {
    Move.TO_VOTE: "vote",
    Move.REOPEN: "reopened",
    Move.SEND_BACK: "sent_back",
    Move.RECALL: "recalled",
    Move.SUSPEND: "suspended",
    Move.ASK: "asked",
    Move.EXPLAIN: "explained",
    Move.PASS_ON: "passed_on",
    Move.DECLINE: "declined",
}
DESK = (Channel.PHONE, Channel.WALK_IN, Channel.MEETING)


@dataclass(slots=True)
class File:
    """The story of one file; its methods are written in the order of time.

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

    def merged(self, at: datetime, into: "File", reason: str) -> datetime:
        """It is the same matter as another file."""

        def act(now: datetime) -> None:
            merging.merge(self.clerk, now, self.code, into.code, reason)

        return self._add(at, act)

    def unmerged(self, at: datetime, reason: str) -> datetime:
        """It was another matter after all."""

        def act(now: datetime) -> None:
            merging.unmerge(self.clerk, now, self.code, reason)

        return self._add(at, act)

    def move(self, at: datetime, kind: Move, reason: str = "") -> datetime:
        """A move that needs its reason alone."""

        def act(now: datetime) -> None:
            moving.move(self.clerk, now, self.code, kind, self.say(reason))

        return self._add(at, act)

    def turn(self, at: datetime, kind: Move) -> datetime:
        """The move with the reason that this matter gives for it."""
        return self.move(at, kind, self.reason(kind))

    def reason(self, kind: Move) -> str:
        """The reason that this matter gives for the move."""
        return self.word.matter.turns[TURN[kind]][1]

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

    def accepted(self, at: datetime) -> datetime:
        """受理."""
        return self.move(at, Move.ACCEPT)

    def answered(self, at: datetime, reached: bool = True) -> datetime:
        """The first answer: a call where there is a number, else words on the follow page."""

        def act(now: datetime) -> None:
            if self.taken is None:
                return
            if not self.has_phone:
                telling.answer(self.clerk, now, self.code, "已收到，马上安排人到现场查看。")
                return
            telling.contact(
                self.clerk,
                now,
                self.code,
                report_id=self.taken.report_id,
                purpose="answer",
                reached=reached,
                words="已致电说明受理情况。" if reached else "",
            )

        return self._add(at, act)

    def called(self, at: datetime, reached: bool = True) -> datetime:
        """The desk makes the calls that wait for this file."""

        def act(now: datetime) -> None:
            if self.taken is None:
                return
            waiting = select(Telling).where(
                Telling.case_id == self.taken.case_id,
                Telling.by_phone,
                Telling.settled_at.is_(None),
            )
            with read() as session:
                calls = [(row.id, row.report_id, row.kind) for row in session.scalars(waiting)]
            for key, report_id, kind in calls:
                telling.contact(
                    self.teller,
                    now,
                    self.code,
                    report_id=report_id,
                    purpose=kind,
                    reached=reached,
                    telling_id=key,
                )

        return self._add(at, act)

    def decided(
        self, at: datetime, due: datetime, helpers: tuple[str, ...] = (), give: bool = True
    ) -> datetime:
        """议定: who leads by when."""
        words = self.say(self.word.one_of(self.word.matter.decided))
        assisting = [self.settled.units[key] for key in helpers]

        def act(now: datetime) -> None:
            given = tasks.decide(
                self.settled.people.secretary,
                now,
                self.code,
                lead_unit_id=self.lead,
                due_on=local_day(due),
                words=words,
                assisting=assisting,
                give_now=give,
            )
            self.codes = list(given.task_codes)

        return self._add(at, act)

    def given(self, at: datetime, due: datetime, unit: int | None = None) -> datetime:
        """交办, after a decision alone or a recall."""

        def act(now: datetime) -> None:
            self.lead = unit or self.lead
            given = tasks.give(self.clerk, now, self.code, unit_id=self.lead, due_on=local_day(due))
            self.codes = list(given.task_codes)[-1:]

        return self._add(at, act)

    def _worker(self) -> Actor:
        """Who speaks for the unit; the desk writes for one that only telephones."""
        return self.settled.people.contacts.get(self.lead, self.clerk)

    def unit_answered(self, at: datetime) -> datetime:
        """The unit says how it stands."""
        words = self.say(self.word.one_of(self.word.matter.answer))

        def act(now: datetime) -> None:
            tasks.answer_task(self._worker(), now, self.codes[0], words)

        return self._add(at, act)

    def done(self, at: datetime, outcome: Outcome = Outcome.SOLVED) -> datetime:
        """The unit reports done, with a photo where one was taken."""
        words = self.say(self.word.one_of(self.word.matter.done))
        scene = self.word.matter.picture if self.shows_photos else None

        def act(now: datetime) -> None:
            proof = [picture(scene, True)] if scene else ()
            tasks.report_done(self._worker(), now, self.codes[0], words, proof, outcome=outcome)

        return self._add(at, act)

    def shown(self, at: datetime, summary: str = "", private: bool = False) -> datetime:
        """晒事."""
        text = self.say(summary or self.word.one_of(self.word.matter.summary))
        no_photo = "" if self.shows_photos else self.rng.choice(NO_PHOTO)

        def act(now: datetime) -> None:
            case_id = self.taken.case_id if self.taken else None
            with read() as session:
                photos = list(session.scalars(select(Photo.code).where(Photo.case_id == case_id)))
            publishing.show(
                self.settled.people.secretary,
                now,
                self.code,
                summary="" if private else text,
                no_summary_reason=NOT_PUBLISHED if private else "",
                no_evidence_reason=no_photo,
                public_photos=photos,
            )

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

    def closed(self, at: datetime) -> datetime:
        """销号."""

        def act(now: datetime) -> None:
            publishing.close(self.teller, now, self.code)

        return self._add(at, act)

    def later(self, at: datetime, low: float, high: float) -> datetime:
        """A moment in office hours between so many hours after `at`."""
        return office(at + timedelta(hours=self.rng.uniform(low, high)), self.rng)
