"""The servers that are compared: the product, and small Streamlit programs beside it."""

import shutil
from pathlib import Path

from tests.support.need import ROOT
from tests.support.server import Server

WELL = "/_stcore/health"
CONFIG = (
    "[browser]\ngatherUsageStats = false\n[server]\nheadless = true\nfileWatcherType = 'none'\n"
)

# Nothing at all, as Streamlit is.
STOCK = '"""Nothing."""\n'

# The same as fast as it can be: all that is imported set aside from garbage collection, and no
# waiting for acknowledgements (see `send_at_once` in app.py).
TUNED = '''"""Nothing, with a collector that has little to walk through."""

import gc
import socket

import streamlit as st


@st.cache_resource
def tune() -> bool:
    for found in gc.get_objects():
        if isinstance(found, socket.socket) and found.family in (socket.AF_INET, socket.AF_INET6):
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    gc.collect()
    gc.freeze()
    return True


tune()
'''

# The inbox as it is usually written: a data frame by OFFSET, counts by GROUP BY, a chart made
# anew, and a row of columns with a button for each file.
USUAL = '''"""Files, written the usual way."""

import os
import sqlite3

import pandas as pd
import streamlit as st

OPEN = "state NOT IN ('closed', 'merged')"


@st.cache_resource
def database():
    path = os.environ["DATABASE_URL"].removeprefix("sqlite:///")
    return sqlite3.connect(path, check_same_thread=False)


st.set_page_config(layout="wide")
st.title("Files")
with st.sidebar:
    st.selectbox("State", ["all", "new", "doing", "rating"])
    st.text_input("Search")
counts = pd.read_sql(
    f"SELECT state, count(*) AS files FROM cases WHERE {OPEN} GROUP BY state", database()
)
st.bar_chart(counts, x="state", y="files")
page = st.number_input("Page", min_value=1, value=1)
files = pd.read_sql(
    f"SELECT number, title, state, opened_at, next_due_at FROM cases WHERE {OPEN}"
    " ORDER BY opened_at DESC LIMIT 50 OFFSET ?",
    database(),
    params=[(page - 1) * 50],
)
files["opened_at"] = pd.to_datetime(files["opened_at"])
for place, row in files.iterrows():
    left, middle, right, last = st.columns([4, 1, 1, 1])
    left.write(row["title"])
    middle.write(row["state"])
    right.write(row["opened_at"])
    last.button("Open", key=f"open_{place}")
'''


def script(folder: Path, name: str, source: str, url: str = "") -> Server:
    """A small program's server; it is not started yet."""
    home = folder / name
    (home / ".streamlit").mkdir(parents=True, exist_ok=True)
    (home / ".streamlit" / "config.toml").write_text(CONFIG, encoding="utf-8")
    (home / f"{name}.py").write_text(source, encoding="utf-8")
    return Server(url, folder=home, script=f"{name}.py", well=WELL)


def frame_alone(folder: Path, url: str) -> Server:
    """The product with pages that have nothing on them: what is left is the frame."""
    home = folder / "frame"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    for name in ("db", "documents", "domain", "jobs", "locales", "routes"):
        (home / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / ".streamlit", home / ".streamlit")
    shutil.copy(ROOT / "app.py", home)
    shutil.copytree(ROOT / "pages", home / "pages")
    for path in (home / "pages").glob("*.py"):
        if path.name != "frame.py":
            path.write_text(STOCK, encoding="utf-8")
    return Server(url, folder=home)
