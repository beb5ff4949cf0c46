"""Who may do what, in the product's words: logins of the cast, by the side whose object it is."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.people import Actor
from tests.support.world import GIVEN, STEPS, Side, World, person_of, words_of

Who = Callable[[str], set[str]]
Call = Callable[[World, Side, Actor], object]


def office(side: str) -> set[str]:
    """The community's own staff; one of them is responsible for estate two alone."""
    return {"secretary", "social_worker"} | ({"desk_two"} if side == "Two" else set())


def staff(_side: str) -> set[str]:
    """The same, for what belongs to no estate."""
    return office("Two")


def whole_office(_side: str) -> set[str]:
    """Who answers for all estates, as a person's matters may lie in any."""
    return {"secretary", "social_worker"}


def readers(side: str) -> set[str]:
    """The owners' committee reads its own estate's files."""
    return office(side) | ({"committee"} if side == "One" else set())


def any_reader(_side: str) -> set[str]:
    """The same, for lists that hold each reader's own."""
    return staff("") | {"committee"}


def given(side: str) -> set[str]:
    """Who works on a file: the office, and the unit that leads it."""
    return office(side) | ({"property_contact"} if side == "One" else set())


def photographed(side: str) -> set[str]:
    """Who sees the photos of a file that was given to units: its readers, and those units."""
    return readers(side) | ({"property_contact", "partner_contact"} if side == "One" else set())


def its_unit(side: str) -> set[str]:
    """The unit that a task was given to."""
    return {"property_contact"} if side == "One" else set()


def in_units(_side: str) -> set[str]:
    """Whoever speaks for a branch, a company or a partner unit."""
    return {"property_contact", "partner_contact", "branch_contact"}


def administrator(_side: str) -> set[str]:
    """Who sets up the house."""
    return {"administrator"}


def auditors(_side: str) -> set[str]:
    """Who may read the log."""
    return {"administrator", "secretary"}


def counted(_side: str) -> set[str]:
    """Who sees figures."""
    return staff("") | {"committee", "administrator", "squad_leader", "viewer"}


def reporting(side: str) -> set[str]:
    """Who may bring in a report: those who take in, and residents themselves."""
    return readers(side) | {"resident"}


def anybody(_side: str) -> set[str]:
    """Residents too: nothing of anybody's is in it."""
    return signed_in("") | {"resident"}


def choosers(_side: str) -> set[str]:
    """Who takes in, and who sets up."""
    return any_reader("") | {"administrator"}


def signed_in(_side: str) -> set[str]:
    """Everybody with an account."""
    return {
        *staff(""),
        *counted(""),
        *in_units(""),
        *("volunteer", "nobody"),
    }


@dataclass(frozen=True, slots=True)
class Row:
    """One function.

    Args:
        who: whose call goes through, by the side whose object it is.
        call: the call, which must succeed for them.
        denied_only: what it does is not to be done here (it writes files).
    """

    who: Who
    call: Call
    denied_only: bool = False


# Residents of the household list, by the side that they live on.
HOUSEHOLDS = {"One": ("住户子", "13800000101"), "Two": ("住户辰", "13800000901")}


def hidden_from(login: str) -> set[str]:
    """What this person must never be shown."""
    hidden = set()
    for side in ("One", "Two"):
        if login not in office(side):
            hidden |= {
                person_of(side),
                *HOUSEHOLDS[side],
                {"One": "1112222", "Two": "3334444"}[side],
            }
        if login not in readers(side):
            works_there = side == "One" and login in {"property_contact", "partner_contact"}
            shown = set(GIVEN) if works_there else set()
            hidden |= {
                words_of(side, step) for step in {*STEPS, "merged", "held", "meeting"} - shown
            }
    return hidden
