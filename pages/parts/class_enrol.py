"""Enrolling a child, as its guardian asks for it."""

import streamlit as st

from db.classes import children, enrolling
from db.classes.children import ChildLine
from db.classes.enrolling import ChildWords, Contacts
from db.classes.reads import CourseLine, TermView
from db.now import now
from domain.classes import CONSENT, ClassConsent, fetchers_typed
from pages.parts import class_seen
from pages.parts.class_courses import when
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, opening

WAITING = "class_waiting"


def enrol(view: TermView, *, main: bool) -> None:
    """The form."""
    waiting = st.session_state.pop(WAITING, ())
    if waiting:
        names = _(", ").join(line.name for line in view.courses if line.code in waiting)
        st.info(
            plain(
                _(
                    "Enrolled. These courses are full, the child waits for a place: {names}",
                    names=names,
                )
            ),
            icon=":material/hourglass_top:",
        )
    with st.expander(_("Enrol a child"), icon=":material/person_add:", expanded=False):
        if not view.courses:
            st.info(_("This term has no course yet."), icon=":material/school:")
            return
        form = Form(f"class_enrol_{view.line.code}")
        with st.form(form.key("form"), border=False):
            fields(form, {line.code: line for line in view.courses})
            form.submit(_("Enrol"), save, view.line.code, main=main)


def fields(form: Form, courses: dict[str, CourseLine]) -> None:
    """Child, contacts, courses, who may fetch it, consents."""
    child_fields(form, None)
    st.multiselect(
        _("Courses"),
        list(courses),
        format_func=lambda code: plain(said(courses[code])),
        key=form.key("courses"),
        placeholder=_("Choose"),
    )
    form.mend("courses", "course")
    st.text_area(
        _("Who else may fetch the child: name and number, one a line"),
        key=form.key("fetchers"),
        height=80,
    )
    form.mend("fetchers")
    heading = _("The guardian agrees that")
    st.markdown(f"**{heading}**")
    for one in ClassConsent:
        st.checkbox(opening(_(CONSENT[one])), key=form.key(one.value))
    form.mend("consent")


def child_fields(form: Form, child: ChildLine | None) -> None:
    """The child, whom to ring, and what a teacher must know."""

    def line(field: str, label: str, longest: int) -> None:
        was = str(getattr(child, field) or "") if child is not None else ""
        st.text_input(label, was, key=form.key(field), max_chars=longest)

    with st.container(horizontal=True, gap="medium"):
        line("name", _("Child's name"), 60)
        line("grade", _("Grade"), 20)
    form.mend("name", "grade")
    with st.container(horizontal=True, gap="medium"):
        line("guardian", _("Guardian"), 60)
        line("guardian_phone", _("Guardian's phone"), 30)
    form.mend("guardian", "guardian_phone")
    with st.container(horizontal=True, gap="medium"):
        line("emergency", _("If nobody answers, ring"), 60)
        line("emergency_phone", _("Their phone"), 30)
    form.mend("emergency", "emergency_phone")
    line("note", _("What a teacher must know, such as an allergy"), 300)
    form.mend("note")


def child_words(sent: Sent) -> ChildWords:
    """The form as the functions take it."""
    return ChildWords(
        name=sent.text("name"),
        grade=sent.text("grade"),
        contacts=Contacts(
            sent.text("guardian"),
            sent.text("guardian_phone"),
            sent.text("emergency"),
            sent.text("emergency_phone"),
        ),
        fetchers=fetchers_typed(sent.text("fetchers")),
        note=sent.text("note"),
    )


def said(line: CourseLine) -> str:
    """A course with what is free."""
    left = line.places - line.enrolled
    room = _("{n} free", n=left) if left > 0 and not line.waiting else _("waiting list")
    return f"{line.name} · {when(line)} · {room}"


def save(sent: Sent, term: str) -> None:
    """Enrol, and show the list with the child in it."""
    made = enrolling.enrol(
        actor(),
        now(),
        [str(code) for code in sent.many("courses")],
        child_words(sent),
        [one for one in ClassConsent if sent.pick(one.value)],
        sent.once,
    )
    st.session_state[WAITING] = made.waiting
    class_seen.keep(term, lambda: children.look_at_term(actor(), now(), term))
