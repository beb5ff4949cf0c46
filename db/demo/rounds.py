"""The demo's rounds: 19 of 22 visited this month, last week's storm patrol, a survey half done."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from sqlalchemy import select

from db.demo.diary import Diary
from db.demo.estates import Home, House
from db.demo.settled import Settled
from db.engine import read
from db.rounds import care, surveys, visiting
from db.tables.volunteers import VolunteerRow
from domain.days import at_local, day_start, local_day
from domain.people import Actor
from domain.surveys import Outcome
from domain.visits import EventKind, Tier, add_months

ENROLLED_AGO = 110
# By tier, in this order; the last two of the monthly and one of the weekly rest or wait.
TIERS = (
    *(Tier.WEEKLY,) * 6,
    *(Tier.MONTHLY,) * 12,
    *(Tier.QUARTERLY,) * 4,
    *(Tier.EVENT,) * 2,
)
RESTING = {5: "住院治疗", 17: "到外地子女家小住"}
NOT_MET = (14, 15, 16)  # three of the monthly ones, whom nobody has met this month
UNREACHED = 16  # two attempts failed
MINE = (0, 6, 14)  # whom the demo's volunteer visits
HEALTH = ("高血压，听力弱，敲门要久一点", "糖尿病，行动不便", "独居，腿脚不便，心脏装有支架")
NOTES = ("精神很好，聊了半小时", "血压平稳，药够吃", "家里整洁，子女周末回来", "帮忙换了灯泡")
STORM_AGO = 6
SURVEY_AGO = 4
KNOCKS = (
    *(Outcome.DONE, Outcome.DONE, Outcome.NOT_HOME, Outcome.DONE, Outcome.VACANT),
    *(Outcome.DONE, Outcome.REFUSED, Outcome.DONE, Outcome.NOT_HOME, Outcome.DONE),
)


@dataclass(slots=True)
class _Person:
    """One of the enrolled; the code is known once they are."""

    tier: Tier
    home: Home
    code: str = ""


def go_round(diary: Diary, settled: Settled) -> None:
    """Write visits and the survey into the diary.

    Chance is their own, so that the rest of the story does not depend on it.
    """
    rng = random.Random("rounds")  # noqa: S311 – a story, no secret
    homes = [home for house in settled.estates.houses for home in house.homes]
    people = [
        _Person(tier, home) for tier, home in zip(TIERS, rng.sample(homes, len(TIERS)), strict=True)
    ]
    clerks = settled.people.clerks
    for number, person in enumerate(people):
        clerk = clerks[number % len(clerks)]
        at = diary.day(ENROLLED_AGO - number % 9, 9 + number % 7, 5)
        diary.add(at, partial(_enrol, clerk, settled.people.volunteer, number, person))
        if number in RESTING:
            diary.add(diary.day(20, 10), partial(_rest, clerk, person, RESTING[number]))
        for moment in _earlier(diary, number, person, at):
            diary.add(moment, partial(_visit, clerk, person, True, rng.choice(NOTES)))
        if number not in RESTING and number not in NOT_MET:
            moment = _this_month(diary, number, person)
            diary.add(moment, partial(_visit, clerk, person, True, rng.choice(NOTES)))
    unreached = people[UNREACHED]
    diary.add(diary.day(1, 15, 20), partial(_visit, clerks[0], unreached, False, ""))
    diary.add(diary.today(0.7), partial(_visit, clerks[0], unreached, False, ""))
    diary.add(diary.day(STORM_AGO, 17, 10), partial(_storm, settled.people.secretary))
    for number, person in enumerate(people):
        if person.tier is Tier.EVENT:
            after = diary.day(STORM_AGO, 19, 10 + number)
            diary.add(after, partial(_visit, clerks[0], person, True, "门窗已关好，备有手电"))
    _survey(diary, settled)


def _earlier(diary: Diary, number: int, person: _Person, since: datetime) -> Sequence[datetime]:
    """Visits of the months before this one."""
    month = local_day(diary.now).replace(day=1)
    if number in NOT_MET:  # near the end of the last month, so that they are due at this one's
        days = [month - timedelta(days=3 + number - NOT_MET[0])]
    elif person.tier is Tier.WEEKLY:
        days = [month - timedelta(days=1 + 7 * week + number % 3) for week in range(8)]
    elif person.tier is Tier.EVENT:
        days = []
    else:
        days = [add_months(month, -back) + timedelta(days=8 + number) for back in (1, 2, 3)]
    moments = [at_local(day, time(9 + (number + day.day) % 8, 7 * number % 60)) for day in days]
    # The storm's day and the two attempts that failed stand for themselves.
    return [at for at in moments if since < at < diary.day(2, 9)]


def _this_month(diary: Diary, number: int, person: _Person) -> datetime:
    """A moment of this month, in the day where there was one; the weekly ones lately."""
    begins = day_start(local_day(diary.now).replace(day=1))
    share = (number + 1) / (len(TIERS) + 2)
    raw = begins + (diary.now - begins) * share
    if person.tier is Tier.WEEKLY:
        lately = max(begins, diary.now - timedelta(days=5))
        raw = lately + (diary.now - lately) * share
    in_daytime = at_local(local_day(raw), time(9 + number % 8, 7 * number % 60))
    return in_daytime if begins <= in_daytime <= diary.now else raw


def _enrol(clerk: Actor, volunteer: Actor, number: int, person: _Person, now: datetime) -> None:
    visitors = _visitors()
    mine = next((key for key, account in visitors if account == volunteer.account_id), None)
    visitor = mine if number in MINE else visitors[number % len(visitors)][0] if visitors else None
    person.code = care.enrol(
        clerk,
        now,
        household_id=person.home.household,
        name=person.home.name,
        tier=person.tier,
        consent=True,
        phone=person.home.phone or "",
        visitor_id=visitor,
        health=HEALTH[number % len(HEALTH)] if number % 2 == 0 else "",
    )


def _visitors() -> list[tuple[int, int | None]]:
    with read() as session:
        query = select(VolunteerRow.id, VolunteerRow.account_id).order_by(VolunteerRow.id)
        return [(key, account) for key, account in session.execute(query)]


def _rest(clerk: Actor, person: _Person, reason: str, now: datetime) -> None:
    care.pause(clerk, now, person.code, reason=reason)


def _visit(clerk: Actor, person: _Person, met: bool, note: str, now: datetime) -> None:
    visiting.record_visit(clerk, now, person.code, met=met, note=note)


def _storm(secretary: Actor, now: datetime) -> None:
    visiting.call_event(secretary, now, EventKind.STORM, only_tier=True)


def _survey(diary: Diary, settled: Settled) -> None:
    clerk = settled.people.clerks[1]
    house = next(one for one in settled.estates.houses if one.estate == "jiangpan")
    opened: list[str] = []
    at = diary.day(SURVEY_AGO, 9, 30)
    diary.add(at, partial(_open_survey, clerk, settled, house, opened))
    households = list(dict.fromkeys(home.household for home in house.homes))
    for number, household in enumerate(households[: len(KNOCKS)]):
        moment = at + timedelta(hours=9, minutes=6 * number)
        diary.add(moment, partial(_knock, clerk, opened, household, KNOCKS[number]))


def _open_survey(
    clerk: Actor, settled: Settled, house: House, opened: list[str], now: datetime
) -> None:
    opened.append(
        surveys.open_survey(
            clerk,
            now,
            estate_id=settled.estates.ids[house.estate],
            title="老旧小区加装电梯入户走访",
            building_ids=[one.id for one in settled.estates.houses if one.estate == house.estate],
        )
    )


def _knock(
    clerk: Actor, opened: list[str], household: int, outcome: Outcome, now: datetime
) -> None:
    surveys.answer(clerk, now, opened[0], household, outcome=outcome)
