"""Dispatch 派单: requests for help, who is asked, who comes, and who is on call."""

import streamlit as st

from domain.errors import NotFound
from domain.people import Right
from pages.parts import go
from pages.parts.dispatch_form import new_request
from pages.parts.dispatch_list import beside, list_of_requests, to_list
from pages.parts.dispatch_request import one_request
from pages.parts.forms import announce, forget
from pages.parts.show import show_error
from pages.parts.who import actor
from pages.parts.words import _

NEW, FROM_CASE = "new", "case"

st.set_page_config(layout="wide")
announce()
actor().need(Right.DISPATCH)
code = str(st.query_params.get(go.REQUEST, ""))
if st.session_state.get("dispatch_shown") != code:
    st.session_state["dispatch_shown"] = code
    forget("dispatch_")
if code:
    try:
        one_request(code)
    except NotFound as error:
        show_error(error)
        to_list()
elif NEW in st.query_params:
    to_list()
    new_request(st.query_params.get(FROM_CASE))
else:
    st.title(_("Dispatch"), anchor=False)
    st.error(_("Danger to life: first call 120."), icon=":material/emergency:")
    left, right = st.columns([5, 3], gap="large")
    with left:
        st.button(
            _("New request"),
            key="dispatch_new",
            type="primary",
            icon=":material/add:",
            on_click=st.query_params.from_dict,
            args=({NEW: "1"},),
        )
        list_of_requests()
    with right:
        beside()
