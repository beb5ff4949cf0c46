"""Drawings in place of photos: what was wrong, and how it looks now."""

from functools import cache
from io import BytesIO

from PIL import Image

from db.demo.scenes_inside import INSIDE
from db.demo.scenes_outside import OUTSIDE
from db.demo.sketch import HEIGHT, WIDTH, Sketch
from domain.photos import PhotoIn

THUMB = (320, 240)
QUALITY = 82
SCENES = INSIDE | OUTSIDE


@cache
def picture(scene: str, after: bool) -> PhotoIn:
    """The drawing of a scene before or after the work."""
    sketch = Sketch(bright=after)
    SCENES[scene](sketch, after)
    image = sketch.finished(tick=after)
    small = image.resize(THUMB, Image.Resampling.BOX)
    return PhotoIn(_jpeg(image), _jpeg(small), WIDTH, HEIGHT)


def _jpeg(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
