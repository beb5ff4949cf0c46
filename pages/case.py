"""The file 档案: one problem with its words, its story, its promises and its next step."""

import streamlit as st

from db.casefile import case_file
from db.now import now
from domain.errors import NotFound
from domain.moves import State
from domain.people import Right
from pages.parts import go
from pages.parts.case_header import header
from pages.parts.case_help import volunteers_help
from pages.parts.case_merge import duplicates, merged
from pages.parts.case_next import begin, next_step
from pages.parts.case_timeline import timeline
from pages.parts.case_trail import case_trail
from pages.parts.case_words import words
from pages.parts.case_work import contacts, result, work
from pages.parts.forms import announce
from pages.parts.poll_open import ask_neighbours, case_polls
from pages.parts.show import show_error
from pages.parts.vote_case import case_votes
from pages.parts.who import actor
from pages.parts.words import _

# While nobody has taken it up, likely duplicates are worth the reading.
EARLY = frozenset({State.NEW, State.REOPENED, State.DELIBERATING})

st.set_page_config(layout="wide")
code = str(st.query_params.get(go.CASE, ""))
try:
    file = case_file(actor(), code, now())
except NotFound as error:
    show_error(error)
    go.link("inbox", _("All open files"), "inbox")
    st.stop()
begin(code)
announce()
header(file)
asked = case_polls(file)
case_votes(file)
next_step(file)
ask_neighbours(file, asked)
left, right = st.columns([5, 3], gap="large")
with left:
    words(file)
    result(file)
    timeline(file)
with right:
    work(file)
    case_trail(file)
    volunteers_help(file)
    if file.line.state in EARLY and actor().may(Right.HANDLE):
        duplicates(file)
    merged(file)
    contacts(file)
