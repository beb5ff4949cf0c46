"""睦邻恳谈 and 社区夜话: plan one, invite, write down demands, and see what became of each."""

from datetime import time, timedelta

import streamlit as st

from db.conference.listening import LONGEST_PLACE, Talk, move_talk, plan_talk, talks
from db.estates import estates
from db.now import now
from db.tables import MeetingKind
from domain import labels
from domain.days import at_local, local_day, local_time
from locales.times import day_words
from pages.parts import export, export_together, go
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.talk_demands import one_talk
from pages.parts.when import moment
from pages.parts.who import actor, settings
from pages.parts.words import _, ngettext

MEETING = "m"  # in the address: the meeting's code
USUAL_TIME = time(19, 30)  # people are home from work
AHEAD = timedelta(days=7)


def show() -> None:
    """One meeting where the address names it, else the list."""
    code = str(st.query_params.get(MEETING, ""))
    if not code:
        plan_form()
        the_list()
        return
    st.button(
        _("All meetings"),
        key="talk_all",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=st.query_params.from_dict,
        args=({"s": "talks"},),
    )
    one_talk(code, ahead)


def to_talk(code: str) -> None:
    """Open a meeting; for callbacks."""
    st.switch_page("conference.py", query_params={"s": "talks", MEETING: code})


def the_list() -> None:
    """Coming ones first, then those that were held."""
    found = talks(actor())
    if found:
        export.downloads(export_together.talks(found), "talks")
    today = local_day(now())
    coming = [one for one in found if one.held_on >= today][::-1]
    for one in coming:
        card(one)
    held = [one for one in found if one.held_on < today]
    if held:
        st.subheader(_("Held"), anchor=False)
    for one in held:
        card(one)
    if not found:
        st.info(
            _("No meeting yet. Plan the first one: neighbours speak, every demand becomes a file."),
            icon=":material/forum:",
        )


def card(one: Talk) -> None:
    """One meeting in the list."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{plain(one.title)}**")
        at = moment(one.starts_at) if one.starts_at else day_words(one.held_on, local_day(now()))
        told = [_(labels.MEETING[one.kind]), at, one.place or "", one.estate or _("all estates")]
        st.caption(plain(" · ".join(part for part in told if part)))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if one.demands:
                words = ngettext("{n} demand", "{n} demands", one.demands)
                st.badge(words, icon=":material/list:", color="blue")
                st.badge(_("{n} of them done", n=one.done), icon=":material/check:", color="green")
            st.button(
                _("Open"),
                key=f"talk_{one.code}",
                icon=":material/chevron_right:",
                type="tertiary",
                on_click=to_talk,
                args=(one.code,),
            )


def plan_form() -> None:
    """Kind, title, when, where, for whom."""
    form = Form("talk_plan")
    areas = {row.id: row.name for row in estates(actor()) if actor().sees_estate(row.id)}
    with (
        st.expander(_("Plan a meeting"), icon=":material/add:"),
        st.form("talk_plan_form", border=False),
    ):
        st.segmented_control(
            _("Kind"),
            list(MeetingKind),
            default=MeetingKind.NIGHT_TALK,
            required=True,
            format_func=lambda kind: _(labels.MEETING[kind]),
            key=form.key("kind"),
        )
        st.text_input(
            _("Title"), key=form.key("title"), placeholder=_("Such as: parking in the evening")
        )
        form.mend("title")
        left, right = st.columns(2)
        with left:
            st.date_input(
                _("Day"),
                value=local_day(now() + AHEAD),
                min_value=local_day(now()),
                format="YYYY-MM-DD",
                key=form.key("day"),
            )
        with right:
            st.time_input(_("Time"), value=USUAL_TIME, key=form.key("time"))
        form.mend("starts_at")
        st.text_input(
            _("Place"),
            key=form.key("place"),
            max_chars=LONGEST_PLACE,
            placeholder=_("Such as: the neighbours' pavilion"),
        )
        form.mend("place")
        only = next(iter(areas)) if len(areas) == 1 else None
        whole = actor().estate_id is None
        plain_choice(_("Estate"), areas, form.key("estate"), only, none=whole)
        form.mend("estate")
        form.submit(_("Plan it"), plan)


def plan(sent: Sent) -> None:
    """Plan it, and go on to its invitation."""
    day = sent.pick("day") or local_day(now())
    code = plan_talk(
        actor(),
        now(),
        kind=MeetingKind(sent.pick("kind")),
        title=sent.text("title"),
        starts_at=at_local(day, sent.pick("time") or USUAL_TIME),
        place=sent.text("place"),
        estate_id=sent.pick("estate"),
        key=sent.once,
    )
    st.query_params.from_dict({"s": "talks", MEETING: code})


def ahead(one: Talk) -> None:
    """Of a meeting without demands: the invitation, another time, and the way to the grid."""
    if local_day(now()) >= one.held_on:
        params = {"door": "meeting", "meeting": one.code}
        go.link("intake", _("Write down the demands"), "edit_note", params)
    if one.starts_at is None or one.starts_at < now():
        return
    st.subheader(_("Invitation to copy into WeChat"), anchor=False)
    st.code(invitation(one), language=None, wrap_lines=True)
    with st.popover(_("Another time or place"), icon=":material/edit_calendar:"):
        form = Form(f"talk_move_{one.code}")
        at = local_time(one.starts_at)
        with st.form(form.key("form"), border=False):
            st.date_input(_("Day"), value=at.date(), format="YYYY-MM-DD", key=form.key("day"))
            st.time_input(_("Time"), value=at.time(), key=form.key("time"))
            form.mend("starts_at")
            st.text_input(_("Place"), value=one.place or "", key=form.key("place"))
            form.mend("place")
            form.submit(_("Save"), move, one.code, main=False)


def move(sent: Sent, code: str) -> None:
    """Another time or place."""
    day = sent.pick("day") or local_day(now())
    starts_at = at_local(day, sent.pick("time") or USUAL_TIME)
    move_talk(actor(), now(), code, starts_at=starts_at, place=sent.text("place"))


def invitation(one: Talk) -> str:
    """What is pasted into the residents' groups."""
    lines = [
        _("{kind}: {title}", kind=_(labels.MEETING[one.kind]), title=one.title),
        _("Dear neighbours, come and say what should change. Every demand becomes a file."),
        _("Time: {when}", when=moment(one.starts_at or now())),
        _("Place: {place}", place=one.place or ""),
        _("Each of you gets a code to follow what becomes of it, and is told the result."),
        settings().community,
    ]
    return "\n".join(line for line in lines if line)
