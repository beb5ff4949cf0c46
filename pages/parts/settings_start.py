"""What a new community still lacks, in the order in which it needs it."""

from datetime import timedelta

import streamlit as st

from db.accounts import accounts
from db.backup import backups
from db.estates import buildings, estates
from db.now import now
from db.places import places
from db.settings import settings
from db.units import units
from db.work_calendar import AHEAD, unknown_years
from domain.days import local_day
from pages.parts.who import actor
from pages.parts.words import _, ngettext

FRESH = timedelta(days=2)


def show() -> None:
    """One line for each thing: done, or what to do and where."""
    st.caption(_("What is set up, and what is still missing. Each line leads to its section."))
    with st.container(gap="xsmall"):
        lines()


def lines() -> None:
    """All of them, in the order in which a new community needs them."""
    me, at = actor(), now()
    known = settings()
    houses = buildings(me)
    homes = sum(house.households for house in houses)
    newest = max((one.at for one in backups(me)), default=None)
    today = local_day(at)
    unknown = unknown_years(me, today, today + AHEAD)
    people = [row for row in accounts(me) if row.active]
    spots = places(me)
    line(
        bool(known.base_url),
        "community",
        _("Public address: {address}", address=known.base_url),
        _("Set the public address, so that QR codes lead here"),
    )
    count = len(units(me))
    line(
        bool(count),
        "units",
        ngettext("{n} unit can be given files", "{n} units can be given files", count),
        _("Enter the branches, property companies and partner units that do the work"),
    )
    count = len(estates(me))
    line(
        bool(count and houses),
        "estates",
        ngettext("{n} estate", "{n} estates", count)
        + " · "
        + ngettext("{n} building", "{n} buildings", len(houses)),
        _("Enter the estates and their buildings"),
    )
    line(
        bool(homes),
        "households",
        ngettext("{n} household", "{n} households", homes),
        _("Take in the households from Excel, so that the desk finds who calls"),
    )
    line(
        len(people) > 1,
        "people",
        ngettext("{n} person signs in", "{n} people sign in", len(people)),
        _("Open accounts for your colleagues; you are the only one so far"),
    )
    line(
        bool(spots),
        "places",
        ngettext("{n} QR place", "{n} QR places", len(spots)),
        _("Enter places and print their QR posters"),
    )
    line(
        not unknown,
        "calendar",
        _("The work calendar is known for the months ahead"),
        _(
            "The holidays of {years} are not known: working days follow Monday to Friday",
            years=", ".join(map(str, unknown)),
        ),
    )
    line(
        newest is not None and at - newest < FRESH,
        "backup",
        _("The backup is fresh"),
        _("There is no backup of the last two days"),
    )


def line(done: bool, section: str, good: str, lacking: str) -> None:
    """One thing, as the way to its section; what is missing stands out."""
    st.button(
        good if done else lacking,
        key=f"settings_to_{section}",
        icon=":material/check_circle:" if done else ":material/arrow_forward:",
        type="tertiary" if done else "secondary",
        on_click=go_to,
        args=(section,),
        wrap=True,
    )


def go_to(section: str) -> None:
    """Open a section."""
    st.query_params.from_dict({"s": section})
