"""Words without the persons in them: what is found is masked, and names that are known."""

import re
from collections.abc import Iterable

from domain.private_text import Kind, find_personal, mask_name, mask_phone

# A single character is part of too many words to be taken for a name.
SHORTEST_NAME = 2
_GONE = "***"


def without_personal(text: str, names: Iterable[str] = ()) -> str:
    """The text with telephone and other numbers masked, addresses and given names taken out."""
    parts: list[str] = []
    end = 0
    for finding in find_personal(text):
        phone = finding.kind in (Kind.MOBILE, Kind.LANDLINE)
        parts += [text[end : finding.start], mask_phone(finding.text) if phone else _GONE]
        end = finding.end
    masked = "".join([*parts, text[end:]])
    # The longer first: 欧阳小明 before 欧阳; at once, so that nothing is masked twice.
    known = sorted({name for name in names if len(name) >= SHORTEST_NAME}, key=len, reverse=True)
    if not known:
        return masked
    return re.sub("|".join(map(re.escape, known)), lambda found: mask_name(found[0]), masked)
