"""代办点: a call or a visit in one screen, with what is known already beside it."""

import streamlit as st

from db.desk import CHANNELS, DeskWords, take_down
from db.duplicates import Draft
from db.households import HouseholdHit, find_household, household
from db.intake import ReporterWords
from db.now import now
from db.tables import Channel
from domain import labels
from domain.people import Right
from domain.private_text import normal_phone
from pages.parts import intake_known, intake_where
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _

MOST_HOMES = 6


@st.fragment
def desk_door() -> None:
    """The whole door; typing runs this fragment alone."""
    form = Form("intake", in_fragment=True)
    known = intake_where.spots(actor())
    left, right = st.columns(2, gap="medium")
    with left:
        home = home_field(form)
    with right:
        spot = intake_where.where_field(form, known)
    text = st.text_input(
        _("What is it about? In one line"),
        key=form.key("text"),
        live=True,
        placeholder=_("Such as: lift of building 3 stopped again, old people cannot get down"),
        icon=":material/edit_note:",
    )
    form.mend("text")
    about = intake_where.category_field(form, intake_where.category_names(actor()))
    draft = Draft(
        text=text or "",
        estate_id=spot.estate_id if spot else None,
        building_id=spot.building_id if spot else None,
        category_id=about or (spot.category_id if spot else None),
        household_id=home.id if home else None,
    )
    with st.form("intake_form"):
        left, right = st.columns([7, 5], gap="medium")
        with left:
            reporter_fields(form, home)
            save_button(form)
        with right:
            intake_known.known_already(form, draft, home, save)


def home_field(form: Form) -> HouseholdHit | None:
    """Whose home it is, found while typing; then what was found, and the way back."""
    chosen = st.session_state.get(form.key("home"))
    if chosen is not None:
        home = household(actor(), int(chosen), now())
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            with st.container(gap=None, width="stretch"):
                st.caption(_("Household"))
                st.markdown(f":material/home: **{plain(address(home))}**")
            st.button(
                _("Another one"),
                key="intake_other_home",
                type="tertiary",
                on_click=st.session_state.pop,
                args=(form.key("home"), None),
            )
        return home
    typed = st.text_input(
        _("Find the household"),
        type="search",
        live=True,
        key=form.key("find"),
        placeholder=_("Room 3-2-501, phone, or initials such as zxh"),
    )
    found = find_household(actor(), typed or "", now(), limit=MOST_HOMES) if typed else ()
    if found:
        with st.container(gap=None):
            for home in found:
                home_buttons(form, home, typed or "")
    if typed and len(typed.strip()) > 1 and not found:
        st.caption(_("No household fits. You can save without one."))
    return None


def home_buttons(form: Form, home: HouseholdHit, typed: str) -> None:
    """One button for each person of a home who may be speaking, or one for the home."""
    speakers = [(one.name, one.phone or "") for one in home.residents] or [("", "")]
    for place, (name, phone) in enumerate(speakers):
        words = " · ".join(part for part in (address(home), name, phone) if part)
        st.button(
            plain(words),
            key=f"intake_home_{home.id}_{place}",
            icon=":material/home:",
            type="tertiary",
            on_click=pick,
            args=(form, home, name, typed),
        )


def address(home: HouseholdHit) -> str:
    """Estate, building and room."""
    return f"{home.estate} · {home.building} · {home.room}"


def pick(form: Form, home: HouseholdHit, name: str, typed: str) -> None:
    """Take over what is known: the home, its building, who speaks, a number that was typed."""
    st.session_state[form.key("home")] = home.id
    st.session_state[form.key("where")] = intake_where.of_building(home.building_id)
    st.session_state[form.key("name")] = name
    if normal_phone(typed):
        st.session_state[form.key("phone")] = typed


def reporter_fields(form: Form, home: HouseholdHit | None) -> None:
    """Who says it, how, and whether they have their answer already."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        st.text_input(_("Reporter's name"), key=form.key("name"), width=120)
        on_file = next((one.phone for one in home.residents if one.phone), None) if home else None
        st.text_input(
            _("Phone"),
            type="phone",
            key=form.key("phone"),
            placeholder=_("on the roll: {phone}", phone=on_file) if on_file else "",
            width=165,
        )
        st.segmented_control(
            _("By"),
            CHANNELS,
            default=Channel.PHONE,
            required=True,
            format_func=lambda channel: _(labels.CHANNEL[channel]),
            key=form.key("channel"),
        )
    form.mend("name", "phone", "channel")
    st.text_area(_("Details (may be empty)"), key=form.key("more"), height=96)
    form.mend("more")
    with st.container(horizontal=True, gap="medium"):
        st.checkbox(
            _("Agrees to name and phone"),
            key=form.key("consent"),
            help=_("The reporter agrees that name and phone are kept for this matter."),
        )
        if actor().may(Right.HANDLE):
            st.checkbox(
                _("Answered just now"),
                key=form.key("answered"),
                help=_("The reporter got an answer in this conversation: the first answer."),
            )


def save_button(form: Form) -> None:
    """The main button, which Enter in a field of the frame presses, and its shortcut."""
    form.refused()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.form_submit_button(
            _("Save as a new file"),
            key=form.key("save"),
            type="primary",
            icon=":material/check:",
            **form.sends(save, None),
        )
        # On the main button the shortcut's own letters would be too pale to read.
        st.form_submit_button(
            _("Save from anywhere"),
            key=form.key("save_anywhere"),
            type="tertiary",
            shortcut="Ctrl+Enter",
            **form.sends(save, None),
        )


def save(sent: Sent, into: str | None) -> None:
    """Keep it as a new file or as one more voice on an open one; show what to read aloud."""
    spot = intake_where.spots(actor()).get(str(sent.pick("where")))
    words = DeskWords(
        text=sent.text("text"),
        more=sent.text("more"),
        channel=Channel(sent.pick("channel") or Channel.PHONE),
        reporter=ReporterWords(
            sent.text("name"), sent.text("phone"), sent.pick("home"), bool(sent.pick("consent"))
        ),
        estate_id=spot.estate_id if spot else None,
        building_id=spot.building_id if spot else None,
        place_code=spot.place_code if spot else None,
        category_id=sent.pick("category"),
        answered=bool(sent.pick("answered")),
        into=into,
    )
    intake_known.just_saved(take_down(actor(), now(), words, sent.once), into)
