"""The committee's meeting: one form with everybody's presence and choices."""

from datetime import time

import streamlit as st

from db.elections.committee_meeting import SOURCE, MeetingForm, meeting_form, record_meeting
from db.now import now
from db.votes.views import VoteView
from domain.days import at_local, local_day
from domain.errors import N_
from domain.standing import Choice
from domain.votes import Stage
from pages.parts.election_words import day_of
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, opening

CHOICE = {
    Choice.YES: N_("in favour"),
    Choice.NO: N_("against"),
    Choice.ABSTAIN: N_("abstains"),
}
CHOICES = tuple(CHOICE)
USUAL_TIME = time(20)  # committees meet after work


def section(view: VoteView) -> None:
    """The form on the posted day; afterwards who was there."""
    found = meeting_form(actor(), now(), view.line.code)
    st.caption(
        _(
            "More than half of the members must be present, and more than half of all members in "
            "favour; nobody votes for an absent member ({source}).",
            source=SOURCE,
        )
    )
    if found.present is not None:
        attendance(found)
    elif not found.members:
        st.warning(
            _("The estate has no committee on the list. Enter it on the page of all votes."),
            icon=":material/groups:",
        )
    elif view.line.stage is not Stage.NOTICED or found.meets_on is None:
        st.info(_("Write the questions and post the agenda first."), icon=":material/info:")
    elif local_day(now()) < found.meets_on:
        st.info(
            _(
                "The agenda is posted for {day}. Record the meeting here when it is over.",
                day=day_of(found.meets_on),
            ),
            icon=":material/event:",
        )
    else:
        record_form(view.line.code, found)


def attendance(found: MeetingForm) -> None:
    """Who was present."""
    present = found.present or {}
    for key, name in found.members:
        icon = "check_circle" if present[key] else "cancel"
        word = _("present") if present[key] else _("absent")
        st.markdown(f":material/{icon}: {plain(name)} · {word}")


def record_form(code: str, found: MeetingForm) -> None:
    """Everybody's presence and choices."""
    form = Form(f"vote_meeting_{code}")
    words = {choice: opening(_(CHOICE[choice])) for choice in CHOICES}
    with st.form(form.key("form")):
        st.time_input(_("When did it end?"), value=USUAL_TIME, step=300, key=form.key("clock"))
        form.mend("held_at")
        for key, name in found.members:
            with st.container(border=True, gap="xsmall"):
                st.checkbox(_("{name} was present", name=plain(name)), key=form.key(f"there_{key}"))
                for position, question in found.questions:
                    st.segmented_control(
                        plain(question),
                        list(CHOICES),
                        format_func=lambda choice: words[Choice(choice)],
                        key=form.key(f"choice_{key}_{position}"),
                    )
        form.mend("members", *(f"choice_{position}" for position, _name in found.questions))
        form.submit(_("Record the meeting and count"), record, code, found)


def record(sent: Sent, code: str, found: MeetingForm) -> None:
    """Record it; who is not ticked was absent."""
    day = found.meets_on or local_day(now())
    choices = {
        key: {
            position: Choice(chosen)
            for position, _question in found.questions
            if (chosen := sent.pick(f"choice_{key}_{position}"))
        }
        for key, _name in found.members
        if sent.pick(f"there_{key}")
    }
    held_at = at_local(day, sent.pick("clock") or USUAL_TIME)
    record_meeting(actor(), now(), code, held_at=held_at, choices=choices, key=sent.once)
