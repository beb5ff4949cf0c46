"""The ranked volunteers with the reasons for their places, and those left out with theirs."""

import pyarrow as pa
import streamlit as st

from db.exports import Exported
from db.now import now
from db.requests import dispatching
from db.requests.views import Ranked, RequestView
from domain import request_labels as labels
from domain.matching import LeftOut, Place
from domain.volunteers import SQUAD
from pages.parts import export
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _, ngettext, opening

HOUR = 60


def rank_list(view: RequestView, found: Ranked) -> None:
    """Who could be asked, the first first; one click offers."""
    st.subheader(
        ngettext("{n} volunteer may be asked", "{n} volunteers may be asked", found.may),
        anchor=False,
    )
    if not found.places and not view.line.open_offers:
        st.warning(
            _("Nobody may be asked now. The list below says why; call somebody, or 120."),
            icon=":material/person_off:",
        )
    for number, place in enumerate(found.places, start=1):
        row(number, place, view.line.code)
    if found.may > len(found.places):
        st.caption(ngettext("{n} more", "{n} more", found.may - len(found.places)))
    left_out(found)


def row(number: int, place: Place, code: str) -> None:
    """One volunteer: place, name, why here, and the button."""
    person = place.volunteer
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None, width="stretch"):
            st.markdown(f"{number}. **{plain(person.name)}** · {_(SQUAD[person.squad])}")
            st.caption(plain(" · ".join(reasons(place))))
        Form(f"dispatch_offer_{person.code}").button(
            _("Ask"), offer, code, person.code, main=False, said=False
        )


def reasons(place: Place) -> list[str]:
    """What put somebody in their place, in the order in which it counts."""
    told = []
    if place.post is not None:
        told.append(_("on call") if place.post == 0 else _("on call, backup {n}", n=place.post))
    told.append(_(labels.MATCH[place.match]))
    told.append(_(labels.NEAR[place.near]))
    hours = place.minutes / HOUR
    told.append(_("{n} h in 30 days, nights double", n=f"{hours:.1f}".removesuffix(".0")))
    if place.last_offered_at is None:
        told.append(_("never asked before"))
    else:
        told.append(_("asked last {when}", when=moment(place.last_offered_at)))
    return told


def offer(_sent: Sent, code: str, volunteer: str) -> None:
    """Ask this one."""
    dispatching.offer_to(actor(), now(), code, volunteer)


def left_out(found: Ranked) -> None:
    """Those who may not be asked, with every reason."""
    if found.unskilled:
        st.caption(_("{n} more have no verified skill that fits.", n=found.unskilled))
    if not found.left_out:
        return
    with st.expander(
        ngettext("{n} is left out", "{n} are left out", found.may_not), icon=":material/person_off:"
    ):
        export.frame(
            pa.table(
                {
                    "name": [one.volunteer.name for one in found.left_out],
                    "why": [why(one) for one in found.left_out],
                }
            ),
            key="dispatch_left_out",
            hide_index=True,
            width="stretch",
            alt=_("Volunteers who may not be asked now, with the reasons"),
            leaves=Exported.REQUESTS,
            column_config={
                "name": st.column_config.TextColumn(_("Name"), width="small"),
                "why": st.column_config.TextColumn(_("Why not")),
            },
        )


def why(one: LeftOut) -> str:
    """All reasons, the first letter large."""
    return opening(_(", ").join(_(labels.OUT[reason]) for reason in one.reasons))
