"""What is let in as a table: the kind of file, told by its content, and the limits it must keep.

An .xlsx file is a zip of XML parts; both can be made to swallow a server. Everything is measured
before the library that reads it sees a byte.
"""

import zipfile
from io import BytesIO
from pathlib import PurePath
from xml.parsers import expat

from domain.errors import N_, DeskError

MEGABYTE = 1_000_000
# What the server takes as an upload at all.
FILE_LIMIT = 15 * MEGABYTE
# A ledger of 50,000 rows with 500 characters each needs 75 MB unpacked.
UNPACKED_LIMIT = 100 * MEGABYTE
# Sheets of empty cells pack 1:20, the most repetitive text 1:100; bombs 1:1000.
RATIO_LIMIT = 200
RATIO_FROM = 5 * MEGABYTE
# Excel writes a few dozen parts, and one for every picture.
PARTS_LIMIT = 2_000
# 65,000 rows of eleven empty but coloured cells are 0.8 million elements, filled ones 2.2 million.
ELEMENTS_LIMIT = 4_000_000
# A row has at most 16,384 cells of four elements; the library keeps a whole row in memory.
ROW_ELEMENTS_LIMIT = 200_000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER_KINDS = (
    *(b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"Rar!", b"7z\xbc\xaf"),
    *(b"\x1f\x8b", b"{\\rtf", b"<", b"\xef\xbb\xbf<"),
)
_TEXT_NAMES = frozenset({".csv", ".tsv", ".txt", ".xls", ""})
_READ_AT_ONCE = 1 << 16


class SheetRefused(DeskError):
    """A file or pasted text that cannot be taken as a table; nothing of it was used."""


class WrongKind(SheetRefused):
    """Not a table at all, or in a format that is not read."""


class Encrypted(SheetRefused):
    """Protected by a password."""

    def __init__(self) -> None:
        super().__init__(
            N_("This file is protected by a password. Save it without one and choose it again.")
        )


class Broken(SheetRefused):
    """Damaged, or made to do damage."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This file is damaged and cannot be read. Open it in Excel or WPS, save it as "
                ".xlsx and choose the new file."
            )
        )


class TooLarge(SheetRefused):
    """More than the limits allow."""


def is_excel(data: bytes, filename: str) -> bool:
    """Tell an .xlsx file from a text file (CSV, TSV) by its content.

    Raises:
        WrongKind, Encrypted, Broken, TooLarge: it is neither, or cannot be let in.
    """
    if len(data) > FILE_LIMIT:
        raise TooLarge(
            N_("This file is larger than {limit} MB. Split it or leave out its pictures."),
            limit=FILE_LIMIT // MEGABYTE,
        )
    suffix = PurePath(filename).suffix.lower()
    if data.startswith(_ZIP):
        _check_package(data)
        return True
    if data.startswith(_OLE):
        raise Encrypted if _ENCRYPTED in data else _wrong_kind()
    if data.lstrip().startswith(_OTHER_KINDS):
        raise _wrong_kind()
    if suffix in {".xlsx", ".xlsm"}:
        raise Broken
    if suffix not in _TEXT_NAMES:
        raise _wrong_kind()
    return False


def _wrong_kind() -> WrongKind:
    return WrongKind(
        N_(
            "This is not an .xlsx or .csv file, whatever its name. Open it in Excel or WPS, save "
            "it as .xlsx and choose the new file."
        )
    )


def _check_package(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            _check_sizes(parts)
            if "[Content_Types].xml" not in package.namelist():
                raise _wrong_kind()
            if not any(part.filename.startswith("xl/") for part in parts):
                raise _wrong_kind()
            elements = 0
            for part in parts:
                elements += _Inspector(package, part, ELEMENTS_LIMIT - elements).elements
    # zipfile and zlib raise what they like on broken bytes; all of it means the same.
    except SheetRefused:
        raise
    except Exception as error:
        raise Broken from error


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise Encrypted
    # zipfile stops at the size that a part claims, so that the claims can be trusted.
    too_large = (
        len(parts) > PARTS_LIMIT
        or sum(part.file_size for part in parts) > UNPACKED_LIMIT
        or any(part.file_size > max(RATIO_FROM, RATIO_LIMIT * part.compress_size) for part in parts)
    )
    if too_large:
        raise _too_much()
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise Broken


def _too_much() -> TooLarge:
    return TooLarge(
        N_(
            "This file unpacks to far more than a table needs. Copy the rows into a new file, "
            "save it as .xlsx and choose that one."
        )
    )


class _Inspector:
    """Walks through one part without keeping it, and stops at what no ledger has."""

    def __init__(self, package: zipfile.ZipFile, part: zipfile.ZipInfo, elements_left: int) -> None:
        self.elements = 0
        self._left = elements_left
        self._row_began = 0
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._element
        # Entities, which can grow without end or fetch from elsewhere, need a DOCTYPE; Excel
        # never writes one.
        parser.StartDoctypeDeclHandler = self._doctype
        with package.open(part) as stream:
            try:
                while chunk := stream.read(_READ_AT_ONCE):
                    parser.Parse(chunk, False)
            except expat.ExpatError as error:
                # A picture is no XML and never parsed; but what calls itself so must be.
                if part.filename.endswith((".xml", ".rels")):
                    raise Broken from error

    def _element(self, name: str, _: object) -> None:
        self.elements += 1
        if name.endswith("row"):
            self._row_began = self.elements
        in_row = self.elements - self._row_began if self._row_began else 0
        if self.elements > self._left or in_row > ROW_ELEMENTS_LIMIT:
            raise _too_much()

    def _doctype(self, *_: object) -> None:
        raise Broken
