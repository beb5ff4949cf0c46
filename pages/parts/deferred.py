"""Files that are made only when somebody downloads them."""

from collections.abc import Callable
from contextvars import copy_context


def deferred(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """What a download button takes: it speaks the tab's language although no page runs then.

    Args:
        make: knows all it needs; it may neither ask who is here nor call `st.*`.
    """
    here = copy_context()
    return lambda: here.copy().run(make)
