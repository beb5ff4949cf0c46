"""Leaving the signed-in pages for one of the plain ones, in the same browser tab."""

from urllib.parse import quote

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import enqueue_message

from db import sign_ins
from db.now import now


def leave_for(address: str) -> None:
    """Send the browser to an address of this server; Streamlit's own links open a new tab."""
    message = ForwardMsg()
    message.auth_redirect.url = address
    enqueue_message(message)


def sign_out() -> None:
    """End this sign-in on every tab and go to the sign-in page."""
    key = st.user.get("desk_session")
    if isinstance(key, str):
        sign_ins.sign_out(key, now())
    leave_for("/signin")


def change_language(code: str) -> None:
    """Keep another language for this browser and load the page in it."""
    page = st.context.url or "/"
    path = "/" + page.partition("://")[2].partition("/")[2]
    leave_for(f"/language?to={code}&next={quote(path, safe='')}")
