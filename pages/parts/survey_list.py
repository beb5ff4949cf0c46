"""Surveys: the list with how far each is, one survey door by door, and opening a new one."""

import pyarrow as pa
import streamlit as st

from db.estates import buildings, estates
from db.now import now
from db.rounds import surveys
from db.rounds.surveys import SurveyView
from domain.people import Right
from domain.surveys import Tally
from pages.parts import export, export_help, survey_doors
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _

SURVEY = "v"  # in the address


def show() -> None:
    """All surveys, or one of them."""
    code = str(st.query_params.get(SURVEY, ""))
    if code:
        one(code)
        return
    found = surveys.surveys(actor())
    if not found:
        st.info(
            _("No survey yet. Open one for the buildings where doors are to be knocked on."),
            icon=":material/door_front:",
        )
    if found:
        export.downloads(export_help.surveys(found), "surveys")
    for view in found:
        with st.container(border=True, gap="small"):
            st.markdown(f"**{plain(view.title)}** · {plain(view.estate)}")
            progress(view.tally)
            st.button(
                _("Open"),
                key=f"survey_open_{view.code}",
                on_click=st.query_params.update,
                args=({SURVEY: view.code},),
                help=plain(view.title),
            )
    if actor().may(Right.HANDLE):
        new_survey(main=not found)


def leave() -> None:
    """Back to the list."""
    st.query_params.pop(SURVEY, None)


def progress(counted: Tally) -> None:
    """How many homes are done, and how."""
    done = counted.homes - counted.open
    st.progress(
        done / max(1, counted.homes),
        text=_(
            "{done} of {homes} homes done: {asked} asked, {refused} did not want to, "
            "{vacant} empty; nobody at home: {away}",
            done=done,
            homes=counted.homes,
            asked=counted.asked,
            refused=counted.refused,
            vacant=counted.vacant,
            away=counted.not_home,
        ),
    )


def one(code: str) -> None:
    """One survey: a building at a time."""
    view = surveys.survey(actor(), code)
    st.button(
        _("All surveys"),
        key="survey_back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=leave,
    )
    st.subheader(f"{plain(view.title)} · {plain(view.estate)}", anchor=False)
    progress(view.tally)
    names = {key: f"{name} ({part.open})" for key, (name, part) in view.buildings.items()}
    building = st.selectbox(
        _("Building (homes still open)"),
        list(names),
        format_func=names.__getitem__,
        key="survey_building",
    )
    survey_doors.show(view, int(building))
    by_building(view)
    if not view.closed and actor().may(Right.HANDLE):
        with st.popover(_("Close the survey"), icon=":material/lock:"):
            st.write(_("No more answers are taken then."))
            Form("survey_close").button(_("Close the survey"), close, code, main=False)


def by_building(view: SurveyView) -> None:
    """All buildings beside each other."""
    rows = list(view.buildings.values())
    export.frame(
        pa.table(
            {
                "building": [name for name, _part in rows],
                "homes": [part.homes for _name, part in rows],
                "asked": [part.asked for _name, part in rows],
                "refused": [part.refused for _name, part in rows],
                "vacant": [part.vacant for _name, part in rows],
                "open": [part.open for _name, part in rows],
            }
        ),
        hide_index=True,
        key="survey_buildings",
        alt=_("How far each building is"),
        column_config={
            "building": st.column_config.TextColumn(_("Building")),
            "homes": st.column_config.NumberColumn(_("Homes")),
            "asked": st.column_config.NumberColumn(_("Asked")),
            "refused": st.column_config.NumberColumn(_("Did not want to")),
            "vacant": st.column_config.NumberColumn(_("Empty flats")),
            "open": st.column_config.NumberColumn(_("Still open")),
        },
    )


def close(_sent: Sent, code: str) -> None:
    """No more answers."""
    surveys.close_survey(actor(), now(), code)


def new_survey(*, main: bool) -> None:
    """Estate, title, buildings."""
    own = {row.id: row.name for row in estates(actor()) if actor().sees_estate(row.id)}
    with st.expander(_("Open a survey"), icon=":material/add:", expanded=main):
        form = Form("survey_new")
        plain_choice(_("Estate"), own, form.key("estate"), next(iter(own), None))
        estate = st.session_state.get(form.key("estate"))
        houses = {row.id: row.name for row in buildings(actor(), estate)} if estate else {}
        st.text_input(_("Title"), key=form.key("title"), max_chars=60)
        form.mend("title")
        st.multiselect(
            _("Buildings"),
            list(houses),
            format_func=lambda key: houses.get(key, ""),
            key=form.key("buildings"),
            placeholder=_("Choose"),
        )
        form.mend("buildings")
        form.button(_("Open the survey"), open_new, main=main)


def open_new(sent: Sent) -> None:
    """Open it and show it."""
    code = surveys.open_survey(
        actor(),
        now(),
        estate_id=int(sent.pick("estate") or 0),
        title=sent.text("title"),
        building_ids=[int(key) for key in sent.many("buildings")],
        once_key=sent.once,
    )
    st.query_params[SURVEY] = code
