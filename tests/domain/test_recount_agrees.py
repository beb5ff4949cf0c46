"""The recount against a second implementation, and what no vote may depend on."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.recount import recount
from tests.domain.bundles import AT, Files, random_bundle, write
from tests.domain.naive_recount import naive_recount


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def counted(folder: Path, bundle: Files) -> dict:
    return json.loads(json.dumps(recount(write(folder, bundle)).as_json()))


def agree(folder: Path, random: Random) -> None:
    bundle = random_bundle(random)
    shown = counted(folder, bundle)
    assert shown == naive_recount(bundle)
    if not shown["needs_lot"]:
        return
    rules = json.loads(bundle["rules.json"])
    rules["lots"] = random.sample(shown["needs_lot"], rules["seats"] - len(shown["elected"]))
    bundle["rules.json"] = json.dumps(rules)
    drawn = counted(folder, bundle)
    assert drawn == naive_recount(bundle)
    assert drawn["elected"][-len(rules["lots"]) :] == rules["lots"]


quick = settings(deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
@settings(quick, max_examples=2500)
@given(st.randoms(use_true_random=True))
def test_a_second_naive_recount_agrees(folder: Path, random: Random) -> None:
    agree(folder, random)


@pytest.mark.slow
@settings(quick, max_examples=8_000)
@given(st.randoms(use_true_random=True))
def test_a_second_naive_recount_agrees_on_many_more(folder: Path, random: Random) -> None:
    agree(folder, random)


@settings(quick, max_examples=100)
@given(st.randoms(use_true_random=False))
def test_a_second_naive_recount_agrees_on_what_can_be_shrunk(folder: Path, random: Random) -> None:
    agree(folder, random)


def rows_of(text: str) -> list[list[str]]:
    return [row.split(",") for row in text.splitlines()[1:]]


@settings(quick, max_examples=300)
@given(st.randoms(use_true_random=True))
def test_the_order_of_the_lines_changes_nothing(folder: Path, random: Random) -> None:
    bundle = random_bundle(random)
    before = counted(folder, bundle)
    for name in ("roll.csv", "ballots.csv"):
        header, *rows = bundle[name].splitlines(keepends=True)
        bundle[name] = header + "".join(random.sample(rows, len(rows)))
    assert counted(folder, bundle) == before


@settings(quick, max_examples=300)
@given(st.randoms(use_true_random=True))
def test_splitting_a_unit_among_units_of_its_owner_changes_nothing(
    folder: Path, random: Random
) -> None:
    bundle = random_bundle(random)
    before = counted(folder, bundle)
    header, *rows = bundle["roll.csv"].splitlines()
    split = [header]
    for row in rows:
        unit, kind, area, *rest = row.split(",")
        cents = round(float(area) * 100)
        part = random.randint(0, cents)
        parts = [part, cents - part] if part not in (0, cents) else [cents]
        split += [
            ",".join((f"{unit}{'ab'[at]}", kind, f"{some // 100}.{some % 100:02d}", *rest))
            for at, some in enumerate(parts)
        ]
    bundle["roll.csv"] = "\n".join(split)
    assert counted(folder, bundle) == before


RANK = ["NO_MEETING", "NO_QUORUM", "FAIL", "PASS"]


@settings(quick, max_examples=400)
@given(st.randoms(use_true_random=True))
def test_one_more_yes_never_makes_a_result_worse(folder: Path, random: Random) -> None:
    bundle = random_bundle(random)
    rules = json.loads(bundle["rules.json"])
    if rules["lane"] in ("poll", "election"):
        return
    # With the silent following the majority one more yes can also end a majority of no.
    rules |= {"invalid": random.choice(("participates", "excluded")), "silent": "strict"}
    bundle["rules.json"] = json.dumps(rules)
    before = counted(folder, bundle)["questions"]
    roll = naive_rolls(bundle)
    for asked in before:
        right = random.choice(roll)
        more = dict(bundle)
        more["ballots.csv"] += f"{right},{asked['question']},yes,paper,{AT},100000\n"
        after = {one["question"]: one for one in counted(folder, more)["questions"]}
        now = after[asked["question"]]
        assert RANK.index(now["outcome"]) >= RANK.index(asked["outcome"])
        assert float(now["approving"]["area"]) >= float(asked["approving"]["area"])


def naive_rolls(bundle: Files) -> list[str]:
    parking = json.loads(bundle["rules.json"]).get("count_parking", False)
    return sorted(
        {
            "DEVELOPER" if developer == "yes" else "+".join(sorted(owners.split("+")))
            for _, kind, _, owners, developer, _ in rows_of(bundle["roll.csv"])
            if parking or kind != "parking"
        }
    )
