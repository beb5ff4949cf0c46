"""The log: one JSON object a line, with a request id, and nothing that a person would mind."""

import json
import logging
import sys
import time

from domain.outline import outline

OWN = ("db", "jobs", "pages", "routes")
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class Lines(logging.Formatter):
    """A record as one line of JSON. Of an exception only its class and place are told."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in _PLAIN}
        if record.exc_info and record.exc_info[1]:
            line["where"] = outline(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


class WithoutTraceback(logging.Filter):
    """Keeps Streamlit from printing errors of pages, whose messages may quote people's words.

    The pages' own handler logs them with a number instead.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        return not record.exc_info


def set_up() -> None:
    """Write the rooms' logs to stderr, once per process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    for name in OWN:
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(logging.INFO)
        logger.propagate = False
    logging.getLogger("streamlit.error_util").addFilter(WithoutTraceback())


def masked(path: str) -> str:
    """An address as it may be logged: what follows its first part can be somebody's code.

    >>> masked("/f/7KQ2MXW94T"), masked("/signin"), masked("/_stcore/upload_file/a/b")
    ('/f/…', '/signin', '/_stcore/upload_file/…')
    """
    parts = path.split("/")
    shown = 3 if path.startswith("/_stcore/") else 2
    return "/".join(parts[:shown])[:60] + ("/…" if len(parts) > shown else "")
