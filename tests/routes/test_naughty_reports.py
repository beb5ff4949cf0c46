"""A resident's form and what the list of naughty strings makes of it."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from domain.texts import clean
from routes import follow, report
from tests.support.clock import TestClock
from tests.support.html import Seen, faults
from tests.support.naughty import naughty_strings
from tests.support.reporting import code_of, fill, send

Phone = Callable[..., TestClient]


@pytest.mark.slow
def test_every_naughty_string_is_kept_or_refused_and_never_breaks_a_page(
    phone: Phone, clock: TestClock
) -> None:
    browsers = [phone(address=f"192.0.2.{number}") for number in range(10)]
    fields = fill(browsers[0], phone="13800000001", consent="yes")
    for number, words in enumerate(naughty_strings()):
        clock.forward(minutes=1)
        web = browsers[number % 10]
        web.cookies.set(report.PROBE_COOKIE, "1")
        response = send(web, fields | {"text": words, "name": words[:40], "once": f"key-{number}"})
        kept = clean(words)
        if response.status_code == 422:
            assert not kept, words
            continue
        web.cookies.set(follow.COOKIE, code_of(response))
        page = web.get("/follow")
        assert Seen(page).words() == [kept]
        assert faults(page) == []
