"""The real server, started as the README does, on a free port."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from db.now import CLOCK_FILE
from tests.support.cast import PASSWORD
from tests.support.need import ROOT
from tests.support.ports import free_port
from tests.support.processes import end_with_parent

START_SECONDS = 60
STOP_SECONDS = 20


class Server:
    """One `streamlit run app.py` and its log.

    Args:
        url: the database's address, as `DATABASE_URL` has it.
        clock: the file that the server reads its clock from.
        extra: more environment variables.
        folder, script, well: another program than ours, and the address at which it says that
            it is well.
    """

    def __init__(
        self,
        url: str,
        clock: Path | None = None,
        extra: dict[str, str] | None = None,
        *,
        folder: Path = ROOT,
        script: str = "app.py",
        well: str = "/healthz",
    ) -> None:
        self.folder, self.script, self.well = folder, script, well
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {"DATABASE_URL": url} | (extra or {})
        if clock is not None:
            self.environment[CLOCK_FILE] = str(clock)
        self.process: subprocess.Popen[bytes] | None = None
        handle, name = tempfile.mkstemp(prefix="desk-server-", suffix=".log")
        os.close(handle)
        self.log_file = Path(name)

    @property
    def log(self) -> str:
        """Everything that the server has printed."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def start(self) -> "Server":
        """Start it and wait until it says that it is well."""
        streamlit = Path(sys.executable).with_name("streamlit")
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [streamlit, "run", self.script, "--server.port", str(self.port)],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        self.wait_until_well()
        return self

    def wait_until_well(self, seconds: float = START_SECONDS) -> None:
        """Wait for its address of health to answer.

        Raises:
            RuntimeError: it did not, or the server ended; its log is the message.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process is not None and self.process.poll() is not None:
                break
            try:
                if httpx.get(f"{self.address}{self.well}", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise RuntimeError(f"the server is not well; its log:\n{self.log}")

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """`kill -9`: no time for last words."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        if self.process.poll() is None:
            os.killpg(self.process.pid, how)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(STOP_SECONDS)
        self.process = None

    def remove(self) -> None:
        """Stop it and throw its log away."""
        self.stop()
        self.log_file.unlink(missing_ok=True)

    def client(self, language: str = "zh-CN") -> httpx.Client:
        """A visitor without an account; does not follow redirects by itself."""
        return httpx.Client(
            base_url=self.address,
            headers={"Origin": self.address, "Accept-Language": language},
            timeout=30,
        )

    def signed_in(self, login: str, password: str = PASSWORD) -> httpx.Client:
        """A client with the session cookie of one of the cast."""
        client = self.client()
        answer = client.post("/signin", data={"login": login, "password": password})
        if answer.status_code != 303 or not client.cookies:
            raise AssertionError(f"{login} could not sign in: {answer.status_code} {answer.text}")
        return client

    def errors(self) -> list[str]:
        """Lines of the log that tell of something unexpected."""
        return [
            line for line in self.log.splitlines() if re.search(r"Traceback|ERROR|CRITICAL", line)
        ]
