"""Terms of the class: opened, changed, and who is on their staff; for the secretary."""

from datetime import date, timedelta

import streamlit as st

from db.classes import terms
from db.classes.reads import TermView
from db.now import now
from domain.classes import days_typed
from domain.days import local_day
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _

USUAL = timedelta(weeks=18)


def show(view: TermView | None) -> None:
    """The term that is shown with its staff, and the form for a further one."""
    if view is not None:
        staff(view)
        with st.expander(_("Change this term"), icon=":material/edit:"):
            term_form(view)
    with st.expander(
        _("Open a term"), icon=":material/add:", expanded=view is None, key="class_open_box"
    ):
        term_form(None)


def staff(view: TermView) -> None:
    """Who sees the children besides the secretary and each course's teacher."""
    st.subheader(_("Who sees the children"), anchor=False)
    st.write(
        _(
            "The secretary, each course's teacher during the term, and whoever is named here. "
            "Everybody else sees numbers."
        )
    )
    code = view.line.code
    named = terms.staff(actor(), code)
    for key, name in named.items():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f":material/badge: {plain(name)}")
            Form(f"class_release_{code}_{key}").button(
                _("Take off the list"), release, code, key, main=False, icon=":material/close:"
            )
    others = {key: name for key, name in terms.nameable(actor()).items() if key not in named}
    form = Form(f"class_name_{code}")
    with st.form(form.key("form")):
        plain_choice(_("Social worker or squad leader"), others, form.key("account"), None)
        form.mend("account")
        form.submit(_("Name for the staff"), name_one, code)


def term_form(view: TermView | None) -> None:
    """Name, days, and days without lessons."""
    form = Form(f"class_term_{view.line.code if view else 'new'}")
    today = local_day(now())
    starts = view.line.starts_on if view else today
    ends = view.line.ends_on if view else today + USUAL
    with st.form(form.key("form"), border=False):
        st.text_input(
            _("Name of the term"),
            view.line.name if view else "",
            key=form.key("name"),
            max_chars=60,
            placeholder=_("Such as: autumn 2026"),
        )
        form.mend("name")
        with st.container(horizontal=True, gap="medium"):
            st.date_input(
                _("First day of the term"), starts, key=form.key("starts"), format="YYYY-MM-DD"
            )
            st.date_input(
                _("Last day of the term"), ends, key=form.key("ends"), format="YYYY-MM-DD"
            )
        form.mend("starts", "ends")
        st.text_area(
            _("Days without lessons besides holidays, one a line"),
            "\n".join(day.isoformat() for day in view.free) if view else "",
            key=form.key("free"),
            height=80,
            placeholder="2026-04-07",
        )
        form.mend("free")
        if view:
            form.submit(_("Save"), save, view.line.code, main=False)
        else:
            form.submit(_("Open the term"), open_one, main=False)


def days(sent: Sent) -> dict[str, date]:
    """First and last day as they were chosen."""
    return {"starts_on": sent.pick("starts"), "ends_on": sent.pick("ends")}


def open_one(sent: Sent) -> None:
    """Open it."""
    terms.open_term(
        actor(),
        now(),
        name=sent.text("name"),
        free=days_typed(sent.text("free")),
        once_key=sent.once,
        **days(sent),
    )


def save(sent: Sent, code: str) -> None:
    """Keep the changes; lessons to come follow."""
    free = days_typed(sent.text("free"))
    terms.change_term(actor(), now(), code, name=sent.text("name"), free=free, **days(sent))


def name_one(sent: Sent, code: str) -> None:
    """Name somebody."""
    terms.name_staff(actor(), now(), code, int(sent.pick("account") or 0))


def release(_sent: Sent, code: str, account: int) -> None:
    """Take somebody off."""
    terms.release_staff(actor(), now(), code, account)
