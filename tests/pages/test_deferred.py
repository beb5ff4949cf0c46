"""Files that are made later speak the language of the tab that offered them."""

from concurrent.futures import ThreadPoolExecutor

import locales
from pages.parts.deferred import deferred


def test_a_file_made_in_another_thread_speaks_the_tab_s_language() -> None:
    locales.use(locales.ENGLISH)
    try:
        make = deferred(lambda: locales.gettext("Volunteers").encode())
    finally:
        locales.use(locales.CHINESE)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(make).result() == b"Volunteers"
    assert locales.gettext("Volunteers") != "Volunteers"
