"""Long work: done in a thread of its own, its result or its refusal handed back."""

from streamlit.testing.v1 import AppTest


def page() -> None:
    import threading
    import time

    import streamlit as st

    from domain.errors import Refused
    from pages.parts.working import Progress, working

    def work(tell: Progress) -> int:
        # Streamlit's own thread may be stopped at any of its commands, this one may not.
        workers.append(threading.current_thread())
        for step in range(6):
            tell(step / 6)
            time.sleep(0.12)
        tell(7.0)  # a share beyond the end is no fault of the bar
        return 42

    def fail(tell: Progress) -> int:
        raise Refused("not now")

    workers: list[threading.Thread] = []
    st.text(str(working("work", work)))
    st.text(str(workers[0] is threading.current_thread()))
    try:
        working("work", fail)
    except Refused as refused:
        st.text(str(refused))


def test_long_work_is_done_elsewhere_and_its_result_comes_back() -> None:
    shown = AppTest.from_function(page, default_timeout=20).run()
    assert not shown.exception
    assert [item.value for item in shown.text] == ["42", "False", "not now"]
