"""Contact cards 联系卡: eight on an A4 page, with a QR code to the public card page."""

from collections.abc import Sequence

import locales
from documents import printing
from documents.posters import unreachable
from domain.cards import CardFace
from domain.errors import N_
from domain.skills import SKILL
from domain.volunteers import SQUAD

NAME = "contact_cards"  # of the sheet
PER_PAGE = 8
QUIET = 3  # modules around the code, where a card has no room for four

# Said on every card, in the language of the community first.
EMERGENCY = N_("Danger to life: call 120 first")
TITLE = N_("Contact card")
CAN = N_("Can")
CANNOT = N_("Cannot")
DUTY_LINE = N_("Duty line")
UNTIL = N_("Valid until {day}")
NUMBER = N_("No. {number}")
UNNAMED = N_("Volunteer")
OWN_NUMBER = N_("Telephone")


def address_of(base: str, code: str) -> str:
    """What the QR code holds."""
    return f"{base.rstrip('/')}/card/{code}"


def contact_cards(
    cards: Sequence[CardFace],
    *,
    base: str,
    community: str,
    duty_line: str,
    holder: str,
    language: str,
) -> str:
    """The whole HTML page, to be printed by the browser.

    Args:
        base: the address that the codes begin with.
        holder: who gets these cards, in the reader's language; not printed.
        language: of the words around the cards, which are not printed.
    """
    say = locales.catalogue(locales.CHINESE).gettext
    drawn = [
        {
            "card": card,
            "name": card.name or say(UNNAMED),
            "squad": say(SQUAD[card.squad]),
            "skills": "、".join(say(SKILL[kind]) for kind in card.skills),
            "until": say(UNTIL).format(day=card.valid_until.isoformat()),
            "number": say(NUMBER).format(number=card.number),
            "qr": printing.qr(address_of(base, card.code), QUIET),
        }
        for card in cards
    ]
    return printing.page(
        NAME,
        language,
        pages=[drawn[n : n + PER_PAGE] for n in range(0, len(drawn), PER_PAGE)],
        count=len(drawn),
        community=community,
        duty_line=duty_line,
        holder=holder,
        words={
            "emergency": say(EMERGENCY),
            "title": say(TITLE),
            "can": say(CAN),
            "cannot": say(CANNOT),
            "duty_line": say(DUTY_LINE),
            "phone": say(OWN_NUMBER),
        },
        warn_unreachable=unreachable(base),
        warn_duty_line=not duty_line,
        base=base,
    )
