"""`python -m tests.bench [NAME …]`: measures, and prints the table of the goals of performance.

Everything is a ratio of two things that are timed in turns; a goal that is missed is printed and
fails nothing.
"""

import argparse
import importlib
import tempfile
from pathlib import Path

from tests.bench.goals import Measured, table
from tests.bench.ground import Ground
from tests.support.databases import KINDS

# In this order: the memory of a server is told before others make the machine busy.
NAMES = ("memory", "pages", "click", "search", "ballots", "posts", "crowd", "loads")
REPEATS, QUICK_REPEATS = 30, 1
FULL, QUICK = 1_000_000, 1_000


def options() -> argparse.Namespace:
    """What is asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; else all")
    parser.add_argument("--quick", action="store_true", help="small, to see that it runs")
    parser.add_argument("--cases", type=int, help=f"files of the large community, {FULL:,}")
    parser.add_argument("--ballots", type=int, help=f"ballots of its votes, {FULL:,}")
    parser.add_argument("--repeats", type=int, help=f"of each comparison, {REPEATS}")
    parser.add_argument("--on", choices=KINDS, nargs="*", default=list(KINDS))
    parser.add_argument("--keep", type=Path, help="a folder where the made databases stay")
    found = parser.parse_args()
    if unknown := set(found.names) - set(NAMES):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    return found


def run(asked: argparse.Namespace, folder: Path) -> list[Measured]:
    """Measure what is asked for."""
    usual = QUICK if asked.quick else FULL
    ground = Ground(
        files=asked.cases or usual,
        ballots=asked.ballots or usual,
        repeats=asked.repeats or (QUICK_REPEATS if asked.quick else REPEATS),
        quick=asked.quick,
        folder=folder,
        on=tuple(asked.on),
    )
    rows: list[Measured] = []
    try:
        for name in asked.names or NAMES:
            module = importlib.import_module(f"tests.bench.{name}")
            print(f"\n{name}: {module.TITLE}", flush=True)
            rows += module.run(ground)
        for line in ground.faults():
            print(f"in the server's log: {line}")
    finally:
        ground.close()
    return rows


def main() -> None:
    """Measure, print the table."""
    asked = options()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        print("\n" + table(run(asked, folder)), flush=True)


if __name__ == "__main__":
    main()
