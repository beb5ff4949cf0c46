"""Migrated databases for tests: made once per run, copied for each test."""

import itertools
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from db import demo, engine
from db.engine import Database
from db.schema import upgrade
from tests.support.postgres import Cluster

KINDS = ("sqlite", "postgresql")
TEMPLATE = "migrated"


class Databases:
    """Gives out fresh migrated databases of both kinds; nothing is started before it is asked.

    Args:
        folder: where SQLite files go; the caller removes it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count(1)
        self._file: Path | None = None
        self._cluster: Cluster | None = None
        self._lent: dict[str, Database] = {}
        self._demos: dict[datetime, Path] = {}

    @property
    def cluster(self) -> Cluster:
        """The PostgreSQL of this run, with the migrated template in it."""
        if self._cluster is None:
            cluster = Cluster()
            self._cluster = cluster
            _migrate(cluster.create(TEMPLATE))
        return self._cluster

    def fresh(self, kind: str) -> str:
        """The address of a new migrated database."""
        if kind == "postgresql":
            return self.cluster.create(f"desk_{next(self._numbers)}", TEMPLATE)
        copy = self.folder / f"desk_{next(self._numbers)}.sqlite"
        shutil.copyfile(self._migrated(), copy)
        return f"sqlite:///{copy}"

    def lend(self, kind: str) -> Database:
        """A fresh migrated database behind one engine, which keeps its compiled queries.

        Only one test at a time has it, and gives it back by `engine.use(None)`.
        """
        lent = self._lent.get(kind)
        if lent is None:
            lent = self._lent[kind] = Database(self.fresh(kind))
            return lent
        url = lent.url.render_as_string(hide_password=False)
        lent.dispose()
        self.forget(url)
        if kind == "postgresql":
            self.cluster.create(url.rpartition("/")[2], TEMPLATE)
        else:
            shutil.copyfile(self._migrated(), url.removeprefix("sqlite:///"))
        return lent

    def in_use(self, kind: str) -> Iterator[Database]:
        """The body of a fixture: one that was lent, and that the whole code uses meanwhile."""
        used = self.lend(kind)
        engine.use(used)
        yield used
        engine.use(None)

    def with_demo(self, now: datetime) -> str:
        """The address of an SQLite database with the demo community as of that moment."""
        if now not in self._demos:
            url = self.fresh("sqlite")
            engine.use(url)
            demo.load(lambda _done, _of: None, now)
            engine.use(None)
            self._demos[now] = Path(url.removeprefix("sqlite:///"))
        copy = self.folder / f"desk_{next(self._numbers)}.sqlite"
        shutil.copyfile(self._demos[now], copy)
        return f"sqlite:///{copy}"

    def empty(self, kind: str) -> str:
        """The address of a new database without any table."""
        if kind == "postgresql":
            return self.cluster.create(f"desk_{next(self._numbers)}")
        return f"sqlite:///{self.folder / f'desk_{next(self._numbers)}.sqlite'}"

    def _migrated(self) -> Path:
        if self._file is None:
            self._file = self.folder / "migrated.sqlite"
            _migrate(f"sqlite:///{self._file}")
        return self._file

    def forget(self, url: str) -> None:
        """Remove a database that a test is done with."""
        name = url.rpartition("/")[2]
        if url.startswith("sqlite"):
            for path in self.folder.glob(f"{name}*"):
                path.unlink()
        else:
            self.cluster.drop(name)

    def close(self) -> None:
        """Stop what was started."""
        if self._cluster is not None:
            self._cluster.remove()


def _migrate(url: str) -> None:
    database = Database(url)
    upgrade(database)
    database.dispose()
