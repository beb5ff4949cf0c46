"""Who may stand: every obstacle by itself, and what clears it."""

from datetime import date

import pytest

from domain.candidacy import (
    DECLARED,
    RULES,
    Declaration,
    Known,
    Obstacle,
    Source,
    hurdles,
    may_stand,
)

SEEN = Declaration(date(2026, 3, 1))
FREE = Known(on_roll=True)


@pytest.mark.parametrize(
    ("known", "declaration", "cleared", "stands"),
    [
        (FREE, SEEN, {}, True),
        (FREE, Declaration(), {}, False),
        (Known(on_roll=False), SEEN, {}, False),
        (Known(on_roll=False), SEEN, {Obstacle.NOT_OWNER: "deed seen"}, True),
        (Known(on_roll=False), SEEN, {Obstacle.NOT_OWNER: ""}, False),
        (Known(on_roll=False), SEEN, {Obstacle.FEES: "paid"}, False),
        (Known(on_roll=True, of_property_company=True), SEEN, {}, False),
        (Known(on_roll=True, in_group=True), SEEN, {}, False),
        (FREE, Declaration(date(2026, 3, 1), frozenset({Obstacle.FEES})), {}, False),
        (
            FREE,
            Declaration(date(2026, 3, 1), frozenset({Obstacle.FEES})),
            {Obstacle.FEES: "paid since"},
            True,
        ),
        (FREE, Declaration(None, frozenset()), {Obstacle.FEES: "paid"}, False),
    ],
)
def test_a_candidate_stands_when_declared_and_free_or_cleared(
    known: Known, declaration: Declaration, cleared: dict[Obstacle, str], stands: bool
) -> None:
    assert may_stand(known, declaration, cleared) is stands


@pytest.mark.parametrize("obstacle", DECLARED)
def test_each_declared_obstacle_alone_keeps_somebody_away(obstacle: Obstacle) -> None:
    declaration = Declaration(date(2026, 3, 1), frozenset({obstacle}))
    assert not may_stand(FREE, declaration, {})
    found = hurdles(FREE, declaration, {obstacle: "why"})
    assert [(one.obstacle, one.source, one.cleared) for one in found] == [
        (obstacle, Source.DECLARATION, "why")
    ]


def test_what_the_house_knows_is_named_before_what_was_declared() -> None:
    declaration = Declaration(date(2026, 3, 1), frozenset({Obstacle.PROPERTY_STAFF}))
    found = hurdles(Known(on_roll=True, of_property_company=True), declaration, {})
    assert [one.source for one in found] == [Source.ACCOUNTS]


def test_every_obstacle_has_its_words_and_its_basis() -> None:
    assert set(RULES) == set(Obstacle)
    assert all(rule.basis for rule in RULES.values())
