"""Words stay readable when the persons in them are masked."""

import pytest

from domain.masking import without_personal
from domain.private_text import find_personal


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("请打13812345678找我", (), "请打138****5678找我"),
        ("欧阳小明和欧阳说", ("欧阳", "欧阳小明"), "欧阳*和欧*说"),
        ("王家的灯", ("王",), "王家的灯"),
        ("电梯坏了", ("王医生",), "电梯坏了"),
        ("", (), ""),
    ],
)
def test_numbers_and_known_names_are_masked(text: str, names: tuple[str, ...], left: str) -> None:
    assert without_personal(text, names) == left


def test_nothing_personal_is_found_afterwards() -> None:
    text = "身份证11010519491231002X，座机0731-88886666，邮箱a@b.cn，住3号楼2单元501室"
    assert len(find_personal(text)) == 4
    assert not find_personal(without_personal(text))
