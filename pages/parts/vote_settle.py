"""After the close: the count, the rule for invalid ballots, the publication."""

import streamlit as st

from db.now import now
from db.votes import counting
from db.votes.views import ResultView, VoteView
from domain import vote_words
from domain.tally import Invalid
from domain.thresholds import Outcome
from pages.parts import go
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _, ngettext, opening


def count_form(view: VoteView) -> None:
    """Count at once; the server does it by itself as soon as all paper is keyed."""
    if view.papers_waiting:
        st.warning(
            ngettext(
                "{n} paper ballot waits to be keyed by two people.",
                "{n} paper ballots wait to be keyed by two people.",
                view.papers_waiting,
            ),
            icon=":material/inventory:",
        )
        go.link("papers", _("To the paper ballots"), "inventory", {go.VOTE: view.line.code})
        return
    st.info(_("The vote is closed. No ballot is taken any more."), icon=":material/lock_clock:")
    if view.may_run:
        Form("vote_count").button(
            _("Count the ballots"), count, view.line.code, icon=":material/calculate:"
        )


def count(_sent: Sent, code: str) -> None:
    """Count."""
    counting.count_now(actor(), now(), code)


def settle(view: VoteView, found: ResultView) -> None:
    """What the result still needs: a rule, a draw, or nothing but its publication."""
    if any(one.outcome is Outcome.DEPENDS_ON_INVALID for one in found.count.questions):
        invalid_form(view)
    elif found.count.seating.needs_lot:
        st.info(
            _("A tie stands across the last seat: record the draw under “Candidates”."),
            icon=":material/casino:",
        )
    elif view.may_run:
        form = Form("vote_publish")
        st.caption(_("The result then stands on the public board and is changed no more."))
        form.button(_("Post the result"), publish, view.line.code, icon=":material/campaign:")


def invalid_form(view: VoteView) -> None:
    """The tellers enter how invalid ballots count, with the decision that says so."""
    if not view.is_teller:
        st.info(_("This vote's tellers enter how invalid ballots count."), icon=":material/info:")
        return
    form = Form("vote_invalid")
    rules = (Invalid.PARTICIPATES, Invalid.EXCLUDED)
    with st.form(form.key("form")):
        words = {rule: opening(_(vote_words.INVALID[rule])) for rule in rules}
        plain_choice(_("How do invalid ballots count?"), words, form.key("rule"), None)
        st.text_input(
            _("Which decision says so?"),
            key=form.key("source"),
            placeholder=_("Such as: rules of procedure, article 12"),
        )
        form.mend("source")
        form.submit(_("Enter the rule"), choose, view.line.code)


def choose(sent: Sent, code: str) -> None:
    """Enter it."""
    rule = sent.pick("rule") or Invalid.BOTH
    counting.choose_invalid(actor(), now(), code, rule, sent.text("source"), sent.once)


def publish(sent: Sent, code: str) -> None:
    """Publish."""
    counting.publish(actor(), now(), code, sent.once)
