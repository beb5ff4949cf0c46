"""A volunteer's own state: skills and their proof, hours of the week, rest, insurance."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.availability import Part, Quiet, Weekly, is_free, weekly
from domain.days import COMMUNITY_ZONE
from domain.errors import FieldError
from domain.skills import MEDICAL, RELATED, SKILL, Skill, SkillKind, is_related
from domain.volunteers import CONSENT, SQUAD, Consent, Match, Squad, Volunteer

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=COMMUNITY_ZONE)
DOCTOR = Volunteer(
    id=1,
    code="c",
    name="甲",
    squad=Squad.HEALTH,
    leader=False,
    account_id=None,
    estate_id=1,
    building_id=1,
    joined_on=date(2026, 1, 1),
    left_on=None,
    insured_until=None,
    paused_until=None,
    skills=(),
    consents=frozenset(),
    free=(),
    quiet=None,
    post=None,
    weighted_minutes=0,
    last_offered_at=None,
    night_duty_end=None,
)


def on(day: int, clock: str) -> datetime:
    hours, minutes = clock.split(":")
    return datetime(2026, 3, 2 + day, int(hours), int(minutes), tzinfo=COMMUNITY_ZONE)


@pytest.mark.parametrize(
    ("skill", "day", "counts"),
    [
        (Skill(SkillKind.TCM, True), date(2030, 1, 1), True),
        (Skill(SkillKind.TCM, False), date(2026, 1, 1), False),
        (Skill(SkillKind.TCM, True, date(2026, 3, 2)), date(2026, 3, 2), True),
        (Skill(SkillKind.TCM, True, date(2026, 3, 2)), date(2026, 3, 3), False),
    ],
)
def test_a_skill_counts_while_its_proof_does(skill: Skill, day: date, counts: bool) -> None:
    assert skill.counts_on(day) is counts


@pytest.mark.parametrize(
    ("has", "asked", "match"),
    [
        (SkillKind.PAEDIATRICS, SkillKind.PAEDIATRICS, Match.EXACT),
        (SkillKind.EMERGENCY, SkillKind.PAEDIATRICS, Match.RELATED),
        (SkillKind.DENTISTRY, SkillKind.PAEDIATRICS, Match.NONE),
        (SkillKind.DENTISTRY, None, Match.EXACT),
    ],
)
def test_a_skill_fits_exactly_nearly_or_not(
    has: SkillKind, asked: SkillKind | None, match: Match
) -> None:
    someone = replace(DOCTOR, skills=(Skill(has, True),))
    assert someone.match(asked, MONDAY) is match


def test_an_unverified_or_expired_skill_fits_nothing() -> None:
    late = Skill(SkillKind.TCM, True, date(2026, 3, 1))
    someone = replace(DOCTOR, skills=(Skill(SkillKind.NURSING, False), late))
    assert someone.match(SkillKind.NURSING, MONDAY) is Match.NONE
    assert someone.match(SkillKind.TCM, MONDAY) is Match.NONE


def test_no_skill_is_close_to_itself_and_everything_has_a_name() -> None:
    assert not any(is_related(kind, kind) for kind in RELATED)
    assert set(SKILL) == set(SkillKind)
    assert set(SQUAD) == set(Squad)
    assert set(CONSENT) == set(Consent)
    assert SkillKind.NURSING in MEDICAL
    assert SkillKind.FIRST_AID not in MEDICAL


@pytest.mark.parametrize(
    ("left_on", "at", "active"),
    [
        (None, MONDAY, True),
        (date(2026, 3, 3), on(0, "23:59"), True),
        (date(2026, 3, 3), on(1, "00:00"), False),
        (None, datetime(2025, 12, 31, 23, 59, tzinfo=COMMUNITY_ZONE), False),
        (None, datetime(2026, 1, 1, 0, 0, tzinfo=COMMUNITY_ZONE), True),
    ],
)
def test_the_day_of_leaving_no_longer_counts(
    left_on: date | None, at: datetime, active: bool
) -> None:
    assert replace(DOCTOR, left_on=left_on).is_active(at) is active


@pytest.mark.parametrize(("minutes", "rested"), [(659, False), (660, True), (0, False)])
def test_rest_is_eleven_hours(minutes: int, rested: bool) -> None:
    someone = replace(DOCTOR, night_duty_end=MONDAY)
    assert someone.is_rested(MONDAY + timedelta(minutes=minutes)) is rested
    assert DOCTOR.is_rested(MONDAY)


def test_insurance_holds_through_its_last_day() -> None:
    someone = replace(DOCTOR, insured_until=date(2026, 3, 2))
    assert someone.is_insured(on(0, "23:59"))
    assert not someone.is_insured(on(1, "00:00"))
    assert not DOCTOR.is_insured(MONDAY)


def test_a_break_ends_at_its_moment() -> None:
    someone = replace(DOCTOR, paused_until=MONDAY)
    assert someone.is_paused(MONDAY - timedelta(seconds=1))
    assert not someone.is_paused(MONDAY)


@pytest.mark.parametrize(
    ("part", "day", "clock", "free"),
    [
        (Part.DAY, 0, "05:59", False),
        (Part.DAY, 0, "06:00", True),
        (Part.DAY, 0, "21:59", True),
        (Part.DAY, 0, "22:00", False),
        (Part.NIGHT, 0, "21:59", False),
        (Part.NIGHT, 0, "22:00", True),
        (Part.NIGHT, 0, "23:59", True),
        (Part.NIGHT, 1, "00:00", True),
        (Part.NIGHT, 1, "05:59", True),
        (Part.NIGHT, 1, "06:00", False),
        (Part.NIGHT, 0, "03:00", False),
    ],
)
def test_monday_night_goes_on_to_tuesday_morning(
    part: Part, day: int, clock: str, free: bool
) -> None:
    assert is_free([weekly(0, part)], on(day, clock)) is free
    assert replace(DOCTOR, free=(weekly(0, part),)).is_free(on(day, clock)) is free


def test_sunday_night_goes_on_to_monday_morning() -> None:
    assert is_free([weekly(6, Part.NIGHT)], on(0, "03:00"))


@pytest.mark.parametrize(
    ("quiet", "clock", "holds"),
    [
        (Quiet(1320, 420), "21:59", False),
        (Quiet(1320, 420), "22:00", True),
        (Quiet(1320, 420), "06:59", True),
        (Quiet(1320, 420), "07:00", False),
        (Quiet(720, 840), "12:00", True),
        (Quiet(720, 840), "14:00", False),
    ],
)
def test_quiet_hours_may_cross_midnight(quiet: Quiet, clock: str, holds: bool) -> None:
    assert quiet.holds(on(0, clock)) is holds
    assert replace(DOCTOR, quiet=quiet).is_quiet(on(0, clock)) is holds


@pytest.mark.parametrize("hours", [(0, 60, 60), (0, 60, 30), (7, 0, 60), (0, 1440, 1500)])
def test_hours_that_cannot_be_are_refused(hours: tuple[int, int, int]) -> None:
    with pytest.raises(FieldError):
        Weekly(*hours)


def test_more_than_a_day_and_quiet_hours_of_nothing_are_refused() -> None:
    Weekly(0, 600, 600 + 1440)
    with pytest.raises(FieldError):
        Weekly(0, 600, 600 + 1441)
    with pytest.raises(FieldError):
        Quiet(60, 60)
