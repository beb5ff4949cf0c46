"""My tasks 我的任务: what a unit was given, on a phone, in one hand."""

import streamlit as st

from db.now import now
from db.tasklist import PublicNote, UnitTask, my_tasks, unit_task
from db.volunteers.own import is_volunteer
from domain import labels
from domain.errors import NotFound
from domain.people import Right
from pages.parts import class_mine, export, export_files, go, patrol_mine, visit_mine
from pages.parts.forms import announce, forget
from pages.parts.my_help import my_requests
from pages.parts.my_own import my_own
from pages.parts.photos import show_photos
from pages.parts.show import plain, show_error
from pages.parts.task_list import open_tasks, task_card
from pages.parts.task_say import say
from pages.parts.unit_help import ask_form, reached_unit
from pages.parts.when import last_day, left_of, moment, show_deadline
from pages.parts.who import actor
from pages.parts.words import _, speak

DONE, AFTER = "done", "after"


def turn(**params: str) -> None:
    """Another part of this page, under an address of its own."""
    st.query_params.from_dict(params)


def the_list() -> None:
    """What is open by due time; what is done behind a second button."""
    done = DONE in st.query_params
    page = my_tasks(actor(), now(), done=done, after=st.query_params.get(AFTER))
    if done:
        st.subheader(_("Done"), anchor=False)
        for line in page.lines:
            task_card(line)
        if not page.lines:
            st.info(_("Nothing was reported done yet."), icon=":material/history:")
    else:
        open_tasks(page.lines)
    if page.next_cursor:
        here = {DONE: "1"} if done else {}
        st.button(
            _("More"),
            key="tasks_more",
            width="stretch",
            on_click=turn,
            kwargs=here | {AFTER: page.next_cursor},
        )
    if page.lines:
        export.downloads(export_files.tasks(done), "tasks")
    st.button(
        _("What is open") if done else _("What is done"),
        key="tasks_other",
        icon=":material/assignment:" if done else ":material/history:",
        type="tertiary",
        on_click=turn,
        kwargs={} if done else {DONE: "1"},
    )


def note(row: PublicNote, title: str) -> None:
    """Words on the file that this unit may read."""
    with st.container(gap=None):
        name = _("we") if row.own else _("community office")
        st.caption(f"{name} · {moment(row.at)}")
        st.text(row.text)
    show_photos(row.photos, title)


def one(task: UnitTask) -> None:
    """One task: what it is about, and what to say of it."""
    line = task.line
    back()
    st.title(plain(line.title), anchor=False)
    category = task.category.name("en" if speak() == "en" else "zh_CN") if task.category else ""
    st.caption(plain(" · ".join(part for part in (line.number, str(line.where), category) if part)))
    if line.done_at is not None:
        st.badge(
            _("done {when}", when=moment(line.done_at)),
            icon=":material/check_circle:",
            color="green",
        )
    else:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            show_deadline(left_of(line.due_at - now()))
            st.caption(_("until {day}", day=last_day(line.due_at)), width="content")
    if task.order:
        with st.container(border=True, gap="xsmall"):
            st.caption(_("What was decided?"))
            st.text(task.order)
    for said in task.words:
        with st.container(border=True, gap="xsmall"):
            st.caption(_("What was reported"))
            st.text(said)
    show_photos(task.photos, line.title)
    if task.can_answer:
        say(line)
    elif line.done_at is None:
        st.info(_(labels.STATE[task.state]), icon=":material/info:")
    if task.notes:
        st.subheader(_("What was said"), anchor=False)
    for row in reversed(task.notes):
        note(row, line.title)


def back() -> None:
    """The way back to the list."""
    st.button(
        _("All tasks"),
        key="tasks_back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=turn,
    )


code = str(st.query_params.get(go.TASK, ""))
if st.session_state.get("task_shown") != code:
    st.session_state["task_shown"] = code
    forget("task_")
if not code:
    st.title(_("My tasks"), anchor=False)
    announce()
    if is_volunteer(actor()):
        my_requests()
        class_mine.show()
        patrol_mine.show()
        visit_mine.show()
        my_own()
    if actor().may(Right.READ_OWN_TASKS):
        reached_unit()
        the_list()
        ask_form()
    elif not is_volunteer(actor()):
        st.info(
            _("Your account belongs to no volunteer yet. Ask the community office."),
            icon=":material/info:",
        )
else:
    try:
        task = unit_task(actor(), code, now())
    except NotFound as error:
        show_error(error)
        back()
    else:
        one(task)
