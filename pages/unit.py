"""Partner units 共建单位: who offers what, who did nothing this quarter; one unit's own page."""

import streamlit as st

from db.conference.units import unit_page
from db.now import now
from domain.errors import DeskError
from domain.people import Right
from pages.parts import unit_card, unit_list
from pages.parts.forms import announce
from pages.parts.show import show_error
from pages.parts.who import actor
from pages.parts.words import _

UNIT = "u"  # in the address: the unit's code

st.set_page_config(layout="wide")
code = str(st.query_params.get(UNIT, ""))
if actor().may(Right.HANDLE) and not code:
    st.title(_("Partner units"), anchor=False)
    announce()
    unit_list.show()
else:
    announce()
    if actor().may(Right.HANDLE):
        st.button(
            _("All units"),
            key="unit_all",
            icon=":material/arrow_back:",
            type="tertiary",
            on_click=st.query_params.clear,
        )
    try:
        found = unit_page(actor(), now(), code or None)
    except DeskError as error:
        st.title(_("Partner units"), anchor=False)
        show_error(error)
    else:
        unit_card.show(found)
