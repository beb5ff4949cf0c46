"""`python -m tests.bench NAME …`: one module in this folder for each thing that is measured.

A module has `TITLE`, `arguments(parser)` and `run(options)`.
"""

import argparse
import importlib
import sys
from pathlib import Path


def main() -> None:
    """Run the benchmark that is named."""
    here = Path(__file__).parent
    names = sorted(path.stem for path in here.glob("[a-z]*.py"))
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    known = parser.add_subparsers(dest="name", required=True)
    asked = [name for name in names if name in sys.argv[1:2]] or names
    for name in asked:
        module = importlib.import_module(f"tests.bench.{name}")
        if not hasattr(module, "run"):
            continue
        one = known.add_parser(name, help=module.TITLE)
        module.arguments(one)
        one.set_defaults(run=module.run)
    options = parser.parse_args()
    options.run(options)


main()
