"""What the office can set, with meaning and default; kept as rows."""

import re
from dataclasses import dataclass, fields, replace
from datetime import datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import read, write
from db.events import record
from db.tables import Setting
from db.upsert import upsert
from domain.clocks import ClockSettings
from domain.errors import N_, FieldError
from domain.names import clean_line, clean_name
from domain.people import Actor, Right
from domain.reminders import DutyHours


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. Times of day are in the community's time zone.

    Args:
        base_url: the public address that QR codes carry, without a slash at the end; empty
            until the administrator sets it, then the address that the browser used serves.
        community: the community's name, on every page and paper.
        demo: whether this database is the demo community.
        duty_line: the number that residents ring for help by volunteers, on cards and pages.
        duty_from, duty_to: duty hours in which people are reminded, as HH:MM.
    """

    base_url: str = ""
    community: str = ""
    demo: bool = False
    duty_line: str = ""
    first_answer_hours: int = 24
    vote_days: int = 0
    decision_days: int = 1
    done_days: int = 7
    duty_from: str = "08:30"
    duty_to: str = "17:30"
    duty_working_days_only: bool = False

    @property
    def clocks(self) -> ClockSettings:
        """The promises' limits."""
        return ClockSettings(
            first_answer_hours=self.first_answer_hours,
            vote_days=self.vote_days,
            decision_days=self.decision_days,
            done_days=self.done_days,
        )

    @property
    def duty(self) -> DutyHours:
        """When reminders may be raised."""
        return DutyHours(
            time.fromisoformat(self.duty_from),
            time.fromisoformat(self.duty_to),
            self.duty_working_days_only,
        )


_ALL = select(Setting.name, Setting.value)  # put together once: every page asks
# Nothing behind the host: the codes' own paths follow it.
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]{1,200}")
# A transaction reads them once, however many clocks it starts; whoever changes one drops it.
_KEPT = "settings"

NAMES = frozenset(field.name for field in fields(Settings))


def settings_in(session: Session) -> Settings:
    """The settings as this transaction sees them; names that no longer exist are ignored."""
    kept: Settings | None = session.info.get(_KEPT)
    if kept is None:
        rows = session.connection().execute(_ALL)
        known = {name: value for name, value in rows if name in NAMES}
        session.info[_KEPT] = kept = replace(Settings(), **known)
    return kept


def settings() -> Settings:
    """The settings now."""
    with read() as session:
        return settings_in(session)


def change(actor: Actor, now: datetime, **changed: Any) -> Settings:
    """Change settings by name.

    Raises:
        FieldError: a value that cannot be; the field is the setting's name.
    """
    actor.need(Right.SET_UP)
    if "community" in changed:
        changed["community"] = clean_name("community", changed["community"])
    if "base_url" in changed:
        changed["base_url"] = clean_line(changed["base_url"]).rstrip("/")
    if "duty_line" in changed:
        changed["duty_line"] = clean_line(changed["duty_line"])[:30]
    with write() as session:
        before = settings_in(session)
        after = replace(before, **changed)
        _check(after)
        for name, value in changed.items():
            put(session, name, value)
            if getattr(before, name) != value:
                record(session, actor, now, "setting_changed", setting=name)
        return after


def put(session: Session, name: str, value: Any) -> None:
    """Store one value under a name, whatever was there."""
    session.info.pop(_KEPT, None)
    session.execute(
        upsert(session, Setting)
        .values(name=name, value=value)
        .on_conflict_do_update(index_elements=[Setting.name], set_={"value": value})
    )


def _check(after: Settings) -> None:
    if after.base_url and not _ADDRESS.fullmatch(after.base_url):
        raise FieldError(
            "base_url", N_("Write the address as https://desk.example, nothing behind it.")
        )
    for name in ("first_answer_hours", "done_days"):
        if not 1 <= getattr(after, name) <= 365:
            raise FieldError(name, N_("Choose a number from 1 to 365."))
    for name in ("vote_days", "decision_days"):
        if not 0 <= getattr(after, name) <= 365:
            raise FieldError(name, N_("Choose a number from 0 to 365."))
    try:
        if time.fromisoformat(after.duty_from) >= time.fromisoformat(after.duty_to):
            raise FieldError("duty_to", N_("Duty hours must end after they begin."))
    except ValueError:
        raise FieldError("duty_from", N_("Write times of day as 08:30.")) from None
