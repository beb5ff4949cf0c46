"""The command line: `python -m db <command>`, in Chinese or in the shell's English.

Results go to stdout, with JSON as the last line where a script may read it; everything else goes
to stderr. Exit codes: 0 done, 1 refused or faults found, 2 wrong usage.
"""

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import locales
from db import backup, ledger, metrics, personal, schema, seeding, verify
from db.engine import database
from db.now import now
from db.roll import importing
from db.roll.naming import estate_named
from documents.sheets import read_table
from domain.days import COMMUNITY_ZONE, as_utc
from domain.errors import N_, DeskError, Refused
from domain.ledger import read_ledger
from domain.people import SYSTEM
from domain.roll_rows import read_sheet
from locales import gettext as _


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    locales.use(_shell_language())
    asked = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = asked.run
    try:
        if asked.needs_schema:
            schema.upgrade(backup_to=schema.backup_name(backup.folder(), now()))
            seeding.seed()
        return command(asked)
    except DeskError as refused:
        _say(_(refused.template, **refused.params))
        return 1


def _shell_language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return locales.ENGLISH if value.startswith("en") else locales.CHINESE
    return locales.CHINESE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m db", description=_("163 Desk: its database"))
    commands = parser.add_subparsers(required=True, metavar=_("command"))

    def add(
        name: str,
        run: Callable[[argparse.Namespace], int],
        words: str,
        needs_schema: bool = True,
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(run=run, needs_schema=needs_schema)
        return command

    add("upgrade", _upgrade, _("bring the schema up to date; the server does it by itself"))
    add("demo", _demo, _("fill an empty database with the demo community"))
    imported = add("import-cases", _import_cases, _("take in an existing ledger (.xlsx, .csv)"))
    imported.add_argument("file", type=Path, help=_("the ledger"))
    roll = add("import-roll", _import_roll, _("take in an estate's owners' roll (.xlsx, .csv)"))
    roll.add_argument("file", type=Path, help=_("the roll"))
    roll.add_argument("--estate", required=True, help=_("name of the estate"))
    roll.add_argument(
        "--apply-changes", action="store_true", help=_("also change what the roll says otherwise")
    )
    figures = add("metrics", _metrics, _("print the figures of a period as JSON"))
    figures.add_argument("--from", dest="first", type=_day, required=True, help=_("first day"))
    figures.add_argument("--to", dest="last", type=_day, required=True, help=_("last day"))
    figures.add_argument(
        "--as-of", type=_moment, help=_("what happened later is not known yet (default: now)")
    )
    add("verify", _verify, _("check the database, the chain of events and all summaries"))
    kept = add("backup", _backup, _("write a backup while the server runs"))
    kept.add_argument("--to", type=Path, help=_("file or folder (default: data/backups)"))
    restored = add("restore", _restore, _("take a backup back"), needs_schema=False)
    restored.add_argument("file", type=Path, help=_("the backup"))
    wiped = add("anonymise", _anonymise, _("anonymise files closed for twelve months"))
    wiped.add_argument("--dry-run", action="store_true", help=_("only count them"))
    for name, run, words in (
        ("export-person", _export_person, _("print what is kept of a person, as JSON")),
        ("erase-person", _erase_person, _("erase a person's name, number and details")),
    ):
        add(name, run, words).add_argument("phone", help=_("the person's telephone number"))
    return parser


def _upgrade(_asked: argparse.Namespace) -> int:
    _say(_("The database is up to date."))
    return 0


def _demo(_asked: argparse.Namespace) -> int:
    from db import demo  # its texts are of no use to any other command

    demo.load(_progress_of(_("Demo community")))
    _say(_("The demo community is ready. Start the server and sign in as anybody."))
    return 0


def _import_cases(asked: argparse.Namespace) -> int:
    table = read_table(_bytes(asked.file), asked.file.name)
    moment = now()
    rows = read_ledger(table.header, table.rows, moment, skipped_empty=table.empty_rows)
    tell = _progress_of(_("Ledger"))
    result = ledger.import_ledger(SYSTEM, moment, rows, lambda share: tell(int(share * 100), 100))
    refused = [{"line": row.line, "reason": _(row.reason, **row.params)} for row in result.refused]
    for row in refused:
        _say(_("Row {line}: {reason}", **row))
    if table.other_sheets:
        _say(_("Only the sheet “{name}” was read.", name=table.sheet))
    _print(
        {
            "imported": result.imported,
            "skipped_empty": result.skipped_empty,
            "already_there": result.already_there,
            "refused": refused,
        }
    )
    return 0


def _import_roll(asked: argparse.Namespace) -> int:
    table = read_table(_bytes(asked.file), asked.file.name)
    sheet = read_sheet(table.header, table.rows, skipped_empty=table.empty_rows)
    tell, moment = _progress_of(_("Owners' roll")), now()
    result = importing.import_roll(
        SYSTEM,
        moment,
        estate_named(moment, asked.estate),
        sheet,
        apply_changes=asked.apply_changes,
        progress=lambda share: tell(int(share * 100), 100),
    )
    refused = [{"line": row.line, "reason": _(row.reason, **row.params)} for row in result.refused]
    for row in refused:
        _say(_("Row {line}: {reason}", **row))
    if table.other_sheets:
        _say(_("Only the sheet “{name}” was read.", name=table.sheet))
    if result.changed and not result.applied:
        _say(_("Some rows differ from the roll; --apply-changes takes them over."))
    _print(
        {
            "imported": result.imported,
            "changed": result.changed,
            "unchanged": result.unchanged,
            "refused": refused,
            "doubtful": result.doubtful,
        }
    )
    return 0


def _metrics(asked: argparse.Namespace) -> int:
    as_of = as_utc(asked.as_of or now())
    counted = metrics.figures_of(SYSTEM, asked.first, asked.last, as_of)
    _print(metrics.as_json(counted, asked.first, asked.last, as_of))
    return 0


def _verify(_asked: argparse.Namespace) -> int:
    count = 0
    for finding in verify.verify():
        count += 1
        print(_told(finding))
    _say(_("Everything is whole.") if not count else _("Faults found: {n}", n=count))
    return 1 if count else 0


def _told(finding: verify.Finding) -> str:
    """The finding in words; what it holds may be a finding again."""
    params = {
        name: _told(value) if isinstance(value, verify.Finding) else value
        for name, value in finding.params.items()
    }
    return _(finding.template, **params)


def _backup(asked: argparse.Namespace) -> int:
    print(backup.backup(now(), asked.to))
    return 0


def _restore(asked: argparse.Namespace) -> int:
    aside = backup.restore(SYSTEM, now(), asked.file)
    _say(_("The backup is in place; everybody signs in again."))
    if aside is not None:
        _say(_("The database as it was: {path}", path=aside))
    return _verify(asked)


def _anonymise(asked: argparse.Namespace) -> int:
    done = personal.anonymise(SYSTEM, now(), dry_run=asked.dry_run)
    _print({"dry_run": asked.dry_run, "files": done.files, "reporters": done.reporters})
    return 0


def _export_person(asked: argparse.Namespace) -> int:
    _print(personal.export_person(SYSTEM, now(), asked.phone))
    return 0


def _erase_person(asked: argparse.Namespace) -> int:
    done = personal.erase_person(SYSTEM, now(), asked.phone)
    _print({"files": done.files, "reporters": done.reporters, "residents": done.residents})
    return 0


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(
            N_("{path} cannot be read: {why}"), path=path, why=error.strerror or error
        ) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("“{text}” is no day. Write it like 2026-04-01.", text=text)
        ) from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("“{text}” is no time. Write it like 2026-04-01T09:05.", text=text)
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=COMMUNITY_ZONE)


def _progress_of(what: str) -> Callable[[int, int], None]:
    """Tell on a terminal how far something is; a log file is spared."""

    def tell(done: int, total: int) -> None:
        if sys.stderr.isatty() and total:
            end = "\n" if done >= total else ""
            print(f"\r{what} {100 * done // total} %", end=end, file=sys.stderr, flush=True)

    return tell


def _say(words: str) -> None:
    print(words, file=sys.stderr)


def _print(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))


if __name__ == "__main__":
    try:
        code = main()
    finally:
        database().dispose()
    sys.exit(code)
