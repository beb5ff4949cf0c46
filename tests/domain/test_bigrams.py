"""The terms of a search narrow it without losing a row, and agree with FTS5."""

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bigrams import found, normalise, query_phrases, terms, token

# A small alphabet makes hits likely; the odd ones make tokenizers stumble.
ODD = "漏水电梯三栋a1B，。 \n!\u3000🔥é\u0301ſßẞ①Ａ\u200bعİ\u0345%_'\"*𠮷"
texts = st.text(alphabet=st.sampled_from(ODD), max_size=24)
queries = st.text(alphabet=st.sampled_from(ODD), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("漏水", ("漏水", "水")),
        ("漏水了，快来", ("漏水", "水了", "了", "快来", "来")),
        ("水", ("水",)),
        ("水。电", ("水", "电")),
        ("３号ＬＩＦＴ", ("3号", "号l", "li", "if", "ft", "t")),
        ("漏\u200b水", ("漏水", "水")),
        ("🔥🔥", ("🔥🔥", "🔥")),
        ("𠮷野家", ("𠮷野", "野家", "家")),
        ("cafe\u0301", ("ca", "af", "fé", "é")),
        ("مرحبا", ("مر", "رح", "حب", "با", "ا")),
        ("<b>a</b>", ("<b", "b>", ">a", "a<", "<", "b>", ">")),
        ("，。！ \n", ()),
        ("", ()),
        ("\ud83d", ()),
    ],
)
def test_a_text_gives_one_term_for_every_searchable_character(
    text: str, expected: tuple[str, ...]
) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("漏水", (("漏水",),)),
        ("漏水了", (("漏水", "水了"),)),
        ("水", (("水",),)),
        ("三栋，漏水", (("三栋",), ("漏水",))),
        (" 三 栋 ", (("三",), ("栋",))),
        ("？！", ()),
        ("", ()),
    ],
)
def test_a_query_asks_for_each_of_its_parts(
    query: str, expected: tuple[tuple[str, ...], ...]
) -> None:
    assert query_phrases(query) == expected


@pytest.mark.parametrize(
    ("query", "text", "hit"),
    [
        ("漏水", "三栋漏水，快来", True),
        ("漏水快来", "三栋漏水，快来", False),
        ("漏水,快来", "三栋漏水，快来", True),
        ("快来,漏水", "三栋漏水，快来", False),
        ("LIFT", "３号ｌｉｆｔ坏了", True),
        ("STRASSE", "straße", True),
        ("水", "三栋漏水", True),
        ("%", "100", False),
        ("_", "水", False),
        ("，", "水，电", False),
        ("", "水", False),
    ],
)
def test_a_hit_is_what_a_reader_would_call_one(query: str, text: str, hit: bool) -> None:
    assert found(query, text) is hit


def holds_phrase(text_terms: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    if len(phrase[0]) == 1:
        return any(term.startswith(phrase[0]) for term in text_terms)
    width = len(phrase)
    return any(text_terms[i : i + width] == phrase for i in range(len(text_terms)))


@given(queries, texts)
def test_every_hit_holds_all_phrases_of_its_query(query: str, text: str) -> None:
    phrases = query_phrases(query)
    holds = bool(phrases) and all(holds_phrase(terms(text), phrase) for phrase in phrases)
    if found(query, text):
        assert holds
    if len(phrases) == 1 and all(is_word(c) for c in normalise(query)):
        assert holds == found(query, text)


def is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNMS"


@given(st.text() | texts)
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text() | texts)
def test_a_text_never_has_more_terms_than_normalised_characters(text: str) -> None:
    assert len(terms(text)) <= len(normalise(text))


@given(st.text(min_size=1, max_size=3), st.text(min_size=1, max_size=3))
def test_tokens_differ_and_begin_alike_exactly_as_their_terms(one: str, other: str) -> None:
    assert token(other).startswith(token(one)) == other.startswith(one)
    assert token(one).isascii()
    assert token(one).isalnum()
    assert token(one) == token(one).lower()


@given(st.lists(texts, min_size=1, max_size=6), queries)
def test_fts5_with_its_own_tokenizer_finds_the_rows_that_like_finds(
    rows: list[str], query: str
) -> None:
    with sqlite3.connect(":memory:") as db:
        db.execute("create virtual table t using fts5(w, content='', tokenize='unicode61')")
        for number, text in enumerate(rows):
            words = " ".join(map(token, terms(text)))
            db.execute("insert into t(rowid, w) values (?, ?)", (number, words))
        match = " AND ".join(
            f'"{" ".join(map(token, phrase))}"' + ("*" if len(phrase[0]) == 1 else "")
            for phrase in query_phrases(query)
        )
        ask = "select rowid from t where t match ?"
        narrowed = {row for (row,) in db.execute(ask, (match,))} if match else set()
    db.close()
    truth = {number for number, text in enumerate(rows) if found(query, text)}
    assert {number for number in narrowed if found(query, rows[number])} == truth
