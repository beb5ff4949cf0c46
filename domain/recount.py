"""Recount a vote from its bundle: `python -m domain.recount BUNDLE` prints the result as JSON.

It needs Python alone and shares every rule with the application. Exit codes: 0 counted,
2 the bundle (or the call) is wrong, 3 the chain of events is broken.
"""

import argparse
import io
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.areas import show_area
from domain.bundle import BadBundle, Bundle, open_bundle, read_text
from domain.bundle_tables import EVENTS, Ballots, BrokenChain, read_events, read_roll
from domain.chain import Chain
from domain.election import BadLots, Seating, count_papers, elect
from domain.rights import Right, weigh
from domain.standing import Repeated, standing_answers, standing_papers
from domain.tally import Result, count, result
from domain.thresholds import Weight
from domain.vote_rules import BadRules, Rules, line_of, parse_rules

RULES = "rules.json"


@dataclass(frozen=True, slots=True)
class Recount:
    """All that a bundle says, computed anew; questions in text order."""

    questions: tuple[Result, ...]
    seating: Seating
    chain: Chain | None

    def as_json(self) -> dict[str, object]:
        """The public form: areas as text with two decimals, heads as integers."""
        shown: dict[str, object] = {
            "questions": [_question(one) for one in self.questions],
            "elected": self.seating.elected,
            "alternates": self.seating.alternates,
            "needs_lot": self.seating.needs_lot,
        }
        if self.chain is not None:
            shown["chain"] = {"events": self.chain.events, "head": self.chain.head}
        return shown


def recount(path: Path) -> Recount:
    """Count the bundle at a path.

    Raises:
        BadBundle: something in it is wrong.
        BrokenChain: the events do not hang together.
    """
    bundle = open_bundle(path)
    text = read_text(bundle, RULES)
    try:
        rules = parse_rules(text)
        questions, seating = _count(bundle, rules, read_roll(bundle, rules))
    except BadRules as error:
        raise BadBundle(RULES, error.line, error.template, **error.params) from error
    except BadLots as error:
        line = line_of(text, "lots")
        raise BadBundle(RULES, line, error.template, **error.params) from error
    return Recount(questions, seating, read_events(bundle) if bundle.has(EVENTS) else None)


def _count(
    bundle: Bundle, rules: Rules, rights: Mapping[str, Right]
) -> tuple[tuple[Result, ...], Seating]:
    ballots = Ballots(bundle, rules, rights)
    roll = weigh(rights)
    try:
        if rules.seats is not None and rules.electing:
            papers = standing_papers(ballots)
            tallies = count_papers(papers, rights, ballots.questions, rules.seats)
            elected = elect(roll, tallies, rules.seats, rules.lots, rules.invalid)
            return elected.candidates, elected.seating
        answers = standing_answers(ballots)
    except Repeated as error:
        raise ballots.table.fault(error.template, **error.params) from error
    found = []
    for question in sorted(ballots.questions):
        tally = count(answers.get(question, {}), rights)
        found.append(result(question, rules.lane, roll, tally, rules.silent, rules.invalid))
    return tuple(found), Seating()


def _question(one: Result) -> dict[str, object]:
    return {
        "question": one.question,
        "roll": _weight(one.roll),
        "participating": _weight(one.participating),
        "approving": _weight(one.approving),
        "outcome": one.outcome,
        "shortfall": _weight(one.shortfall),
    }


def _weight(weight: Weight) -> dict[str, object]:
    return {"area": show_area(weight.area), "heads": weight.heads}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the result goes to stdout only when there is one."""
    parser = argparse.ArgumentParser(
        prog="python -m domain.recount", description="Recount a vote from its bundle."
    )
    parser.add_argument("bundle", type=Path, help="folder or zip with rules.json, roll.csv, …")
    path = parser.parse_args(argv).bundle
    try:
        shown = recount(path).as_json()
    except BadBundle as error:
        print(error, file=sys.stderr)
        return 3 if isinstance(error, BrokenChain) else 2
    # Names are Chinese; a terminal that is not UTF-8 must not turn them into an error.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    print(json.dumps(shown, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
