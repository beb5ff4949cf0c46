"""`python -m locales check` and `update`: are all texts translated, and add those that are not."""

import argparse

from locales.catalogues import faults, update


def main() -> int:
    """Run one command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m locales", description=__doc__)
    parser.add_argument("command", choices=("check", "update"))
    if parser.parse_args().command == "update":
        for line in update():
            print(line)
        return 0
    found = list(faults())
    for line in found:
        print(line)
    print(f"{len(found)} faults" if found else "all texts stand in all languages")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
