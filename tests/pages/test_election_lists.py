"""Lists that people type on an election's pages: the group's grid, a committee's names."""

import pytest

from domain.preparation import Member, Seat
from pages.parts.committee_enter import names_in
from pages.parts.election_group import rows_of


def test_the_groups_lines_are_read_from_the_grids_changes() -> None:
    known = [Member("甲", Seat.STREET, party=True, heads=True), Member("乙", Seat.OWNER)]
    changed = {
        "edited_rows": {0: {"heads": False}, 2: {"name": "丙", "seat": "community"}},
        "deleted_rows": [1],
        "added_rows": [{"name": "丁", "heads": True}, {"seat": "owner"}],
    }
    assert rows_of(known, changed) == [
        Member("甲", Seat.STREET, party=True),
        Member("丙", Seat.COMMUNITY),
        Member("丁", Seat.OWNER, heads=True),
    ]
    assert rows_of(known, None) == known


@pytest.mark.parametrize(
    ("text", "names"),
    [("", []), ("甲、乙，丙,丁；戊;己\n庚 辛", list("甲乙丙丁戊己庚辛")), ("、甲、、", ["甲"])],
)
def test_a_list_of_names_is_read_as_people_write_it(text: str, names: list[str]) -> None:
    assert names_in(text) == names
