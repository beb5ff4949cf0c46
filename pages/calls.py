"""Calls to make 电话清单: who, what to say in one sentence, and how it went."""

import streamlit as st

from db import telling
from db.calls import Call, calls
from db.now import now
from db.reveal import reveal_phone
from domain import labels
from domain.closing import FAILED_CONTACTS_ENOUGH
from domain.telling import Told
from pages.parts import activity_gaps, export, export_files, go, outbox_unsent
from pages.parts.case_words import SEEN, call_link
from pages.parts.forms import Form, Sent
from pages.parts.rating_fields import rate, rating_fields
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _

AFTER = "after"
PORTION = 10  # a morning of calls; each takes a card with its forms


def one(call: Call, first: bool) -> None:
    """One call: whom, what to say, and how it went."""
    with st.container(border=True, gap="small"):
        what = _(labels.TOLD.get(call.kind, labels.EVENT_OTHER))
        st.markdown(f"**{plain(call.name or _('A reporter'))}** · {what}")
        st.caption(plain(f"{call.number} {call.title} · {moment(call.since)}"))
        if call.say:
            with st.container(border=True):
                st.text(call.say)
        if call.failed:
            st.badge(
                _(
                    "not reached {failed} of {enough} times",
                    failed=call.failed,
                    enough=FAILED_CONTACTS_ENOUGH,
                ),
                icon=":material/phone_missed:",
                color="orange",
            )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            number(call)
            if call.kind != Told.PUBLISHED:
                Form(f"call_reached_{call.telling_id}").button(
                    _("Reached and told"), made, call, True, icon=":material/call:", main=first
                )
            Form(f"call_missed_{call.telling_id}").button(
                _("Nobody answered"), made, call, False, icon=":material/phone_missed:", main=False
            )
            go.case_link(call.case_code, _("File"))
        if call.kind == Told.PUBLISHED:
            result(call)


def result(call: Call) -> None:
    """The result is told and rated in one call; who does not want to rate was still told."""
    box = st.expander(
        _("Reached: take down the rating"),
        icon=":material/star:",
        key=f"call_result_{call.telling_id}",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        form = Form(f"call_rate_{call.telling_id}")
        with st.form(form.key("form"), border=False):
            rating_fields(form)
            form.submit(_("Save the rating"), rate, call.case_code, call.report_id)
        Form(f"call_reached_{call.telling_id}").button(
            _("Told, but no rating"), made, call, True, main=False
        )


def number(call: Call) -> None:
    """The masked number; whole, once the look at it is recorded with this call as its reason."""
    shown = st.session_state.get(SEEN, {}).get(call.report_id)
    if shown:
        call_link(shown)
    elif call.phone:
        form = Form(f"call_number_{call.telling_id}")
        form.button(
            plain(call.phone), reveal, call, icon=":material/visibility:", main=False, said=False
        )


def reveal(_sent: Sent, call: Call) -> None:
    """Show the number; the reason is the call itself."""
    reason = _("To call: {what}", what=_(labels.TOLD.get(call.kind, labels.EVENT_OTHER)))
    found = reveal_phone(actor(), call.report_id, reason, now())
    st.session_state.setdefault(SEEN, {})[call.report_id] = found


def made(sent: Sent, call: Call, reached: bool) -> None:
    """Record the attempt."""
    telling.contact(
        actor(),
        now(),
        call.case_code,
        report_id=call.report_id,
        purpose=call.kind,
        reached=reached,
        telling_id=call.telling_id,
        key=sent.once,
    )


st.title(_("Calls to make"), anchor=False)
page = calls(actor(), now(), after=st.query_params.get(AFTER), limit=PORTION)
if not page.lines:
    st.success(
        _("No call waits. Whoever should be called about news of their file appears here."),
        icon=":material/task_alt:",
    )
if page.lines:
    export.downloads(export_files.calls_to_make(), "calls")
for place, call in enumerate(page.lines):
    one(call, first=place == 0)
with st.container(horizontal=True):
    if AFTER in st.query_params:
        st.button(
            _("From the beginning"),
            key="calls_first",
            icon=":material/first_page:",
            on_click=st.query_params.clear,
        )
    if page.next_cursor:
        st.button(
            _("More"),
            key="calls_more",
            icon=":material/chevron_right:",
            on_click=st.query_params.from_dict,
            args=({AFTER: page.next_cursor},),
        )
activity_gaps.to_ring()
outbox_unsent.show()
