"""The roll's own words and figures, as its pages write them."""

from db.roll.listing import Show
from domain.areas import show_area
from domain.errors import N_
from domain.rights import Kind

KIND = {
    Kind.DWELLING: N_("dwelling"),
    Kind.SHOP: N_("shop"),
    Kind.PARKING: N_("parking space"),
}
SHOW = {
    Show.ALL: N_("The whole roll"),
    Show.DOUBTFUL: N_("To be settled"),
    Show.MERGED: N_("Several units, one right"),
    Show.JOINT: N_("Jointly owned"),
    Show.DEVELOPER: N_("The developer's"),
    Show.PARKING: N_("Parking"),
}


def square_metres(area: int) -> str:
    """An area with thousands apart: 12,345.60."""
    whole, _point, decimals = show_area(area).partition(".")
    return f"{int(whole):,}.{decimals}"


def strong(text: str) -> str:
    """A small heading within a form, of the house's own words."""
    return f"**{text}**"
