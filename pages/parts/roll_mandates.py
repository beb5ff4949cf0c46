"""Who speaks for whom 代表、监护、委托: recorded with the paper, revoked, listed."""

import streamlit as st

from db.now import now
from db.roll.mandates import MandateView, mandate_paper, mandates, vote_choices
from db.roll.mandating import MandateForm, record_mandate, revoke_mandate
from db.roll.units import unit_choices
from domain.errors import N_, FieldError
from domain.mandates import KINDS, MandateKind
from pages.parts import export, export_papers
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.photos import TYPES, checked
from pages.parts.roll_words import strong
from pages.parts.show import plain
from pages.parts.when import day
from pages.parts.who import actor
from pages.parts.words import _, opening

PAPER = "roll_paper"  # the photo that is shown in this tab, by mandate
MOST_UNITS = 4


def show(estate_id: int) -> None:
    """The form, and what holds."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        entry(estate_id)
    with right:
        listed = mandates(actor(), estate_id)
        if not listed:
            st.info(
                _(
                    "Nobody speaks for others yet. Joint owners name one of them; companies, "
                    "guardians and proxies come with a paper."
                ),
                icon=":material/signature:",
            )
        else:
            export.downloads(export_papers.mandates(listed), "roll_mandates")
        for view in listed:
            one(view)


def entry(estate_id: int) -> None:
    """A new mandate."""
    form = Form(f"roll_mandate_{estate_id}")
    units = unit_choices(actor(), estate_id)
    votes = vote_choices(actor(), estate_id)
    with st.form(form.key("form")):
        st.markdown(strong(_("Record a mandate")))
        plain_choice(_("Flat, shop or space"), units, form.key("unit"), None)
        form.mend("unit")
        st.selectbox(
            _("Kind of mandate"),
            list(MandateKind),
            format_func=lambda kind: opening(_(KINDS[kind])),
            key=form.key("kind"),
        )
        form.mend("kind")
        plain_choice(
            _("Vote (for a proxy only)"),
            votes,
            form.key("vote"),
            next(iter(votes), None),
            none=True,
        )
        form.mend("vote")
        st.text_input(_("Who speaks"), key=form.key("holder_name"), max_chars=60)
        form.mend("holder_name")
        st.text_input(_("Telephone"), key=form.key("holder_phone"), max_chars=30)
        form.mend("holder_phone")
        st.checkbox(_("I have seen it in writing"), key=form.key("written"))
        form.mend("written")
        st.checkbox(
            _("They declare that they do not work for the property company"),
            key=form.key("not_of_property"),
        )
        form.mend("not_of_property")
        st.file_uploader(_("Photo of the paper (may be empty)"), type=TYPES, key=form.key("paper"))
        form.mend("photos")
        form.submit(_("Record"), save, estate_id)


def save(sent: Sent, estate_id: int) -> None:
    """Record it."""
    if sent.pick("unit") is None:
        raise FieldError("unit", N_("Choose a unit."))
    file = sent.pick("paper")
    papers = checked([file]) if file is not None else ()
    record_mandate(
        actor(),
        now(),
        estate_id,
        MandateForm(
            unit_id=int(sent.pick("unit")),
            kind=MandateKind(sent.pick("kind") or MandateKind.JOINT),
            holder_name=sent.text("holder_name"),
            holder_phone=sent.text("holder_phone"),
            vote_id=sent.pick("vote"),
            written=bool(sent.pick("written")),
            not_of_property=bool(sent.pick("not_of_property")),
            paper=papers[0] if papers else None,
        ),
        once_key=sent.once,
    )


def one(view: MandateView) -> None:
    """One mandate, with its paper and its end."""
    with st.container(border=True, gap="small"):
        owners = "、".join(view.owners) or _("the developer")
        st.text(_("{holder} speaks for {owners}", holder=view.holder or "—", owners=owners))
        told = [opening(_(KINDS[view.kind])), "、".join(view.units[:MOST_UNITS]), view.vote]
        told += [view.phone, _("recorded on {day}", day=day(view.recorded_at))]
        st.caption(plain(" · ".join(part for part in told if part)))
        if view.revoked_at is not None:
            st.badge(
                _("ended on {day}", day=day(view.revoked_at)), icon=":material/block:", color="gray"
            )
        with st.container(horizontal=True):
            if view.has_paper:
                paper = Form(f"roll_paper_{view.id}")
                paper.button(
                    _("Look at the paper"),
                    look,
                    view.id,
                    main=False,
                    icon=":material/image:",
                    said=False,
                )
            if view.revoked_at is None:
                form = Form(f"roll_revoke_{view.id}")
                form.button(_("Revoke"), revoke, view.id, main=False, icon=":material/block:")
        seen = st.session_state.get(PAPER, {}).get(view.id)
        if seen is not None:
            st.image(seen, alt=_("The written mandate"))


def look(_sent: Sent, mandate_id: int) -> None:
    """Show the photo in this tab; that it was looked at is recorded."""
    st.session_state[PAPER] = {mandate_id: mandate_paper(actor(), now(), mandate_id)}


def revoke(_sent: Sent, mandate_id: int) -> None:
    """End it."""
    revoke_mandate(actor(), now(), mandate_id)
