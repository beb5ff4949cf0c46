"""Photos from phones: checked by content, turned upright, shrunk, and freed of their metadata."""

import threading
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from domain.errors import N_, FieldError
from domain.photos import PhotoIn

MOST_BYTES = 15 * 1024 * 1024
# Above what phones take; decoded it is 150 MB of memory, so the header is asked before.
MOST_PIXELS = 50_000_000
LONG_SIDE = 1600
THUMB_SIDE = 320
QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP")
FIELD = "photos"

# Photos that are decoded at the same moment; each may take MOST_PIXELS × 4 bytes.
_decoding = threading.BoundedSemaphore(2)


def shrink(content: bytes, number: int = 1) -> PhotoIn:
    """The photo as the house keeps it: two JPEGs without EXIF, so without the place it was taken.

    Args:
        content: the uploaded file, whatever its name says.
        number: which of the photos it is, for the message.

    Raises:
        FieldError: too large, no picture, broken, animated, or more pixels than `MOST_PIXELS`.
    """
    check_size(len(content), number)
    with _decoding:
        return _shrunk(content, number)


def check_size(size: int, number: int = 1) -> None:
    """Refuse a file by its size alone, before it is read.

    Raises:
        FieldError: it is larger than `MOST_BYTES`.
    """
    if size > MOST_BYTES:
        raise FieldError(
            FIELD,
            N_("Photo {number} is larger than {limit} MB. Choose a smaller one."),
            number=number,
            limit=MOST_BYTES // 1024 // 1024,
        )


def _shrunk(content: bytes, number: int) -> PhotoIn:
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _too_many(number)
            # MPO is what some phones write: a JPEG with a second picture behind it.
            if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
                raise FieldError(
                    FIELD,
                    N_("Photo {number} is an animation. Choose a still photo."),
                    number=number,
                )
            upright = _upright(image)
    except Image.DecompressionBombError:
        raise _too_many(number) from None
    except UnidentifiedImageError:
        raise FieldError(
            FIELD,
            N_("File {number} is not a photo. Choose a JPEG, PNG or WEBP picture."),
            number=number,
        ) from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError):
        # What Pillow's decoders raise for broken files.
        raise FieldError(
            FIELD,
            N_("Photo {number} is broken and cannot be opened. Choose another or take it again."),
            number=number,
        ) from None
    small = upright.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS)
    return PhotoIn(_jpeg(upright), _jpeg(small), upright.width, upright.height)


def _upright(image: Image.Image) -> Image.Image:
    # Shrunk before it is turned: a JPEG is then decoded at a fraction of its size.
    image.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    turned = ImageOps.exif_transpose(image)
    if not turned.has_transparency_data:
        return turned.convert("RGB")
    seen = turned.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _jpeg(image: Image.Image) -> bytes:
    # A fresh image carries pixels alone: no EXIF, no comment, no colour profile.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    file = BytesIO()
    bare.save(file, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return file.getvalue()


def _too_many(number: int) -> FieldError:
    return FieldError(
        FIELD,
        N_("Photo {number} has more than {limit} million pixels. Choose a smaller one."),
        number=number,
        limit=MOST_PIXELS // 1_000_000,
    )
