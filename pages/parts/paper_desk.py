"""Paper ballots at the desk: numbered, issued, handed in, spoiled."""

import streamlit as st

from db.now import now
from db.votes import paper_desk, papers
from db.votes.links import link_lines
from db.votes.paper_desk import PaperDesk
from db.votes.serving import served_buildings
from db.votes.views import VoteView
from domain.votes import Stage
from pages.parts.forms import Form, Sent
from pages.parts.paper_count import reconciliation
from pages.parts.paper_keying import keying
from pages.parts.service_place import pick_building
from pages.parts.service_words import labels
from pages.parts.who import actor
from pages.parts.words import _

HANDING_IN, SPOILING, UNDOING = "receive", "spoil", "take_back"


def section(view: VoteView) -> None:
    """Keying first, as most waits there; then the desk's own work."""
    desk = paper_desk.paper_desk(actor(), view.line.code)
    figures(desk)
    left, right = st.columns(2, gap="large")
    with left:
        keying(view, desk)
    with right:
        if view.line.stage in (Stage.OPEN, Stage.COUNTING):
            number_form(view)
        reconciliation(view, desk)
    if view.line.stage is Stage.OPEN:
        with st.expander(_("Number and print ballots"), expanded=desk.stock.printed == 0):
            print_form(view, desk)
        with st.expander(_("Issue ballots")):
            issue_form(view)


def figures(desk: PaperDesk) -> None:
    """Where the ballots are."""
    book = desk.stock
    shown = (
        (_("Printed"), book.printed),
        (_("Unused"), book.unused),
        (_("Issued"), book.issued),
        (_("Spoiled"), book.spoiled),
        (_("Handed in"), book.received),
        (_("Keyed"), book.settled),
    )
    with st.container(horizontal=True, gap="large"):
        for label, number in shown:
            st.metric(label, number, width="content")


def number_form(view: VoteView) -> None:
    """One ballot by its number: handed in, spoiled, or handed in by mistake."""
    st.subheader(_("A ballot by its number"), anchor=False)
    form = Form("paper_number")
    deeds = {
        HANDING_IN: _("Handed in, signed"),
        SPOILING: _("Spoiled"),
        UNDOING: _("Was not handed in after all"),
    }
    with st.form(form.key("form"), border=False):
        st.text_input(_("Number"), key=form.key("number"))
        form.mend("number")
        st.segmented_control(
            _("What happened to it"),
            list(deeds),
            default=HANDING_IN,
            required=True,
            format_func=lambda one: deeds[one],
            key=form.key("deed"),
        )
        st.caption(_("A signed ballot that was handed in closes the owner's link; it counts."))
        form.submit(_("Save"), save_number, view.line.code, main=False)


def save_number(sent: Sent, code: str) -> None:
    """Do it."""
    deeds = {
        HANDING_IN: papers.receive,
        SPOILING: papers.spoil,
        UNDOING: papers.take_back,
    }
    deed = deeds[str(sent.pick("deed") or HANDING_IN)]
    deed(actor(), now(), code, papers.number_typed(sent.text("number")), sent.once)


def print_form(view: VoteView, desk: PaperDesk) -> None:
    """Number further ballots, and the way to their sheets."""
    form = Form("paper_print")
    with st.form(form.key("form"), border=False):
        st.number_input(
            _("How many more"),
            min_value=1,
            max_value=papers.MOST_AT_ONCE,
            value=20,
            key=form.key("many"),
        )
        form.mend("many")
        form.submit(_("Number them"), number_more, view.line.code, main=False)
    if desk.stock.printed:
        first, last = st.columns(2)
        begin = first.number_input(
            _("Print from number"), 1, desk.stock.printed, 1, key="paper_from"
        )
        most = min(desk.stock.printed, int(begin) + papers.MOST_SHEETS - 1)
        end = last.number_input(_("to number"), int(begin), most, most, key="paper_to")
        st.link_button(
            _("Open the sheets"),
            f"/print/vote/{view.line.code}/ballots?from={int(begin)}&to={int(end)}",
            icon=":material/print:",
        )


def number_more(sent: Sent, code: str) -> None:
    """Number them."""
    papers.print_papers(actor(), now(), code, int(sent.pick("many") or 0), sent.once)


def issue_form(view: VoteView) -> None:
    """Give the next unused ballots to owners of one building."""
    building = pick_building(served_buildings(actor(), view.line.code))
    lines = link_lines(actor(), view.line.code, building.id)
    names = {
        line.right_id: f"{labels(line.units)} · {'、'.join(line.names) or _('The developer')}"
        for line in lines
    }
    form = Form("paper_issue")
    with st.form(form.key("form"), border=False):
        st.multiselect(
            _("For whom"),
            list(names),
            format_func=lambda one: names.get(one, ""),
            key=form.key("rights"),
            placeholder=_("Choose"),
        )
        form.mend("rights")
        form.submit(_("Issue the next ballots"), issue, view.line.code, main=False)


def issue(sent: Sent, code: str) -> None:
    """Issue them."""
    papers.issue_papers(actor(), now(), code, sent.many("rights"), sent.once)
