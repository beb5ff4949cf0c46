"""The result of a counted vote: each question's figures against its threshold."""

import pyarrow as pa
import streamlit as st

from db.votes.reads import result_view
from db.votes.views import ResultView, VoteView
from documents import vote_sheet
from domain import vote_words
from domain.tally import Result, Silent, Tally
from domain.thresholds import Lane, Outcome, Weight
from domain.vote_words import square_metres
from pages.parts import export, export_votes
from pages.parts.show import plain
from pages.parts.vote_charts import Bar, progress, share
from pages.parts.vote_words import outcome_badge, per_cent
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _, opening, speak


def results(view: VoteView) -> ResultView | None:
    """All questions; None while there is nothing to show."""
    found = result_view(actor(), view.line.code)
    if found is None:
        return None
    if view.line.lane is Lane.ELECTION:
        seats(found)
    for place, question in enumerate(found.count.questions):
        one(view, found, question, place)
    export.downloads(export_votes.results(view, found), "vote_result")
    if view.invalid_source:
        st.caption(
            _(
                "How invalid ballots count was decided: {how} ({source})",
                how=_(vote_words.INVALID[view.invalid_chosen or view.rules.invalid]),
                source=plain(view.invalid_source),
            )
        )
    return found


def one(view: VoteView, found: ResultView, question: Result, place: int) -> None:
    """One question: outcome, both bars, the exact figures."""
    lane, tally = view.line.lane, found.count.tallies[question.question]
    with st.container(border=True, key=f"vote_question_{place}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{place + 1}. {plain(question.question)}**", width="stretch")
            outcome_badge(question.outcome)
        if lane is not Lane.COMMITTEE:
            bars(lane, question, place)
        st.caption(sentence(lane, question))
        if question.outcome is Outcome.DEPENDS_ON_INVALID:
            st.warning(
                _(
                    "With the {n} invalid ballots counted as taking part it ends otherwise than "
                    "without them. The tellers enter the rule that was decided.",
                    n=tally.invalid.heads,
                ),
                icon=":material/help:",
            )
        both_ways(view, found, question.question)
        with st.expander(_("Exact figures"), key=f"vote_figures_{place}"):
            table(question, tally)


def bars(lane: Lane, question: Result, place: int) -> None:
    """Approval against the majority, measured against those who took part."""
    whole, yes = question.participating, question.approving
    special = lane is Lane.SPECIAL
    line = 3 / 4 if special else 1 / 2
    reached = (
        (4 * yes.heads >= 3 * whole.heads, 4 * yes.area >= 3 * whole.area)
        if special
        else (2 * yes.heads > whole.heads, 2 * yes.area > whole.area)
    )
    by_heads, by_area = per_cent(yes.heads, whole.heads), per_cent(yes.area, whole.area)
    progress(
        [
            Bar(_("Heads"), share(yes.heads, whole.heads), by_heads, reached[0], line),
            Bar(_("Area"), share(yes.area, whole.area), by_area, reached[1], line),
        ],
        _("three quarters") if special else _("more than half"),
        _(
            "{question}: {outcome}, approved by {heads} of the heads and {area} of the area",
            question=question.question,
            outcome=_(vote_words.OUTCOME[question.outcome]),
            heads=by_heads,
            area=by_area,
        ),
        f"vote_result_{place}",
    )


def sentence(lane: Lane, question: Result) -> str:
    """The figures in words."""
    speak()
    return vote_sheet.sentence(lane, question)


def both_ways(view: VoteView, found: ResultView, name: str) -> None:
    """Strict and follow-majority side by side, where they are not the same."""
    strict = next((row for row in found.count.strict if row.question == name), None)
    following = next((row for row in found.count.following if row.question == name), None)
    if strict is None or following is None:
        return
    if name in found.differ and found.count.tallies[name].silent.heads:
        st.info(
            _(
                "More area is on one side and more heads on the other: there is no majority that "
                "silence could follow, so it is counted strictly."
            ),
            icon=":material/balance:",
        )
    if strict == following:
        return
    left, right = st.columns(2, border=True)
    for column, row, silent in (
        (left, strict, Silent.STRICT),
        (right, following, Silent.FOLLOW_MAJORITY),
    ):
        with column:
            st.markdown(f"**{opening(_(vote_words.SILENT[silent]))}**")
            with st.container(horizontal=True, gap="small"):
                outcome_badge(row.outcome)
                if view.rules.silent is silent:
                    st.badge(opening(_("this holds here")), icon=":material/check:", color="blue")
            st.caption(sentence(view.line.lane, row))


def table(question: Result, tally: Tally) -> None:
    """Every figure, exact."""
    rows: list[tuple[str, Weight, Weight]] = [
        (_("On the roll"), question.roll, question.roll),
        (_("Took part"), question.participating, question.roll),
        (_("In favour"), tally.yes, question.participating),
        (_("Against"), tally.no, question.participating),
        (_("Abstained"), tally.abstain, question.participating),
        (_("Invalid"), tally.invalid, question.participating),
        (_("Served, returned nothing"), tally.silent, question.roll),
    ]
    st.dataframe(
        pa.table(
            {
                "what": [what for what, _weight, _whole in rows],
                "heads": [weight.heads for _what, weight, _whole in rows],
                "heads_share": [per_cent(weight.heads, whole.heads) for _w, weight, whole in rows],
                "area": [square_metres(weight.area) for _what, weight, _whole in rows],
                "area_share": [per_cent(weight.area, whole.area) for _w, weight, whole in rows],
            }
        ),
        hide_index=True,
        alt=_("Exact figures of {question}", question=question.question),
        column_config={
            "what": st.column_config.TextColumn("", width="medium"),
            "heads": st.column_config.NumberColumn(_("Heads"), format="localized", width="small"),
            "heads_share": st.column_config.TextColumn("%", width="small"),
            "area": st.column_config.TextColumn(_("Area, m²"), width="small", alignment="right"),
            "area_share": st.column_config.TextColumn("%", width="small"),
        },
    )


def seats(found: ResultView) -> None:
    """Who is elected, who are alternates, who waits for the lot."""
    seating = found.count.seating
    with st.container(border=True):
        for words, names in (
            (_("Elected"), seating.elected),
            (_("Alternates"), seating.alternates),
            (_("Equal across the last seat: the lot decides"), seating.needs_lot),
        ):
            if names:
                st.markdown(f"**{words}**")
                st.text(_(", ").join(names))
        if not any((seating.elected, seating.alternates, seating.needs_lot)):
            st.markdown(_("No candidate reached the majority."))
        if found.draw is not None:
            st.caption(
                _(
                    "The lot was drawn {when} before {one} and {two}",
                    when=moment(found.draw.drawn_at),
                    one=plain(found.draw.witnesses[0]),
                    two=plain(found.draw.witnesses[1]),
                )
            )
