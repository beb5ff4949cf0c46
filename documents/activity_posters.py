"""Posters of an activity: the invitation, and the sheet at the door; A4, in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass

import locales
from documents import printing
from documents.posters import unreachable
from domain.errors import N_

NAME = "activity_posters"  # of the sheet

# Said on each sheet in both languages, whatever the reader of the page speaks.
JOIN = N_("Scan to sign up")
LOOK = N_("Scan to see more")
COME = N_("Just come: nobody needs to sign up.")
HERE = N_("Scan: I am here")
HERE_HOW = N_("Name and phone, and you are on the list. Who signed up taps once.")
FREE = N_("No app, no account. When it is full there is a waiting list.")


@dataclass(frozen=True, slots=True)
class ActivityPoster:
    """What stands on the sheets; texts in Chinese and English stand in this order.

    Args:
        when: such as 每周三 15:00–16:30, or one date.
        link: behind the public address, where signing up is; `door` where people are ticked off.
    """

    title: str
    kind: tuple[str, str]
    when: tuple[str, str]
    where: str
    words: str
    sign_up: bool
    link: str
    door: str


def activity_posters(
    poster: ActivityPoster,
    *,
    base: str,
    community: str,
    others: Sequence[tuple[str, str, bool]],
    language: str,
) -> str:
    """The whole HTML page, to be printed by the browser.

    Args:
        base: the address that the codes begin with.
        others: addresses, names and whether it is this one, of the sheets to choose from.
        language: of the words around the sheets, which are not printed.
    """
    both = {
        "invite": _both(JOIN if poster.sign_up else LOOK),
        "note": _both(FREE if poster.sign_up else COME),
        "here": _both(HERE),
        "here_how": _both(HERE_HOW),
    }
    return printing.page(
        NAME,
        language,
        poster=poster,
        both=both,
        link=f"{base}{poster.link}",
        door=f"{base}{poster.door}",
        qr=printing.qr(f"{base}{poster.link}"),
        door_qr=printing.qr(f"{base}{poster.door}"),
        base=base,
        community=community,
        others=others,
        warn_unreachable=unreachable(base),
    )


def _both(words: str) -> tuple[str, str]:
    chinese, english = (
        locales.catalogue(code).gettext(words) for code in (locales.CHINESE, locales.ENGLISH)
    )
    return chinese, english
