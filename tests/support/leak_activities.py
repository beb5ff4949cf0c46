"""Who may call what of `db`: activities."""

from tests.support.who_may import Row

ROWS: dict[str, Row] = {}
BY_CODE: set[str] = set()
OPEN: set[str] = set()
SERVER: set[str] = set()
PLUMBING: set[str] = set()
VALUES: set[str] = set()
