"""The form for one candidate: who it is on the roll, statement, photo, signed declaration."""

import streamlit as st

from db.elections import candidates as writing
from db.elections.candidate_list import CandidateView, owners_to_choose
from db.elections.candidates import LONGEST_STATEMENT, CandidateIn
from db.now import now
from domain.candidacy import DECLARED, RULES, Obstacle
from domain.days import local_day
from pages.parts.choice import plain_choice
from pages.parts.forms import Form, Sent
from pages.parts.photos import TYPES, checked
from pages.parts.who import actor
from pages.parts.words import _, opening


def candidate_form(code: str, one: CandidateView | None) -> None:
    """Enter a candidate, or change one."""
    form = Form(f"vote_candidate_{one.id if one else code}")
    owners = {key: f"{name} · {where}" for key, name, where in owners_to_choose(actor(), code)}
    with st.form(form.key("form"), border=False):
        plain_choice(
            _("Who is it on the owners' roll?"),
            owners,
            form.key("owner"),
            one.owner_id if one else None,
            none=True,
        )
        form.mend("owner")
        st.text_input(
            _("Name on the ballot"),
            value=one.name if one else "",
            max_chars=40,
            key=form.key("name"),
            help=_("Left empty, the name on the roll is taken."),
        )
        form.mend("name")
        st.text_input(
            _("Stands for (not required)"),
            value=one.office if one else "",
            max_chars=40,
            key=form.key("office"),
            placeholder=_("Such as: member"),
        )
        form.mend("office")
        st.text_input(
            _("Put forward by"),
            value=one.recommended if one else "",
            max_chars=120,
            key=form.key("recommended"),
            placeholder=_("Such as: 12 owners, or by themselves"),
        )
        form.mend("recommended")
        st.text_area(
            _("Statement to the owners"),
            value=one.statement if one else "",
            height=110,
            max_chars=LONGEST_STATEMENT,
            key=form.key("statement"),
        )
        form.mend("statement")
        st.file_uploader(_("Photo"), type=TYPES, key=form.key("photo"))
        form.mend("photos")
        declaration(form, one)
        label = _("Save the candidate") if one else _("Enter the candidate")
        form.submit(label, save, code, one.id if one else None, owners, main=one is None)


def declaration(form: Form, one: CandidateView | None) -> None:
    """The signed paper: when it was seen, and what it admits."""
    today = local_day(now())
    st.date_input(
        _("Signed declaration seen on"),
        value=one.seen_on if one else None,
        max_value=today,
        key=form.key("seen_on"),
        format="YYYY-MM-DD",
        help=_("Without it nobody may stand."),
    )
    form.mend("seen_on")
    st.multiselect(
        _("What it admits (nothing, as a rule)"),
        list(DECLARED),
        default=sorted(one.admits) if one else [],
        format_func=lambda obstacle: opening(_(RULES[Obstacle(obstacle)].words)),
        key=form.key("admits"),
        placeholder=_("Nothing"),
    )
    form.mend("admits")


def save(sent: Sent, code: str, candidate_id: int | None, owners: dict[int, str]) -> None:
    """Enter or change."""
    owner = sent.pick("owner")
    photo = sent.pick("photo")
    candidate = CandidateIn(
        name=sent.text("name").strip() or owners.get(owner or 0, "").partition(" · ")[0],
        owner_id=owner,
        statement=sent.text("statement"),
        office=sent.text("office"),
        recommended=sent.text("recommended"),
        seen_on=sent.pick("seen_on"),
        admits=tuple(Obstacle(one) for one in sent.many("admits")),
        photo=checked([photo])[0] if photo else None,
    )
    if candidate_id is None:
        writing.add_candidate(actor(), now(), code, candidate, sent.once)
    else:
        writing.change_candidate(actor(), now(), code, candidate_id, candidate, sent.once)
