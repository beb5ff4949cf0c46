"""The majorities of 《民法典》 art. 278 and of the committee, in integers only.

以上 includes the number itself, 过半数 does not (art. 1259).
"""

from dataclasses import dataclass
from enum import StrEnum


class Lane(StrEnum):
    """Who decides, and by which majority."""

    ORDINARY = "ordinary"
    SPECIAL = "special"
    COMMITTEE = "committee"
    ELECTION = "election"
    POLL = "poll"


class Outcome(StrEnum):
    """What the figures say of one question."""

    PASS = "PASS"
    FAIL = "FAIL"
    NO_QUORUM = "NO_QUORUM"
    NO_MEETING = "NO_MEETING"
    ADVISORY = "ADVISORY"
    DEPENDS_ON_INVALID = "DEPENDS_ON_INVALID"


@dataclass(frozen=True, slots=True)
class Weight:
    """What a group of voting rights weighs: area in 0.01 m² and heads, never mixed."""

    area: int = 0
    heads: int = 0

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(self.area + other.area, self.heads + other.heads)

    def __sub__(self, other: "Weight") -> "Weight":
        return Weight(self.area - other.area, self.heads - other.heads)


NOTHING = Weight()
COMMITTEE_SIZES = (5, 7, 9, 11)  # 5–11 members, odd


def quorum_met(participating: Weight, roll: Weight) -> bool:
    """Two thirds or more take part, by area and by heads."""
    return 3 * participating.area >= 2 * roll.area and 3 * participating.heads >= 2 * roll.heads


def ordinary_met(approving: Weight, participating: Weight) -> bool:
    """More than half of those who take part approve, by area and by heads."""
    return 2 * approving.area > participating.area and 2 * approving.heads > participating.heads


def special_met(approving: Weight, participating: Weight) -> bool:
    """Three quarters or more of those who take part approve; nobody's vote passes nothing."""
    return (
        participating.heads > 0
        and 4 * approving.area >= 3 * participating.area
        and 4 * approving.heads >= 3 * participating.heads
    )


def attendance_met(present: int, members: int) -> bool:
    """More than half of the committee's members are present."""
    return 2 * present > members


def committee_met(approving: int, members: int) -> bool:
    """More than half of all members approve, the absent included."""
    return 2 * approving > members


def petition_met(signed: int, owners: int) -> bool:
    """A fifth or more of the owners, by heads, ask for an assembly (《物业管理条例》 art. 13)."""
    return owners > 0 and 5 * signed >= owners


def fewest_candidates(seats: int) -> int:
    """Fewest candidates an election needs unless that is waived: 1.2 a seat, rounded up."""
    return -(-6 * seats // 5)


def committee_size_allowed(seats: int) -> bool:
    """Whether a committee may have so many members."""
    return seats in COMMITTEE_SIZES


def outcome(lane: Lane, roll: Weight, participating: Weight, approving: Weight) -> Outcome:
    """Judge one question by its lane; an election's candidate needs the ordinary majority."""
    match lane:
        case Lane.POLL:
            return Outcome.ADVISORY
        case Lane.COMMITTEE:
            if not attendance_met(participating.heads, roll.heads):
                return Outcome.NO_MEETING
            passed = committee_met(approving.heads, roll.heads)
        case Lane.SPECIAL | Lane.ORDINARY | Lane.ELECTION:
            if not quorum_met(participating, roll):
                return Outcome.NO_QUORUM
            met = special_met if lane is Lane.SPECIAL else ordinary_met
            passed = met(approving, participating)
    return Outcome.PASS if passed else Outcome.FAIL


def shortfall(lane: Lane, roll: Weight, participating: Weight) -> Weight:
    """What quorum, or the committee's attendance, still lacks; zero when met or not asked for."""
    match lane:
        case Lane.POLL:
            return NOTHING
        case Lane.COMMITTEE:
            return Weight(0, max(0, roll.heads // 2 + 1 - participating.heads))
        case Lane.SPECIAL | Lane.ORDINARY | Lane.ELECTION:
            return Weight(
                max(0, -(-2 * roll.area // 3) - participating.area),
                max(0, -(-2 * roll.heads // 3) - participating.heads),
            )


def percent(part: int, whole: int) -> str:
    """Per cent with two decimals, cut and never rounded: 66.666 must not look like 66.67."""
    if whole <= 0:
        return "0.00"
    hundredths = part * 10_000 // whole
    return f"{hundredths // 100}.{hundredths % 100:02d}"
