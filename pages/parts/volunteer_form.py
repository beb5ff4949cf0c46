"""What is known of a volunteer, to be entered or changed, with what they agree to."""

import streamlit as st

from db.estates import buildings, estates
from db.now import now
from db.volunteers.listing import VolunteerFile
from db.volunteers.people import LONGEST_CAN, Profile, change, register
from domain.errors import N_, FieldError
from domain.people import Right
from domain.volunteers import CONSENT, SQUAD, Consent, Squad
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.volunteer_times import free_of, quiet_of, time_fields
from pages.parts.who import actor
from pages.parts.words import _


def show(file: VolunteerFile | None) -> None:
    """The form; for a new volunteer it opens the file afterwards."""
    form = Form(f"volunteer_{file.code if file else 'new'}")
    names = {row.id: row.name for row in estates(actor())}
    homes = {row.id: f"{names.get(row.estate_id, '')} {row.name}" for row in buildings(actor())}
    with st.form(f"{form.name}_form"):
        person(form, file)
        left, right = st.columns(2)
        with left:
            plain_choice(
                _("Estate"), names, form.key("estate"), file.estate_id if file else None, none=True
            )
            form.mend("estate")
        with right:
            plain_choice(
                _("Building"),
                homes,
                form.key("building"),
                file.building_id if file else None,
                none=True,
            )
            form.mend("building")
        words(form, file)
        agreed(form, file)
        time_fields(form, file.free if file else (), file.quiet if file else None)
        form.submit(_("Save") if file else _("Enter"), save, file)


def person(form: Form, file: VolunteerFile | None) -> None:
    """Name, squad, number, insurance."""
    left, right = st.columns(2)
    with left:
        st.text_input(
            _("Name"), value=file.name if file else "", key=form.key("name"), max_chars=60
        )
        form.mend("name")
        st.text_input(
            _("Telephone"),
            key=form.key("phone"),
            max_chars=30,
            placeholder=_("Kept: {number}", number=file.phone) if file and file.phone else "",
            help=_("Leave it empty to keep the number. It is kept only for what is agreed to."),
        )
        form.mend("phone")
    with right:
        squads = list(Squad)
        st.selectbox(
            _("Squad"),
            squads,
            index=squads.index(file.squad) if file else None,
            format_func=lambda squad: _(SQUAD[squad]),
            key=form.key("squad"),
            placeholder=_("Choose"),
        )
        form.mend("squad")
        st.date_input(
            _("Insured until"),
            value=file.insured_until if file else None,
            key=form.key("insured"),
            help=_("Dangerous work is offered only to those whose accident insurance holds."),
        )
    if actor().may(Right.HANDLE):
        st.toggle(
            _("Leads the squad"), value=file.leader if file else False, key=form.key("leader")
        )


def words(form: Form, file: VolunteerFile | None) -> None:
    """What they can and cannot do, as the card says it."""
    left, right = st.columns(2)
    with left:
        st.text_area(
            _("What I can do"),
            value=file.can_do if file else "",
            key=form.key("can"),
            max_chars=LONGEST_CAN,
            height=80,
        )
    with right:
        st.text_area(
            _("What I cannot do"),
            value=file.cannot_do if file else "",
            key=form.key("cannot"),
            max_chars=LONGEST_CAN,
            height=80,
        )


def agreed(form: Form, file: VolunteerFile | None) -> None:
    """Each field and purpose by itself; withdrawing is as easy as giving."""
    head = _("The volunteer agrees to")
    st.markdown(f"**{head}**")
    with st.grid("auto", min_column_width=240, gap="xsmall"):
        for consent in Consent:
            st.checkbox(
                _(CONSENT[consent]),
                value=consent in file.consents if file else False,
                key=form.key(consent.value),
            )
    st.date_input(
        _("Agreed until (empty: until withdrawn)"),
        value=file.consents_until if file else None,
        key=form.key("agreed_until"),
    )


def save(sent: Sent, file: VolunteerFile | None) -> None:
    """Enter or change."""
    squad, leader = sent.pick("squad"), sent.pick("leader")
    if squad is None:
        raise FieldError("squad", N_("Choose a squad."))
    profile = Profile(
        sent.text("name"),
        Squad(squad),
        phone=sent.text("phone"),
        estate_id=sent.pick("estate"),
        building_id=sent.pick("building"),
        leader=bool(leader) if leader is not None else bool(file and file.leader),
        can_do=sent.text("can"),
        cannot_do=sent.text("cannot"),
        insured_until=sent.pick("insured"),
        consents=frozenset(one for one in Consent if sent.pick(one.value)),
        consents_until=sent.pick("agreed_until"),
        free=free_of(sent, file.free if file else ()),
        quiet=quiet_of(sent),
    )
    if file is not None:
        change(actor(), now(), file.code, profile)
        return
    code = register(actor(), now(), profile, once_key=sent.once)
    st.query_params.from_dict({"v": code})
