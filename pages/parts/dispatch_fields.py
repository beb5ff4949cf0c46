"""The fields of a request for help: what, where, when, and for whom."""

from datetime import datetime, timedelta

import streamlit as st

from db.estates import buildings, estates
from db.now import now
from db.requests.asking import Asked
from db.requests.views import RequestView
from domain import request_labels as labels
from domain.days import at_local, local_day
from domain.people import Actor
from domain.requests import Called, Urgency
from domain.skills import SKILL, SkillKind
from domain.volunteers import SQUAD, Squad
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _, opening

Where = tuple[int, int | None]


def what_fields(form: Form, need: str, view: RequestView | None = None) -> None:
    """What is needed, where, when, and of whom."""
    st.text_area(
        _("What help is needed?"),
        need,
        key=form.key("need"),
        height=80,
        placeholder=_("Such as: a child of three has a fever, no car at home"),
        help=_("Everybody who is asked reads this: no names, numbers or illnesses of a person."),
    )
    form.mend("need")
    st.segmented_control(
        _("How soon?"),
        list(Urgency),
        default=view.line.urgency if view else Urgency.ROUTINE,
        required=True,
        format_func=lambda one: opening(_(labels.URGENCY[one])),
        key=form.key("urgency"),
    )
    st.pills(
        _("Who has called 120? (needed for an emergency)"),
        list(Called),
        default=view.called if view else None,
        format_func=lambda one: _(labels.CALLED[one]),
        key=form.key("called"),
    )
    form.mend("called")
    where_field(form, (view.estate_id, view.building_id) if view and view.estate_id else None)
    with st.container(horizontal=True, gap="medium"):
        st.selectbox(
            _("Which skill?"),
            [None, *SkillKind],
            index=[None, *SkillKind].index(view.skill if view else None),
            format_func=lambda one: opening(_(SKILL[one])) if one else _("None in particular"),
            key=form.key("skill"),
        )
        st.selectbox(
            _("Which squad?"),
            [None, *Squad],
            index=[None, *Squad].index(view.squad if view else None),
            format_func=lambda one: _(SQUAD[one]) if one else _("Any squad"),
            key=form.key("squad"),
        )
    when_fields(form, view)
    st.checkbox(
        _("Dangerous: only insured volunteers"),
        view.dangerous if view else False,
        key=form.key("dangerous"),
    )
    st.checkbox(
        _("The resident wishes for nobody of the own building"),
        view.strangers_only if view else False,
        key=form.key("strangers"),
    )


def where_field(form: Form, chosen: Where | None) -> None:
    """Estate or building, in one list to type into."""
    known = places(actor())
    options = [None, *known]
    st.selectbox(
        _("Where it happens"),
        options,
        index=options.index(chosen) if chosen in options else 0,
        format_func=lambda one: known[one] if one else _("Not known yet"),
        key=form.key("where"),
    )
    form.mend("estate", "building")


def places(who: Actor) -> dict[Where, str]:
    """Estates and their buildings by their rows."""
    found: dict[Where, str] = {}
    houses = buildings(who)
    for estate in estates(who):
        found[estate.id, None] = estate.name
        for house in houses:
            if house.estate_id == estate.id:
                found[estate.id, house.id] = f"{estate.name} · {house.name}"
    return found


def when_fields(form: Form, view: RequestView | None) -> None:
    """An agreed time; left empty, as soon as somebody can come."""
    begins = view.line.from_at if view else None
    with st.container(horizontal=True, gap="medium"):
        st.date_input(
            _("Agreed day (empty: as soon as possible)"),
            local_day(begins) if begins else None,
            min_value=local_day(now()),
            key=form.key("day"),
        )
        st.time_input(_("From"), None, key=form.key("from"), step=timedelta(minutes=15))
        st.time_input(_("Until"), None, key=form.key("until"), step=timedelta(minutes=15))
    form.mend("until_at")


def person_fields(form: Form) -> None:
    """Whom it is for; shown to who comes, and each look is recorded."""
    with st.container(horizontal=True, gap="medium"):
        st.text_input(_("Name"), key=form.key("name"))
        st.text_input(_("Phone"), key=form.key("phone"))
        st.text_input(_("Door"), key=form.key("door"), placeholder=_("Such as: entrance 2, 501"))
    form.mend("name", "phone", "door")
    st.text_area(
        _("Health notes (only who comes sees them)"),
        key=form.key("health"),
        height=68,
        placeholder=_("Such as: allergic to penicillin"),
    )
    form.mend("health")


def asked(sent: Sent) -> Asked:
    """The form as the rules take it."""
    where = sent.pick("where") or (None, None)
    from_at, until_at = times(sent)
    return Asked(
        need=sent.text("need"),
        urgency=Urgency(sent.pick("urgency") or Urgency.ROUTINE),
        skill=sent.pick("skill"),
        squad=sent.pick("squad"),
        dangerous=bool(sent.pick("dangerous")),
        estate_id=where[0],
        building_id=where[1],
        from_at=from_at,
        until_at=until_at,
        called=sent.pick("called"),
        unwanted=tuple(sent.many("unwanted")),
        strangers_only=bool(sent.pick("strangers")),
        name=sent.text("name"),
        phone=sent.text("phone"),
        door=sent.text("door"),
        health=sent.text("health"),
    )


def times(sent: Sent) -> tuple[datetime | None, datetime | None]:
    """The agreed times; a time without a day is today's."""
    begins, ends = sent.pick("from"), sent.pick("until")
    day = sent.pick("day") or (local_day(now()) if begins or ends else None)
    if day is None:
        return None, None
    return (
        at_local(day, begins) if begins else None,
        at_local(day, ends) if ends else None,
    )
