"""A patrol is started: an estate's points, and insured volunteers in pairs."""

import streamlit as st

from db.estates import estates
from db.now import now
from db.rounds import patrol_starting
from db.rounds.patrol_query import templates, walkers
from domain.days import local_day
from domain.patrols import pair_up
from domain.volunteers import SQUAD, Squad
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, ngettext

PATROL = "p"  # in the address


def show() -> None:
    """The form to start one; where no points are known yet, the form for those comes first."""
    known = {row.code: row for row in templates(actor())}
    if known:
        start_form({code: f"{row.estate} · {row.name}" for code, row in known.items()})
    with st.expander(_("Points of an estate"), icon=":material/add_location:", expanded=not known):
        template_form(main=not known)


def start_form(names: dict[str, str]) -> None:
    """Points, people, start."""
    people = {one.id: one for one in walkers(actor(), now())}
    if len(people) < 2:
        st.warning(
            _("A patrol needs two volunteers with accident insurance. Enter it in their files."),
            icon=":material/health_and_safety:",
        )
        return
    form = Form("patrol_start", then=None)
    with st.container(border=True):
        st.subheader(_("Start a patrol"), anchor=False)
        plain_choice(_("Points"), names, form.key("template"), next(iter(names)))
        today = local_day(now())
        title = _("Storm patrol of {month}/{day}", month=today.month, day=today.day)
        st.text_input(_("Title"), value=title, key=form.key("title"), max_chars=60)
        form.mend("title")
        chosen = st.multiselect(
            _("Who goes, in pairs"),
            list(people),
            format_func=lambda key: f"{people[key].name} ({_(SQUAD[Squad(people[key].squad)])})",
            key=form.key("people"),
            placeholder=_("Choose"),
            help=_("Neighbours in the list go together. Only insured volunteers are listed."),
        )
        pairs = pair_up(chosen)
        if pairs:
            said = [" + ".join(plain(people[key].name) for key in pair) for pair in pairs]
            st.caption(" · ".join(said))
        form.mend("pairs")
        form.button(_("Start the patrol"), start, icon=":material/play_arrow:")


def start(sent: Sent) -> None:
    """Start it and open it."""
    code = patrol_starting.start_patrol(
        actor(),
        now(),
        str(sent.pick("template") or ""),
        title=sent.text("title"),
        pairs=pair_up(list(sent.many("people"))),
        once_key=sent.once,
    )
    st.query_params[PATROL] = code


def template_form(*, main: bool) -> None:
    """An estate's points, one a line."""
    form = Form("patrol_template")
    own = {row.id: row.name for row in estates(actor()) if actor().sees_estate(row.id)}
    with st.form("patrol_template_form", border=False):
        plain_choice(_("Estate"), own, form.key("estate"), next(iter(own), None))
        st.text_input(
            _("Name of the list"),
            key=form.key("name"),
            max_chars=60,
            placeholder=_("Such as: flood season"),
        )
        form.mend("name")
        st.text_area(
            _("Points, one a line"),
            key=form.key("points"),
            height=160,
            placeholder=_("Ramp of the underground garage"),
            help=_("A line that begins with a building's name is taken as a point of it."),
        )
        form.mend("points")
        form.submit(_("Keep the points"), save_template, main=main)


def save_template(sent: Sent) -> None:
    """Keep them."""
    patrol_starting.save_template(
        actor(),
        now(),
        estate_id=int(sent.pick("estate") or 0),
        name=sent.text("name"),
        points=sent.text("points"),
        once_key=sent.once,
    )


def progress_words(seen: int, of: int, hazards: int) -> str:
    """How far a patrol is."""
    words = _("{seen} of {of} points checked", seen=seen, of=of)
    found = ngettext("{n} hazard", "{n} hazards", hazards)
    return f"{words} · {found}"
