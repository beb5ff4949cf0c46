"""What a test needs of the machine, and the one way to say that it is not there."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# Files that the project gives to tests and never keeps in the repository stand beside it.
SHARED_DATA = ROOT.parent / "shared" / "data"

NO_SHARED_DATA = "the folder ../shared/data is not beside this clone"


# Of memory that a whole run's databases need, with a wide margin.
ROOM = 2 * 1024**3


def quick_folder() -> Path | None:
    """A folder in memory, where a database is copied ten times as fast; None: use the disk.

    What is lost there is lost with the machine alone: killing a process loses nothing.
    """
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return memory if roomy else None


def in_ci() -> bool:
    """Whether nothing may be skipped."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def absent(reason: str) -> NoReturn:
    """Leave the test out, telling what to install; in CI it fails instead (see conftest)."""
    pytest.skip(reason)


def program(*names: str, package: str) -> str:
    """The path of the first of these programs that this machine has.

    Args:
        package: the Debian package that brings it, named when it is missing.
    """
    for name in names:
        if found := shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin"):
            return found
    absent(f"{names[0]} is not installed here (Debian: apt-get install {package})")


def shared_file(name: str) -> Path:
    """A file of `../shared/data`."""
    if not SHARED_DATA.is_dir():
        absent(NO_SHARED_DATA)
    return SHARED_DATA / name
