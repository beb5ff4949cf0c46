"""Simple drawings in place of photos: what was wrong, and how it looks now."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from domain.photos import PhotoIn

SIZE = (960, 720)
THUMB = (320, 240)
QUALITY = 80


@cache
def picture(scene: str, after: bool) -> PhotoIn:
    """The drawing of a scene before or after the work."""
    image = Image.new("RGB", SIZE, "#eef1e8" if after else "#e4dfd2")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 560, 960, 720), fill="#cfc9b4")
    draw.ellipse((360, 200, 600, 440), fill="#2f6b4f" if after else "#a6493d")
    return PhotoIn(_jpeg(image), _jpeg(image.resize(THUMB)), *SIZE)


def _jpeg(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()
