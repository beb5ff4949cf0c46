"""Passwords that are refused, and with what advice."""

import pytest

from domain.errors import FieldError
from domain.passwords import COMMON, SHORTEST, check_password


@pytest.mark.parametrize(
    "password",
    [
        "",
        "ninechars",
        "1234567890",
        "0987654321",
        "abcdefghij",
        "poiuytrewq",
        "aaaaaaaaaaaa",
        "121212121212",
        "Password123",
        "wangfang01",
        "01wangfang",
        "王芳王芳王芳王芳王芳",
        "x" * 201,
    ],
)
def test_what_others_try_first_is_refused_beside_its_field(password: str) -> None:
    with pytest.raises(FieldError) as refused:
        check_password(password, "wangfang", "王芳王芳王")
    assert refused.value.field == "password"


@pytest.mark.parametrize(
    "password", ["calamus-and-plum-163", "一只老猫坐在墙头看天", "tenletters" + "é"]
)
def test_words_of_ones_own_are_taken(password: str) -> None:
    if len(password) >= SHORTEST:
        check_password(password, "wangfang", "王芳")


def test_every_common_password_listed_is_long_enough_to_need_the_list() -> None:
    assert [word for word in COMMON if len(word) < SHORTEST] == []
