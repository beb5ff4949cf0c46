"""Posters say where, what to do and whom to call, in both languages, and hold a good code."""

import re
from html.parser import HTMLParser

import pytest

import locales
from documents.posters import PosterPlace, address_of, posters, unreachable

GATE = PosterPlace("7KQ2MXW9", "1号楼<b>大门</b>", "一小区 1号楼")


def _page(**changed: object) -> str:
    values: dict[str, object] = {
        "base": "https://desk.example",
        "base_is_set": True,
        "community": "测试社区",
        "answer_hours": 24,
        "per_sheet": 1,
        "language": locales.CHINESE,
    }
    return posters([GATE] * 7, **(values | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(("per_sheet", "sheets"), [(1, 7), (2, 4), (6, 2), (5, 7)])
def test_so_many_go_on_a_sheet(per_sheet: int, sheets: int) -> None:
    page = _page(per_sheet=per_sheet)
    assert page.count('<section class="sheet') == sheets
    assert page.count('<article class="poster">') == 7


def test_a_poster_speaks_both_languages_whoever_prints_it() -> None:
    for language in locales.LANGUAGES:
        locales.use(language)
        page = _page(language=language)
        for words in ("扫码提事", "Scan to tell us", "24 小时内有人回应", "within 24 hours"):
            assert words in page
        assert "110" in page
    locales.use(locales.CHINESE)


def test_names_are_escaped_and_the_page_runs_nothing() -> None:
    page = _page()
    assert "<b>大门" not in page
    assert "&lt;b&gt;大门" in page

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag != "script"
            assert not [name for name, _ in attrs if name == "style" or name.startswith("on")]

    Tags().feed(page)


def test_the_code_holds_the_address_and_nothing_else() -> None:
    """Read the drawn modules back and compare with the same address coded anew."""
    import segno

    address = address_of("https://desk.example/", GATE.code)
    assert address == "https://desk.example/r/7KQ2MXW9"
    drawn = re.search(r'viewBox="0 0 (\d+) \1"', _page())
    assert drawn is not None
    expected = segno.make(address, error="m", micro=False)
    assert int(drawn[1]) == expected.symbol_size(border=4)[0]
    assert expected.svg_inline(border=4, omitsize=True, dark="#17201b", light="#fff") in _page()


@pytest.mark.parametrize(
    ("base", "is_own"),
    [
        ("http://localhost:8501", True),
        ("http://127.0.0.1", True),
        ("http://[::1]:80", True),
        ("", True),
        ("http://192.168.1.5:8501", False),
        ("https://desk.example", False),
    ],
)
def test_it_warns_of_addresses_that_no_phone_can_open(base: str, is_own: bool) -> None:
    assert unreachable(base) is is_own
    assert (f"手机打不开 {base}" in _page(base=base)) is is_own


def test_it_warns_while_nobody_has_set_the_address() -> None:
    assert "还没有设置对外网址" in _page(base_is_set=False)
    assert "还没有设置对外网址" not in _page()
