"""Beside the desk's form: what was just saved, likely duplicates, open files near by."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import streamlit as st

from db.duplicates import Draft, DuplicateHint, likely_duplicates
from db.households import HouseholdHit
from db.intake import Taken
from db.now import now
from db.views import CaseLine
from domain import labels
from pages.parts import go
from pages.parts.forms import Form
from pages.parts.show import plain
from pages.parts.when import day
from pages.parts.who import actor, settings
from pages.parts.words import _

SAVED = "intake_saved"
MOST_NEAR = 3  # open files of the home or the building; more would hide the likely ones


@dataclass(frozen=True, slots=True)
class Saved:
    """What the last form became, to be read aloud."""

    number: str
    code: str
    follow: str
    further: bool


@dataclass(frozen=True, slots=True)
class Known:
    """An open file that this may be about."""

    code: str
    title: str
    told: str
    reasons: tuple[str, ...]


def just_saved(taken: Taken, into: str | None) -> None:
    """Remember the result for the next look."""
    st.session_state[SAVED] = Saved(
        taken.number or "", taken.case_code or "", taken.follow_code, into is not None
    )


def known_already(
    form: Form, draft: Draft, home: HouseholdHit | None, save: Callable[..., None]
) -> None:
    """The column: the last result until the next matter is typed, then what is like it."""
    saved = st.session_state.get(SAVED)
    if isinstance(saved, Saved) and not draft.text and home is None:
        show_saved(saved)
        return
    shown: set[str] = set()
    hints = likely_duplicates(actor(), draft, now()) if draft.text.strip() or home else ()
    section(form, _("Perhaps the same matter"), [from_hint(one) for one in hints], shown, save)
    if home is not None:
        own = [from_line(line) for line in home.open_files]
        section(form, _("Open files of this household"), own, shown, save)
        near = [from_line(line) for line in home.building_files]
        section(form, _("Open files of the building"), near[:MOST_NEAR], shown, save)
    if not shown:
        st.caption(_("What is known already appears here while you type."))


def section(
    form: Form, title: str, files: Iterable[Known], shown: set[str], save: Callable[..., None]
) -> None:
    """Files under a heading; each stands in one section only."""
    fresh = [one for one in files if one.code not in shown]
    if not fresh:
        return
    st.markdown(f"**{title}**")
    for one in fresh:
        shown.add(one.code)
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{plain(one.title)}**")
            st.caption(plain(one.told))
            if one.reasons:
                st.markdown(" ".join(f":orange-badge[{reason}]" for reason in one.reasons))
            with st.container(horizontal=True, gap="small"):
                st.form_submit_button(
                    _("The same: add this voice"),
                    key=f"{form.key('into')}_{one.code}",
                    icon=":material/add_comment:",
                    help=plain(one.title),
                    **form.sends(save, one.code),
                )
                # In a tab of its own: what was typed here stays.
                st.link_button(
                    _("Look"),
                    f"/case?{go.CASE}={one.code}",
                    type="tertiary",
                    icon=":material/open_in_new:",
                )


def from_hint(hint: DuplicateHint) -> Known:
    """A likely duplicate with its reasons."""
    told = (hint.number, str(hint.where), _(labels.STATE[hint.state]), day(hint.opened_at))
    reasons = tuple(_(reason.template, **reason.params) for reason in hint.reasons)
    return Known(hint.code, hint.title, " · ".join(part for part in told if part), reasons)


def from_line(line: CaseLine) -> Known:
    """An open file of the home or the building."""
    told = (line.number, _(labels.STATE[line.state]), day(line.opened_at))
    return Known(line.code, line.title, " · ".join(told), ())


def show_saved(saved: Saved) -> None:
    """Number and code in large type, and words to send."""
    st.success(
        _("The voice was added to the file.") if saved.further else _("The file is open."),
        icon=":material/check_circle:",
    )
    spoken = f"{saved.follow[:5]}-{saved.follow[5:]}"
    st.metric(_("Number of the file"), saved.number)
    st.metric(_("Follow code, to read aloud"), spoken)
    base = settings().base_url or (st.context.url or "").partition("/intake")[0]
    st.caption(_("To send by message:"))
    st.code(
        _(
            "Your report is registered as {number}. Follow it at {address} with the code {code}.",
            number=saved.number,
            address=f"{base}/follow",
            code=spoken,
        ),
        language=None,
        wrap_lines=True,
    )
    go.case_link(saved.code, _("Open the file"))
