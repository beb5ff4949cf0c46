"""Makes recount bundles for the tests: from plain rows, from weights, and at random."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from random import Random

from domain.chain import GENESIS, link

ROLL_HEADER = ("unit", "kind", "area", "owners", "developer", "served")
BALLOT_HEADER = ("right", "question", "choice", "channel", "received_at", "seq")
EVENT_HEADER = ("seq", "at", "kind", "payload", "prev", "hash")
AT = "2026-07-16T09:30:00+08:00"

Files = dict[str, str]


def table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue()


def files(
    rules: dict, roll: Iterable[Iterable[object]], ballots: Iterable[Iterable[object]]
) -> Files:
    return {
        "rules.json": json.dumps(rules, ensure_ascii=False),
        "roll.csv": table(ROLL_HEADER, roll),
        "ballots.csv": table(BALLOT_HEADER, ballots),
    }


def events(payloads: Iterable[str]) -> str:
    rows, prev = [], GENESIS
    for seq, payload in enumerate(payloads, start=1):
        digest = link(prev, seq, AT, "ballot", payload)
        rows.append((seq, AT, "ballot", payload, prev, digest))
        prev = digest
    return table(EVENT_HEADER, rows)


def write(folder: Path, bundle: Files) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in bundle.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def weighed(rules: dict, **groups: tuple[str, int]) -> Files:
    """Build a vote on one question from the weight (area, heads) of each group.

    Groups: yes, no, abstain, invalid, silent (served, nothing returned), absent (not served).
    """
    roll, ballots = [], []
    for group, (area_text, heads) in groups.items():
        cents = round(float(area_text.replace(",", "")) * 100)
        served = "no" if group == "absent" else "yes"
        for number in range(heads):
            # The first unit takes what does not divide evenly.
            share = cents // heads + (cents % heads if number == 0 else 0)
            owner = f"{group}{number}"
            area = f"{share // 100}.{share % 100:02d}"
            roll.append((f"u-{owner}", "dwelling", area, owner, "no", served))
            if group not in ("silent", "absent"):
                ballots.append((owner, "Q", group, "online", AT, len(ballots) + 1))
    return files(rules, roll, ballots)


OWNERS = ("a", "b", "c", "d", "e", "f", "g", "h", "i", "b+a", "c+d", "d+c", "b+a+c")
CANDIDATES = ("丁", "丙", "乙", "甲", "Amy", "Bo")
# Even areas make thresholds and ties common, odd ones make sums that no float would hold.
EVEN = ("50.00", "50", "100.0", "100.00")
ODD = ("33.34", "66.67", "0.01", "250.00", "99999.99")


def random_bundle(random: Random) -> Files:
    """Draw a sound bundle of any lane, small enough that thresholds and ties are hit often."""
    lane = random.choice(("ordinary", "special", "committee", "election", "election", "poll"))
    electing = lane == "election"
    rules: dict = {"lane": lane}
    for key, values in {
        "silent": ("strict", "follow_majority", "follow_majority"),
        "invalid": ("both", "participates", "excluded"),
        "count_parking": (False, True),
    }.items():
        if random.random() < 0.7:
            rules[key] = random.choice(values)
    names = ("Q1", "问题二")
    if electing:
        rules["seats"] = random.choice((1, 2, 2, 3, 3, 4))
        names = CANDIDATES[: random.choice((1, 4, 5, 5, 6))]
    if random.random() < 0.5:
        rules["questions"] = list(names)
    roll = _random_roll(random, lane)
    rights = sorted(
        {
            "DEVELOPER" if developer == "yes" else "+".join(sorted(set(owners.split("+"))))
            for _, kind, _, owners, developer, _ in roll
            if kind != "parking" or rules.get("count_parking")
        }
    )
    answer = _random_paper if electing else _random_answers
    channels = ("online", "paper") if lane == "committee" else ("online", "paper", "proxy")
    ballots = []
    turnout = random.choice((0.5, 0.7, 0.9, 1.0, 1.0))
    seqs = random.sample(range(1, 100), 3 * len(rights))
    rotating = random.random() < 0.5
    for place, right in enumerate(rights):
        if random.random() > turnout:
            continue
        for _ in range(random.choice((1, 1, 1, 2, 3))):
            channel, seq = random.choice(channels), seqs.pop()
            turn = place if rotating else random.randrange(len(CANDIDATES))
            said = answer(random, names, rules.get("seats", 0), turn)
            ballots += [(right, name, choice, channel, AT, seq) for name, choice in said.items()]
    random.shuffle(ballots)
    return files(rules, roll, ballots)


def _random_roll(random: Random, lane: str) -> list[tuple[str, ...]]:
    if random.random() < 0.4:  # everybody alike, so that shares are equal and lots are needed
        return [
            (f"u{number}", "dwelling", "80.00", owner, "no", "yes")
            for number, owner in enumerate(OWNERS[: random.randint(2, 9)])
        ]
    areas = random.choice((EVEN, EVEN + ODD))
    if lane in ("committee", "poll"):
        areas = ("0.00", *areas)
    owners = OWNERS[:8] if random.random() < 0.5 else OWNERS
    # The first line always counts: a roll of nobody has no shares, and a test of its own.
    return [
        (
            f"u{number}",
            random.choice(("dwelling", "dwelling", "shop", "parking")) if number else "dwelling",
            random.choice(areas),
            random.choice(owners),
            random.choice(("no", "no", "no", "no", "yes")),
            random.choice(("yes", "yes", "no")),
        )
        for number in range(random.randint(1, 12))
    ]


def _random_answers(random: Random, names: tuple[str, ...], *_: int) -> dict[str, str]:
    weights = random.choice(((6, 2, 1, 1), (2, 6, 1, 1)))
    said = random.choices(("yes", "no", "abstain", "invalid"), weights, k=len(names))
    answers = dict(zip(names, said, strict=True))
    if random.random() < 0.2:
        answers.pop(random.choice(names))
    return answers


def _random_paper(random: Random, names: tuple[str, ...], seats: int, turn: int) -> dict[str, str]:
    wanted = seats + (random.random() < 0.05)
    # Votes gather on one more than there are seats, so that the last seat is contested.
    front = names[: seats + 1]
    yes = {front[(turn + step) % len(front)] for step in range(wanted)}
    if random.random() < 0.05:
        return dict.fromkeys(yes, "yes") | {names[0]: "invalid"}
    rest = {name: random.choice(("no", "abstain")) for name in names if random.random() < 0.5}
    return rest | dict.fromkeys(yes, "yes")
