"""What all measurements share: how large, how often, and servers that are started once."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from db.engine import Database
from tests.bench import apps
from tests.bench.community import SMALL, Size, community
from tests.bench.page_list import Visit, visits
from tests.support.server import Server


@dataclass
class Ground:
    """The ground that is measured on; what is not asked for is not started.

    Args:
        files, ballots: of the large community; the small one has a thousand.
        repeats: of every comparison, after the warm-up.
        quick: whether it is only to be seen that everything runs.
        folder: where databases and small programs lie.
        on: kinds of databases, for what is measured on both.
    """

    files: int
    ballots: int
    repeats: int
    quick: bool
    folder: Path
    on: tuple[str, ...]
    _open: ExitStack = field(default_factory=ExitStack)
    _servers: dict[str, Server] = field(default_factory=dict)

    @cached_property
    def small(self) -> Database:
        """A thousand files, and votes of a thousand ballots."""
        return self._community(Size(min(SMALL, self.files), min(SMALL, self.ballots)))

    @cached_property
    def large(self) -> Database:
        """As many as are asked for."""
        return self._community(Size(self.files, self.ballots))

    def _community(self, size: Size) -> Database:
        found = community(self.folder, size, demo_too=not self.quick)
        self._open.callback(found.dispose)
        return found

    @cached_property
    def visits(self) -> dict[str, tuple[Visit, Visit]]:
        """The pages of both communities, the large one's first; a page that is in both."""
        large, small = visits(self.large), visits(self.small)
        return {name: (large[name], small[name]) for name in large if name in small}

    def server(self, name: str) -> Server:
        """One of the servers: large, small, frame, stock, tuned, usual."""
        if self.quick and name == "large":
            name = "small"  # they are of one size then
        if name not in self._servers:
            made = self._make(name)
            self._open.callback(made.remove)
            self._servers[name] = made.start()
        return self._servers[name]

    def _make(self, name: str) -> Server:
        large = f"sqlite:///{self.large.url.database}"
        kinds: dict[str, Callable[[], Server]] = {
            "large": lambda: Server(large),
            "small": lambda: Server(f"sqlite:///{self.small.url.database}"),
            "frame": lambda: apps.frame_alone(self.folder, f"sqlite:///{self.small.url.database}"),
            "stock": lambda: apps.script(self.folder, "stock", apps.STOCK),
            "tuned": lambda: apps.script(self.folder, "tuned", apps.TUNED),
            "usual": lambda: apps.script(self.folder, "usual", apps.USUAL, large),
        }
        return kinds[name]()

    def forget(self, name: str) -> None:
        """Stop a server that the next measurement wants to find new."""
        if (server := self._servers.pop(name, None)) is not None:
            server.stop()

    def faults(self) -> list[str]:
        """What the product's logs tell of things that should not have happened."""
        told = [
            line
            for name in ("large", "small", "frame")
            if name in self._servers
            for line in self._servers[name].log.splitlines()
            if '"level": "error"' in line or "Traceback" in line
        ]
        return [line[:300] for line in told]

    def close(self) -> None:
        """Stop everything."""
        self._open.close()
