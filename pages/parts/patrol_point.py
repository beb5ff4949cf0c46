"""The fields for a look at one point: in order in one tap, or a hazard with words and a photo."""

import streamlit as st

from db.now import now
from db.rounds import patrols
from db.rounds.patrol_query import PointView
from domain.patrols import Finding
from pages.parts.forms import Form, Sent
from pages.parts.photos import TYPES, checked
from pages.parts.who import actor
from pages.parts.words import _


def check_fields(
    point: PointView, name: str, *, in_fragment: bool = False, wide: bool = False
) -> None:
    """Both ways."""
    Form(f"{name}_ok", in_fragment=in_fragment, wide=wide).button(
        _("In order"), save, point.code, Finding.CLEAR, main=False, icon=":material/check:"
    )
    form = Form(f"{name}_hazard", in_fragment=in_fragment, wide=wide)
    with st.form(form.key("form"), border=False):
        st.text_area(
            _("Hazard"),
            key=form.key("note"),
            max_chars=patrols.LONGEST_NOTE,
            height=80,
            placeholder=_("What it is, and where exactly"),
        )
        form.mend("note")
        st.file_uploader(_("Photo"), type=TYPES, key=form.key("photo"))
        form.mend("photos")
        form.submit(_("Report the hazard"), save, point.code, Finding.HAZARD, main=False)


def save(sent: Sent, code: str, finding: Finding) -> None:
    """Keep what was found; a hazard becomes a file at once."""
    file = sent.pick("photo")
    photos = checked([file]) if file is not None else ()
    patrols.check_point(
        actor(),
        now(),
        code,
        finding=finding,
        note=sent.text("note"),
        photo=photos[0] if photos else None,
        once_key=sent.once,
    )
