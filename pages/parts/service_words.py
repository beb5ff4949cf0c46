"""What proofs of service and waiting paper are called."""

from collections.abc import Mapping, Sequence

from db.votes.names import UnitLine
from domain.errors import N_
from domain.papers import Waits
from domain.services import Proof

PROOF: Mapping[Proof, str] = {
    Proof.LINK_OPENED: N_("link opened"),
    Proof.SIGNED: N_("signed for"),
    Proof.PHOTO: N_("photo"),
}

WAITS: Mapping[Waits, str] = {
    Waits.FIRST: N_("for a first reading"),
    Waits.SECOND: N_("for a second reading by another teller"),
    Waits.THIRD: N_("the readings differ: a third teller settles it"),
}


def labels(units: Sequence[UnitLine], most: int = 3) -> str:
    """The units of a right in one line, the first few of many."""
    shown = "、".join(unit.label for unit in units[:most])
    return f"{shown} (+{len(units) - most})" if len(units) > most else shown
