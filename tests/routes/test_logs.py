"""The log: JSON lines that say what happened and not to whom."""

import json
import logging

import pytest

from routes.logs import Lines, WithoutTraceback, masked


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/", "/"),
        ("/signin", "/signin"),
        ("/f/7KQ2MXW94T", "/f/…"),
        ("/vote/a/b/c", "/vote/…"),
        ("/reset/secret", "/reset/…"),
        ("/photo/secret/small", "/photo/…"),
        ("/_stcore/health", "/_stcore/health"),
        ("/_stcore/upload_file/session/file", "/_stcore/upload_file/…"),
        ("/" + "x" * 100, "/" + "x" * 59),
        ("//f/secret", "//…"),
    ],
)
def test_what_can_be_a_code_is_masked(path: str, told: str) -> None:
    assert masked(path) == told


def test_a_line_has_the_facts_and_of_an_error_its_place_alone() -> None:
    try:
        raise ValueError("住户子 13800000101")
    except ValueError as error:
        record = logging.LogRecord("routes.x", logging.ERROR, "x.py", 1, "it %s", ("failed",), None)
        record.exc_info = (type(error), error, error.__traceback__)
        record.id = "abc"
    line = json.loads(Lines().format(record))
    assert line["message"] == "it failed"
    assert line["id"] == "abc"
    assert "ValueError" in line["where"]
    assert "住户" not in json.dumps(line, ensure_ascii=False)
    assert not WithoutTraceback().filter(record)
