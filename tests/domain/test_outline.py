"""What a log may say of an error."""

from domain.outline import outline


def test_an_outline_has_class_and_place_but_not_the_words() -> None:
    try:
        try:
            int("住户子 13800000101")
        except ValueError as error:
            raise KeyError("住户子") from error
    except KeyError as error:
        told = outline(error)
    assert "builtins.KeyError" in told
    assert "from builtins.ValueError" in told
    assert "test_outline.py" in told
    assert "住户" not in told
    assert "138" not in told
