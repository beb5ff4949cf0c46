"""Loads the demo community beside the server, once, and says how far it is."""

import logging
import secrets
import threading
from dataclasses import dataclass, replace

from db import accounts, leases
from db.now import now
from domain.outline import outline

log = logging.getLogger(__name__)

LEASE = "demo"
# Longer than any loading takes. It is not renewed: the loading is one transaction, and on
# SQLite nobody can write beside it.
LEASE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the loading is; `total` is 0 while nobody knows."""

    running: bool = False
    done: int = 0
    total: int = 0
    failed: bool = False


_state = Progress()
_starting = threading.Lock()


def progress() -> Progress:
    """How far this server's loading is."""
    return _state


def start() -> bool:
    """Begin to load, unless it runs here or on another server; True when it began."""
    global _state
    with _starting:
        holder = secrets.token_hex(8)
        if _state.running or not leases.take(LEASE, holder, now(), LEASE_SECONDS):
            return False
        _state = Progress(running=True)
        threading.Thread(target=_load, args=(holder,), name="demo", daemon=True).start()
        return True


def _load(holder: str) -> None:
    global _state
    try:
        from db import demo  # its texts are of no use to any other server

        if not accounts.any_account():
            demo.load(_tell)
        _state = replace(_state, running=False)
    except Exception as error:
        log.error("demo not loaded", extra={"where": outline(error)})
        _state = Progress(failed=True)
    finally:
        try:
            leases.release(LEASE, holder, now())
        except Exception as error:
            log.warning("lease not released", extra={"kind": type(error).__name__})


def _tell(done: int, total: int) -> None:
    global _state
    _state = Progress(running=True, done=done, total=total)
