"""Long work with a progress bar; a click meanwhile cannot tear it in two."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from typing import TypeVar

import streamlit as st

T = TypeVar("T")
Progress = Callable[[float], None]

PATIENCE = 0.4  # seconds; a bar that is gone at once only startles
STEP = 0.1


def working(label: str, work: Callable[[Progress], T]) -> T:
    """Do the work in a thread of its own, and show how far it is.

    A run can be stopped at any `st.*` call, so none of them may stand inside the work: a
    transaction would be thrown away in its middle.

    Args:
        work: is given a function that it tells the finished share, from 0 to 1.
    """
    share = 0.0

    def tell(done: float) -> None:
        nonlocal share
        share = min(max(done, 0.0), 1.0)

    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(copy_context().run, work, tell)
        if not wait([future], timeout=PATIENCE).done:
            bar = st.progress(share, text=label)
            while not wait([future], timeout=STEP).done:
                bar.progress(share, text=label)
            bar.empty()
        return future.result()
