"""Small pictures for tests."""

from io import BytesIO

from PIL import Image

from documents.photos import shrink
from domain.photos import PhotoIn


def jpeg(colour: str = "green", size: tuple[int, int] = (64, 48)) -> bytes:
    """A JPEG as a phone would send it."""
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG")
    return file.getvalue()


def photo(colour: str = "green") -> PhotoIn:
    """A checked photo."""
    return shrink(jpeg(colour))
