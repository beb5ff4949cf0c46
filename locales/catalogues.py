"""Keeps the catalogues complete: what the code says, what the `.po` files answer, and the gap."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import chinese_calendar
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import normalize, read_po

from locales import CHINESE, HERE, LANGUAGES

ROOT = HERE.parent
# A text's room decides in which file a new entry is put, unless its source file's older
# entries already stand elsewhere.
ROOMS = {
    "app.py": "server",
    "routes": "public",
    "pages": "pages",
    "domain": "domain",
    "db": "db",
    "documents": "documents",
    "jobs": "jobs",
    "locales": "locales",
}
METHODS = {
    "*.py": "python",
    "*.html": "jinja2.ext:babel_extract",
    "*.txt": "jinja2.ext:babel_extract",
}
HAN = re.compile(r"[\u3400-\u9fff]")
LETTERS = re.compile(r"[A-Za-z]{2,}")
# Names and words that Chinese writes in Latin letters, or not at all.
LATIN_IN_CHINESE = frozenset({"QR", "OK", "Excel", "CSV", "163 Desk"})
HAN_IN_ENGLISH = frozenset({"中文"})


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the code: its message id, its plural if it counts, the files that say it."""

    one: str
    many: str | None
    sources: tuple[str, ...]


def sources() -> Iterator[tuple[Path, str]]:
    """Every file that may say something, with the method that extracts its texts."""
    for room in ROOMS:
        start = ROOT / room
        for pattern, method in METHODS.items():
            found = [start] if start.match(pattern) else start.rglob(pattern)
            for path in sorted(found):
                if path.is_file() and "migrations" not in path.parts:
                    yield path, method


def spoken() -> dict[str, Text]:
    """All texts of the code by message id, in the order of rooms, files and lines."""
    found: dict[str, tuple[str | None, list[str]]] = {}
    for path, method in sources():
        name = path.relative_to(ROOT).as_posix()
        options = {"silent": "false", "encoding": "utf-8"}
        for _line, ids, _comments, _context in extract_from_file(
            method, path, DEFAULT_KEYWORDS, options=options
        ):
            one, many = (ids[0], ids[1]) if isinstance(ids, tuple) else (ids, None)
            if not one:
                continue
            plural, names = found.setdefault(one, (many, []))
            if name not in names:
                names.append(name)
            found[one] = (plural or many, names)
    # The calendar's library names the holidays, in English.
    for holiday in chinese_calendar.Holiday:
        found.setdefault(holiday.value, (None, ["domain/workdays.py"]))
    return {one: Text(one, many, tuple(names)) for one, (many, names) in found.items()}


def entries(code: str) -> Iterator[tuple[Path, Message]]:
    """Every entry of a language's `.po` files."""
    for path in sorted((HERE / code).glob("*.po")):
        with path.open("rb") as file:
            catalog: Catalog = read_po(file, locale=code)
        for message in catalog:
            if message.id:
                yield path, message


def faults() -> Iterator[str]:
    """What is wrong with the catalogues, one sentence each; nothing when they are complete."""
    texts = spoken()
    for code in LANGUAGES:
        answers: dict[str, tuple[Path, tuple[str, ...]]] = {}
        for path, message in entries(code):
            one = _first(message.id)
            said = _strings(message)
            where = f"{path.relative_to(ROOT)}: “{one}”"
            if one in answers and answers[one][1] != said:
                yield f"{where} is said differently in {answers[one][0].name}"
            answers[one] = (path, said)
            if message.fuzzy:
                yield f"{where} is fuzzy"
            if one not in texts:
                yield f"{where} is no longer said by any file"
                continue
            if not all(said):
                yield f"{where} has no translation"
            else:
                yield from (f"{where} {fault}" for fault in _unlike(code, texts[one], said))
        for one, text in texts.items():
            if one not in answers:
                yield f"{text.sources[0]}: “{one}” is missing in {code}"


def _unlike(code: str, text: Text, said: tuple[str, ...]) -> Iterator[str]:
    if text.many is not None and len(said) == 1 and code != CHINESE:
        yield "has one form but counts"
    for index, translation in enumerate(said):
        counting = text.many is not None and (index == len(said) - 1)
        wanted = fields(text.many if counting and text.many else text.one)
        if fields(translation) != wanted:
            yield f"has the fields {sorted(fields(translation))} and not {sorted(wanted)}"
        han = HAN.search(translation)
        if code == CHINESE:
            latin = LETTERS.search(_without_fields(translation))
            if latin and not han and text.one not in LATIN_IN_CHINESE:
                yield "has no Chinese in its translation"
        elif han and translation not in HAN_IN_ENGLISH:
            yield "has Chinese in its English"


def fields(text: str) -> set[str]:
    """The `{names}` that a text leaves to be filled in."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _without_fields(text: str) -> str:
    return "".join(literal for literal, _, _, _ in Formatter().parse(text))


def _first(ids: str | tuple[str, ...] | list[str]) -> str:
    return ids if isinstance(ids, str) else ids[0]


def _strings(message: Message) -> tuple[str, ...]:
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ("",))


def update() -> list[str]:
    """Append what is missing to the `.po` files; returns what was added, as file and text.

    Nothing that stands in the files is touched, so that people who work at the same time
    meet only at the ends of files. English gets the text itself, Chinese waits for somebody.
    """
    added = []
    texts = spoken()
    for code in LANGUAGES:
        known: set[str] = set()
        homes: dict[str, dict[str, int]] = {}
        for path, message in entries(code):
            known.add(_first(message.id))
            for name, _line in message.locations:
                counts = homes.setdefault(name, {})
                counts[path.stem] = counts.get(path.stem, 0) + 1
        for one, text in texts.items():
            if one not in known:
                stem = _home(text.sources[0], homes)
                _append(HERE / code / f"{stem}.po", code, text)
                added.append(f"{code}/{stem}.po: {one}")
    return added


def _home(source: str, homes: dict[str, dict[str, int]]) -> str:
    if counts := homes.get(source):
        return max(counts, key=lambda stem: counts[stem])
    return ROOMS[source.partition("/")[0]]


def _append(path: Path, code: str, text: Text) -> None:
    if not path.exists():
        path.write_text(_head(code), encoding="utf-8")
    lines = ["", *(f"#: {name}" for name in text.sources), f"msgid {_quoted(text.one)}"]
    if text.many is not None:
        lines.append(f"msgid_plural {_quoted(text.many)}")
        forms = ("",) if code == CHINESE else (text.one, text.many)
        lines += [f"msgstr[{index}] {_quoted(form)}" for index, form in enumerate(forms)]
    else:
        lines.append(f"msgstr {_quoted('' if code == CHINESE else text.one)}")
    with path.open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def _quoted(text: str) -> str:
    return str(normalize(text, width=0))  # one line a text, as people write and search them


def _head(code: str) -> str:
    plural = "nplurals=1; plural=0;" if code == CHINESE else "nplurals=2; plural=(n != 1);"
    return (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {code}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {plural}\\n"\n'
    )
