"""The demo's owners' votes: a first election, a vote that passed, one open now, one in preparation.

All in 三盛巴厘岛, by the functions that people use; who votes how is chance.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlalchemy import select

from db.demo.diary import Diary
from db.demo.settled import Settled
from db.elections import candidates, committee, group, seats
from db.elections.committee_list import committee_of
from db.engine import read
from db.roll.live import live_units
from db.roll.owners import contacts
from db.tables.votes import Question, Vote, VoteRight, VoteUnit
from db.votes import box, counting, keying, opening, papers, preparing, serving
from db.votes.preparing import QuestionIn
from domain.ballots import write_choices
from domain.days import at_local, local_day
from domain.lanes import Matter
from domain.people import RESIDENT, Actor
from domain.preparation import Member, Seat
from domain.standing import Channel, Choice
from domain.thresholds import Lane

ESTATE = "bali"
SEATS = 7
STATEMENTS = (
    "住在这里十一年，愿意把账目按月贴到楼道里。",
    "做过工程预算，想先把电梯和消防的事理清楚。",
    "退休教师，时间多，愿意当大家和物业之间的传话人。",
    "双职工家庭，关心停车和孩子放学后的去处。",
    "做财务工作，公共收益每一笔都要对得上。",
    "当过楼长，六栋的门都敲过，知道各家的难处。",
    "懂一点法律，合同条款替大家看仔细。",
    "常年做志愿者，想把睦邻亭用起来。",
    "年轻业主，愿意把通知和投票讲得明明白白。",
)
GROUP = (
    Member("林秀兰", Seat.COMMUNITY, party=True, heads=True),
    Member("许玉珍", Seat.BRANCH, party=True),
    Member("杜维钧", Seat.STREET, party=True),
)
OPENS, CLOSES = time(9, 0), time(20, 0)


@dataclass(slots=True)
class Plan:
    """One vote of the story; days are counted back from today, closing may lie ahead.

    Args:
        share: of the rights that return a ballot by the close.
        yes: how likely an answer is yes.
        on_paper: how many of them come on paper.
    """

    matter: Matter
    title: str
    explanation: str
    questions: tuple[QuestionIn, ...]
    created: int
    noticed: int | None = None
    meets: int = 0
    closes: int = 0
    share: float = 0.0
    yes: float = 0.7
    on_paper: int = 0
    published: int | None = None
    code: str = ""
    rights: list[int] = field(default_factory=list)


FUND = Plan(
    Matter.USE_FUND,
    "使用维修资金更换 3 号楼电梯曳引机",
    "3 号楼两部电梯的曳引机已超过设计年限，检测报告和三家报价贴在各楼道。",
    (
        QuestionIn("更换 3 号楼电梯曳引机", "预算 28.6 万元，从 3 号楼分户账列支。"),
        QuestionIn("同意由街道招标平台选定施工单位", "公开招标，结果公示七日。"),
    ),
    created=82,
    noticed=78,
    meets=62,
    closes=48,
    share=0.83,
    yes=0.82,
    on_paper=4,
    published=46,
)
INCOME = Plan(
    Matter.OTHER,
    "是否利用小区公共收益改造中心花园",
    "去年公共收益结余 41.3 万元。方案：补种、加座椅、换照明，不占停车位。",
    (
        QuestionIn("利用公共收益改造中心花园", "总价不超过 18 万元，分两期完成。"),
        QuestionIn("改造后设立共享菜园", "中心花园东侧约 60 平方米。"),
    ),
    created=30,
    noticed=26,
    meets=9,
    closes=-6,
    share=0.645,
    on_paper=2,
)
ADVERTS = Plan(
    Matter.COMMON_PARTS,
    "电梯轿厢内是否设置广告位",
    "收益归全体业主，优先用于补充维修资金。",
    (QuestionIn("在电梯轿厢内设置广告位", "每部轿厢不超过两幅，合同一年一签。"),),
    created=2,
)
ELECTION = Plan(
    Matter.ELECT,
    "首届业主委员会选举",
    "选举七名委员。候选人的情况公示在各楼道和业主指南页。",
    (),
    created=318,
    noticed=304,
    meets=287,
    closes=278,
    share=0.86,
    yes=0.74,
    on_paper=6,
    published=276,
)


def vote(diary: Diary, settled: Settled) -> None:
    """Write the four votes into the diary; chance is their own."""
    for number, plan in enumerate((ELECTION, FUND, INCOME, ADVERTS)):
        rng = random.Random(f"vote {number}")  # noqa: S311 – a story, no secret
        _Story(diary, settled, plan, rng).write()


class _Story:
    """How one vote goes."""

    def __init__(self, diary: Diary, settled: Settled, plan: Plan, rng: random.Random) -> None:
        self.diary = diary
        self.estate = settled.estates.ids[ESTATE]
        self.by: Actor = settled.people.secretary
        self.tellers = (*settled.people.clerks[:2], settled.people.secretary)
        self.plan = plan
        self.rng = rng
        self.code = ""
        self.papers: list[int] = []

    def write(self) -> None:
        """Every act at its time; what has not come yet is left out by the diary."""
        plan, day = self.plan, self._day
        self.diary.add(day(plan.created, time(10, 15)), self.prepared)
        if plan.noticed is None:
            return
        self.diary.add(day(plan.noticed, time(15, 30)), self.noticed)
        self.diary.add(day(plan.meets, OPENS), self.opened)
        last = max(plan.closes, 0)
        for ago in range(plan.meets, last - 1, -1):
            self.diary.add(day(ago, time(19, 30)), self.voted)
        if plan.published is not None:
            self.diary.add(day(plan.closes, time(20, 5)), self.counted)
            self.diary.add(day(plan.published, time(9, 40)), self.published)
        if plan.matter is Matter.ELECT and plan.published is not None:
            self.diary.add(day(plan.published - 12, time(11, 0)), self.filed)

    def _day(self, ago: int, clock: time) -> datetime:
        return at_local(local_day(self.diary.now) - timedelta(days=ago), clock)

    def prepared(self, now: datetime) -> None:
        """Created, its questions or candidates written, its tellers named."""
        plan = self.plan
        electing = plan.matter is Matter.ELECT
        self.code = preparing.create(
            self.by,
            now,
            estate_id=self.estate,
            matter=plan.matter,
            title=plan.title,
            explanation=plan.explanation,
            seats=SEATS if electing else None,
        )
        if electing:
            group.name_group(self.by, now, self.code, (*GROUP, *self._owners_of_the_group()))
            for name, owner, statement in self._candidates():
                candidates.add_candidate(
                    self.by,
                    now,
                    self.code,
                    candidates.CandidateIn(
                        name=name, owner_id=owner, statement=statement, seen_on=local_day(now)
                    ),
                )
            candidates.display(self.by, now, self.code, local_day(now))
        else:
            preparing.ask(self.by, now, self.code, plan.questions)
        ids = [one.account_id for one in self.tellers if one.account_id is not None]
        preparing.name_tellers(self.by, now, self.code, ids)

    def _owners_of_the_group(self) -> list[Member]:
        return [Member(name, Seat.OWNER) for name, _ in self._people()[60:62]]

    def _candidates(self) -> list[tuple[str, int, str]]:
        people = self._people()[: len(STATEMENTS)]
        return [
            (name, owner, statement)
            for (name, owner), statement in zip(people, STATEMENTS, strict=True)
        ]

    def _people(self) -> list[tuple[str, int]]:
        """Owners whose name nobody else on the roll bears, far apart from each other."""
        with read() as session:
            owners = [
                unit.owner_ids[0]
                for unit in live_units(session, self.estate)
                if len(unit.owner_ids) == 1 and not unit.doubt and unit.household_id
            ]
            named = contacts(session, owners)
        names = [named[one][0] for one in dict.fromkeys(owners)]
        single = [
            (named[one][0], one)
            for one in dict.fromkeys(owners)
            if names.count(named[one][0]) == 1 and len(named[one][0]) <= 4
        ]
        return random.Random(7).sample(single, min(len(single), 80))  # noqa: S311

    def noticed(self, now: datetime) -> None:
        """The notice hangs in every stairwell."""
        plan = self.plan
        preparing.post_notice(
            self.by,
            now,
            self.code,
            noticed_on=local_day(now),
            meets_on=local_day(self._day(plan.meets, OPENS)),
            closes_at=self._day(plan.closes, CLOSES),
        )

    def opened(self, now: datetime) -> None:
        """Opened, served to nearly all, paper printed and given out."""
        opening.open_vote(self.by, now, self.code)
        with read() as session:
            units = session.execute(
                select(VoteUnit.id, VoteUnit.right_id)
                .join(Vote, Vote.id == VoteUnit.vote_id)
                .where(Vote.code == self.code, VoteUnit.right_id.is_not(None))
                .order_by(VoteUnit.id)
            ).all()
        served = [unit for unit, _ in units if self.rng.random() < 0.96]
        for start in range(0, len(served), 100):
            serving.serve_signed(self.by, now, self.code, served[start : start + 100])
        rights = list(dict.fromkeys(right for _, right in units if right is not None))
        self.rng.shuffle(rights)
        self.plan.rights = rights[: int(len(rights) * self.plan.share)]
        papers.print_papers(self.by, now, self.code, 30)
        issued = papers.issue_papers(
            self.by, now, self.code, self.plan.rights[: self.plan.on_paper]
        )
        self.papers = list(issued)
        self.plan.rights = self.plan.rights[self.plan.on_paper :]

    def voted(self, now: datetime) -> None:
        """A day's ballots: most come on the first days and on the last."""
        plan = self.plan
        days = plan.meets - max(plan.closes, 0) + 1
        today = (local_day(self.diary.now) - local_day(now)).days
        left = today - max(plan.closes, 0) + 1
        many = len(plan.rights) if left == 1 else -(-2 * len(plan.rights) // (left + days // 2))
        chosen, plan.rights = plan.rights[:many], plan.rights[many:]
        with read() as session:
            vote = session.scalars(select(Vote).where(Vote.code == self.code)).one()
            positions = session.scalars(
                select(Question.position)
                .where(Question.vote_id == vote.id, Question.withdrawn_at.is_(None))
                .order_by(Question.position)
            ).all()
            known = set(session.scalars(select(VoteRight.id).where(VoteRight.vote_id == vote.id)))
            lane, vote_id = vote.lane, vote.id
        begins = now - timedelta(hours=10)
        for place, right in enumerate(one for one in chosen if one in known):
            at = begins + timedelta(hours=10) * place / max(len(chosen), 1)
            box.cast(
                box.BallotIn(
                    RESIDENT,
                    vote_id,
                    right,
                    Channel.ONLINE,
                    write_choices(self._choices(positions, lane)),
                    f"{self.code} {right}",
                    at,
                )
            )
        if self.papers:
            number = self.papers.pop()
            papers.receive(self.by, now, self.code, number)
            said = self._choices(positions, lane)
            for teller in self.tellers[:2]:
                keying.key_paper(teller, now, self.code, number, said)

    def _choices(self, positions: Sequence[int], lane: Lane) -> dict[int, Choice]:
        if lane is Lane.ELECTION:
            # The first on the list are better known than the last.
            chosen = [
                one
                for place, one in enumerate(positions)
                if self.rng.random() < self.plan.yes - 0.03 * place
            ][:SEATS]
            return {one: Choice.YES if one in chosen else Choice.ABSTAIN for one in positions}
        answers = {}
        for place, one in enumerate(positions):
            said = self.rng.random()
            likely = self.plan.yes - 0.16 * place
            answers[one] = (
                Choice.YES if said < likely else Choice.NO if said < 0.93 else Choice.ABSTAIN
            )
        return answers

    def counted(self, now: datetime) -> None:
        """Counted after the close."""
        counting.count_now(self.by, now, self.code)

    def published(self, now: datetime) -> None:
        """The result hangs out; an election's committee takes office and is filed."""
        counting.publish(self.by, now, self.code)
        if self.plan.matter is not Matter.ELECT:
            return
        begins = local_day(now) + timedelta(days=1)
        committee.take_over(self.by, now, self.code, begins_on=begins, years=5)

    def filed(self, now: datetime) -> None:
        """The committee's papers were filed with the street office."""
        seated = committee_of(self.by, self.estate, now)
        if seated is not None:
            seats.record_filing(self.by, now, seated.term_id, local_day(now), "仓临备〔演示〕1号")
