"""On call 值班: the week's shifts of a squad, what is missing, and the form for one shift."""

from datetime import date, time, timedelta

import pyarrow as pa
import streamlit as st

from db.now import now
from db.volunteers.listing import volunteers
from db.volunteers.roster import (
    ShiftView,
    coming_gaps,
    copy_week,
    remove_shift,
    set_shift,
    week,
)
from domain.days import local_day, local_time
from domain.errors import N_, FieldError
from domain.on_call import LACK, MOST_POSTS, Gap, Lack, monday_of, shift_times
from domain.volunteers import SQUAD, Squad
from locales.times import day_words
from pages.parts.forms import Form, Sent
from pages.parts.settings_pick import pick
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _

SQUAD_KEY, WEEK_KEY = "volunteers_roster_squad", "w"
MOST_GAPS = 6
START, END = time(8), time(20)


def show() -> None:
    """Gaps first, then one squad's week."""
    gaps(coming_gaps(actor(), now()))
    squad = st.segmented_control(
        _("Squad"),
        list(Squad),
        default=Squad.HEALTH,
        format_func=lambda one: _(SQUAD[one]),
        key=SQUAD_KEY,
        required=True,
        label_visibility="collapsed",
    )
    monday = chosen_week()
    turn_weeks(monday)
    shifts = week(actor(), monday, Squad(squad))
    table(shifts)
    left, right = st.columns([3, 2], gap="large")
    with left:
        one_shift(Squad(squad), monday, shifts)
    with right:
        Form(f"roster_copy_{squad}_{monday}").button(
            _("Copy the week before"),
            copied,
            Squad(squad),
            monday,
            main=False,
            icon=":material/content_copy:",
        )
        st.caption(_("Hours that have a shift already stay as they are."))


def gaps(found: list[Gap]) -> None:
    """What is missing in the next seven days, the worst first."""
    bare = [gap for gap in found if gap.lack is Lack.NOBODY]
    if not found:
        st.success(
            _("Every hour of the next seven days has a primary and a backup."),
            icon=":material/task_alt:",
        )
        return
    lines = [
        _(
            "{squad}: {start} – {end}, {lack}",
            squad=_(SQUAD[gap.squad]),
            start=moment(gap.starts_at),
            end=moment(gap.ends_at),
            lack=_(LACK[gap.lack]),
        )
        for gap in (bare or found)[:MOST_GAPS]
    ]
    more = len(bare or found) - MOST_GAPS
    if more > 0:
        lines.append(_("and {n} more", n=more))
    text = "\n".join(f"- {line}" for line in lines)
    if bare:
        head = _("Nobody is on call in these hours of the next seven days")
        st.error(f"**{head}**\n\n{text}", icon=":material/event_busy:")
    else:
        head = _("Without a backup in the next seven days")
        st.warning(f"**{head}**\n\n{text}", icon=":material/person_alert:")


def chosen_week() -> date:
    """The Monday that the address names, else this week's."""
    try:
        asked = date.fromisoformat(str(st.query_params.get(WEEK_KEY, "")))
    except ValueError:
        asked = local_day(now())
    return monday_of(asked)


