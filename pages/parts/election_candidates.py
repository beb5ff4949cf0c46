"""The candidates of an election: each with what stands against them, and the form for one."""

import streamlit as st

from db.elections import candidates as writing
from db.elections.candidate_list import CandidateView, Field, candidates, photo_of
from db.now import now
from db.votes.views import VoteView
from domain.candidacy import RULES, SOURCE_WORDS, Hurdle
from domain.days import local_day
from domain.votes import Stage
from pages.parts import election_papers
from pages.parts.election_candidate_form import candidate_form
from pages.parts.election_words import day_of
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _

WIDTH = 84  # leaves room for the words beside it on a phone


def section(view: VoteView) -> None:
    """Everybody who stands, and while it is prepared the form for another."""
    st.subheader(_("Candidates"), anchor=False)
    field = candidates(actor(), view.line.code)
    for one in field.candidates:
        card(view, one)
    if not field.candidates:
        st.info(_("Nobody stands yet. Enter the first candidate."), icon=":material/info:")
    for name, why in field.withdrawn:
        st.caption(_("Withdrawn: {name}. {why}", name=plain(name), why=plain(why)))
    if view.line.stage is Stage.PREPARING:
        with st.expander(_("Enter a candidate"), expanded=not field.candidates):
            candidate_form(view.line.code, None)


def card(view: VoteView, one: CandidateView) -> None:
    """One candidate."""
    with st.container(border=True):
        with st.container(horizontal=True, gap="medium"):
            if one.photo:
                st.image(
                    photo_of(actor(), view.line.code, one.id),
                    width=WIDTH,
                    alt=_("Photo of {name}", name=one.name),
                )
            with st.container(gap="xsmall", width="stretch"):
                head(one)
                st.text(one.statement or _("No statement was handed in."))
        if view.line.stage in (Stage.PREPARING, Stage.NOTICED):
            for hurdle in one.hurdles:
                obstacle(view.line.code, one, hurdle)
        # Drawn when asked for: each of these forms holds the whole list of owners.
        if view.line.stage is Stage.PREPARING and st.toggle(
            _("Change, or withdraw"), key=f"vote_edit_{one.id}"
        ):
            candidate_form(view.line.code, one)
            withdraw_form(view.line.code, one)


def head(one: CandidateView) -> None:
    """Number, name, whether ready, and where the owner is on the roll."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{one.position}. {plain(one.name)}**")
        if one.ready:
            st.badge(_("may stand"), icon=":material/check_circle:", color="green")
        elif one.seen_on is None:
            st.badge(_("declaration missing"), icon=":material/edit_document:", color="orange")
        else:
            st.badge(_("obstacle to clear"), icon=":material/warning:", color="red")
    told = [one.office, _("for {units}", units="、".join(one.units)) if one.units else ""]
    told += [_("put forward by {who}", who=one.recommended) if one.recommended else ""]
    told += [_("declared on {day}", day=day_of(one.seen_on)) if one.seen_on else ""]
    st.caption(plain(" · ".join(part for part in told if part)))


def obstacle(code: str, one: CandidateView, hurdle: Hurdle) -> None:
    """One obstacle with its source, and why it was cleared or the form for that."""
    rule = RULES[hurdle.obstacle]
    said = f"{_(rule.words)} · {_(SOURCE_WORDS[hurdle.source])} · {rule.basis}"
    if hurdle.cleared:
        st.success(plain(said), icon=":material/task_alt:")
        st.caption(_("Cleared: {why}", why=plain(hurdle.cleared)))
    else:
        st.error(plain(said), icon=":material/warning:")
    form = Form(f"vote_clear_{one.id}_{hurdle.obstacle}")
    with (
        st.expander(_("Clear it with a reason") if not hurdle.cleared else _("Change the reason")),
        st.form(form.key("form"), border=False),
    ):
        st.text_input(
            _("Why does it not stand against {name}?", name=plain(one.name)),
            value=hurdle.cleared or "",
            max_chars=500,
            key=form.key("reason"),
            help=_("Empty takes the clearing back."),
        )
        form.mend("reason")
        form.submit(_("Save the reason"), clear, code, one.id, hurdle, main=False)


def clear(sent: Sent, code: str, candidate_id: int, hurdle: Hurdle) -> None:
    """Clear it, or take it back."""
    writing.clear_obstacle(
        actor(), now(), code, candidate_id, hurdle.obstacle, sent.text("reason"), sent.once
    )


def withdraw_form(code: str, one: CandidateView) -> None:
    """Off the list, with a reason."""
    form = Form(f"vote_withdraw_{one.id}")
    with st.form(form.key("form"), border=False):
        st.text_input(_("Why is the candidate withdrawn?"), max_chars=500, key=form.key("reason"))
        form.mend("reason")
        form.submit(_("Withdraw the candidate"), withdraw, code, one.id, main=False)


def withdraw(sent: Sent, code: str, candidate_id: int) -> None:
    """Withdraw."""
    writing.withdraw_candidate(actor(), now(), code, candidate_id, sent.text("reason"), sent.once)


def before_opening(view: VoteView) -> None:
    """Whether there are enough, and the public display."""
    field = candidates(actor(), view.line.code)
    st.subheader(_("Enough candidates?"), anchor=False)
    st.metric(
        _(
            "Candidates, at least {fewest} for {seats} seats",
            fewest=field.fewest,
            seats=field.seats,
        ),
        str(len(field.candidates)),
    )
    if len(field.candidates) < field.fewest:
        waiver(view, field)
    st.subheader(_("Public display"), anchor=False)
    if field.displayed_on and field.until_on:
        st.success(
            _(
                "Displayed on {day}; objections until {until} ({source}).",
                day=day_of(field.displayed_on),
                until=day_of(field.until_on),
                source=plain(field.days_source),
            ),
            icon=":material/visibility:",
        )
        st.link_button(
            _("See what owners see"), f"/guide/{view.line.code}", icon=":material/open_in_new:"
        )
    elif field.candidates:
        display_form(view)
    st.caption(_("A change of the candidates ends the display; it then begins anew."))
    if field.candidates:
        election_papers.before_the_vote(view)


def waiver(view: VoteView, field: Field) -> None:
    """Fewer than 1.2 a seat, with the reason."""
    form = Form(f"vote_waive_{view.line.code}")
    with st.form(form.key("form"), border=False):
        st.text_input(
            _("Why may there be fewer?"),
            value=field.waived or "",
            max_chars=500,
            key=form.key("waived"),
            help=_("It stands in the minutes. Empty takes it back."),
        )
        form.mend("waived")
        form.submit(_("Save the reason"), waive, view.line.code, main=False)


def waive(sent: Sent, code: str) -> None:
    """Write it down."""
    writing.waive_number(actor(), now(), code, sent.text("waived"), sent.once)


def display_form(view: VoteView) -> None:
    """Record that they hang out."""
    form = Form(f"vote_display_{view.line.code}")
    today = local_day(now())
    with st.form(form.key("form"), border=False):
        st.date_input(
            _("Displayed since"),
            value=today,
            max_value=today,
            key=form.key("displayed_on"),
            format="YYYY-MM-DD",
        )
        form.mend("displayed_on")
        form.submit(_("Record the display"), display, view.line.code, main=False)


def display(sent: Sent, code: str) -> None:
    """Record it."""
    since = sent.pick("displayed_on") or local_day(now())
    writing.display(actor(), now(), code, since, sent.once)
