"""Phones, ID numbers and the like are found however they are written, and masked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.private_text import (
    ID_CHECKS,
    Kind,
    find_personal,
    mask_name,
    mask_personal,
    mask_phone,
    normal_phone,
)


@pytest.mark.parametrize(
    ("written", "normal", "masked"),
    [
        ("13812345678", "13812345678", "138****5678"),
        (" 138 1234 5678 ", "13812345678", "138****5678"),
        ("138-1234-5678", "13812345678", "138****5678"),
        ("１３８１２３４５６７８", "13812345678", "138****5678"),
        ("+8613812345678", "13812345678", "138****5678"),
        ("+86 138-1234-5678", "13812345678", "138****5678"),
        ("（+86）13812345678", "13812345678", "138****5678"),
        ("0086 13812345678", "13812345678", "138****5678"),
        ("8613812345678", "13812345678", "138****5678"),
        ("0731-88123456", "0731-88123456", "0731-****3456"),
        ("073188123456", "0731-88123456", "0731-****3456"),
        ("（0731）8812 3456", "0731-88123456", "0731-****3456"),
        ("010-62345678", "010-62345678", "010-****5678"),
        ("0593-2812345", "0593-2812345", "0593-****2345"),
        ("+86 731 88123456", "0731-88123456", "0731-****3456"),
        ("88123456", "88123456", "****3456"),
        ("+852 9123 4567", "+85291234567", "+85****67"),
        ("12812345678", None, "****78"),
        ("1381234567", None, "****67"),
        ("138123456789", None, "****89"),
        ("12345", None, "****45"),
        ("1234", None, "****"),
        ("张三", None, "****"),
        ("张三 13812345678", None, "****78"),
        ("", None, ""),
    ],
)
def test_a_phone_has_one_stored_form_and_one_mask(
    written: str, normal: str | None, masked: str
) -> None:
    assert normal_phone(written) == normal
    assert mask_phone(written) == masked


@given(st.text(alphabet="0123456789+-() １２", max_size=20))
def test_a_normal_phone_is_its_own_normal_form_and_its_mask_hides_four_digits(text: str) -> None:
    normal = normal_phone(text)
    if normal is not None:
        assert normal_phone(normal) == normal
    digits = sum(c.isdigit() for c in text)
    shown = sum(c.isdigit() for c in mask_phone(text))
    assert shown <= max(0, digits - 3)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张*"),
        ("欧阳修", "欧阳*"),
        ("东方", "东*"),
        ("张", "张*"),
        ("阿卜杜拉·买买提", "阿*"),
        ("John Smith", "J*"),
        (" 李四 ", "李*"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_surname(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("打13812345678找我", Kind.MOBILE, "13812345678"),
        ("打138 1234 5678找我", Kind.MOBILE, "138 1234 5678"),
        ("打138—1234—5678找我", Kind.MOBILE, "138—1234—5678"),
        ("打１３８１２３４５６７８找我", Kind.MOBILE, "１３８１２３４５６７８"),
        ("打1 3 8 1 2 3 4 5 6 7 8找我", Kind.MOBILE, "1 3 8 1 2 3 4 5 6 7 8"),
        ("+86-13812345678", Kind.MOBILE, "+86-13812345678"),
        ("打①③⑧①②③④⑤⑥⑦⑧", Kind.MOBILE, "①③⑧①②③④⑤⑥⑦⑧"),
        ("4月1日13812345678", Kind.MOBILE, "13812345678"),
        ("微信：13812345678", Kind.MOBILE, "13812345678"),
        ("座机0731-88123456转801", Kind.LANDLINE, "0731-88123456"),
        ("（0731）88123456", Kind.LANDLINE, "（0731）88123456"),
        ("电话：88123456", Kind.LANDLINE, "88123456"),
        ("身份证11010519491231002X。", Kind.ID_NUMBER, "11010519491231002X"),
        ("身份证11010519491231002x", Kind.ID_NUMBER, "11010519491231002x"),
        ("110105 19491231 002X", Kind.ID_NUMBER, "110105 19491231 002X"),
        ("老证130503670401001", Kind.ID_NUMBER, "130503670401001"),
        ("微信：zhang_san88", Kind.ACCOUNT, "微信：zhang_san88"),
        ("加vx zhangsan88", Kind.ACCOUNT, "vx zhangsan88"),
        ("QQ：12345678", Kind.ACCOUNT, "QQ：12345678"),
        ("写信zhang.san@example.com。", Kind.EMAIL, "zhang.san@example.com"),
        ("住3号楼2单元501", Kind.ADDRESS, "3号楼2单元501"),
        ("住３号楼２单元５０１室", Kind.ADDRESS, "３号楼２单元５０１室"),
        ("住5栋1203室", Kind.ADDRESS, "5栋1203室"),
        ("住三号楼二单元6号", Kind.ADDRESS, "三号楼二单元6号"),
        ("住3-2-501", Kind.ADDRESS, "3-2-501"),
    ],
)
def test_a_personal_detail_is_found_where_it_stands(text: str, kind: Kind, found: str) -> None:
    (finding,) = find_personal(text)
    assert (finding.kind, finding.text) == (kind, found)
    assert text[finding.start : finding.end] == found
    assert finding.soft is (kind is Kind.ADDRESS)


@pytest.mark.parametrize(
    "text",
    [
        "已打12345热线和110、400-820-8820",
        "2026-04-01 13:05 起停水",
        "3号楼电梯坏了",
        "5栋2026年改造",
        "编号202604010001",
        "11010519491231002A",
        "110105194912310021",
        "110105194913310021",
        "990503670401001",
        "130503671301001",
        "面积88123456平方米",
        "缴费3812345678元",
        "138123456789012",
        "wxyz房产",
        "a@b",
        "",
    ],
)
def test_what_is_nobodys_is_left_alone(text: str) -> None:
    assert find_personal(text) == ()


def test_several_details_are_listed_in_order_without_overlap() -> None:
    text = "张三3号楼2单元501，13812345678，11010519491231002X，微信:zhangsan88"
    kinds = [finding.kind for finding in find_personal(text)]
    assert kinds == [Kind.ADDRESS, Kind.MOBILE, Kind.ID_NUMBER, Kind.ACCOUNT]


def slow_check_character(seventeen: str) -> str:
    """Try every character until the whole number is 1 modulo 11: the standard's own definition."""
    for check, value in zip("0123456789X", range(11), strict=True):
        total = sum(int(d) * pow(2, 17 - i, 11) for i, d in enumerate(seventeen)) + value
        if total % 11 == 1:
            return check
    raise AssertionError


