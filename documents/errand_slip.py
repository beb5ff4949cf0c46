"""The slip 材料交接单 for papers that the errand desk took over or gave back; A5."""

from dataclasses import dataclass

import locales
from documents import printing
from documents.posters import unreachable
from domain.errors import N_

NAME = "errand_slip"  # of the sheet

# Said on the slip in the language of the community.
WORDS = {
    "desk": N_("Errand desk"),
    "number": N_("Number"),
    "service": N_("Errand service"),
    "resident": N_("Resident"),
    "due": N_("Done by"),
    "holder": N_("Seen to by"),
    "paper": N_("Name of the paper"),
    "received": N_("Handed over"),
    "returned": N_("Given back"),
    "follow": N_("How it stands: scan, and type the code that you were told"),
    "code": N_("Code:"),
    "by_resident": N_("Signature of the resident"),
    "by_desk": N_("Signature of the desk"),
}
TAKEN_OVER = N_("Papers taken over")
GIVEN_BACK = N_("Papers given back")


@dataclass(frozen=True, slots=True)
class SlipPaper:
    """One paper; the days are empty where it did not happen."""

    name: str
    received: str
    returned: str


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on the slip, its days in words."""

    number: str
    service: str
    name: str
    due: str
    holder: str
    papers: tuple[SlipPaper, ...]


def errand_slip(slip: Slip, *, back: bool, base: str, community: str, language: str) -> str:
    """The whole HTML page, to be printed by the browser.

    Args:
        back: it is about papers given back, else about those taken over.
        base: the address that the code begins with.
        language: of the words around the slip, which are not printed.
    """
    say = locales.catalogue(locales.CHINESE).gettext
    words = {name: say(text) for name, text in WORDS.items()}
    words["title"] = say(GIVEN_BACK if back else TAKEN_OVER)
    link = f"{base}/follow"
    return printing.page(
        NAME,
        language,
        slip=slip,
        say=words,
        link=link,
        qr=printing.qr(link),
        base=base,
        community=community,
        warn_unreachable=unreachable(base),
    )
