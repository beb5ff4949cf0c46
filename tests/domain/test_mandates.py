"""Who may speak for a right: in writing, within the cap, never the property company."""

from typing import Any

import pytest

from domain.errors import FieldError
from domain.mandates import Holder, MandateKind, NoMandate, check_mandate, is_same_holder

GOOD: dict[str, Any] = {
    "kind": MandateKind.PROXY,
    "holder": Holder("林九", "13800000009"),
    "owners": ["林一"],
    "company": False,
    "vote_id": 1,
    "written": True,
    "not_of_property": True,
    "property_staff": ["物业员工"],
    "held": set(),
    "right": "1",
    "cap": 3,
}


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"held": {"2", "3"}},
        {"cap": 1},
        {"kind": MandateKind.GUARDIAN, "vote_id": None, "cap": 0},
        {"kind": MandateKind.COMPANY, "company": True, "vote_id": None},
        {"kind": MandateKind.JOINT, "owners": ["林一", "林 九"], "vote_id": None},
    ],
)
def test_what_the_rules_ask_for_is_enough(changed: dict[str, Any]) -> None:
    check_mandate(**GOOD | changed)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"written": False}, "written"),
        ({"not_of_property": False}, "not_of_property"),
        ({"vote_id": None}, "vote"),
        ({"kind": MandateKind.JOINT, "owners": ["林九"]}, "kind"),
        ({"kind": MandateKind.JOINT, "owners": ["林一", "林二"]}, "holder_name"),
        ({"kind": MandateKind.COMPANY}, "kind"),
        ({"kind": MandateKind.GUARDIAN, "company": True}, "kind"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(FieldError) as refused:
        check_mandate(**GOOD | changed)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "changed",
    [
        {"held": {"2", "3", "4"}},
        {"cap": 0},
        {"holder": Holder("物业 员工", None)},
        {"kind": MandateKind.GUARDIAN, "holder": Holder("物业员工", "13800000008")},
    ],
)
def test_some_holders_may_not(changed: dict[str, Any]) -> None:
    with pytest.raises(NoMandate):
        check_mandate(**GOOD | changed)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("林九", "1"), ("林九", "1"), True),
        (("林九", None), ("林 九", "1"), True),
        (("林九", "1"), ("林九", "2"), False),
        (("林九", "1"), ("林十", "1"), False),
    ],
)
def test_one_holder_is_known_by_name_unless_the_numbers_differ(
    one: tuple[str, str | None], other: tuple[str, str | None], same: bool
) -> None:
    assert is_same_holder(Holder(*one), Holder(*other)) is same
