"""The demo's requests for help: a year of them, one that waits now and one being offered."""

import random
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial

from db.demo.diary import Diary
from db.demo.settled import Settled
from db.demo.volunteers import Mate
from db.requests import answering, asking, dispatching, ladder, reading
from db.requests.asking import Asked
from db.volunteers import hour_list, hours
from domain.days import at_local, local_day, local_time
from domain.errors import DeskError, Refused
from domain.offers import OfferState, Why
from domain.people import RESIDENT, Actor
from domain.requests import Act, Called, RequestState, Urgency, possible
from domain.service_hours import Source
from domain.skills import SkillKind
from domain.volunteers import Squad

PAST = 24
MINUTE = timedelta(minutes=1)
LATEST_AGO = 3  # the last of the year's; what is younger stands in `_now`
EARLIEST_AGO = 320

# What was asked for, of whom, how urgent, how long it took, and what was written down after.
NEEDS: tuple[tuple[str, SkillKind | None, Squad, Urgency, int, str], ...] = (
    ("孩子发烧，家里没有车", SkillKind.PAEDIATRICS, Squad.HEALTH, Urgency.EMERGENCY, 45, "已退烧"),
    ("老人头晕，想先请人看看", SkillKind.INTERNAL, Squad.HEALTH, Urgency.EMERGENCY, 35, "血压偏高"),
    ("扭伤脚踝，走不了路", SkillKind.ORTHOPAEDICS, Squad.HEALTH, Urgency.ROUTINE, 40, "已冷敷"),
    (
        "牙疼得厉害，不知道挂什么号",
        SkillKind.DENTISTRY,
        Squad.HEALTH,
        Urgency.ROUTINE,
        30,
        "已约号",
    ),
    ("换药要人帮忙", SkillKind.NURSING, Squad.HEALTH, Urgency.ROUTINE, 25, "换药完成"),
    ("陪老人去医院复查", None, Squad.HARMONY, Urgency.ROUTINE, 150, "已送回家"),
    ("家里跳闸，老人独居", SkillKind.ELECTRICITY, Squad.SAFETY, Urgency.ROUTINE, 30, "换了空开"),
    ("旧沙发要抬下楼", SkillKind.LIFTING, Squad.SAFETY, Urgency.ROUTINE, 40, ""),
    ("手机不会挂号", SkillKind.COMPUTER, Squad.HARMONY, Urgency.ROUTINE, 35, "教了两遍"),
    ("楼上楼下为噪声吵起来", SkillKind.MEDIATION, Squad.HARMONY, Urgency.ROUTINE, 70, "说和了"),
    ("放学后没人接孩子", SkillKind.CHILDCARE, Squad.HARMONY, Urgency.ROUTINE, 60, "已送到家"),
    ("水管爆了，关不上总阀", SkillKind.PLUMBING, Squad.SAFETY, Urgency.EMERGENCY, 30, "总阀已关"),
)


@dataclass(slots=True)
class Story:
    """One request on its way; what one act finds out, the next one uses."""

    clerk: Actor
    asked: Asked
    note: str
    code: str = ""
    task: str = ""
    confirmed_by: Actor = field(default=RESIDENT)


def help_neighbours(diary: Diary, settled: Settled, mates: list[Mate]) -> None:
    """Write the requests into the diary; their chance is their own."""
    rng = random.Random("requests")  # noqa: S311 – a story, no secret
    span = EARLIEST_AGO - LATEST_AGO
    for number in range(PAST):
        ago = EARLIEST_AGO - span * number // (PAST - 1)
        _one(diary, settled, rng, number, diary.day(ago, rng.randrange(8, 20), rng.randrange(60)))
    _now(diary, settled, rng, mates)


def _one(diary: Diary, settled: Settled, rng: random.Random, number: int, at: datetime) -> None:
    story = _story(settled, rng, number)
    minutes = NEEDS[number % len(NEEDS)][4] + rng.randrange(-5, 10)
    urgent = story.asked.urgency is Urgency.EMERGENCY
    step = MINUTE if urgent else rng.randrange(4, 15) * MINUTE
    diary.add(at, partial(_ask, story))
    if number % 5 == 3:  # one says no, and the next is asked
        diary.add(at + step, partial(_decline, story, rng.choice(list(Why))))
    diary.add(at + 2 * step, partial(_accept, story))
    diary.add(at + 3 * step, partial(_go, story))
    diary.add(at + 5 * step, partial(_arrive, story))
    left = at + 5 * step + minutes * MINUTE
    diary.add(left, partial(_leave, story))
    diary.add(left + 20 * MINUTE, partial(_close, story))
    diary.add(left + timedelta(hours=16), partial(_confirm, story))


