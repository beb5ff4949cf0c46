import pytest

from domain.rights import DEVELOPER, BadOwners, Kind, Right, Unit, merge, right_name, weigh
from domain.thresholds import Weight


def unit(
    number: str,
    owners: str,
    area: int = 9000,
    *,
    kind: Kind = Kind.DWELLING,
    developer: bool = False,
    served: bool = False,
) -> Unit:
    ids = tuple(owners.split("+")) if owners else ()
    return Unit(number, kind, area, ids, developer, served)


def test_several_units_of_one_owner_are_one_head_with_their_areas_added() -> None:
    rights = merge([unit("1-101", "wang"), unit("2-202", "wang", 1)], count_parking=False)
    assert rights == {"wang": Right("wang", 9001, served=False)}


def test_joint_owners_are_one_head_beside_what_each_owns_alone() -> None:
    units = [unit("1", "wang+li"), unit("2", "li+wang"), unit("3", "li"), unit("4", "wang+li+xu")]
    rights = merge(units, count_parking=False)
    assert {name: right.area for name, right in rights.items()} == {
        "li+wang": 18000,
        "li": 9000,
        "li+wang+xu": 9000,
    }


def test_an_owner_named_twice_is_still_one() -> None:
    assert right_name(["wang", "li", "wang"], developer=False) == "li+wang"


def test_all_of_the_developers_units_are_one_head_sold_or_not() -> None:
    units = [unit("1", "", developer=True), unit("2", "wang", developer=True), unit("3", "wang")]
    rights = merge(units, count_parking=False)
    assert {name: right.area for name, right in rights.items()} == {DEVELOPER: 18000, "wang": 9000}


def test_parking_counts_only_when_the_rules_say_so() -> None:
    units = [
        unit("P1", "wang", 1200, kind=Kind.PARKING, served=True),
        unit("P2", "li", 1200, kind=Kind.PARKING),
        unit("1", "wang"),
        unit("S1", "wang", 5000, kind=Kind.SHOP),
    ]
    assert merge(units, count_parking=False) == {"wang": Right("wang", 14000, served=False)}
    counted = merge(units, count_parking=True)
    assert counted == {"wang": Right("wang", 15200, served=True), "li": Right("li", 1200, False)}


def test_a_right_is_served_when_one_of_its_units_is() -> None:
    units = [unit("1", "wang"), unit("2", "wang", served=True), unit("3", "wang")]
    assert merge(units, count_parking=False)["wang"].served


def test_the_roll_weighs_all_areas_and_heads() -> None:
    rights = merge([unit("1", "wang"), unit("2", "li"), unit("3", "li")], count_parking=False)
    assert weigh(rights) == Weight(27000, 2)


@pytest.mark.parametrize("owners", [(), ("",), ("wang", ""), (" wang",), ("a+b",), ("DEVELOPER",)])
def test_owners_that_could_be_taken_for_others_are_refused(owners: tuple[str, ...]) -> None:
    with pytest.raises(BadOwners):
        right_name(owners, developer=False)
