"""全覆盖宣传: who was told of a vote, who is still to be reached, and the form to record it."""

import pyarrow as pa
import streamlit as st

from db.elections.coverage import WHILE, BuildingReached, Map, coverage, record_outreach
from db.now import now
from db.votes.views import VoteView
from domain.days import local_day
from domain.outreach import CONTACT_WORDS, REACH_WORDS, RECORDED, Contacted, Reach
from domain.thresholds import percent
from pages.parts import export
from pages.parts.choice import plain_choice
from pages.parts.election_chart import chart, name_of
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _, opening

FEW = 7  # rows that need no scrolling


def section(view: VoteView) -> None:
    """The map of one vote."""
    found = coverage(actor(), view.line.code)
    if not found.total.units:
        st.info(
            _("The owners' roll is empty: import it, then the map of who was told stands here."),
            icon=":material/info:",
        )
        return
    figures(found)
    left, right = st.columns([3, 2], gap="large")
    with left:
        chart(found)
        by_way(found)
    with right:
        if view.line.stage in WHILE:
            record(view.line.code, found)
        missing(found)


def figures(found: Map) -> None:
    """The whole estate in three numbers."""
    total = found.total
    parts = (
        (Reach.IN_PERSON, total.in_person),
        (Reach.POSTER_ONLY, total.poster_only),
        (Reach.NOT_YET, total.not_yet),
    )
    for column, (reach, number) in zip(st.columns(3), parts, strict=True):
        column.metric(
            f"{_(REACH_WORDS[reach])} · {percent(number, total.units)}%",
            _("{n} of {all} flats", n=number, all=total.units),
        )


def by_way(found: Map) -> None:
    """How it was done; one flat may have been told in several ways."""
    told = [
        f"{opening(_(CONTACT_WORDS[way]))} {found.ways[way]}"
        for way in Contacted
        if found.ways.get(way)
    ]
    if told:
        st.caption(" · ".join(told))


def record(code: str, found: Map) -> None:
    """Record many flats of one building at once."""
    st.subheader(_("Record who was told"), anchor=False)
    names = {place: name_of(one) for place, one in enumerate(found.buildings)}
    plain_choice(_("Building"), names, "vote_told_building", 0)
    building = found.buildings[st.session_state.get("vote_told_building") or 0]
    form = Form(f"vote_told_{code}_{building.id or 0}")
    labels = {unit.id: short(unit.label, building) for unit in building.units}
    rest = [unit.id for unit in building.units if unit.reach is not Reach.IN_PERSON]
    with st.form(form.key("form")):
        ways = {way: opening(_(CONTACT_WORDS[way])) for way in RECORDED}
        plain_choice(_("How?"), ways, form.key("way"), Contacted.VISIT)
        form.mend("way")
        st.date_input(
            _("When?"),
            value=local_day(now()),
            max_value=local_day(now()),
            key=form.key("on"),
            format="YYYY-MM-DD",
        )
        form.mend("on")
        st.pills(
            _("Flats not reached in person yet"),
            rest,
            selection_mode="multi",
            format_func=lambda unit: labels[int(unit)],
            key=form.key("units"),
        )
        st.checkbox(_("All flats of the building"), key=form.key("all"))
        form.mend("units")
        every = tuple(labels)
        form.submit(_("Record it"), save, code, every)


def save(sent: Sent, code: str, every: tuple[int, ...]) -> None:
    """Record it."""
    chosen = every if sent.pick("all") else [int(unit) for unit in sent.many("units")]
    day = sent.pick("on") or local_day(now())
    way = Contacted(sent.pick("way") or Contacted.VISIT)
    record_outreach(actor(), now(), code, chosen, way, day, sent.once)


def missing(found: Map) -> None:
    """The flats that nobody was reached in, by building."""
    rows = [
        (name_of(one), short(unit.label, one), _(REACH_WORDS[unit.reach]))
        for one in found.buildings
        for unit in one.units
        if unit.reach is not Reach.IN_PERSON
    ]
    if not rows:
        return
    st.subheader(_("Still to be reached"), anchor=False)
    export.frame(
        pa.table(
            {
                "building": [row[0] for row in rows],
                "flat": [row[1] for row in rows],
                "so_far": [row[2] for row in rows],
            }
        ),
        hide_index=True,
        height="content" if len(rows) <= FEW else 280,
        key="vote_told_missing",
        alt=_("Flats that were not reached in person yet"),
        column_config={
            "building": st.column_config.TextColumn(_("Building"), width=90),
            "flat": st.column_config.TextColumn(_("Flat"), width=110),
            "so_far": st.column_config.TextColumn(_("So far"), width=110),
        },
    )


def short(label: str, one: BuildingReached) -> str:
    """A flat without its building's name."""
    return label.removeprefix(f"{one.name} ")
