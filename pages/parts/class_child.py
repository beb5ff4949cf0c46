"""One child's file: whom to ring, who may fetch it, what was agreed to, its courses."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from db.classes import agreeing, children, enrolling
from db.classes.children import ChildLine
from db.classes.reads import TermView
from db.now import now
from domain.classes import CONSENT, ClassConsent
from pages.parts import class_history, class_seen
from pages.parts.choice import plain_choice
from pages.parts.class_enrol import child_fields, child_words
from pages.parts.class_lesson import numbers
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _, opening


def one(view: TermView, child: ChildLine) -> None:
    """The file, with what the staff changes in it."""
    term = view.line.code
    st.subheader(f"{plain(child.name)} {plain(child.grade)}", anchor=False)
    with st.container(horizontal=True, gap="small"):
        numbers(child)
        change(term, child)
    if child.note:
        st.badge(plain(child.note), icon=":material/medical_information:", color="orange")
    left, right = st.columns(2, gap="medium")
    with left:
        fetchers(term, child)
        courses(view, child)
    with right:
        consents(term, child)
    class_history.show(child)


def change(term: str, child: ChildLine) -> None:
    """Another number, another grade."""
    with st.popover(_("Change the contacts"), icon=":material/edit:"):
        form = Form(f"child_change_{child.code}")
        with st.form(form.key("form"), border=False):
            child_fields(form, child)
            form.submit(_("Save"), save_change, term, child.code, main=False)


def save_change(sent: Sent, term: str, child: str) -> None:
    """Keep it."""
    words = child_words(sent)
    then(sent, term, lambda: enrolling.change_child(actor(), now(), child, words))


def fetchers(term: str, child: ChildLine) -> None:
    """Who may fetch it; the guardian says so on the telephone or in person."""
    heading = _("May fetch the child")
    st.markdown(f"**{heading}**")
    for person in child.fetchers:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(plain(" ".join(part for part in (person.name, person.phone) if part)))
            Form(f"child_unfetch_{person.code}").button(
                _("Take off the list"),
                then,
                term,
                lambda code=person.code: agreeing.end_fetcher(actor(), now(), child.code, code),
                main=False,
                icon=":material/close:",
            )
    with st.popover(_("Somebody more may fetch"), icon=":material/person_add:"):
        form = Form(f"child_fetch_{child.code}")
        with st.form(form.key("form"), border=False):
            st.text_input(_("Name"), key=form.key("name"), max_chars=60)
            st.text_input(_("Phone"), key=form.key("phone"), max_chars=30)
            form.mend("fetchers")
            form.submit(_("Save"), add_fetcher, term, child.code, main=False)


def courses(view: TermView, child: ChildLine) -> None:
    """Its courses, and one more."""
    names = {line.code: line.name for line in view.courses}
    heading = _("Courses")
    st.markdown(f"**{heading}**")
    for code in (*child.courses, *child.waiting):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            name = names.get(code, "")
            waits = code in child.waiting
            st.markdown(plain(_("{name} (waiting)", name=name) if waits else name))
            Form(f"child_leave_{child.code}_{code}").button(
                _("Leaves the course"),
                then,
                view.line.code,
                lambda code=code: enrolling.leave(actor(), now(), child.code, code),
                main=False,
                icon=":material/logout:",
            )
    more = {
        code: name for code, name in names.items() if code not in (*child.courses, *child.waiting)
    }
    if more:
        with st.popover(_("A further course"), icon=":material/add:"):
            form = Form(f"child_join_{child.code}")
            with st.form(form.key("form"), border=False):
                plain_choice(_("Course"), more, form.key("course"), next(iter(more)))
                form.mend("course")
                form.submit(_("Enrol"), join, view.line.code, child.code, main=False)


def consents(term: str, child: ChildLine) -> None:
    """What the guardian agreed to, who said so and when; taken back by one button."""
    heading = _("Agreed to")
    st.markdown(f"**{heading}**")
    for line in child.consents:
        said = opening(_(CONSENT[line.consent]))
        st.write(said)
        words = _("{name}, {when}", name=line.given_by, when=moment(line.given_at))
        if line.withdrawn_at is not None:
            words += " · " + _("taken back {when}", when=moment(line.withdrawn_at))
        st.caption(plain(words))
        if line.withdrawn_at is None and line.consent is not ClassConsent.DATA:
            Form(f"child_withdraw_{child.code}_{line.consent.value}").button(
                _("Take the agreement back"),
                then,
                term,
                lambda one=line.consent: agreeing.withdraw_consent(actor(), now(), child.code, one),
                main=False,
                icon=":material/undo:",
            )
    for consent in ClassConsent:
        if not child.agrees(consent):
            Form(f"child_agree_{child.code}_{consent.value}").button(
                plain(_("Agrees: {what}", what=_(CONSENT[consent]))),
                then,
                term,
                lambda one=consent: agreeing.give_consent(actor(), now(), child.code, one),
                main=False,
                icon=":material/check:",
            )
    with st.popover(_("Leaves the class"), icon=":material/delete_forever:"):
        st.write(_("The child leaves all courses; names and numbers are erased at once."))
        Form(f"child_withdraw_{child.code}").button(
            _("Erase and leave"),
            then,
            term,
            lambda: agreeing.withdraw_consent(actor(), now(), child.code, ClassConsent.DATA),
            main=False,
        )


def then(_sent: Sent, term: str, act: Callable[[], Any]) -> None:
    """Do it, and show the list as it is now."""
    act()
    class_seen.keep(term, lambda: children.look_at_term(actor(), now(), term))


def add_fetcher(sent: Sent, term: str, child: str) -> None:
    """Somebody more."""
    name, phone = sent.text("name"), sent.text("phone")
    then(sent, term, lambda: agreeing.add_fetcher(actor(), now(), child, name, phone))


def join(sent: Sent, term: str, child: str) -> None:
    """A further course."""
    course = str(sent.pick("course"))
    then(sent, term, lambda: enrolling.join(actor(), now(), child, course))
