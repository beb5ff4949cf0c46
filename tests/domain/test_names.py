"""Names are kept clean and compared as people mean them."""

import pytest

from domain.errors import FieldError
from domain.names import LONGEST_NAME, clean_line, clean_name, key_of, loose_key


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  菖蒲苑 \t 一期\n", "菖蒲苑 一期"),
        ("a\x00b\x1bc", "abc"),
        ("\u202eabc\u200b", "abc"),
        ("\ud800x", "x"),
        ("\u3000３号楼\u3000", "３号楼"),
    ],
)
def test_a_line_is_kept_without_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept
    kept.encode("utf-8")


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "x" * (LONGEST_NAME + 1)])
def test_no_name_and_a_too_long_name_are_refused_at_their_field(typed: str) -> None:
    with pytest.raises(FieldError) as refused:
        clean_name("estate", typed)
    assert refused.value.field == "estate"


def test_a_name_of_the_greatest_length_is_kept() -> None:
    assert clean_name("estate", "x" * LONGEST_NAME) == "x" * LONGEST_NAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3号楼", "第3栋"),
        ("３号楼", "3幢"),
        ("03号楼", "3"),
        ("A座", "a"),
        ("菖蒲苑", "菖蒲苑小区"),
        ("菖蒲苑 小区", "菖蒲苑"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert loose_key(one) == loose_key(other)


@pytest.mark.parametrize(("one", "other"), [("3号楼", "13号楼"), ("东区", "西区"), ("A1", "A10")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert loose_key(one) != loose_key(other)


def test_a_name_that_is_only_an_optional_word_keeps_it() -> None:
    assert loose_key("楼") == "楼"
    assert key_of("小区") == loose_key("小区")
