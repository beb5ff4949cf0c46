"""A volunteer's skills with their proof, and the button of whoever has seen it."""

import streamlit as st

from db.now import now
from db.volunteers.listing import SkillView, VolunteerFile
from db.volunteers.skills import LONGEST_PROOF, add_skill, drop_skill, proof_photo, verify_skill
from domain.days import local_day
from domain.errors import N_, FieldError
from domain.skills import SKILL, SkillKind
from pages.parts.forms import Form, Sent
from pages.parts.photos import checked, photo_input
from pages.parts.who import actor
from pages.parts.words import _, opening


def show(file: VolunteerFile) -> None:
    """Each skill, and the form for another."""
    st.subheader(_("Skills"), anchor=False)
    if not file.skills:
        st.caption(_("None yet. A skill counts once a leader or the office has seen its proof."))
    for skill in file.skills:
        one(skill)
    form = Form(f"skill_{file.code}")
    with (
        st.expander(_("Add a skill or a new proof"), icon=":material/add:"),
        st.form(f"{form.name}_form", border=False),
    ):
        st.selectbox(
            _("Skill"),
            list(SkillKind),
            index=None,
            format_func=lambda kind: opening(_(SKILL[kind])),
            key=form.key("kind"),
            placeholder=_("Choose"),
        )
        form.mend("kind")
        st.text_input(
            _("Proof"),
            key=form.key("proof"),
            max_chars=LONGEST_PROOF,
            placeholder=_("Such as the number of the licence"),
        )
        form.mend("proof")
        st.date_input(_("Proof valid until"), value=None, key=form.key("until"))
        photo_input(form.key("photos"))
        form.submit(_("Add the skill"), save, file.code, main=False)


def one(skill: SkillView) -> None:
    """One skill: what it is, whether it counts, and what to do about it."""
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{opening(_(SKILL[skill.kind]))}**", width="content")
            state(skill)
        st.text(skill.proof)
        if skill.has_photo:
            shown = st.toggle(_("Show the photo of the proof"), key=f"skill_photo_{skill.id}")
            if shown:
                st.image(
                    proof_photo(actor(), skill.id),
                    width=300,
                    alt=_("Photo of the proof"),
                )
        with st.container(horizontal=True, gap="small"):
            if skill.verified_at is None:
                Form(f"skill_verify_{skill.id}").button(
                    _("I have seen the proof"),
                    verify,
                    skill.id,
                    main=False,
                    icon=":material/verified:",
                )
            Form(f"skill_drop_{skill.id}").button(
                _("Take away"), drop, skill.id, main=False, icon=":material/delete:"
            )


def state(skill: SkillView) -> None:
    """Whether it counts, in words and colour."""
    until = skill.valid_until
    if skill.verified_at is None:
        st.badge(_("to be verified"), icon=":material/hourglass:", color="orange")
    elif until is not None and until < local_day(now()):
        run_out = _("run out on {day}", day=until.isoformat())
        st.badge(run_out, icon=":material/event_busy:", color="red")
    elif until is not None:
        valid = _("verified, until {day}", day=until.isoformat())
        st.badge(valid, icon=":material/verified:", color="green")
    else:
        st.badge(_("verified"), icon=":material/verified:", color="green")


def save(sent: Sent, code: str) -> None:
    """Enter the skill."""
    kind = sent.pick("kind")
    if kind is None:
        raise FieldError("kind", N_("Choose a skill."))
    photos = checked(sent.many("photos"))
    add_skill(
        actor(),
        now(),
        code,
        SkillKind(kind),
        sent.text("proof"),
        valid_until=sent.pick("until"),
        photo=photos[0] if photos else None,
    )


def verify(_sent: Sent, skill_id: int) -> None:
    """Say that one has seen the proof."""
    verify_skill(actor(), now(), skill_id)


def drop(_sent: Sent, skill_id: int) -> None:
    """Take it away."""
    drop_skill(actor(), now(), skill_id)
