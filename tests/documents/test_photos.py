"""Photos that residents send: what is kept of them, and what is refused."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from documents.photos import LONG_SIDE, MOST_BYTES, THUMB_SIDE, shrink
from domain.errors import FieldError

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def picture(
    size: tuple[int, int], kind: str = "JPEG", mode: str = "RGB", **options: object
) -> bytes:
    file = BytesIO()
    Image.new(mode, size, "red" if mode != "L" else 200).save(file, kind, **options)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims to be huge in a few dozen bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpeg_header(width: int, height: int) -> bytes:
    """A real small JPEG whose header was changed to claim another size."""
    content = bytearray(picture((64, 64)))
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(content)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"),
     ("PNG", "1"), ("PNG", "I;16"), ("WEBP", "RGB"), ("WEBP", "RGBA")],
)  # fmt: skip
def test_every_real_photo_becomes_a_plain_jpeg(kind: str, mode: str) -> None:
    colour = 1 if mode in {"P", "1", "I;16"} else None
    file = BytesIO()
    Image.new(mode, (300, 200), colour or 0).save(file, kind)
    kept = shrink(file.getvalue())
    for content in (kept.full, kept.thumb):
        image = opened(content)
        assert image.format == "JPEG"
        assert image.mode == "RGB"
    assert (kept.width, kept.height) == (300, 200)


@pytest.mark.parametrize(
    ("size", "full", "thumb"),
    [
        ((4000, 3000), (1600, 1200), (320, 240)),
        ((3000, 4000), (1200, 1600), (240, 320)),
        ((1600, 1600), (1600, 1600), (320, 320)),
        ((20, 10), (20, 10), (20, 10)),
        ((5000, 1), (1600, 1), (320, 1)),
    ],
)
def test_the_long_side_is_bounded(
    size: tuple[int, int], full: tuple[int, int], thumb: tuple[int, int]
) -> None:
    kept = shrink(picture(size))
    assert opened(kept.full).size == full == (kept.width, kept.height)
    assert opened(kept.thumb).size == thumb
    assert max(full) <= LONG_SIDE
    assert max(thumb) <= THUMB_SIDE


def test_a_photo_taken_sideways_stands_upright_and_tells_no_place() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # the camera was turned: rows are columns
    exif[MAKER] = "a phone"
    exif.get_ifd(GPS).update({1: "N", 2: (31.0, 12.0, 5.0)})
    file = BytesIO()
    sideways = Image.new("RGB", (400, 200), "blue")
    sideways.paste("red", (0, 0, 400, 100))
    sideways.save(file, "JPEG", exif=exif, comment=b"Building 3", quality=95)
    assert b"a phone" in file.getvalue()

    kept = shrink(file.getvalue())

    image = opened(kept.full)
    assert image.size == (200, 400)
    right = image.getpixel((180, 200))
    assert isinstance(right, tuple)
    assert right[0] > 200, "what was on top in the file is now on the right"
    for content in (kept.full, kept.thumb):
        assert not opened(content).getexif()
        assert b"a phone" not in content
        assert b"Building 3" not in content


def test_a_transparent_picture_stands_on_white() -> None:
    kept = shrink(_transparent())
    assert opened(kept.full).getpixel((25, 25)) == (255, 255, 255)


def _transparent() -> bytes:
    file = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(file, "PNG")
    return file.getvalue()


def _animated(kind: str) -> bytes:
    file = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:])
    return file.getvalue()


def test_a_phones_double_jpeg_is_a_photo() -> None:
    kept = shrink(_animated("MPO"))
    assert opened(kept.full).size == (20, 20)


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (PDF, "not a photo"),
        (SVG, "not a photo"),
        (b"", "not a photo"),
        (b"GIF89a" + bytes(50), "not a photo"),
        (picture((40, 40), "BMP"), "not a photo"),
        (png_header(50_000, 50_000), "million pixels"),
        (jpeg_header(50_000, 50_000), "million pixels"),
        (png_header(10_000, 5_001), "million pixels"),
        (png_header(4_000, 4_000), "broken"),
        (picture((900, 900), "PNG")[:-40], "broken"),
        (picture((900, 900), quality=95)[:3_000], "broken"),
        (b"\xff\xd8\xff\xe0" + bytes(200), "not a photo"),
        (_animated("PNG"), "animation"),
        (_animated("WEBP"), "animation"),
        (bytes(MOST_BYTES + 1), "larger than 15 MB"),
    ],
    ids=[
        "a PDF with another name",
        "an SVG",
        "nothing",
        "a GIF",
        "a BMP",
        "a huge PNG",
        "a huge JPEG",
        "a PNG one row too high",
        "a PNG without its data",
        "a cut PNG",
        "a cut JPEG",
        "only the beginning of a JPEG",
        "an animated PNG",
        "an animated WEBP",
        "too many bytes",
    ],
)
def test_what_is_no_photo_is_refused_with_a_word_that_helps(content: bytes, says: str) -> None:
    with pytest.raises(FieldError) as refused:
        shrink(content, number=2)
    assert refused.value.field == "photos"
    assert says in str(refused.value)
    assert " 2 " in str(refused.value)


def test_a_huge_picture_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    def decoded(*_: object, **__: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(Image.Image, "thumbnail", decoded)
    monkeypatch.setattr(Image.Image, "load", decoded)
    with pytest.raises(FieldError, match="million pixels"):
        shrink(png_header(50_000, 50_000))
