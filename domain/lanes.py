"""The guided choice: which matter goes which way, and the article that says so.

Sources: 《民法典》 art. 278 (joint decisions and their majorities), art. 279 (a dwelling turned to
business), art. 281 (the repair fund in an emergency); what the assembly leaves to the owners'
committee: 《业主大会和业主委员会指导规则》.
"""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import N_
from domain.thresholds import Lane


class Path(StrEnum):
    """The ways in which a matter can be settled; five of them are voted on."""

    CONTRACT = "contract"
    POLL = "poll"
    COMMITTEE = "committee"
    ORDINARY = "ordinary"
    SPECIAL = "special"
    ELECTION = "election"
    EMERGENCY = "emergency"
    UNANIMOUS = "unanimous"

    @property
    def lane(self) -> Lane | None:
        """The lane of the count; None where the house counts nothing."""
        return _LANES.get(self)


_LANES = {
    Path.POLL: Lane.POLL,
    Path.COMMITTEE: Lane.COMMITTEE,
    Path.ORDINARY: Lane.ORDINARY,
    Path.SPECIAL: Lane.SPECIAL,
    Path.ELECTION: Lane.ELECTION,
}
STATUTORY = frozenset({Lane.COMMITTEE, Lane.ORDINARY, Lane.SPECIAL, Lane.ELECTION})


class Matter(StrEnum):
    """What is to be settled, in the words of the law's list where it has them."""

    DUTY = "duty"
    WISHES = "wishes"
    DELEGATED = "delegated"
    RULES = "rules"
    COVENANT = "covenant"
    ELECT = "elect"
    COMPANY = "company"
    USE_FUND = "use_fund"
    OTHER = "other"
    RAISE_FUND = "raise_fund"
    REBUILD = "rebuild"
    COMMON_PARTS = "common_parts"
    EMERGENCY = "emergency"
    TO_BUSINESS = "to_business"


@dataclass(frozen=True, slots=True)
class Guide:
    """One row of the guided choice.

    Args:
        article: where it stands, as people cite it.
    """

    matter: Matter
    path: Path
    words: str
    article: str


GUIDES = (
    Guide(
        Matter.DUTY,
        Path.CONTRACT,
        N_("The property company's ordinary duty"),
        "《民法典》第九百四十二条",
    ),
    Guide(
        Matter.WISHES,
        Path.POLL,
        N_("Priorities, activities, wishes for a layout: what do people think?"),
        "",
    ),
    Guide(
        Matter.DELEGATED,
        Path.COMMITTEE,
        N_("A matter that the assembly has left to the owners' committee"),
        "《业主大会和业主委员会指导规则》",
    ),
    Guide(
        Matter.RULES,
        Path.ORDINARY,
        N_("Make or change the rules of procedure of the owners' assembly"),
        "《民法典》第二百七十八条第一款第（一）项",
    ),
    Guide(
        Matter.COVENANT,
        Path.ORDINARY,
        N_("Make or change the covenant of the estate"),
        "《民法典》第二百七十八条第一款第（二）项",
    ),
    Guide(
        Matter.ELECT,
        Path.ELECTION,
        N_("Elect the owners' committee or replace its members"),
        "《民法典》第二百七十八条第一款第（三）项",
    ),
    Guide(
        Matter.COMPANY,
        Path.ORDINARY,
        N_("Hire or dismiss the property company"),
        "《民法典》第二百七十八条第一款第（四）项",
    ),
    Guide(
        Matter.USE_FUND,
        Path.ORDINARY,
        N_("Use the repair fund"),
        "《民法典》第二百七十八条第一款第（五）项",
    ),
    Guide(
        Matter.RAISE_FUND,
        Path.SPECIAL,
        N_("Raise money for the repair fund"),
        "《民法典》第二百七十八条第一款第（六）项",
    ),
    Guide(
        Matter.REBUILD,
        Path.SPECIAL,
        N_("Alter or rebuild the building and what belongs to it"),
        "《民法典》第二百七十八条第一款第（七）项",
    ),
    Guide(
        Matter.COMMON_PARTS,
        Path.SPECIAL,
        N_("Change the use of common parts, or do business with them"),
        "《民法典》第二百七十八条第一款第（八）项",
    ),
    Guide(
        Matter.OTHER,
        Path.ORDINARY,
        N_("Another great matter of common ownership and management"),
        "《民法典》第二百七十八条第一款第（九）项",
    ),
    Guide(
        Matter.EMERGENCY,
        Path.EMERGENCY,
        N_("The repair fund in an emergency"),
        "《民法典》第二百八十一条第二款",
    ),
    Guide(
        Matter.TO_BUSINESS,
        Path.UNANIMOUS,
        N_("A dwelling is to be turned to business"),
        "《民法典》第二百七十九条",
    ),
)

PATH_WORDS: dict[Path, str] = {
    Path.CONTRACT: N_("No vote: give it to the property company, today."),
    Path.POLL: N_("A poll: advisory, answered today, the decision is recorded tomorrow."),
    Path.COMMITTEE: N_(
        "The committee's meeting: more than half of its members present, more than half of all"
        " members in favour, no substitutes; the agenda is posted 7 days before."
    ),
    Path.ORDINARY: N_(
        "Owners' vote: two thirds take part, and more than half of those who take part approve,"
        " by area and by heads; notice 15 days before."
    ),
    Path.SPECIAL: N_(
        "Owners' vote: two thirds take part, and three quarters of those who take part approve,"
        " by area and by heads; notice 15 days before."
    ),
    Path.ELECTION: N_(
        "Election: two thirds take part, a candidate needs more than half of those who take part,"
        " by area and by heads; notice 15 days before."
    ),
    Path.EMERGENCY: N_(
        "No vote here: the local rule for emergencies says who applies and how. Record the"
        " application in the file."
    ),
    Path.UNANIMOUS: N_(
        "No majority can decide it: every interested owner must agree. Collect the written"
        " consents in the file."
    ),
}


def guide(matter: Matter) -> Guide:
    """The row of a matter."""
    return next(row for row in GUIDES if row.matter is matter)
