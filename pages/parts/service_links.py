"""Personal links: who has one, slips to print, a new link for one owner or a proxy."""

from urllib.parse import urlsplit

import pyarrow as pa
import streamlit as st

from db.exports import Exported
from db.now import now
from db.votes.links import LinkLine, issue_link, link_lines
from db.votes.proxies import ProxyLine, issue_proxy_link, proxy_lines
from db.votes.serving import served_buildings
from db.votes.views import VoteView
from domain.votes import Stage
from pages.parts import export, go, roll_address
from pages.parts.forms import Form, Sent
from pages.parts.service_place import pick_building
from pages.parts.service_words import labels
from pages.parts.when import moment
from pages.parts.who import actor, settings
from pages.parts.words import _

_SHOWN = "papers_link"  # the link that was just made; this tab alone knows it


def section(view: VoteView) -> None:
    """The links of one building, and how new ones are made."""
    is_open = view.line.stage is Stage.OPEN
    if is_open:
        st.caption(
            _(
                "A link is kept as a fingerprint only: it can be shown once. A new one ends the "
                "one before."
            )
        )
        st.link_button(
            _("Make links and print slips"),
            f"/print/vote/{view.line.code}/links",
            icon=":material/print:",
            type="primary",
        )
    building = pick_building(served_buildings(actor(), view.line.code))
    lines = link_lines(actor(), view.line.code, building.id)
    table(lines)
    proxies = proxy_lines(actor(), view.line.code)
    if is_open:
        left, right = st.columns(2, gap="large")
        with left:
            owner_form(view, lines)
        with right:
            proxy_form(view, proxies)
        just_made()


def table(lines: tuple[LinkLine, ...]) -> None:
    """How each right stands."""
    export.frame(
        pa.table(
            {
                "units": [labels(line.units) for line in lines],
                "owners": ["、".join(line.names) or _("The developer") for line in lines],
                "link": [_state(line) for line in lines],
                "served": [line.served for line in lines],
                "returned": [line.returned for line in lines],
            }
        ),
        leaves=Exported.DELIVERY,
        column_config={
            "units": st.column_config.TextColumn(_("Flats, shops or spaces"), width=220),
            "owners": st.column_config.TextColumn(_("Owners"), width=150),
            "link": st.column_config.TextColumn(_("Link"), width=190),
            "served": st.column_config.CheckboxColumn(_("Served"), width=80),
            "returned": st.column_config.CheckboxColumn(_("Has voted"), width=90),
        },
        hide_index=True,
        key="vote_links",
        alt=_("Voting rights of this building and their links"),
    )


def _state(line: LinkLine) -> str:
    if line.opened_at is not None:
        return _("opened {when}", when=moment(line.opened_at))
    if line.issued_at is not None:
        return _("made {when}", when=moment(line.issued_at))
    return _("none yet")


def owner_form(view: VoteView, lines: tuple[LinkLine, ...]) -> None:
    """A new link for one right."""
    st.subheader(_("A new link for one owner"), anchor=False)
    form = Form("service_link")
    names = {line.right_id: labels(line.units) for line in lines}
    with st.form(form.key("form"), border=False):
        _choice(_("Flats, shops or spaces"), names, form.key("right"))
        form.mend("right")
        form.submit(_("Make the link"), make_link, view.line.code, main=False)


def make_link(sent: Sent, code: str) -> None:
    """Make it, and show it in this tab."""
    slip = issue_link(actor(), now(), code, int(sent.pick("right") or 0), sent.once)
    st.session_state[_SHOWN] = (labels(slip.units), slip.token)


def proxy_form(view: VoteView, proxies: tuple[ProxyLine, ...]) -> None:
    """A link for a proxy whose written authority was recorded."""
    st.subheader(_("A link for a proxy"), anchor=False)
    st.caption(_("The written authority is recorded on the owners' roll first."))
    where = {roll_address.ESTATE: str(view.estate_id), roll_address.SECTION: "mandates"}
    go.link("roll", _("Owners' roll"), "real_estate_agent", where)
    names = {
        one.mandate_id: f"{one.holder} · {labels(one.units)}"
        for one in proxies
        if one.right_id is not None
    }
    if not names:
        st.info(_("No proxy is recorded for this vote."), icon=":material/info:")
        return
    form = Form("service_proxy")
    with st.form(form.key("form"), border=False):
        _choice(_("Proxy"), names, form.key("mandate"))
        form.submit(_("Make the proxy's link"), make_proxy_link, view.line.code, main=False)


def make_proxy_link(sent: Sent, code: str) -> None:
    """Make it, and show it in this tab."""
    slip = issue_proxy_link(actor(), now(), code, int(sent.pick("mandate") or 0), sent.once)
    st.session_state[_SHOWN] = (f"{slip.holder} · {labels(slip.units)}", slip.token)


def just_made() -> None:
    """The link that was made last, to be copied into a message."""
    made = st.session_state.get(_SHOWN)
    if made is None:
        return
    whose, token = made
    here = urlsplit(st.context.url or "http://localhost/")
    base = settings().base_url.rstrip("/") or f"{here.scheme}://{here.netloc}"
    st.success(_("The link is shown here alone. Copy it now."), icon=":material/link:")
    st.text(whose)
    st.code(f"{base}/v/{token}", language=None, wrap_lines=True)


def _choice(label: str, names: dict[int, str], key: str) -> None:
    st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda one: names.get(one, ""),
        key=key,
        placeholder=_("Choose"),
    )