def _now(diary: Diary, settled: Settled, rng: random.Random, mates: list[Mate]) -> None:
    """What there is to do when the demo opens."""
    helped = _story(settled, rng, 4)  # help was given: to be put away and confirmed
    begun = _awake(diary) - 100 * MINUTE
    acts = ((0, _ask), (6, _accept), (10, _go), (20, _arrive), (55, _leave))
    for minutes, act in acts:
        diary.add(begun + minutes * MINUTE, partial(act, helped))
    offered = _story(settled, rng, 0)
    offered.asked = Asked(
        "孩子咳嗽一周，想请人上门看看",
        skill=SkillKind.PAEDIATRICS,
        squad=Squad.HEALTH,
        estate_id=offered.asked.estate_id,
        building_id=offered.asked.building_id,
        name=offered.asked.name,
        phone=offered.asked.phone,
    )
    doctor = next((mate for mate in mates if mate.account and not mate.leader), None)
    diary.add(diary.today(0.97), partial(_offer, offered, doctor))
    waits = _story(settled, rng, 5)
    diary.add(diary.today(0.99), partial(_by_public_page, waits))


def _awake(diary: Diary) -> datetime:
    """The last moment at which volunteers may be asked: now, else the evening before."""
    clock = local_time(diary.now)
    if 10 <= clock.hour < 22:
        return diary.now
    day = local_day(diary.now) - timedelta(days=clock.hour < 10)
    return at_local(day, time(21))


def _story(settled: Settled, rng: random.Random, number: int) -> Story:
    need, skill, squad, urgency, _minutes, note = NEEDS[number % len(NEEDS)]
    house = rng.choice([one for one in settled.estates.houses if one.homes])
    home = rng.choice(house.homes)
    return Story(
        settled.people.clerks[number % len(settled.people.clerks)],
        Asked(
            need,
            urgency=urgency,
            skill=skill,
            squad=squad,
            called=Called.NOT_NEEDED if urgency is Urgency.EMERGENCY else None,
            building_id=house.id,
            name=home.name,
            phone=home.phone or "",
            door=home.room,
        ),
        note,
        confirmed_by=settled.people.secretary,
    )


def _ask(story: Story, now: datetime) -> None:
    story.code = asking.ask(story.clerk, now, story.asked, seed=story.asked.need).code
    dispatching.start(story.clerk, now, story.code)


def _by_public_page(story: Story, now: datetime) -> None:
    asked = story.asked
    asking.ask(
        RESIDENT,
        now,
        Asked(
            asked.need,
            building_id=asked.building_id,
            name=asked.name,
            phone=asked.phone or "15400000000",
            door=asked.door,
            consent=True,
        ),
    )


def _offer(story: Story, doctor: Mate | None, now: datetime) -> None:
    """To whom the demo signs in as, where the hour allows it; else as the ladder would."""
    story.code = asking.ask(story.clerk, now, story.asked, seed=story.asked.need).code
    try:
        dispatching.offer_to(story.clerk, now, story.code, doctor.code if doctor else "")
    except DeskError:
        dispatching.start(story.clerk, now, story.code)


def _open(story: Story, now: datetime) -> str | None:
    ladder.tick(now)
    offers = reading.request_view(story.clerk, story.code, now).offers
    return next((one.code for one in offers if one.state is OfferState.SENT), None)


def _decline(story: Story, why: Why, now: datetime) -> None:
    if offer := _open(story, now):
        answering.decline(story.clerk, now, offer, why)


def _accept(story: Story, now: datetime) -> None:
    if offer := _open(story, now):
        story.task = answering.accept(story.clerk, now, offer).task_code


def _go(story: Story, now: datetime) -> None:
    if story.task:
        answering.set_out(story.clerk, now, story.task)


def _arrive(story: Story, now: datetime) -> None:
    if story.task:
        answering.arrive(story.clerk, now, story.task)


def _leave(story: Story, now: datetime) -> None:
    if story.task:
        answering.leave(story.clerk, now, story.task, story.note)


def _close(story: Story, now: datetime) -> None:
    """Put away; nobody was found for a few, and the family found help elsewhere."""
    state = reading.request_view(story.clerk, story.code, now).line.state
    if state is RequestState.DONE:
        dispatching.close(story.clerk, now, story.code)
    elif Act.CANCEL in possible(state):
        dispatching.cancel(story.clerk, now, story.code, "家属已自行解决")


def _confirm(story: Story, now: datetime) -> None:
    for line in hour_list.waiting(story.confirmed_by, now):
        if line.source is Source.REQUEST and line.left_at is not None:
            try:
                hours.confirm(story.confirmed_by, now, line.code)
            except Refused:
                continue
