"""Forms of pages: sent once, whatever is clicked how often, and what was typed is kept."""

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from domain.errors import FieldError
    from pages.parts.forms import Form, Sent

    saved = st.session_state.setdefault("saved", [])

    def save(sent: Sent) -> None:
        if not sent.text("words"):
            raise FieldError("words", "Please write something here.")
        saved.append((sent.text("words"), sent.once))

    form = Form("letter")
    with st.form(form.key("form")):
        st.text_area("words", key=form.key("words"))
        form.mend("words")
        form.submit("save", save)
    # What the first form's button does, as a browser still shows it that is a moment behind.
    st.button("late", key="late", **st.session_state.setdefault("first", form.sends(save)))


@pytest.fixture
def shown() -> AppTest:
    return AppTest.from_function(page).run()


def test_after_saving_the_form_is_empty_and_has_another_key(shown: AppTest) -> None:
    shown.text_area(key="letter_words").set_value("first")
    shown.button(key="letter_save").click().run()
    assert shown.text_area(key="letter_words_1").value == ""
    shown.text_area(key="letter_words_1").set_value("second")
    shown.button(key="letter_save_1").click().run()
    saved = shown.session_state["saved"]
    assert [words for words, _once in saved] == ["first", "second"]
    assert saved[0][1] != saved[1][1]


def test_a_refused_form_keeps_its_key_and_what_was_typed(shown: AppTest) -> None:
    once = shown.session_state["form:letter"]["once"]
    shown.button(key="letter_save").click().run()
    assert len(shown.error) == 1
    shown.text_area(key="letter_words").set_value("now")
    shown.button(key="letter_save").click().run()
    assert shown.session_state["saved"] == [("now", once)]
    assert not shown.error


def test_a_late_click_on_a_form_that_was_saved_meanwhile_saves_nothing(shown: AppTest) -> None:
    shown.text_area(key="letter_words").set_value("once")
    shown.button(key="letter_save").click().run()
    shown.button(key="late").click().run()
    assert len(shown.session_state["saved"]) == 1
    assert shown.button(key="letter_save_1")
