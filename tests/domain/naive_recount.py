"""The recount once more, straight from the public text, in fractions and plain loops.

It shares no line with the application and checks nothing: it is only given sound bundles.
"""

import csv
import io
import json
from fractions import Fraction
from itertools import groupby

TWO_THIRDS, HALF, THREE_QUARTERS = Fraction(2, 3), Fraction(1, 2), Fraction(3, 4)


def naive_recount(files: dict[str, str]) -> dict:
    """Compute the output for the texts of rules.json, roll.csv and ballots.csv."""
    rules = {"silent": "strict", "invalid": "both", "count_parking": False, "lots": []}
    rules |= json.loads(files["rules.json"])
    rights = naive_rights(files["roll.csv"], rules["count_parking"])
    lines = list(csv.DictReader(io.StringIO(files["ballots.csv"])))
    questions = sorted(rules.get("questions", {line["question"] for line in lines}))
    if rules["lane"] == "election":
        standing = naive_election_ballots(lines, questions, rules["seats"])
    else:
        standing = {q: naive_ballots([x for x in lines if x["question"] == q]) for q in questions}

    modes = {"both": ["participates", "excluded"]}.get(rules["invalid"], [rules["invalid"]])
    runs = []
    for mode in modes:
        rows = {q: naive_question(rules, rights, standing[q], mode) for q in questions}
        runs.append((rows, naive_seats(rules, rows)))
    rows, seats = runs[0]
    differing = set()
    for other_rows, other_seats in runs[1:]:
        for q in questions:
            if rows[q]["outcome"] != other_rows[q]["outcome"]:
                differing.add(q)
            for name in ("elected", "alternates", "needs_lot"):
                if (q in seats[name]) != (q in other_seats[name]):
                    differing.add(q)
    for q in differing:
        rows[q]["outcome"] = "DEPENDS_ON_INVALID"
    if differing:
        seats = {"elected": [], "alternates": [], "needs_lot": []}
    return {"questions": [{"question": q} | naive_shown(rows[q]) for q in questions]} | seats


def naive_rights(text: str, count_parking: bool) -> dict[str, dict]:
    """Map a right's name to its area and whether it was served."""
    rights: dict[str, dict] = {}
    for line in csv.DictReader(io.StringIO(text)):
        if line["kind"] == "parking" and not count_parking:
            continue
        name = "+".join(sorted(line["owners"].split("+")))
        if line["developer"] == "yes":
            name = "DEVELOPER"
        right = rights.setdefault(name, {"area": Fraction(0), "served": False})
        right["area"] += Fraction(line["area"])
        right["served"] = right["served"] or line["served"] == "yes"
    return rights


def naive_winner(lines: list[dict]) -> list[dict]:
    """Keep the lines of the ballot that stands among the ballots of one right."""
    for channel in ("paper", "online", "proxy"):
        mine = [line for line in lines if line["channel"] == channel]
        if mine:
            last = max(int(line["seq"]) for line in mine)
            return [line for line in mine if int(line["seq"]) == last]
    return []


def naive_by_right(lines: list[dict]) -> dict[str, list[dict]]:
    """Gather lines by the right they belong to."""
    gathered: dict[str, list[dict]] = {}
    for line in lines:
        gathered.setdefault(line["right"], []).append(line)
    return gathered


def naive_ballots(lines: list[dict]) -> dict[str, str]:
    """Map a right to its choice in one question."""
    return {right: naive_winner(mine)[0]["choice"] for right, mine in naive_by_right(lines).items()}


def naive_election_ballots(lines: list[dict], candidates: list[str], seats: int) -> dict:
    """Map a candidate to each right's choice; a spoilt ballot is invalid for every candidate."""
    choices: dict[str, dict[str, str]] = {candidate: {} for candidate in candidates}
    for right, mine in naive_by_right(lines).items():
        ballot = {line["question"]: line["choice"] for line in naive_winner(mine)}
        yes = [candidate for candidate in ballot if ballot[candidate] == "yes"]
        spoilt = len(yes) > seats or "invalid" in ballot.values()
        for candidate in candidates:
            choices[candidate][right] = "invalid" if spoilt else ballot.get(candidate, "abstain")
    return choices


def naive_sum(rights: dict, names: set[str]) -> tuple[Fraction, int]:
    return sum((rights[name]["area"] for name in names), Fraction(0)), len(names)


