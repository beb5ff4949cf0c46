"""A PostgreSQL of the tests' own, started from the programs that the system has."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from tests.support.need import absent, quick_folder
from tests.support.ports import free_port
from tests.support.processes import end_with_parent

OWNER = "desk"
START_SECONDS = 30
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "fsync": "on",  # what is acknowledged is on the disk, in tests too
    "timezone": "UTC",
    "log_min_messages": "warning",
}


def binaries() -> Path:
    """The folder of the newest PostgreSQL's programs."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(folders, key=lambda path: float(path.parent.parent.name), default=None)
    if newest is None:
        absent("PostgreSQL is not installed here (Debian: apt-get install postgresql)")
    return newest.parent


def _as_owner() -> dict[str, Any]:
    """How to start a program as somebody else than root, as whom PostgreSQL refuses to run."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("postgres") or names.get("nobody")
    if user is None:
        absent("PostgreSQL does not run as root, and there is no user postgres or nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class Cluster:
    """One cluster on a free port, with as many databases as tests ask for."""

    def __init__(self) -> None:
        self.binaries = binaries()
        self.owner = _as_owner()
        self.folder = Path(tempfile.mkdtemp(prefix="desk-postgresql-", dir=quick_folder()))
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        if self.owner:
            os.chown(self.folder, self.owner["user"], self.owner["group"])
        subprocess.run(
            [
                self.binaries / "initdb",
                f"--pgdata={self.folder / 'data'}",
                f"--username={OWNER}",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            check=True,
            capture_output=True,
            cwd=self.folder,
            **self.owner,
        )
        try:
            self.start()
        except BaseException:
            self.remove()
            raise

    def url(self, name: str) -> str:
        """The address of one database."""
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    self.binaries / "postgres",
                    "-D",
                    self.folder / "data",
                    f"--port={self.port}",
                    *settings,
                ],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                preexec_fn=end_with_parent,
                **self.owner,
            )
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                self._admin().close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > until or self.process.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: SIGINT cuts the connections, SIGQUIT is a crash."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(START_SECONDS)
            self.process = None

    def create(self, name: str, template: str = "template0") -> str:
        """A new database, copied from a template; returns its address."""
        with self._admin() as admin:
            admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        with self._admin() as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def remove(self) -> None:
        """Stop the server and remove its files."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _admin(self) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=OWNER,
            dbname="postgres",
            autocommit=True,
            connect_timeout=2,
        )
