"""What the three marks of a ballot are called."""

from collections.abc import Mapping

from domain.errors import N_
from domain.standing import Choice

CHOICE: Mapping[Choice, str] = {
    Choice.YES: N_("In favour"),
    Choice.NO: N_("Against"),
    Choice.ABSTAIN: N_("Abstain"),
}
