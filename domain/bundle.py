"""The recount bundle 复算包 as files: a folder or a zip, read line by line, never as a whole."""

import csv
import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import IO, Protocol

from domain.errors import N_, DeskError

# A line longer than this is no roll and no ballot; it would only fill the memory.
LONGEST_LINE = 1 << 20
LONGEST_RULES = 1 << 22
# A million ballots take about a tenth; a zip that unpacks to more is a mistake or a trap.
LARGEST_FILE = 1 << 30

_UNREADABLE = (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError)
_BOM = "\ufeff"


class BadBundle(DeskError):
    """The bundle cannot be counted; `line` counts from 1, which is the header, 0 for none."""

    def __init__(self, file: str, line: int, template: str, **params: object) -> None:
        super().__init__(template, **params)
        self.file = file
        self.line = line

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {super().__str__()}"


class Bundle(Protocol):
    """The files at the root of a folder or of a zip."""

    def has(self, name: str) -> bool:
        """Whether the file is there."""

    def open(self, name: str) -> IO[bytes]:
        """Open the file; the errors are those of the operating system and of `zipfile`."""


class _Folder:
    def __init__(self, path: Path) -> None:
        self._path = path

    def has(self, name: str) -> bool:
        return (self._path / name).exists()

    def open(self, name: str) -> IO[bytes]:
        return (self._path / name).open("rb")


class _Zip:
    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)
        for name, times in Counter(self._archive.namelist()).items():
            if times > 1:
                raise BadBundle(name, 0, N_("the zip holds this file twice; keep one"))

    def has(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def open(self, name: str) -> IO[bytes]:
        info = self._archive.getinfo(name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadBundle(name, 0, N_("unusual compression; make an ordinary zip"))
        if info.file_size > LARGEST_FILE:
            raise BadBundle(name, 0, N_("the file unpacks to more than 1 GiB; give a folder"))
        # The buffer reads lines in C; a zip's own reader takes ten times as long.
        return io.BufferedReader(self._archive.open(info))  # type: ignore[type-var]


def open_bundle(path: Path) -> Bundle:
    """Open a folder or a zip.

    Raises:
        BadBundle: neither of the two, or a damaged zip.
    """
    if path.is_dir():
        return _Folder(path)
    try:
        return _Zip(path)
    except FileNotFoundError as error:
        raise BadBundle(str(path), 0, N_("no such folder or zip")) from error
    except (*_UNREADABLE, ValueError, struct.error) as error:
        raise BadBundle(
            str(path), 0, N_("neither a folder nor a readable zip ({reason})"), reason=error
        ) from error


def read_text(bundle: Bundle, name: str) -> str:
    """Read a small UTF-8 file as a whole.

    Raises:
        BadBundle: missing, unreadable, too long or not UTF-8.
    """
    lines: list[str] = []
    size = 0
    for line in _lines(bundle, name):
        size += len(line)
        if size > LONGEST_RULES:
            raise BadBundle(name, len(lines) + 1, N_("the file is too long"))
        lines.append(line)
    return "".join(lines)


class Table:
    """The rows of one CSV file in the order of `columns`; `line` is where the last began."""

    def __init__(self, bundle: Bundle, name: str, columns: Sequence[str]) -> None:
        self._bundle = bundle
        self._columns = columns
        self.name = name
        self.line = 1

    def fault(self, template: str, **params: object) -> BadBundle:
        """Build the error that stands at the present line."""
        return BadBundle(self.name, self.line, template, **params)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        self.line = 1
        # Strict: a quote left open would otherwise swallow the rest of the file in silence.
        reader = csv.reader(_lines(self._bundle, self.name), strict=True)
        try:
            pick, width = self._header(next(reader, []))
            self.line = reader.line_num + 1
            for row in reader:
                if row:
                    if len(row) != width:
                        raise self.fault(
                            N_("{found} fields where the header has {width}"),
                            found=len(row),
                            width=width,
                        )
                    yield pick(row)
                self.line = reader.line_num + 1
        except csv.Error as error:
            raise self.fault(N_("broken CSV: {reason}"), reason=error) from error

    def _header(self, header: list[str]) -> tuple[Callable[[list[str]], tuple[str, ...]], int]:
        for column in self._columns:
            if column not in header:
                raise self.fault(
                    N_("column “{column}” is missing; the header is {columns}"),
                    column=column,
                    columns=",".join(self._columns),
                )
            if header.count(column) > 1:
                raise self.fault(N_("column “{column}” stands there twice"), column=column)
        places = [header.index(column) for column in self._columns]
        return itemgetter(*places), len(header)


def _lines(bundle: Bundle, name: str) -> Iterator[str]:
    """Yield the lines of a file, decoded one by one so that a bad byte has its line."""
    if not bundle.has(name):
        raise BadBundle(name, 0, N_("the file is missing; it lies at the root of the bundle"))
    line = 1
    try:
        with bundle.open(name) as stream:
            for line, raw in enumerate(iter(partial(stream.readline, LONGEST_LINE), b""), start=1):
                if len(raw) == LONGEST_LINE:
                    raise BadBundle(name, line, N_("the line is too long"))
                text = raw.decode()
                yield text.removeprefix(_BOM) if line == 1 else text
    except UnicodeDecodeError as error:
        raise BadBundle(name, line, N_("not UTF-8; save the file as UTF-8")) from error
    except _UNREADABLE as error:
        raise BadBundle(name, line, N_("cannot be read ({reason})"), reason=error) from error
