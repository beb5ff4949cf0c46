"""Backups: made each night by themselves, now by hand, downloaded; and how one comes back."""

import pyarrow as pa
import streamlit as st

from db.backup import KEPT, Backup, backup_by, backup_file, backups
from db.now import now
from domain.people import Actor
from pages.parts.forms import Form, Sent
from pages.parts.when import moment
from pages.parts.who import actor
from pages.parts.words import _
from pages.parts.working import working

MEGABYTE = 1_000_000


def show() -> None:
    """The newest to download, a new one, the list, and the way back."""
    rows = backups(actor())
    st.caption(
        _(
            "The server makes a backup each night, with photos, and keeps the last {n}. Keep a "
            "copy outside of this building.",
            n=KEPT,
        )
    )
    with st.container(horizontal=True):
        Form("settings_backup").button(_("Make a backup now"), make, icon=":material/backup:")
        if rows:
            newest(rows[0], actor())
    if not rows:
        st.info(_("There is no backup yet."), icon=":material/backup:")
    else:
        listed(rows)
    with st.expander(_("How to restore a backup"), icon=":material/settings_backup_restore:"):
        st.markdown(
            _(
                "1. Stop the server and wait a minute.\n"
                "2. In the program's folder, run the command below with the backup's name.\n"
                "3. Start the server. Everybody signs in again.\n\n"
                "The backup is checked first, and the database as it was is kept beside the "
                "backups."
            )
        )
        name = rows[0].name if rows else "night-20260301-020000.sqlite"
        st.code(f"python -m db restore data/backups/{name}", language="bash")


def newest(row: Backup, who: Actor) -> None:
    """The newest one's content, read when the button is clicked; the download is recorded."""
    st.download_button(
        _("Download the newest"),
        data=lambda: backup_file(who, now(), row.name).read_bytes(),
        file_name=row.name,
        mime="application/octet-stream",
        key="settings_backup_download",
        icon=":material/download:",
        on_click="ignore",
        help=_("It holds names and telephone numbers. Keep it where nobody else can read it."),
    )


def make(sent: Sent) -> None:
    """Make one now."""
    who, at = actor(), now()
    working(_("Writing the backup…"), lambda tell: backup_by(who, at))


def listed(rows: list[Backup]) -> None:
    """All backups of the folder."""
    st.dataframe(
        pa.table(
            {
                "at": [moment(row.at) for row in rows],
                "kind": [_("by night") if row.by_itself else _("by hand") for row in rows],
                "size": pa.array([row.size / MEGABYTE for row in rows], pa.float64()),
                "name": [row.name for row in rows],
            }
        ),
        hide_index=True,
        key="settings_backups",
        alt=_("All backups, the newest first"),
        column_config={
            "at": st.column_config.TextColumn(_("Made"), width="medium"),
            "kind": st.column_config.TextColumn(_("How"), width="small"),
            "size": st.column_config.NumberColumn(_("MB"), format="%.1f", width="small"),
            "name": st.column_config.TextColumn(_("File name"), width="large"),
        },
    )