@given(st.dates(), st.integers(min_value=0, max_value=999))
def test_an_id_number_is_found_with_its_right_check_character_only(day: date, serial: int) -> None:
    body = f"110105{day.year:04}{day.month:02}{day.day:02}{serial:03}"
    right = slow_check_character(body)
    for check in ID_CHECKS:
        kinds = {finding.kind for finding in find_personal(f"证{body}{check}。")}
        assert (Kind.ID_NUMBER in kinds) is (check == right)


@given(st.text(max_size=60))
def test_any_text_is_searched_without_error_and_positions_fit(text: str) -> None:
    last = 0
    for finding in find_personal(text):
        assert finding.start >= last
        assert text[finding.start : finding.end] == finding.text
        last = finding.end


def test_ten_thousand_hostile_characters_take_no_time() -> None:
    for text in ("1" * 10_000, "1 " * 5_000, "a" * 10_000, "3号楼" * 3_000, "a." * 5_000 + "@"):
        find_personal(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电梯坏了", "电梯坏了"),
        ("打13812345678或0731-82345678找我", "打138****5678或0731-****5678找我"),
        ("3号楼2单元501漏水，请打12345", "3号楼2单元501漏水，请打12345"),
        ("身份证11010519491231002X。", "身份证****。"),
    ],
)
def test_numbers_of_persons_are_hidden_in_a_text(text: str, shown: str) -> None:
    assert mask_personal(text) == shown