def turn_weeks(monday: date) -> None:
    """The week before and the week after."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            _("Week before"),
            key="roster_before",
            icon=":material/chevron_left:",
            on_click=to_week,
            args=(monday - timedelta(days=7),),
        )
        sunday = monday + timedelta(days=6)
        st.markdown(f"**{day_words(monday)} – {day_words(sunday)}**", width="content")
        st.button(
            _("Week after"),
            key="roster_after",
            icon=":material/chevron_right:",
            on_click=to_week,
            args=(monday + timedelta(days=7),),
        )


def to_week(monday: date) -> None:
    """Put another week into the address."""
    st.query_params.from_dict({"s": "on-call", WEEK_KEY: monday.isoformat()})


def table(shifts: list[ShiftView]) -> None:
    """The week, one line for each shift."""
    if not shifts:
        st.info(
            _("No shift in this week yet. Enter one below, or copy the week before."),
            icon=":material/event_available:",
        )
        return
    places = max((post.position for shift in shifts for post in shift.posts), default=0)
    columns: dict[str, list[str]] = {
        "when": [f"{moment(one.starts_at)} – {_hour(one)}" for one in shifts]
    }
    for place in range(max(places, 1) + 1):
        columns[f"p{place}"] = [who(one, place) for one in shifts]
    st.dataframe(
        pa.table(columns),
        hide_index=True,
        height="content",
        key="roster_table",
        alt=_("Shifts of the week: who is primary and who are the backups"),
        column_config={
            "when": st.column_config.TextColumn(_("Shift"), width=230),
            "p0": st.column_config.TextColumn(_("Primary"), width="medium"),
            **{
                f"p{place}": st.column_config.TextColumn(_("Backup {n}", n=place), width="medium")
                for place in range(1, max(places, 1) + 1)
            },
        },
    )


def who(shift: ShiftView, place: int) -> str:
    """The name at that place, and for whom they stepped in."""
    for post in shift.posts:
        if post.position == place:
            if post.swapped_from:
                return _("{name} (for {other})", name=post.name, other=post.swapped_from)
            return post.name
    return _("nobody") if place == 0 else ""


def one_shift(squad: Squad, monday: date, shifts: list[ShiftView]) -> None:
    """A new shift, or one of the week."""
    coming = {one.id: one for one in shifts if one.ends_at > now()}
    names = {key: f"{moment(one.starts_at)} – {_hour(one)}" for key, one in coming.items()}
    chosen = pick(_("Shift"), _("A new shift"), names, f"roster_pick_{squad}_{monday}")
    shift = coming.get(chosen) if chosen is not None else None
    people = {
        one.code: one.name for one in volunteers(actor(), now(), squad=squad, limit=5000).lines
    }
    form = Form(f"roster_{squad}_{monday}_{chosen or 'new'}")
    with st.form(f"{form.name}_form"):
        if shift is None:
            times(form, monday)
        st.multiselect(
            _("Who: the primary first, then the backups in order"),
            list(people),
            default=[post.volunteer for post in shift.posts if post.volunteer in people]
            if shift
            else [],
            format_func=lambda code: people.get(code, ""),
            key=form.key("people"),
            max_selections=MOST_POSTS,
            placeholder=_("Choose"),
        )
        form.mend("people")
        label = _("Save the shift") if shift else _("Enter the shift")
        form.submit(label, save, squad, shift)
    if shift is not None and shift.starts_at > now():
        Form(f"roster_drop_{shift.id}").button(
            _("Take the shift out"), drop, shift.id, main=False, icon=":material/delete:"
        )


def times(form: Form, monday: date) -> None:
    """The day and the hours; an end that is not later lies in the next morning."""
    days = [monday + timedelta(days=n) for n in range(7)]
    today = local_day(now())
    first, second, third = st.columns([3, 2, 2])
    with first:
        st.selectbox(
            _("Day"),
            days,
            index=days.index(today) if today in days else 0,
            format_func=day_words,
            key=form.key("day"),
        )
    with second:
        st.time_input(_("From"), value=START, key=form.key("from"), step=1800)
    with third:
        st.time_input(
            _("Until"),
            value=END,
            key=form.key("until"),
            step=1800,
            help=_("An end that is not later than the beginning lies in the next morning."),
        )


def save(sent: Sent, squad: Squad, shift: ShiftView | None) -> None:
    """Put it into the roster."""
    if shift is not None:
        start, end = shift.starts_at, shift.ends_at
    else:
        day, first, last = sent.pick("day"), sent.pick("from"), sent.pick("until")
        if day is None or first is None or last is None:
            raise FieldError("people", N_("Choose the day and both hours."))
        start, end = shift_times(day, first.hour * 60 + first.minute, last.hour * 60 + last.minute)
    set_shift(actor(), now(), squad, start, end, [str(one) for one in sent.many("people")])


def drop(_sent: Sent, shift_id: int) -> None:
    """Take it out."""
    remove_shift(actor(), now(), shift_id)


def copied(_sent: Sent, squad: Squad, monday: date) -> None:
    """Copy the week before."""
    copy_week(actor(), now(), squad, monday)


def _hour(shift: ShiftView) -> str:
    end = local_time(shift.ends_at)
    same = end.date() == local_time(shift.starts_at).date()
    return f"{end:%H:%M}" if same else _("{time} next day", time=f"{end:%H:%M}")
