"""When a volunteer may be asked, and what they agree to."""

from datetime import time

import streamlit as st

from db.now import now
from db.volunteers import own
from domain.availability import Part, Quiet, Weekly, weekly
from domain.days import at_local, local_day, local_time
from domain.volunteers import CONSENT, Consent
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _


def my_times() -> None:
    """When I may be asked, and what I agree to."""
    mine = own.my_times(actor(), now())
    form = Form("my_times", wide=True)
    with st.form(form.key("form"), border=False):
        st.caption(_("Tick when neighbours may ask you. Day is 6 to 22, night 22 to 6."))
        for part, label in ((Part.DAY, _("By day")), (Part.NIGHT, _("At night"))):
            st.pills(
                label,
                list(range(7)),
                selection_mode="multi",
                default=[n for n in range(7) if weekly(n, part) in mine.free],
                format_func=weekday,
                key=form.key(f"free_{part.value}"),
            )
        with st.container(horizontal=True, gap="small"):
            begins, ends = (mine.quiet.start, mine.quiet.end) if mine.quiet else (None, None)
            st.time_input(_("Quiet from"), clock(begins), key=form.key("quiet_from"))
            st.time_input(_("Quiet until"), clock(ends), key=form.key("quiet_to"))
        form.mend("quiet")
        pause = local_time(mine.paused_until).date() if mine.paused_until else None
        st.date_input(
            _("I take a break until"), pause, min_value=local_day(now()), key=form.key("pause")
        )
        form.submit(_("Save my times"), save_times, other_hours(mine.free), main=False)
    consent = Form("my_consents", wide=True)
    with st.form(consent.key("form"), border=False):
        st.caption(_("What I agree to. Each can be taken back at any time."))
        for one in Consent:
            st.checkbox(_(CONSENT[one]), one in mine.consents, key=consent.key(one.value))
        consent.submit(_("Save what I agree to"), save_consents, main=False)


def other_hours(free: tuple[Weekly, ...]) -> tuple[Weekly, ...]:
    """Hours that no box stands for, as the desk entered them: they are kept."""
    boxes = {weekly(n, part) for n in range(7) for part in Part}
    return tuple(hours for hours in free if hours not in boxes)


def weekday(number: int) -> str:
    """The day's short name."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[number]


def clock(minute: int | None) -> time | None:
    """A minute of the day as the field shows it."""
    return None if minute is None else time(minute // 60, minute % 60)


def save_times(sent: Sent, others: tuple[Weekly, ...]) -> None:
    """Keep when I may be asked."""
    free = [weekly(n, part) for part in Part for n in sent.many(f"free_{part.value}")]
    begins, ends = sent.pick("quiet_from"), sent.pick("quiet_to")
    quiet = None
    if begins is not None and ends is not None:
        quiet = Quiet(begins.hour * 60 + begins.minute, ends.hour * 60 + ends.minute)
    pause = sent.pick("pause")
    own.set_times(
        actor(),
        now(),
        free=[*free, *others],
        quiet=quiet,
        paused_until=at_local(pause, time.min) if pause else None,
    )


def save_consents(sent: Sent) -> None:
    """Keep what I agree to."""
    own.set_consents(actor(), now(), [one for one in Consent if sent.pick(one.value)])
