"""A photo as the house keeps it: already checked, upright, small, and without its metadata."""

from dataclasses import dataclass

MOST_PHOTOS = 3  # with one report or answer; enough to show a place, its damage, its number


@dataclass(frozen=True, slots=True)
class PhotoIn:
    """A checked photo on its way into the database.

    Args:
        full: JPEG bytes of the photo.
        thumb: JPEG bytes of its small copy.
        width: of the full photo, in pixels.
        height: of the full photo, in pixels.
    """

    full: bytes
    thumb: bytes
    width: int
    height: int
