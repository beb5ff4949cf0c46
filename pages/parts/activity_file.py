"""One activity: when and where, what can be done with it, its people, what they said."""

import streamlit as st

from db.activities.reads import ActivityFile, Feedback, activity
from db.activities.views import ActivityView
from db.now import now
from domain.activities import KIND
from domain.people import Right
from pages.parts import activity_change, activity_people
from pages.parts.activity_words import open_activity, people_words, when
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _, ngettext, opening

POSTERS = "/print/activity"


def show(code: str) -> None:
    """Everything about it; names for the office alone."""
    found = activity(actor(), now(), code)
    view = found.view
    head(view)
    if view.public:
        links(view)
    office = actor().may(Right.HANDLE)
    if office and (view.sign_up or view.starts_at <= now()) and not view.cancelled:
        activity_people.show(view)
    elif office and view.counts.to_tell:
        activity_people.to_tell(view)
    if found.feedback.given:
        said(found.feedback)
    if office:
        activity_change.show(found)
    if found.series is not None:
        dates(found)


def head(view: ActivityView) -> None:
    """What, when, where, and how it stands."""
    st.subheader(plain(view.title), anchor=False)
    with st.container(horizontal=True, gap="small"):
        st.badge(opening(_(KIND[view.kind])), color="green")
        if view.cancelled:
            st.badge(_("Cancelled"), icon=":material/event_busy:", color="red")
        if view.by_hand and not view.cancelled:
            st.badge(_("Moved from its series"), icon=":material/moving:", color="gray")
        if not view.public:
            st.badge(_("Not public"), icon=":material/lock:", color="gray")
        if view.sign_up and view.free == 0 and not view.cancelled:
            st.badge(_("Full"), icon=":material/group:", color="orange")
    people = people_words(view)
    lines = [
        f":material/schedule: {when(view)}",
        f":material/location_on: {plain(view.where)}",
        f":material/group: {people}" if people else "",
        f":material/handshake: {plain(view.unit)}" if view.unit else "",
    ]
    st.markdown("  \n".join(line for line in lines if line))
    if view.cancelled and len(view.reason) > 1:
        st.text(view.reason)
    if view.words:
        st.text(view.words)


def links(view: ActivityView) -> None:
    """What residents see, and what is printed."""
    with st.container(horizontal=True):
        st.link_button(
            _("Page for residents"), f"/activity/{view.code}", icon=":material/open_in_new:"
        )
        if not view.cancelled:
            address = f"{POSTERS}?code={view.code}"
            if view.series is not None:
                address += "&all=1"
            st.link_button(_("Print posters"), address, icon=":material/print:")


def said(feedback: Feedback) -> None:
    """How it was, of how many, and their words."""
    st.subheader(_("How it was"), anchor=False)
    st.markdown(
        ngettext(
            "{average} of 5, said by {n} person",
            "{average} of 5, said by {n} people",
            feedback.given,
            average=f"{feedback.average:.1f}",
        )
    )
    for words in feedback.opinions:
        st.text(f"“{words}”")


def dates(found: ActivityFile) -> None:
    """The other dates of its series."""
    if not found.others:
        return
    with st.expander(_("Other dates of this series"), icon=":material/event_repeat:"):
        for view in found.others:
            label = when(view)
            if view.cancelled:
                label = _("Cancelled: {title}", title=label)
            elif view.title != found.view.title:
                label = f"{label} · {view.title}"
            people = people_words(view)
            st.button(
                plain(f"{label} · {people}" if people else label),
                key=f"activity_other_{view.code}",
                type="tertiary",
                on_click=open_activity,
                args=(view.code,),
                help=moment(view.starts_at),
            )
