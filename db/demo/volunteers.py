"""The demo's volunteers: three squads of 64, 17 medics, a roster with a gap, a year of hours."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy import select

from db import settings
from db.demo.diary import Diary
from db.demo.estates import Home, House
from db.demo.settled import Settled
from db.engine import write
from db.tables.volunteers import VolunteerRow
from db.volunteers import cards, hours, people, roster, skills, slips, swaps
from db.volunteers.own import my_shifts
from db.volunteers.people import Profile
from domain.availability import Part, Quiet, Weekly, weekly
from domain.days import at_local, local_day
from domain.on_call import COVER, monday_of, shift_times
from domain.people import SYSTEM, Actor
from domain.service_hours import Source
from domain.skills import SkillKind
from domain.volunteers import PHONE_PURPOSES, Consent, Squad

# Of the range that the demo's telephones are from: nobody's.
DUTY_LINE = "15400000163"
MEDICS = (
    *(SkillKind.NURSING, SkillKind.PAEDIATRICS, SkillKind.EMERGENCY, SkillKind.DENTISTRY),
    *(SkillKind.ORTHOPAEDICS, SkillKind.TCM, SkillKind.INTERNAL, SkillKind.EMERGENCY),
    *(SkillKind.PAEDIATRICS, SkillKind.DENTISTRY, SkillKind.ORTHOPAEDICS, SkillKind.TCM),
    *(SkillKind.INTERNAL, SkillKind.NURSING, SkillKind.OPHTHALMOLOGY, SkillKind.OBSTETRICS),
    SkillKind.REHABILITATION,
)
OTHERS: dict[Squad, tuple[SkillKind, ...]] = {
    Squad.HEALTH: (SkillKind.FIRST_AID, SkillKind.COUNSELLING, SkillKind.CHILDCARE),
    Squad.SAFETY: (
        *(SkillKind.PATROL, SkillKind.POLICE, SkillKind.FIRE, SkillKind.ELECTRICITY),
        *(SkillKind.PATROL, SkillKind.PLUMBING, SkillKind.LIFTING, SkillKind.DRIVING),
    ),
    Squad.HARMONY: (
        *(SkillKind.MEDIATION, SkillKind.LEGAL, SkillKind.TEACHING, SkillKind.COMPUTER),
        *(SkillKind.CHILDCARE, SkillKind.HAIRCUT, SkillKind.COUNSELLING, SkillKind.LIFTING),
    ),
}
SIZES = {Squad.HEALTH: 20, Squad.SAFETY: 20, Squad.HARMONY: 24}
CAN: dict[Squad, tuple[str, str]] = {
    Squad.HEALTH: ("上门看看情况，量血压体温，陪同就医", "不开处方，不在家输液，不代替急救"),
    Squad.SAFETY: ("夜间巡逻，排查隐患，帮忙搬抬", "不处理带电、燃气和高处作业"),
    Squad.HARMONY: ("劝和邻里，陪伴老人，辅导孩子", "不代签文件，不经手钱物"),
}
# What a medic's card says, by specialty; the same for all that they cannot do.
MEDIC_CAN: dict[SkillKind, str] = {
    SkillKind.NURSING: "量血压、血糖，换药，指导居家护理",
    SkillKind.PAEDIATRICS: "看孩子发热咳嗽，教家长物理降温和护理",
    SkillKind.EMERGENCY: "急症初步判断，止血包扎，心肺复苏，陪等救护车",
    SkillKind.DENTISTRY: "牙痛应急处理，口腔检查，教刷牙护牙",
    SkillKind.ORTHOPAEDICS: "扭伤骨折临时固定，指导腰腿痛锻炼",
    SkillKind.TCM: "中医体质调理咨询，推拿按摩，节气养生",
    SkillKind.INTERNAL: "高血压、糖尿病用药咨询，看化验单",
    SkillKind.OPHTHALMOLOGY: "视力检查，异物冲洗指导，护眼咨询",
    SkillKind.OBSTETRICS: "孕产期咨询，新生儿护理指导",
    SkillKind.REHABILITATION: "中风、术后康复训练指导",
}
PROOF = {True: "执业证书已核对原件", False: "队长当面核实"}
# What a squad does: kind, weekdays, from, minutes, what it was.
ROUNDS: dict[Squad, tuple[tuple[Source, int, int, int, str], ...]] = {
    Squad.HEALTH: (
        (Source.ACTIVITY, 5, 9 * 60, 150, "中心花园义诊"),
        (Source.VISIT, 2, 15 * 60, 75, "探访高龄老人"),
        (Source.ON_CALL, 4, 19 * 60, 180, "健康值班"),
    ),
    Squad.SAFETY: (
        (Source.PATROL, 4, 21 * 60, 150, "夜间巡逻"),
        (Source.PATROL, 6, 20 * 60, 120, "周末巡逻"),
        (Source.ACTIVITY, 5, 14 * 60, 120, "消防演练"),
    ),
    Squad.HARMONY: (
        (Source.ACTIVITY, 1, 16 * 60 + 30, 100, "四点半课堂"),
        (Source.VISIT, 3, 10 * 60, 60, "探访独居老人"),
        (Source.SURVEY, 5, 19 * 60, 110, "入户走访"),
    ),
}
PIECES = 2, 8  # of service a year, between these for each
SHIFTS = ((8 * 60, 20 * 60), (20 * 60, 8 * 60))
GAP_IN = 2  # days from now, in the night of the safety squad
WEEK = timedelta(days=7)


@dataclass(slots=True)
class Mate:
    """One volunteer of the demo; the code is known once they are entered."""

    name: str
    squad: Squad
    house: House
    home: Home | None
    kind: SkillKind
    account: Actor | None = None
    leader: bool = False
    code: str = ""
    pieces: list[str] = field(default_factory=list)


def muster(diary: Diary, settled: Settled, begun: datetime) -> list[Mate]:
    """Write the squads' year into the diary; returns its people.

    Chance is the squads' own, so that the rest of the story does not depend on it.
    """
    rng = random.Random("squads")  # noqa: S311 – a story, no secret
    mates = _people(settled, rng)
    secretary = settled.people.secretary
    diary.add(begun + timedelta(days=1), _duty_line)
    for number, mate in enumerate(mates):
        # The squads stood before the desk did; the last few joined during the year.
        joined = begun + timedelta(days=2, minutes=7 * number)
        if number % 13 == 12:
            joined += timedelta(days=60 + 3 * number)
        diary.add(
            joined,
            partial(_enter, secretary, mate, _profile(mate, settled.estates.ids, rng, begun)),
        )
        _service(diary, mate, joined, rng, secretary)
    for ago in (300, 30):
        for squad in Squad:
            diary.add(diary.day(ago, 10, 20), partial(_cards, secretary, squad))
    _roster(diary, mates, secretary)
    _waiting(diary, mates, secretary)
    return mates


def _people(settled: Settled, rng: random.Random) -> list[Mate]:
    homes = [
        (house, home) for house in settled.estates.houses for home in house.homes if home.phone
    ]
    chosen = iter(rng.sample(homes, sum(SIZES.values())))
    made = []
    for squad, size in SIZES.items():
        kinds = [*(MEDICS if squad is Squad.HEALTH else ()), *OTHERS[squad] * 3][:size]
        for place, kind in enumerate(kinds):
            house, home = next(chosen)
            made.append(Mate(home.name, squad, house, home, kind, leader=place == 0))
    # Whom the demo signs in as: a nurse who leads the squad, and a children's doctor.
    for mate, actor in zip(made, (settled.people.leader, settled.people.volunteer), strict=False):
        mate.name, mate.account = actor.name.partition("（")[0], actor
    return made


def _profile(mate: Mate, estates: dict[str, int], rng: random.Random, begun: datetime) -> Profile:
    agreed = set(Consent)
    if rng.random() < 0.3:
        agreed -= {Consent.PHONE_ON_CARD, Consent.SMS}
    if rng.random() < 0.1:
        agreed -= PHONE_PURPOSES
    can, cannot = CAN[mate.squad]
    can = MEDIC_CAN.get(mate.kind, can)
    insured = mate.squad is Squad.SAFETY or rng.random() < 0.8
    return Profile(
        mate.name,
        mate.squad,
        phone=(mate.home.phone or "") if mate.home and agreed & PHONE_PURPOSES else "",
        estate_id=estates[mate.house.estate],
        building_id=mate.house.id,
        leader=mate.leader,
        can_do=can,
        cannot_do=cannot,
        insured_until=date(local_day(begun).year + 2, 6, 30) if insured else None,
        consents=frozenset(agreed),
        free=_free(rng, always=mate.account is not None),
        quiet=Quiet(22 * 60, 7 * 60) if rng.random() < 0.6 else None,
    )


def _free(rng: random.Random, *, always: bool) -> tuple[Weekly, ...]:
    """Some days and nights; all of them for whom the demo signs in as, to be asked at any hour."""
    days = [weekly(day, Part.DAY) for day in range(7) if rng.random() < 0.65]
    nights = [weekly(day, Part.NIGHT) for day in range(7) if rng.random() < 0.35]
    if always:
        return tuple(sorted(weekly(day, part) for day in range(7) for part in Part))
    return tuple(sorted([*days, *nights]))


def _duty_line(now: datetime) -> None:
    settings.change(SYSTEM, now, duty_line=DUTY_LINE)


def _enter(secretary: Actor, mate: Mate, profile: Profile, now: datetime) -> None:
    mate.code = people.register(secretary, now, profile)
    if mate.account is not None:
        login = "demo-leader" if mate.leader else "demo-volunteer"
        slips.link(secretary, now, mate.code, login)
    medic = mate.kind in MEDICS
    kinds = [mate.kind, SkillKind.FIRST_AID] if medic else [mate.kind]
    for kind in kinds:
        skill = skills.add_skill(secretary, now, mate.code, kind, PROOF[medic])
        skills.verify_skill(secretary, now, skill)


def _cards(secretary: Actor, squad: Squad, now: datetime) -> None:
    cards.issue_missing(secretary, now, squad, local_day(now) + timedelta(days=365))


def _service(
    diary: Diary, mate: Mate, joined: datetime, rng: random.Random, secretary: Actor
) -> None:
    """Pieces of service on days of their own, entered the next day and confirmed at week's end."""
    weeks = list(range(1, (diary.now - joined).days // 7))
    for ago in sorted(rng.sample(weeks, min(len(weeks), rng.randint(*PIECES)))):
        source, weekday, start, minutes, note = rng.choice(ROUNDS[mate.squad])
        monday = monday_of(local_day(diary.now)) - timedelta(days=7 * ago)
        arrived = at_local(monday + timedelta(days=weekday), time()) + timedelta(
            minutes=start + rng.randrange(-6, 7)
        )
        left = arrived + timedelta(minutes=minutes + rng.randrange(-20, 21))
        if arrived < joined:
            continue
        served = partial(_served, secretary, mate, source, arrived, left, note)
        entered = at_local(local_day(left) + timedelta(days=1), time(9, 30))
        diary.add(entered, served)
        diary.add(
            entered + timedelta(days=2, minutes=rng.randrange(60)),
            partial(_confirm, secretary, mate),
        )


def _served(
    secretary: Actor,
    mate: Mate,
    source: Source,
    arrived: datetime,
    left: datetime,
    note: str,
    now: datetime,
) -> None:
    mate.pieces.append(
        hours.enter(
            secretary, now, mate.code, source=source, arrived_at=arrived, left_at=left, note=note
        )
    )


def _confirm(secretary: Actor, mate: Mate, now: datetime) -> None:
    while mate.pieces:
        hours.confirm(secretary, now, mate.pieces.pop())


def _roster(diary: Diary, mates: list[Mate], secretary: Actor) -> None:
    """A week set by hand, copied until next week; one night of the coming days stays empty."""
    this = monday_of(local_day(diary.now))
    for squad in Squad:
        own = [mate for mate in mates if mate.squad is squad]
        first = this - 2 * WEEK
        diary.add(
            at_local(first - timedelta(days=3), time(16)),
            partial(_first_week, secretary, squad, first, own),
        )
        for monday in (this - WEEK, this, this + WEEK):
            # Never after now: even next week's stands when the demo is opened.
            at = min(at_local(monday - timedelta(days=3), time(16, 20)), diary.today(0.1))
            diary.add(at, partial(_copy, secretary, squad, monday))
    diary.add(diary.today(0.4), partial(_gap, secretary, local_day(diary.now)))


def _first_week(
    secretary: Actor, squad: Squad, monday: date, own: list[Mate], now: datetime
) -> None:
    whole_day = COVER[squad] == COVER[Squad.HEALTH]
    turn = 0
    for day in range(7):
        for start, end in SHIFTS if whole_day else SHIFTS[:1]:
            three = [own[(turn + step) % len(own)].code for step in range(3)]
            times = shift_times(monday + timedelta(days=day), start, end)
            roster.set_shift(secretary, now, squad, *times, three)
            turn += 1


def _copy(secretary: Actor, squad: Squad, monday: date, now: datetime) -> None:
    roster.copy_week(secretary, now, squad, monday)


def _gap(secretary: Actor, today: date, now: datetime) -> None:
    start, end = SHIFTS[1]
    times = shift_times(today + timedelta(days=GAP_IN), start, end)
    roster.set_shift(secretary, now, Squad.SAFETY, *times, [])


def _waiting(diary: Diary, mates: list[Mate], secretary: Actor) -> None:
    """What waits to be confirmed now, a departure that was forgotten, and a wish for a swap."""
    for mate, ago in zip(mates[2:5], (1, 1, 2), strict=True):
        arrived = diary.day(ago, 15)
        left = arrived + timedelta(minutes=80)
        served = partial(_served, secretary, mate, Source.VISIT, arrived, left, "探访高龄老人")
        diary.add(diary.today(0.2), served)
    diary.add(diary.day(2, 19, 5), partial(_forgot, secretary, mates[25]))
    volunteer = next(mate.account for mate in mates if mate.account and not mate.leader)
    diary.add(diary.today(0.5), partial(_wish, volunteer))


def _forgot(secretary: Actor, mate: Mate, now: datetime) -> None:
    with write() as session:
        query = select(VolunteerRow.id).where(VolunteerRow.code == mate.code)
        key = session.execute(query).scalar_one()
        hours.start(session, secretary, now, key, Source.PATROL)


def _wish(volunteer: Actor, now: datetime) -> None:
    coming = [one for one in my_shifts(volunteer, now) if one.starts_at > now]
    if coming:
        swaps.ask_swap(volunteer, now, coming[-1].id)
