"""睦邻恳谈, 社区夜话: choose or open a meeting, then one line for each demand."""

import streamlit as st

from db.estates import estates
from db.meetings import Entered, MeetingView, meetings, open_meeting, take_demands
from db.now import now
from db.tables import MeetingKind
from domain import labels
from domain.days import local_day
from domain.errors import N_, DeskError
from locales.times import day_words
from pages.parts import intake_grid
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.show import plain, sentence
from pages.parts.who import actor
from pages.parts.words import _, ngettext
from pages.parts.working import working

NEW = ""
MEETING = "meeting"  # in the address: the meeting's code
ENTERED = "intake_entered"  # what became of the lines that were sent last, by meeting


class NothingKept(DeskError):
    """Some lines must be mended, so none was kept."""


def meeting_door() -> None:
    """The whole door."""
    held = {row.code: row for row in meetings(actor())}
    asked = str(st.query_params.get(MEETING, ""))
    st.session_state["intake_meeting"] = asked if asked in held else NEW
    st.selectbox(
        _("Which meeting?"),
        [NEW, *held],
        format_func=lambda code: name(held[code]) if code in held else _("A new meeting"),
        key="intake_meeting",
        on_change=chosen,
    )
    if asked in held:
        entered(asked)
        grid(held[asked])
    else:
        new_meeting()


def name(held: MeetingView) -> str:
    """Such as 3月2日 周一 · 社区夜话 · 三月夜话 · 12件."""
    count = ngettext("{n} demand", "{n} demands", held.demands)
    day = day_words(held.held_on, local_day(now()))
    return " · ".join((day, _(labels.MEETING[held.kind]), held.title, count))


def chosen() -> None:
    """Put the chosen meeting into the address."""
    go_to(st.session_state["intake_meeting"])


def go_to(code: str) -> None:
    """Keep the door and name the meeting."""
    st.query_params.from_dict({"door": MEETING} | ({MEETING: code} if code else {}))


def new_meeting() -> None:
    """Kind, title, day, estate."""
    form = Form("intake_new_meeting")
    areas = {row.id: row.name for row in estates(actor())}
    with st.form("intake_new_meeting_form"):
        st.segmented_control(
            _("Kind"),
            list(MeetingKind),
            default=MeetingKind.HEARING,
            required=True,
            format_func=lambda kind: _(labels.MEETING[kind]),
            key=form.key("kind"),
        )
        st.text_input(
            _("Title"),
            key=form.key("title"),
            placeholder=_("Such as: parking in the evening"),
        )
        form.mend("title")
        left, right = st.columns(2)
        with left:
            today = local_day(now())
            st.date_input(
                _("Held on"), value=today, max_value=today, format="YYYY-MM-DD", key=form.key("day")
            )
            form.mend("held_on")
        with right:
            only = next(iter(areas)) if len(areas) == 1 else None
            plain_choice(
                _("Estate"),
                areas,
                form.key("estate"),
                only,
                none=actor().estate_id is None,
            )
            form.mend("estate")
        form.submit(_("Open the meeting"), opened)


def opened(sent: Sent) -> None:
    """Open it, and go on to its grid."""
    code = open_meeting(
        actor(),
        now(),
        kind=MeetingKind(sent.pick("kind")),
        title=sent.text("title"),
        held_on=sent.pick("day") or local_day(now()),
        estate_id=sent.pick("estate"),
        once_key=sent.once,
    )
    go_to(code)


def grid(held: MeetingView) -> None:
    """The demands, and one button for all of them."""
    form = Form(f"intake_grid_{held.code}")
    with st.form("intake_grid_form"):
        st.caption(
            _(
                "One line for each demand; each becomes a file. Rows can be pasted from Excel. "
                "If a line must be mended, none is saved."
            )
        )
        intake_grid.grid(form.key("rows"))
        refused_lines(form)
        st.checkbox(
            _("The speakers agree that name and phone are kept for their matter"),
            key=form.key("consent"),
        )
        form.mend("demands")
        form.submit(_("Save all demands"), keep, held.code)


def refused_lines(form: Form) -> None:
    """What must be mended, line by line."""
    error = form.error
    if isinstance(error, NothingKept):
        entered: Entered = error.params["entered"]  # type: ignore[assignment]
        for bad in entered.refused:
            st.error(
                _(
                    "Line {line} {start}: {reason}",
                    line=bad.line,
                    start=plain(f"“{bad.text[:12]}…”") if bad.text else "",
                    reason=sentence(bad.error),
                ),
                icon=":material/error:",
            )


def keep(sent: Sent, code: str) -> None:
    """Save all lines or none."""
    who, at = actor(), now()
    lines = intake_grid.demands(sent.pick("rows"))
    entered = working(
        _("Saving the demands…"),
        lambda tell: take_demands(
            who,
            at,
            code,
            lines,
            sent.once,
            consent=bool(sent.pick("consent")),
            progress=tell,
        ),
    )
    if entered.refused:
        raise NothingKept(
            N_("Nothing was saved yet. Mend the lines named above, then save again."),
            entered=entered,
        )
    st.session_state[ENTERED] = (code, entered)


def entered(code: str) -> None:
    """The files that were just opened, with the codes that only now can be read."""
    kept = st.session_state.get(ENTERED)
    if not isinstance(kept, tuple) or kept[0] != code:
        return
    taken = kept[1].taken
    with st.container(border=True):
        st.success(
            ngettext("{n} file was opened.", "{n} files were opened.", len(taken)),
            icon=":material/check_circle:",
        )
        st.caption(_("Read the follow codes out now; they are not kept anywhere."))
        intake_grid.results(taken)