def naive_question(rules: dict, rights: dict, choices: dict[str, str], invalid: str) -> dict:
    """Weigh one question with invalid ballots participating or excluded."""
    said = {
        choice: {right for right in choices if choices[right] == choice}
        for choice in ("yes", "no", "abstain", "invalid")
    }
    participating = said["yes"] | said["no"] | said["abstain"]
    if invalid == "participates":
        participating = participating | said["invalid"]
    approving = said["yes"]
    lane = rules["lane"]
    if rules["silent"] == "follow_majority" and lane in ("ordinary", "special"):
        yes_area, yes_heads = naive_sum(rights, said["yes"])
        no_area, no_heads = naive_sum(rights, said["no"])
        silent = {name for name in rights if rights[name]["served"] and name not in choices}
        if yes_area > no_area and yes_heads > no_heads:
            participating, approving = participating | silent, approving | silent
        if yes_area < no_area and yes_heads < no_heads:
            participating = participating | silent
    total = naive_sum(rights, set(rights))
    row = {
        "roll": total,
        "participating": naive_sum(rights, participating),
        "approving": naive_sum(rights, approving),
    }
    return row | naive_outcome(lane, total, row["participating"], row["approving"])


def naive_outcome(lane: str, total: tuple, part: tuple, yes: tuple) -> dict:
    """Judge by shares instead of by multiplied integers."""
    none = (Fraction(0), 0)
    if lane == "poll":
        return {"outcome": "ADVISORY", "shortfall": none}
    if lane == "committee":
        lacking = 0
        while not Fraction(part[1] + lacking, total[1]) > HALF:
            lacking += 1
        if lacking:
            return {"outcome": "NO_MEETING", "shortfall": (Fraction(0), lacking)}
        passed = Fraction(yes[1], total[1]) > HALF
        return {"outcome": "PASS" if passed else "FAIL", "shortfall": none}
    cent = Fraction(1, 100)
    area_lacking, heads_lacking = Fraction(0), 0
    if part[0] / total[0] < TWO_THIRDS:
        gap = (TWO_THIRDS * total[0] - part[0]) / cent
        area_lacking = cent * (gap.numerator // gap.denominator + (gap.denominator > 1))
    while Fraction(part[1] + heads_lacking, total[1]) < TWO_THIRDS:
        heads_lacking += 1
    if area_lacking or heads_lacking:
        return {"outcome": "NO_QUORUM", "shortfall": (area_lacking, heads_lacking)}
    shares = yes[0] / part[0], Fraction(yes[1], part[1])
    if lane == "special":
        passed = all(share >= THREE_QUARTERS for share in shares)
    else:
        passed = all(share > HALF for share in shares)
    return {"outcome": "PASS" if passed else "FAIL", "shortfall": none}


def naive_seats(rules: dict, rows: dict[str, dict]) -> dict[str, list[str]]:
    """Fill the seats from the top; groups of equals are lists of names in text order."""
    lists: dict[str, list[str]] = {"elected": [], "alternates": [], "needs_lot": []}
    if rules["lane"] != "election":
        return lists

    def merit(name: str) -> tuple:
        part, yes = rows[name]["participating"], rows[name]["approving"]
        return yes[0] / part[0] + Fraction(yes[1], part[1]), yes[0], yes[1]

    passed = [name for name in sorted(rows) if rows[name]["outcome"] == "PASS"]
    better = {name: sum(merit(other) > merit(name) for other in passed) for name in passed}
    passed.sort(key=lambda name: (better[name], name))
    for above, equals in groupby(passed, key=better.get):
        group = list(equals)
        if above + len(group) <= rules["seats"]:
            lists["elected"] += group
        elif above >= rules["seats"]:
            lists["alternates"] += group
        elif rules["lots"]:
            assert len(rules["lots"]) == rules["seats"] - above
            assert set(rules["lots"]) < set(group)
            lists["elected"] += rules["lots"]
            lists["alternates"] += [name for name in group if name not in rules["lots"]]
        else:
            lists["needs_lot"] = group
    return lists


def naive_shown(row: dict) -> dict:
    """Write a row as the public format does."""
    shown: dict = {"outcome": row["outcome"]}
    for name in ("roll", "participating", "approving", "shortfall"):
        area, heads = row[name]
        cents = int(area * 100)
        shown[name] = {"area": f"{cents // 100}.{cents % 100:02d}", "heads": heads}
    return shown
