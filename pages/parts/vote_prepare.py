"""A vote is prepared: its questions, its notice, its tellers, and the list before opening."""

from datetime import date, time, timedelta

import streamlit as st

from db.now import now
from db.votes import opening as opens
from db.votes import preparing
from db.votes.preparing import MOST_QUESTIONS, QuestionIn
from db.votes.reads import possible_tellers
from db.votes.views import VoteView
from domain.days import at_local, local_day
from domain.timeline_of_vote import Milestone
from domain.votes import NEED_WORDS, Stage
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, ngettext

CLOSING_TIME = time(18)  # proposed: people who count are still there
USUAL_DAYS = timedelta(days=7)  # of voting, as proposed


def questions_form(view: VoteView, main: bool) -> None:
    """Write the questions; one empty field more than there are."""
    form = Form("vote_questions")
    shown = min(MOST_QUESTIONS, max(3, len(view.questions) + 1))
    with st.form(form.key("form"), border=False):
        for number in range(1, shown + 1):
            known = view.questions[number - 1] if number <= len(view.questions) else None
            st.text_input(
                _("Question {n}", n=number),
                value=known.name if known else "",
                max_chars=120,
                key=form.key(f"question_{number}"),
            )
            form.mend(f"question_{number}")
            st.text_area(
                _("What owners should know of question {n}", n=number),
                value=known.text if known else "",
                height=80,
                key=form.key(f"question_text_{number}"),
            )
            form.mend(f"question_text_{number}")
        st.caption(_("Leave a question empty to drop it. More fields appear once these are saved."))
        form.submit(_("Save the questions"), save_questions, view.line.code, shown, main=main)


def save_questions(sent: Sent, code: str, shown: int) -> None:
    """Put them in place of those before."""
    asked = [
        QuestionIn(sent.text(f"question_{number}"), sent.text(f"question_text_{number}"))
        for number in range(1, shown + 1)
        if sent.text(f"question_{number}").strip() or sent.text(f"question_text_{number}").strip()
    ]
    preparing.ask(actor(), now(), code, asked, key=sent.once)


def notice_form(view: VoteView) -> None:
    """Record that the notice hangs: from then on its questions are fixed."""
    form = Form("vote_notice")
    today = local_day(now())
    earliest = next(
        line.on for line in view.timetable if line.milestone is Milestone.MEETING and line.on
    )
    with st.form(form.key("form"), border=False):
        with st.grid(2, min_column_width=150):
            st.date_input(
                _("Notice posted on"),
                value=today,
                max_value=today,
                key=form.key("noticed_on"),
                format="YYYY-MM-DD",
            )
            st.date_input(
                _("First day of voting"),
                value=earliest,
                key=form.key("meets_on"),
                format="YYYY-MM-DD",
            )
            st.date_input(
                _("Last day of voting"),
                value=earliest + USUAL_DAYS,
                key=form.key("closes_on"),
                format="YYYY-MM-DD",
            )
            st.time_input(_("Closes at (o'clock)"), value=CLOSING_TIME, key=form.key("closes_time"))
        form.mend("noticed_on", "meets_on", "closes_at", "questions")
        st.caption(
            _("Posted today, voting can begin on {day} at the earliest.", day=earliest.isoformat())
        )
        form.submit(_("The notice is posted"), post, view.line.code)


def post(sent: Sent, code: str) -> None:
    """Record the notice."""
    preparing.post_notice(
        actor(),
        now(),
        code,
        noticed_on=sent.pick("noticed_on") or date.max,
        meets_on=sent.pick("meets_on") or date.min,
        closes_at=at_local(sent.pick("closes_on") or date.min, sent.pick("closes_time") or time()),
        key=sent.once,
    )


def tellers_form(view: VoteView) -> None:
    """Name who keys paper and may look at ballots."""
    form = Form("vote_tellers")
    names = dict(possible_tellers(actor(), view.line.code))
    with st.form(form.key("form"), border=False):
        st.multiselect(
            _("Tellers"),
            list(names),
            default=[key for key, _name in view.tellers if key in names],
            format_func=lambda key: names.get(key, ""),
            key=form.key("tellers"),
            placeholder=_("Two people or more"),
            help=_("They key paper ballots, each without seeing the other, and count again."),
        )
        form.mend("tellers")
        form.submit(_("Name the tellers"), name_tellers, view.line.code, main=False)


def name_tellers(sent: Sent, code: str) -> None:
    """Name them."""
    preparing.name_tellers(actor(), now(), code, sent.many("tellers"), sent.once)


def readiness(view: VoteView) -> None:
    """What is there and what is missing, then the one button; a person opens, not the clock."""
    lines = opens.ready(actor(), now(), view.line.code)
    missing = [line for line in lines if not line.met]
    st.subheader(
        ngettext("{n} thing is missing", "{n} things are missing", len(missing))
        if missing
        else _("Everything is ready"),
        anchor=False,
    )
    for line in lines:
        mark = ":green[:material/check_circle:]" if line.met else ":red[:material/cancel:]"
        found = f" ({line.found})" if line.found is not None else ""
        st.markdown(f"{mark} {_(NEED_WORDS[line.need])}{found}")
    if view.line.stage is Stage.NOTICED:
        if not missing:
            st.caption(_("Opening copies and seals the roll and the rules. It cannot be undone."))
            form = Form("vote_open")
            form.button(_("Open the vote"), open_now, view.line.code, icon=":material/how_to_vote:")
        else:
            st.caption(_("The vote can be opened once all of it is there."))


def open_now(sent: Sent, code: str) -> None:
    """Open it."""
    opens.open_vote(actor(), now(), code, sent.once)


def withdraw_form(view: VoteView) -> None:
    """Take the notice back to change the questions."""
    form = Form("vote_withdraw")
    with st.form(form.key("form"), border=False):
        st.text_input(_("Why is the notice taken back?"), key=form.key("reason"))
        form.mend("reason")
        st.caption(_("The period between notice and voting then begins anew."))
        form.submit(_("Take the notice back"), withdraw, view.line.code, main=False)


def withdraw(sent: Sent, code: str) -> None:
    """Take it back."""
    preparing.withdraw_notice(actor(), now(), code, sent.text("reason"))


def cancel_form(view: VoteView) -> None:
    """End the vote without a result."""
    form = Form("vote_cancel")
    with st.form(form.key("form"), border=False):
        st.text_area(_("Why does it end without a result?"), height=80, key=form.key("reason"))
        form.mend("reason")
        form.submit(_("End it without a result"), cancel, view.line.code, main=False)


def cancel(sent: Sent, code: str) -> None:
    """End it."""
    preparing.cancel(actor(), now(), code, sent.text("reason"), sent.once)


def questions_shown(view: VoteView) -> None:
    """The questions as they are fixed."""
    for question in view.questions:
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{question.position}. {plain(question.name)}**")
            if question.text:
                st.text(question.text)
