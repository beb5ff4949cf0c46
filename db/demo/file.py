"""What the office and the units do with one file of the demo, written into the diary."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from db import extending, merging, moving, publishing, tasks, telling
from db.demo.pictures import picture
from db.demo.voice import Voice
from db.engine import read
from db.tables import Photo, Telling
from domain.closing import Outcome
from domain.days import local_day
from domain.moves import Move
from domain.people import Actor

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


@dataclass(slots=True)
class File(Voice):
    """The story of one file; its methods are called in the order of time.

    Args:
        worked: from when to when it was with a unit, for those who may look into it meanwhile.
    """

    began: datetime | None = None
    worked: list[tuple[datetime, datetime]] = field(default_factory=list)

    def merged(self, at: datetime, into: Voice, reason: str) -> datetime:
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
        self.began = at if give else None
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

    def asked_later(self, at: datetime, due: datetime) -> datetime:
        """The unit asks for a later day."""

        def act(now: datetime) -> None:
            if self.lead in self.settled.people.contacts:
                extending.ask_later(
                    self._worker(),
                    now,
                    self.codes[0],
                    local_day(due),
                    "施工比预计的复杂，申请延期。",
                )

        return self._add(at, act)

    def granted_later(self, at: datetime, due: datetime) -> datetime:
        """延期: the office moves the unit's day."""

        def act(now: datetime) -> None:
            secretary = self.settled.people.secretary
            words = "情况属实，同意延期，其间请做好现场提示。"
            extending.grant_later(secretary, now, self.codes[0], local_day(due), words)

        return self._add(at, act)

    def done(self, at: datetime, outcome: Outcome = Outcome.SOLVED) -> datetime:
        """The unit reports done, with a photo where one was taken."""
        if self.began is not None:
            self.worked.append((self.began, at))
            self.began = None
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

    def closed(self, at: datetime) -> datetime:
        """销号."""

        def act(now: datetime) -> None:
            publishing.close(self.teller, now, self.code)

        return self._add(at, act)
