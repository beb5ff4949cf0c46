"""Names are found by the first letters of their syllables."""

import pytest

from domain.initials import pinyin_initials


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("王医生", "wys"),
        ("三盛巴厘岛2区", "ssbld2q"),
        ("A座 物业", "azwy"),
        ("", ""),
        ("😀·（东）", "d"),
    ],
)
def test_a_name_becomes_its_initials(name: str, expected: str) -> None:
    assert pinyin_initials(name) == expected
