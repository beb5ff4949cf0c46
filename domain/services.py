"""Service of ballots 送达: what counts as proof."""

from enum import StrEnum


class Proof(StrEnum):
    """How it is known that a unit's ballot reached its owner."""

    LINK_OPENED = "link_opened"  # the personal link was opened and confirmed by its button
    SIGNED = "signed"  # 签收
    PHOTO = "photo"  # a photo of the delivery, kept with the proof
