"""The micro-list 实事微清单: 一问题一建档，一办结一销号."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.clocks import Standing
from domain.closing import Outcome
from domain.errors import N_
from domain.moves import State, Step
from domain.workdays import DayBasis

# The three categories, by the values of `db.tables.ServiceClass`, in the order of the list.
SERVICES = ("administrative", "volunteer", "social")
# In an address, for files that nobody has sorted yet.
UNSORTED = "unsorted"


class Shelf(StrEnum):
    """Which matters: all that have a file, those under way, those struck off."""

    FILED = "filed"  # 建档
    OPEN = "open"  # 办理中
    CLOSED = "closed"  # 销号


SHELVES = {
    Shelf.FILED: N_("Filed"),
    Shelf.OPEN: N_("Under way"),
    Shelf.CLOSED: N_("Struck off"),
}


@dataclass(frozen=True, slots=True)
class Matter:
    """One line of the list: one problem, one file.

    Args:
        title: as the office named it, from a resident's words; not for the public.
        service: one of `SERVICES`; None while it is not sorted.
        helpers: units that assist in the present round.
        limit_at: when the work was promised for; None before anything was promised.
        kept: where that promise stands.
        closed_at: the day of 销号.
        summary: what was reviewed and published; None where nothing was.
        ratings, satisfied: of the present round.
    """

    code: str
    number: str
    title: str
    service: str | None
    category_zh: str | None
    category_en: str | None
    estate: str | None
    channel: str | None
    reports: int
    lead: str | None
    helpers: tuple[str, ...]
    state: State
    step: Step
    opened_at: datetime
    limit_at: datetime | None
    kept: Standing | None
    done_at: datetime | None
    outcome: Outcome | None
    summary: str | None
    closed_at: datetime | None
    ratings: int
    satisfied: int

    def category(self, language: str) -> str | None:
        """The category's name in a language of `locales`."""
        return self.category_en if language.startswith("en") else self.category_zh

    @property
    def struck_off(self) -> bool:
        """Whether it is 销号."""
        return self.state is State.CLOSED


@dataclass(frozen=True, slots=True)
class PublicMatter:
    """What anybody may know of a matter.

    Its words, place, unit and outcome only once they were reviewed and published; before that
    its number, what it is about, how far it is and until when it was promised.
    """

    code: str | None
    number: str
    service: str | None
    category_zh: str | None
    category_en: str | None
    step: Step
    opened_at: datetime
    limit_at: datetime | None
    late: bool
    done_at: datetime | None
    closed_at: datetime | None
    summary: str | None
    estate: str | None
    lead: str | None
    outcome: Outcome | None

    def category(self, language: str) -> str | None:
        """The category's name in a language of `locales`."""
        return self.category_en if language.startswith("en") else self.category_zh


def for_the_public(matter: Matter) -> PublicMatter:
    """The matter without what nobody has reviewed."""
    reviewed = matter.summary is not None
    return PublicMatter(
        code=matter.code if reviewed else None,
        number=matter.number,
        service=matter.service,
        category_zh=matter.category_zh,
        category_en=matter.category_en,
        step=matter.step,
        opened_at=matter.opened_at,
        limit_at=matter.limit_at,
        late=matter.kept in (Standing.MISSED, Standing.MET_LATE),
        done_at=matter.done_at,
        closed_at=matter.closed_at if matter.struck_off else None,
        summary=matter.summary,
        estate=matter.estate if reviewed else None,
        lead=matter.lead if reviewed else None,
        outcome=matter.outcome if reviewed else None,
    )


@dataclass(frozen=True, slots=True)
class Limit:
    """In how many days work of a category is promised, and how the days are counted."""

    days: int
    basis: DayBasis


def last_day_of(limit_at: datetime | None) -> datetime | None:
    """A moment of the last day in time: a limit of whole days ends at its 24:00."""
    return limit_at - timedelta(seconds=1) if limit_at else None


class OfferKind(StrEnum):
    """What an offer is: an errand that is run, or a kind of trouble that is seen to."""

    ERRAND = "errand"
    MATTER = "matter"


@dataclass(frozen=True, slots=True)
class Offer:
    """One service of the list.

    Args:
        service: one of `SERVICES`.
        bring: the papers to bring along.
        doer: who does it; empty where that depends on the estate.
    """

    kind: OfferKind
    service: str
    name_zh: str
    name_en: str
    bring: tuple[str, ...] = ()
    limit: Limit | None = None
    doer: str = ""

    def name(self, language: str) -> str:
        """Its name in a language of `locales`."""
        return self.name_en if language.startswith("en") else self.name_zh


def limit_of(own_days: int | None, basis: DayBasis, usual_days: int) -> Limit:
    """A category's limit 限时: its own, or else the community's."""
    return Limit(usual_days if own_days is None else own_days, basis)
