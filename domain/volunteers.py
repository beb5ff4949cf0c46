"""A volunteer 志愿者 as the rules of dispatch see them: one plain value with all that counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.availability import Quiet, Weekly, is_free
from domain.days import local_day
from domain.errors import N_
from domain.skills import Skill, SkillKind, is_related

# Between the end of a duty at night and the next duty, see dispatch.md.
REST = timedelta(hours=11)


class Squad(StrEnum):
    """The three squads."""

    HARMONY = "harmony"  # 邻里和谐
    SAFETY = "safety"  # 安全护卫
    HEALTH = "health"  # 健康服务


SQUAD: Mapping[Squad, str] = {
    Squad.HARMONY: N_("Neighbourly harmony"),
    Squad.SAFETY: N_("Safety guard"),
    Squad.HEALTH: N_("Health service"),
}


class Consent(StrEnum):
    """One thing that a volunteer agreed to: a field of theirs and what it may be used for."""

    NAME_ON_CARD = "name_on_card"
    PHONE_ON_CARD = "phone_on_card"  # the card that residents hold
    BUILDING_ON_CARD = "building_on_card"
    SKILLS_ON_CARD = "skills_on_card"
    PHONE_FOR_DISPATCH = "phone_for_dispatch"
    SMS = "sms"
    GROUP = "group"


CONSENT: Mapping[Consent, str] = {
    Consent.NAME_ON_CARD: N_("My name on the contact card"),
    Consent.PHONE_ON_CARD: N_("My number on residents' cards"),
    Consent.BUILDING_ON_CARD: N_("My building on residents' cards"),
    Consent.SKILLS_ON_CARD: N_("My skills on the contact card"),
    Consent.PHONE_FOR_DISPATCH: N_("Calls from the duty desk"),
    Consent.SMS: N_("Text messages about tasks"),
    Consent.GROUP: N_("Messages in the squad's group"),
}


# A number that may be used for none of these is not kept.
PHONE_PURPOSES = frozenset({Consent.PHONE_ON_CARD, Consent.PHONE_FOR_DISPATCH, Consent.SMS})


class Match(StrEnum):
    """How well a volunteer's skills fit what is asked for."""

    EXACT = "exact"
    RELATED = "related"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Volunteer:
    """Everything that the hard filters and the rank ask of one person, as of one moment.

    Args:
        code: names the person in addresses; stable and random.
        consents: those in force at that moment.
        free: the hours of the week in which they may be asked; empty: none were named.
        quiet: hours of the day in which they do not want to be asked.
        insured_until: the last day of their accident insurance.
        paused_until: they asked not to be offered anything before.
        post: their place in the on-call shift of that moment, 0 for the primary; None: not on.
        weighted_minutes: of service in the 30 days before, minutes at night counted twice.
        night_duty_end: when they last came from a service that touched the night (22–06).
    """

    id: int
    code: str
    name: str
    squad: Squad
    leader: bool
    account_id: int | None
    estate_id: int | None
    building_id: int | None
    joined_on: date
    left_on: date | None
    insured_until: date | None
    paused_until: datetime | None
    skills: tuple[Skill, ...]
    consents: frozenset[Consent]
    free: tuple[Weekly, ...]
    quiet: Quiet | None
    post: int | None
    weighted_minutes: int
    last_offered_at: datetime | None
    night_duty_end: datetime | None

    def is_active(self, now: datetime) -> bool:
        """Whether they have joined and not left (the day of leaving no longer counts)."""
        today = local_day(now)
        return self.joined_on <= today and (self.left_on is None or today < self.left_on)

    def match(self, asked: SkillKind | None, now: datetime) -> Match:
        """How verified, unexpired skills fit; asking for none fits everybody exactly."""
        if asked is None:
            return Match.EXACT
        today = local_day(now)
        kinds = [skill.kind for skill in self.skills if skill.counts_on(today)]
        if asked in kinds:
            return Match.EXACT
        return Match.RELATED if any(is_related(asked, kind) for kind in kinds) else Match.NONE

    def is_insured(self, now: datetime) -> bool:
        """Whether the accident insurance holds on that day."""
        return self.insured_until is not None and local_day(now) <= self.insured_until

    def is_rested(self, now: datetime) -> bool:
        """Whether 11 hours have passed since the last duty at night ended."""
        return self.night_duty_end is None or now - self.night_duty_end >= REST

    def is_paused(self, now: datetime) -> bool:
        """Whether they asked for a break that is not over."""
        return self.paused_until is not None and now < self.paused_until

    def is_quiet(self, now: datetime) -> bool:
        """Whether it is in their own quiet hours."""
        return self.quiet is not None and self.quiet.holds(now)

    def is_free(self, now: datetime) -> bool:
        """Whether they named this hour of the week as one in which they may be asked."""
        return is_free(self.free, now)
