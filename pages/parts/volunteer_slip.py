"""A volunteer's contact card and the slip by which their own phone signs in."""

from dataclasses import dataclass
from datetime import timedelta

import segno
import streamlit as st

from db.now import now
from db.settings import settings
from db.volunteers.cards import issue, revoke
from db.volunteers.listing import VolunteerFile
from db.volunteers.slips import link, make_slip, revoke_slip
from documents.posters import unreachable
from domain.days import local_day
from pages.parts.forms import Form, Sent
from pages.parts.who import actor
from pages.parts.words import _

CARD_LIFE = timedelta(days=365)
GIVEN = "volunteer_slip"


@dataclass(frozen=True, slots=True)
class Given:
    """A slip that was just made, shown until the page is left or another is made."""

    code: str
    token: str


def show(file: VolunteerFile) -> None:
    """The card, then the slip."""
    if file.left_on is not None:
        return
    card(file)
    slip(file)
    if file.office:
        account(file)


def card(file: VolunteerFile) -> None:
    """Give out, renew, take back."""
    st.subheader(_("Contact card"), anchor=False)
    form = Form(f"card_{file.code}")
    if file.card is not None and file.card_until is not None:
        st.caption(_("Valid until {day}", day=file.card_until.isoformat()))
        st.link_button(
            _("What everybody sees"), f"/card/{file.card}", icon=":material/open_in_new:"
        )
    with st.form(f"{form.name}_form", border=False):
        st.date_input(
            _("Card valid until"),
            value=local_day(now()) + CARD_LIFE,
            key=form.key("until"),
        )
        form.mend("valid_until")
        form.submit(
            _("Renew the card") if file.card else _("Give out a card"),
            give_card,
            file.code,
            main=False,
        )
    if file.card is not None:
        Form(f"card_back_{file.code}").button(
            _("Take the card back"), take_card, file.code, main=False, icon=":material/block:"
        )


def slip(file: VolunteerFile) -> None:
    """The sign-in slip, shown once; it is for the volunteer alone."""
    st.subheader(_("Sign-in slip"), anchor=False)
    given = st.session_state.get(GIVEN)
    if isinstance(given, Given) and given.code == file.code:
        the_slip(given)
    elif file.open_slip:
        st.caption(_("A slip was handed over and not used yet."))
    elif file.has_account:
        st.caption(_("The volunteer's phone can sign in."))
    Form(f"slip_{file.code}").button(
        _("Make a slip"), make, file.code, main=False, icon=":material/qr_code_2:"
    )
    if file.has_account:
        Form(f"slip_back_{file.code}").button(
            _("Sign the phone out"), back, file.code, main=False, icon=":material/phonelink_off:"
        )


def the_slip(given: Given) -> None:
    """The QR code and the address, once: only a hash is kept."""
    base = settings().base_url or _here()
    address = f"{base}/slip/{given.token}"
    with st.container(border=True):
        st.image(_qr(address), width=200, alt=_("QR code that signs the volunteer's phone in"))
        st.code(address, language=None, wrap_lines=True)
        st.caption(
            _(
                "Shown only now. The volunteer scans it with the own phone; it works once, "
                "within 14 days. Never print it on a card."
            )
        )
        if unreachable(base):
            st.warning(
                _("Phones cannot open this address: it means each one's own machine."),
                icon=":material/warning:",
            )


def account(file: VolunteerFile) -> None:
    """An account with a password that stands already, such as a leader's."""
    with st.expander(_("Link an account that stands already"), icon=":material/link:"):
        form = Form(f"link_{file.code}")
        with st.form(f"{form.name}_form", border=False):
            st.text_input(_("Login"), key=form.key("login"), max_chars=60)
            form.mend("login")
            form.submit(_("Link"), join, file.code, main=False)


def give_card(sent: Sent, code: str) -> None:
    """Give out a card."""
    issue(actor(), now(), code, sent.pick("until") or local_day(now()))


def take_card(_sent: Sent, code: str) -> None:
    """Take it back."""
    revoke(actor(), now(), code)


def make(_sent: Sent, code: str) -> None:
    """Make a slip; earlier ones stop working."""
    st.session_state[GIVEN] = Given(code, make_slip(actor(), now(), code))


def back(_sent: Sent, code: str) -> None:
    """End slips and sign-ins."""
    st.session_state.pop(GIVEN, None)
    revoke_slip(actor(), now(), code)


def join(sent: Sent, code: str) -> None:
    """Link the account."""
    link(actor(), now(), code, sent.text("login"))


def _here() -> str:
    return "/".join((st.context.url or "http://localhost").split("/")[:3])


def _qr(address: str) -> str:
    return segno.make(address, error="m", micro=False).svg_data_uri(border=4, scale=5, light="#fff")
