"""The demo's storm patrol: last week, in pairs, one hazard that was put right."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from db import moving, publishing, tasks, telling
from db.demo.diary import Diary
from db.demo.settled import Settled
from db.engine import read
from db.rounds import patrol_starting, patrols
from db.rounds.patrol_query import PatrolView, patrol
from db.tables import Case, Task
from db.tables.rounds import Patrol
from db.tables.volunteers import ServiceHours, VolunteerRow
from db.volunteers import hours
from domain.days import local_day
from domain.moves import Move
from domain.patrols import Finding, pair_up
from domain.people import Actor
from domain.service_hours import Source
from domain.volunteers import Squad

AGO = 6
HAZARDS = 1  # files that the patrol opens; they count among the demo's matters
ESTATE = "xinyuan"
WALKERS = 6
POINTS = (
    *("半地下停车场坡道", "半地下停车场排水泵", "东门排水沟", "睦邻亭旁老樟树", "小广场配电箱"),
    *("1号楼屋顶落水口", "2号楼屋顶落水口", "3号楼单元门雨棚", "5号楼后坡挡土墙", "西侧围墙"),
)
AT_HAZARD = 5
HAZARD = "落水口被落叶堵住，屋面积水约五厘米，正往楼道渗"
MENDED = "已清理落水口并加装防护罩，屋面积水排净，楼道已查无渗漏。"
STEP = timedelta(minutes=6)


@dataclass(slots=True)
class _Story:
    """What the acts know of each other."""

    settled: Settled
    template: str = ""
    code: str = ""
    file: str = ""
    points: list[str] = field(default_factory=list)

    @property
    def secretary(self) -> Actor:
        return self.settled.people.secretary

    def seen(self) -> PatrolView:
        return patrol(self.secretary, self.code)


def walk(diary: Diary, settled: Settled) -> None:
    """Write the patrol and what became of its hazard into the diary."""
    story = _Story(settled)
    diary.add(diary.day(60, 10, 15), partial(_template, story))
    begins = diary.day(AGO, 19, 30)
    diary.add(begins, partial(_start, story))
    for number in range(WALKERS):
        diary.add(begins + timedelta(minutes=5 + number), partial(_come, story, number))
    for number in range(len(POINTS)):
        diary.add(begins + timedelta(minutes=15) + number * STEP, partial(_look, story, number))
    for number in range(WALKERS):
        diary.add(begins + timedelta(minutes=85 + number), partial(_leave, story, number))
    diary.add(begins + timedelta(minutes=95), partial(_end, story))
    for later, act in (
        (timedelta(minutes=50), _accept),
        (timedelta(minutes=62), _give),
        (timedelta(hours=15), _mend),
        (timedelta(hours=15, minutes=40), _publish),
        (timedelta(hours=14), _confirm),
    ):
        diary.add(begins + later, partial(act, story))


def _template(story: _Story, now: datetime) -> None:
    story.template = patrol_starting.save_template(
        story.secretary,
        now,
        estate_id=story.settled.estates.ids[ESTATE],
        name="汛期排查点位",
        points="\n".join(POINTS),
    )


def _start(story: _Story, now: datetime) -> None:
    with read() as session:
        query = (
            select(VolunteerRow.id)
            .where(
                VolunteerRow.squad == Squad.SAFETY,
                VolunteerRow.left_on.is_(None),
                VolunteerRow.insured_until >= local_day(now),
            )
            .order_by(VolunteerRow.id)
            .limit(WALKERS)
        )
        people = list(session.scalars(query))
    day = local_day(now)
    story.code = patrol_starting.start_patrol(
        story.secretary,
        now,
        story.template,
        title=f"{day.month}月{day.day}日暴雨排查",
        pairs=pair_up(people),
    )
    story.points = [point.code for point in story.seen().points]


def _come(story: _Story, number: int, now: datetime) -> None:
    patrols.check_in(story.secretary, now, story.seen().members[number].code)


def _leave(story: _Story, number: int, now: datetime) -> None:
    patrols.check_out(story.secretary, now, story.seen().members[number].code)


def _look(story: _Story, number: int, now: datetime) -> None:
    bad = number == AT_HAZARD
    opened = patrols.check_point(
        story.secretary,
        now,
        story.points[number],
        finding=Finding.HAZARD if bad else Finding.CLEAR,
        note=HAZARD if bad else "",
    )
    story.file = opened or story.file


def _end(story: _Story, now: datetime) -> None:
    patrols.end_patrol(story.secretary, now, story.code)


def _accept(story: _Story, now: datetime) -> None:
    moving.move(story.secretary, now, story.file, Move.ACCEPT)
    telling.answer(story.secretary, now, story.file, "排查中发现，已通知物业连夜处理。")


def _give(story: _Story, now: datetime) -> None:
    tasks.decide(
        story.secretary,
        now,
        story.file,
        lead_unit_id=story.settled.lead("property", ESTATE),
        due_on=local_day(now) + timedelta(days=1),
        words="由物业连夜清理落水口，次日复查。",
    )


def _mend(story: _Story, now: datetime) -> None:
    unit = story.settled.lead("property", ESTATE)
    with read() as session:
        query = (
            select(Task.code)
            .join(Case, Case.id == Task.case_id)
            .where(Case.code == story.file, Task.unit_id == unit)
        )
        task = session.scalars(query).one()
    tasks.report_done(story.settled.people.contacts[unit], now, task, MENDED)


def _publish(story: _Story, now: datetime) -> None:
    publishing.show(
        story.secretary,
        now,
        story.file,
        summary="暴雨排查中发现6号点位屋顶落水口堵塞，物业连夜清理并加装防护罩，现已排水通畅。",
        no_evidence_reason="夜间抢修，未拍照",
    )


def _confirm(story: _Story, now: datetime) -> None:
    with read() as session:
        query = (
            select(ServiceHours.code)
            .join(Patrol, Patrol.id == ServiceHours.source_id)
            .where(ServiceHours.source == Source.PATROL, Patrol.code == story.code)
        )
        codes = list(session.scalars(query))
    for code in codes:
        hours.confirm(story.secretary, now, code)
