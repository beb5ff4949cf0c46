"""Who may call what of `db`: figures."""

from tests.support.who_may import Row

ROWS: dict[str, Row] = {}
BY_CODE: set[str] = set()
OPEN: set[str] = set()
SERVER: set[str] = {"figures.made.make"}
PLUMBING: set[str] = set()
VALUES: set[str] = {"figures.made.rollups"}
