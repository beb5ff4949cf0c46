"""全覆盖宣传: who was told of a vote, how, and what share of a building that is."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import N_


class Contacted(StrEnum):
    """How a household was told."""

    VISIT = "visit"
    PHONE = "phone"
    WECHAT = "wechat"
    MEETING = "meeting"
    POSTER = "poster"
    LINK = "link"  # the personal link was opened; known by itself


CONTACT_WORDS: dict[Contacted, str] = {
    Contacted.VISIT: N_("visited at home"),
    Contacted.PHONE: N_("called by phone"),
    Contacted.WECHAT: N_("written to in WeChat"),
    Contacted.MEETING: N_("met at a meeting"),
    Contacted.POSTER: N_("poster in the building"),
    Contacted.LINK: N_("opened the personal link"),
}
RECORDED = tuple(one for one in Contacted if one is not Contacted.LINK)


class Reach(StrEnum):
    """How far a household was reached. A poster hangs there; whether it was read nobody knows."""

    IN_PERSON = "in_person"
    POSTER_ONLY = "poster_only"
    NOT_YET = "not_yet"


REACH_WORDS: dict[Reach, str] = {
    Reach.IN_PERSON: N_("Reached in person"),
    Reach.POSTER_ONLY: N_("A poster only"),
    Reach.NOT_YET: N_("Not yet"),
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many units of a building were reached how far."""

    in_person: int = 0
    poster_only: int = 0
    not_yet: int = 0

    @property
    def units(self) -> int:
        """All units."""
        return self.in_person + self.poster_only + self.not_yet

    def __add__(self, other: "Coverage") -> "Coverage":
        return Coverage(
            self.in_person + other.in_person,
            self.poster_only + other.poster_only,
            self.not_yet + other.not_yet,
        )


def reach_of(ways: Collection[Contacted]) -> Reach:
    """How far a unit was reached by all that was done."""
    if any(way is not Contacted.POSTER for way in ways):
        return Reach.IN_PERSON
    return Reach.POSTER_ONLY if ways else Reach.NOT_YET


def one_unit(reach: Reach) -> Coverage:
    """One unit, to be added up."""
    return Coverage(**{reach.value: 1})
