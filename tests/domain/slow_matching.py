"""Matching once more, slowly and from the brief's words: filters one by one, rank by comparing."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cmp_to_key

from domain.days import COMMUNITY_ZONE
from domain.matching import Busy, Need, lot
from domain.skills import RELATED
from domain.volunteers import Volunteer


def wall(at: datetime) -> datetime:
    return at.astimezone(COMMUNITY_ZONE)


def minute_in(start: int, end: int, at: datetime) -> bool:
    """Whether the clock shows a minute of start–end, by walking it minute by minute."""
    minute, shown = start, wall(at).hour * 60 + wall(at).minute
    while minute != end:
        if minute == shown:
            return True
        minute = (minute + 1) % 1440
    return False


def quiet(person: Volunteer, at: datetime) -> bool:
    own = person.quiet is not None and minute_in(person.quiet.start, person.quiet.end, at)
    return own or wall(at).hour in (22, 23, 0, 1, 2, 3, 4, 5)


def on_call(need: Need, person: Volunteer) -> bool:
    return person.post is not None and (need.squad is None or need.squad == person.squad)


def free(person: Volunteer, at: datetime) -> bool:
    monday = wall(at).replace(hour=0, minute=0, second=0, microsecond=0)
    monday -= timedelta(days=monday.weekday())
    for hours in person.free:
        for week in (-7, 0):
            begins = monday + timedelta(days=week + hours.weekday, minutes=hours.start)
            if begins <= wall(at) < begins + timedelta(minutes=hours.end - hours.start):
                return True
    return False


def fit(need: Need, person: Volunteer) -> int:
    """0 exact, 1 related, 2 not at all."""
    if need.skill is None:
        return 0
    day = wall(need.window.starts_at).date()
    best = 2
    for skill in person.skills:
        if skill.verified and not (skill.valid_until and skill.valid_until < day):
            if skill.kind == need.skill:
                best = 0
            elif skill.kind in RELATED.get(need.skill, ()):
                best = min(best, 1)
    return best


def may_be_asked(need: Need, person: Volunteer, busy: Busy, now: datetime) -> bool:
    at = need.window.starts_at
    day = wall(at).date()
    if person.joined_on > day:
        return False
    if person.left_on is not None and person.left_on <= day:
        return False
    if person.paused_until is not None and at < person.paused_until:
        return False
    if fit(need, person) == 2:
        return False
    if not on_call(need, person) and not free(person, at):
        return False
    if quiet(person, now) and not (need.urgency == "emergency" and on_call(need, person)):
        return False
    if person.id in busy.holding or person.id in busy.urgent or person.id in busy.tried:
        return False
    if person.id in busy.routine and need.urgency == "routine":
        return False
    if person.night_duty_end and at - person.night_duty_end < timedelta(minutes=11 * 60):
        return False
    if need.dangerous and (person.insured_until is None or person.insured_until < day):
        return False
    if person.id in need.unwanted:
        return False
    own_building = person.building_id is not None and person.building_id == need.building_id
    return not (need.strangers_only and own_building)


def before(need: Need, one: Volunteer, two: Volunteer) -> int:
    """-1 where `one` is asked before `two`: rule after rule, the first that differs decides."""
    if on_call(need, one) != on_call(need, two):
        return -1 if on_call(need, one) else 1
    if on_call(need, one) and one.post != two.post:
        return -1 if (one.post or 0) < (two.post or 0) else 1
    if fit(need, one) != fit(need, two):
        return -1 if fit(need, one) < fit(need, two) else 1
    for own, wanted in (
        ([one.building_id, two.building_id], need.building_id),
        ([one.estate_id, two.estate_id], need.estate_id),
    ):
        lives = [wanted is not None and place == wanted for place in own]
        if lives[0] != lives[1]:
            return -1 if lives[0] else 1
        if all(lives):
            break
    if one.weighted_minutes != two.weighted_minutes:
        return -1 if one.weighted_minutes < two.weighted_minutes else 1
    if one.last_offered_at != two.last_offered_at:
        if one.last_offered_at is None or two.last_offered_at is None:
            return -1 if one.last_offered_at is None else 1
        return -1 if one.last_offered_at < two.last_offered_at else 1
    return -1 if lot(need.seed, one.id) < lot(need.seed, two.id) else 1


def asked_in_order(need: Need, people: Iterable[Volunteer], busy: Busy, now: datetime) -> list[int]:
    """Ids of those who may be asked, the first to be asked first."""
    may = [person for person in people if may_be_asked(need, person, busy, now)]
    may.sort(key=cmp_to_key(lambda one, two: before(need, one, two)))
    return [person.id for person in may]
