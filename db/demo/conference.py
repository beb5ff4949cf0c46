"""The demo's joint conferences: one a month, deciding on files that are under work that day.

Which files these are is known before the story is played: each tells from when to when it was
worked on. The conference gives them anew: the estate's branch leads, who led before assists,
and partner units help. Two more months, and the next agenda has filled itself.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from db import tasks
from db.conference import helping, holding, listening, offers, planning, reads
from db.conference.units import unit_list
from db.demo.diary import Diary
from db.demo.file import File
from db.demo.settled import Settled
from db.demo.units import PARTNERS
from db.engine import read
from db.tables import Case, MeetingKind, ServiceClass, Task, UnitKind
from domain.agenda import DECIDABLE
from domain.days import at_local, local_day
from domain.moves import State
from domain.people import Actor, Role

PLACE = "社区议事厅"
BEGINS, LASTS = time(14, 30), timedelta(minutes=70)
FIRST_DAY, LAST_DAY = 6, 25  # of a month; the next one is planned beside them
MOST, LATELY_MOST = 4, 6
LATELY = timedelta(days=75)
# Three that never helped with a file: their quarter is as quiet as their year.
IDLE = ("second_bank", "telecom", "bookshop")
OFFERS: dict[str, tuple[ServiceClass, str]] = {
    "clinic": (ServiceClass.SOCIAL, "每周二上午在睦邻亭免费量血压、测血糖"),
    "hospital": (ServiceClass.SOCIAL, "每月一次专家义诊，行动不便的老人可上门"),
    "dentist": (ServiceClass.SOCIAL, "四点半课堂孩子免费口腔检查"),
    "pharmacy": (ServiceClass.SOCIAL, "老人送药上门，过期药品回收"),
    "power": (ServiceClass.SOCIAL, "老旧线路义务检查，每季度一次"),
    "water": (ServiceClass.SOCIAL, "户内水管漏水检测"),
    "gas": (ServiceClass.SOCIAL, "独居老人燃气安全上门检查"),
    "police": (ServiceClass.ADMINISTRATIVE, "反诈宣传进楼栋，居住证上门办理"),
    "fire": (ServiceClass.VOLUNTEER, "楼道消防演练和灭火器使用培训"),
    "lawyers": (ServiceClass.SOCIAL, "每月两次法律咨询"),
    "justice": (ServiceClass.SOCIAL, "邻里纠纷调解"),
    "school": (ServiceClass.VOLUNTEER, "四点半课堂志愿教师六名"),
    "kindergarten": (ServiceClass.VOLUNTEER, "幼儿自然科普课，提供植物和昆虫标本"),
    "elders_school": (ServiceClass.VOLUNTEER, "八段锦、书法老师各一名"),
    "bank": (ServiceClass.ADMINISTRATIVE, "老人社保卡激活，可上门办理"),
    "grocer": (ServiceClass.VOLUNTEER, "每周五给孤寡老人送菜"),
    "cleaners": (ServiceClass.VOLUNTEER, "大件垃圾集中清运，每月一次"),
    "veterans": (ServiceClass.VOLUNTEER, "退役军人志愿巡逻队十二人"),
}
ITEMS = ("通报上月活动开展情况", "商议下月志愿服务安排", "共建单位资源清单更新", "研究节前安全检查")
NOTED = "各单位按分工落实，下次会议通报进展。"
REPORTS = ("clinic", "本季度义诊四次，服务居民一百八十余人，建议十二月增加流感疫苗接种点。")
DONE = (
    "已派人到场协助，配合支部办结。",
    "提供人手和工具，现场协助完成。",
    "已上门协助，居民表示满意。",
)
CALL = "请共建单位帮忙：派一到两人协助现场整理、搬运，半天即可。"


@dataclass(slots=True)
class _Month:
    """One conference before it is played: its files, and who helps with each."""

    at: datetime
    files: list[tuple[File, datetime, list[str]]] = field(default_factory=list)


def confer(diary: Diary, settled: Settled, files: Sequence[File], begun: datetime) -> None:
    """Write all conferences, offers and calls for help into the diary."""
    rng = random.Random("conference")  # noqa: S311 – a story, no secret
    spans = [(file, *span) for file in files if file.word.turn is None for span in file.worked]
    helpers = [key for key in PARTNERS if key not in IDLE]
    rng.shuffle(helpers)
    for key, (kind, text) in OFFERS.items():
        diary.add(begun + timedelta(days=9), _Offer(settled, key, kind, text))
    turn = 0
    for number, at in enumerate(_moments(diary, begun, spans)):
        month = _Month(at)
        lately = at > diary.now - LATELY
        running = [one for one in spans if one[1] < at < one[2] - timedelta(hours=2)]
        for file, _began, done in running[: LATELY_MOST if lately else MOST]:
            count = 4 if lately else turn % 3  # at some meetings nobody needed to help
            chosen = [helpers[(turn + step) % len(helpers)] for step in range(count)]
            turn += count or 1
            month.files.append((file, done, chosen))
        _hold(diary, settled, month, ITEMS[number % len(ITEMS)], rng)
    secretary = settled.people.secretary
    diary.add(diary.day(2, 9, 30), lambda now: _report(settled, now))
    diary.add(diary.day(1, 9, 10), lambda now: _plan_next(secretary, now))
    diary.add(diary.day(1, 9, 20), lambda now: _plan_talk(settled, now))
    diary.add(diary.today(0.85), lambda now: _late_helpers(settled, now))


@dataclass(frozen=True, slots=True)
class _Offer:
    settled: Settled
    key: str
    kind: ServiceClass
    text: str

    def __call__(self, now: datetime) -> None:
        unit = _speaker(self.settled, self.key)
        offers.offer(unit, now, service_class=self.kind, text=self.text)


def _moments(
    diary: Diary, begun: datetime, spans: Sequence[tuple[File, datetime, datetime]]
) -> list[datetime]:
    """One afternoon in each month, when most files are under work."""
    chosen = []
    month = local_day(begun).replace(day=1)
    while month <= local_day(diary.now):
        days = [month.replace(day=number) for number in range(FIRST_DAY, LAST_DAY + 1)]
        possible = [
            at_local(day, BEGINS)
            for day in days
            if day.weekday() < 5
            and begun + timedelta(days=10) < at_local(day, BEGINS) < diary.now - timedelta(days=3)
        ]
        if possible:
            chosen.append(max(possible, key=lambda at: sum(a < at < b for _, a, b in spans)))
        month = _next(month)
    return chosen


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _hold(diary: Diary, settled: Settled, month: _Month, item: str, rng: random.Random) -> None:
    secretary = settled.people.secretary
    absent = set(rng.sample(list(PARTNERS), 5)) | set(IDLE[:2])
    there = [unit for key, unit in settled.units.items() if key not in absent]

    def plan(now: datetime) -> None:
        planning.plan(secretary, now, meets_at=month.at, place=PLACE)
        planning.add_words(secretary, now, item)

    def hold(now: datetime) -> None:
        ready = [one for one in month.files if _state(one[0]) is State.DOING]
        for file, _done, _keys in ready:
            planning.add_case(secretary, now, file.code, "请联席会议商定领办单位")
        holding.open_conference(secretary, now)
        holding.record_presence(secretary, now, there)
        _settle(settled, now, ready)

    diary.add(month.at - timedelta(days=4), plan)
    diary.add(month.at, hold)
    diary.add(month.at + LASTS, lambda now: _end(secretary, now))
    for file, done, keys in month.files:
        # Who led before the conference assists from then on, as the partner units do.
        for place, unit in enumerate((*(settled.units[key] for key in keys), file.lead)):
            late = done - timedelta(minutes=50 - 10 * place)
            at = max(month.at + LASTS + timedelta(minutes=5), late)
            diary.add(at, _Help(settled, file, unit, DONE[place % len(DONE)]))


def _end(secretary: Actor, now: datetime) -> None:
    holding.end_conference(secretary, now)


def _state(file: File) -> State | None:
    with read() as session:
        return session.scalar(select(Case.state).where(Case.code == file.code))


def _settle(
    settled: Settled, now: datetime, ready: Sequence[tuple[File, datetime, list[str]]]
) -> None:
    """Item by item: the chosen files are decided, all else is heard."""
    secretary = settled.people.secretary
    chosen = {file.code: (file, keys) for file, _done, keys in ready}
    for number, item in enumerate(reads.next_meeting(secretary, now).items):
        if item.line is None or item.code is None or item.line.code not in chosen:
            if item.code is not None and (item.line is None or item.line.state not in DECIDABLE):
                holding.note_item(secretary, now, item.code, NOTED)
            continue
        file, keys = chosen[item.line.code]
        branch = settled.units[f"branch:{file.house.estate}"]
        lead = file.lead if number % 4 == 3 else branch
        words = file.say(file.word.one_of(file.word.matter.decided))
        holding.decide_item(
            secretary,
            now,
            item.code,
            lead_unit_id=lead,
            due_on=local_day(now + timedelta(days=7)),
            words=words,
            assisting=[file.lead, branch, *(settled.units[key] for key in keys)],
        )
        file.lead, file.codes = lead, _codes(file)


def _codes(file: File) -> list[str]:
    with read() as session:
        query = (
            select(Task.code)
            .join(Case, Case.id == Task.case_id)
            .where(Case.code == file.code, Task.recalled_at.is_(None), Task.done_at.is_(None))
        )
        return list(session.scalars(query.order_by(Task.id)))


@dataclass(frozen=True, slots=True)
class _Help:
    """An assisting unit reports its part done; the desk writes for one without an account."""

    settled: Settled
    file: File
    unit: int
    words: str

    def __call__(self, now: datetime) -> None:
        with read() as session:
            code = session.scalar(
                select(Task.code)
                .join(Case, Case.id == Task.case_id)
                .where(
                    Case.code == self.file.code,
                    Case.state == State.DOING,
                    Task.unit_id == self.unit,
                    ~Task.lead,
                    Task.recalled_at.is_(None),
                    Task.done_at.is_(None),
                )
            )
        if code is not None:
            worker = self.settled.people.contacts.get(self.unit, self.settled.people.secretary)
            tasks.report_done(worker, now, code, self.words)


def _report(settled: Settled, now: datetime) -> None:
    key, text = REPORTS
    offers.report(_speaker(settled, key), now, text)


def _plan_next(secretary: Actor, now: datetime) -> None:
    day = local_day(now + timedelta(days=6))
    while day.weekday() > 4:
        day += timedelta(days=1)
    meets_at = at_local(day, BEGINS)
    planning.plan(secretary, now, meets_at=meets_at, place=PLACE)
    planning.add_words(secretary, now, ITEMS[-1])
    with read() as session:
        waiting = select(Case.code).where(Case.state == State.DELIBERATING).order_by(Case.opened_at)
        longest = session.scalar(waiting.limit(1))
    if longest is not None:
        planning.add_case(secretary, now, longest, "物业和业委会意见不一，请联席会议商定")


def _plan_talk(settled: Settled, now: datetime) -> None:
    listening.plan_talk(
        settled.people.secretary,
        now,
        kind=MeetingKind.NIGHT_TALK,
        title="江畔里社区夜话：电动车停哪里",
        starts_at=at_local(local_day(now + timedelta(days=4)), time(19, 30)),
        place="江畔里睦邻亭",
        estate_id=settled.estates.ids["jiangpan"],
    )


def _late_helpers(settled: Settled, now: datetime) -> None:
    """Partner units answer a call of their own accord; three do nothing all quarter."""
    secretary = settled.people.secretary
    lines = unit_list(secretary, now)
    quiet = {line.code for line in lines if line.idle and line.kind is UnitKind.PARTNER}
    with read() as session:
        open_files = list(
            session.scalars(select(Case.code).where(Case.state == State.DOING).order_by(Case.id))
        )
    names = {line.name: line.code for line in lines}
    waiting = [key for key, name in PARTNERS.items() if names[name] in quiet and key not in IDLE]
    for place, key in enumerate(waiting):
        helping.ask_help(secretary, now, open_files[place % len(open_files)], CALL)
        unit = _speaker(settled, key)
        code = helping.claim(unit, now, helping.open_calls(unit)[0].code)
        tasks.report_done(unit, now, code, DONE[place % len(DONE)])
    helping.ask_help(secretary, now, open_files[-1], CALL)


def _speaker(settled: Settled, key: str) -> Actor:
    """Who speaks for a unit; those without an account are written down in the secretary's name."""
    unit = settled.units[key]
    known = settled.people.contacts.get(unit)
    secretary = settled.people.secretary
    return known or Actor(
        secretary.account_id, secretary.name, frozenset({Role.UNIT, *secretary.roles}), unit
    )
