"""An errand by one call: who, what, which papers, until when; then the code to read aloud."""

import streamlit as st

from db.errands import reads, services, taking
from db.errands.services import ServiceLine
from db.errands.taking import ErrandWords, Taken
from db.households import HouseholdHit
from db.now import now
from domain.days import local_day
from domain.errands import last_day
from domain.labels import SERVICE
from locales.times import day_words
from pages.parts import errand_file, errand_papers, errand_services
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.intake_desk import home_field
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, opening

SAVED = "errand_saved"


def show() -> None:
    """The form, or what to do first."""
    known = {line.code: line for line in services.services()}
    if not known:
        st.info(
            _("The desk offers nothing yet. The secretary adds the first service."),
            icon=":material/list_alt:",
        )
        return
    saved()
    form_of(known)


@st.fragment
def form_of(known: dict[str, ServiceLine]) -> None:
    """The whole form; typing runs this fragment alone."""
    form = Form("errand", in_fragment=True)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        home = home_field(form)
        person_fields(form, home)
        st.selectbox(
            _("Errand service"),
            list(known),
            index=None,
            format_func=lambda code: plain(said(known[code])),
            key=form.key("service"),
            placeholder=_("Choose"),
        )
        form.mend("service")
        service = known.get(str(st.session_state.get(form.key("service"))))
        papers = list(service.bring) if service else []
        st.multiselect(
            _("Papers handed over"),
            papers,
            key=form.key("papers"),
            accept_new_options=True,
            placeholder=_("Choose, or type another one"),
        )
        form.mend("papers")
        with st.container(horizontal=True, gap="medium"):
            st.date_input(
                _("Needed until (empty: the service's limit)"),
                None,
                min_value=local_day(now()),
                key=form.key("needed"),
                format="YYYY-MM-DD",
            )
            holders = reads.holders(actor())
            mine = actor().account_id if actor().account_id in holders else None
            plain_choice(_("Seen to by"), holders, form.key("holder"), mine, none=True)
        form.mend("needed", "holder")
        st.text_input(
            _("Note for whoever does it"),
            key=form.key("note"),
            max_chars=200,
            placeholder=_("Such as: cannot walk, fetch the papers at home"),
        )
        form.mend("note")
        form.button(_("Take the errand in"), save, icon=":material/check:", said=False)
    with right:
        if service is not None:
            leaflet(service)


def person_fields(form: Form, home: HouseholdHit | None) -> None:
    """For whom it is."""
    with st.container(horizontal=True, gap="medium"):
        st.text_input(_("Resident's name"), key=form.key("name"), max_chars=60)
        on_list = next((one.phone for one in home.residents if one.phone), "") if home else ""
        st.text_input(
            _("Phone"),
            key=form.key("phone"),
            max_chars=30,
            placeholder=_("on the roll: {phone}", phone=on_list) if on_list else "",
        )
    form.mend("name", "phone")


def said(line: ServiceLine) -> str:
    """A service with its category."""
    return f"{line.name} · {opening(_(SERVICE[line.service_class]))}"


def leaflet(line: ServiceLine) -> None:
    """What to tell the caller."""
    with st.container(border=True, gap="small"):
        st.markdown(f"**{plain(line.name)}**")
        st.caption(_("What to bring"))
        st.text("\n".join(line.bring) or _("Nothing"))
        st.caption(_("Limit"))
        st.text(errand_services.limit(line))
        st.caption(_("Who does it"))
        st.text(line.doer)


def save(sent: Sent) -> None:
    """Keep it, and show what to read aloud."""
    made = taking.take_errand(
        actor(),
        now(),
        ErrandWords(
            service_code=str(sent.pick("service") or ""),
            name=sent.text("name"),
            phone=sent.text("phone"),
            household_id=sent.pick("home"),
            papers="\n".join(str(one) for one in sent.many("papers")),
            needed_on=sent.pick("needed"),
            holder_id=sent.pick("holder"),
            note=sent.text("note"),
        ),
        sent.once,
    )
    st.session_state[SAVED] = (made, bool(sent.many("papers")))


def saved() -> None:
    """What the last call became: number, day and code, and the slip for papers."""
    found: tuple[Taken, bool] | None = st.session_state.get(SAVED)
    if found is None:
        return
    made, papers = found
    day = day_words(last_day(made.due_at), local_day(now()))
    with st.container(border=True, gap="small"):
        st.markdown(_("Taken in as **{number}**, done by **{day}**.", number=made.number, day=day))
        code = f"{made.follow_code[:5]}-{made.follow_code[5:]}"
        st.markdown(_("Code to read aloud: **{code}**", code=code))
        with st.container(horizontal=True, gap="small"):
            if papers:
                errand_papers.slip_link(made.code, back=False)
            st.button(
                _("Open the errand"),
                key="errand_saved_open",
                on_click=errand_file.open_one,
                args=(made.code,),
            )
            st.button(_("Next call"), key="errand_saved_next", type="tertiary", on_click=forget)


def forget() -> None:
    """Take the code off the page."""
    st.session_state.pop(SAVED, None)
