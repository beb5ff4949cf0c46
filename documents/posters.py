"""QR posters 民情二维码: printable A4 sheets, one, two or six places a sheet, in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import locales
from documents import printing
from domain.errors import N_

NAME = "posters"  # of the sheet
PER_SHEET = (1, 2, 6)
# Every visitor's own machine: a phone that scans such an address finds nothing.
_OWN_MACHINE = ("localhost", "127.", "[::1]", "0.0.0.0")  # noqa: S104 – recognised, not bound

# Said on each poster in both languages, whatever the reader of the page speaks.
HEADLINE = N_("Scan to tell us")
STEPS = (
    N_("Scan the code, or type the address below"),
    N_("Write what is wrong; add photos if you like"),
    N_("Keep your code and follow what becomes of it"),
)
PROMISE = N_("A person answers within {hours} hours. No app, no account.")
EMERGENCY = N_("In danger call 110, 119 or 120. This is no emergency line.")


@dataclass(frozen=True, slots=True)
class PosterPlace:
    """What one poster says of its place."""

    code: str
    name: str
    where: str


def address_of(base: str, code: str) -> str:
    """What the QR code holds."""
    return f"{base.rstrip('/')}/r/{code}"


def unreachable(base: str) -> bool:
    """Whether phones cannot open addresses that begin so."""
    host = urlsplit(base).netloc.rpartition("@")[2]
    return not host or host.startswith(_OWN_MACHINE)


def posters(
    places: Sequence[PosterPlace],
    *,
    base: str,
    community: str,
    answer_hours: int,
    per_sheet: int,
    language: str,
    base_is_set: bool,
) -> str:
    """The whole HTML page, to be printed by the browser.

    Args:
        base: the address that the codes begin with.
        base_is_set: False where nobody has set it yet and the browser's own was taken.
        language: of the words around the posters, which are not printed.
    """
    per_sheet = per_sheet if per_sheet in PER_SHEET else PER_SHEET[0]
    drawn = [
        {
            "place": place,
            "address": address_of(base, place.code),
            "qr": printing.qr(address_of(base, place.code)),
        }
        for place in places
    ]
    return printing.page(
        NAME,
        language,
        sheets=[drawn[n : n + per_sheet] for n in range(0, len(drawn), per_sheet)],
        per_sheet=per_sheet,
        choices=PER_SHEET,
        codes=",".join(place.code for place in places),
        community=community,
        chinese=_said(locales.CHINESE, answer_hours),
        english=_said(locales.ENGLISH, answer_hours),
        warn_unset=not base_is_set,
        warn_unreachable=unreachable(base),
        base=base,
    )


def _said(code: str, hours: int) -> dict[str, object]:
    say = locales.catalogue(code).gettext
    return {
        "headline": say(HEADLINE),
        "steps": [say(step) for step in STEPS],
        "promise": say(PROMISE).format(hours=hours),
        "emergency": say(EMERGENCY),
    }
