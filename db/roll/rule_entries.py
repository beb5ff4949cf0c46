"""The estate's rules of procedure are entered, and all that was ever entered is shown."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db import once
from db.engine import read, write
from db.events import record
from db.numbers import new_code
from db.roll.rules import as_rules
from db.roll.scope import need_roll
from db.tables import Account, AccountRole
from db.tables.roll import EstateRule
from domain.errors import N_, FieldError
from domain.people import RIGHTS, Actor, Right
from domain.roll_rules import PROXY_CAP, EstateRules, newest
from domain.tally import Invalid, Silent
from domain.texts import LONGEST_LINE, required
from domain.timetable import DEFAULTS, Period

MOST_PROXIES = 20
LONGEST_PERIOD = 90
# The law's own numbers; an estate may ask for more and not for less.
LEAST: dict[Period, int] = {one.period: one.days for one in DEFAULTS if one.period is Period.NOTICE}


@dataclass(frozen=True, slots=True)
class RulesForm:
    """What somebody entered; days that are None are the law's or the house's own."""

    source: str
    effective: date | None
    silent: Silent = Silent.STRICT
    invalid: Invalid = Invalid.BOTH
    count_parking: bool = False
    proxy_cap: int = PROXY_CAP
    lookers: tuple[int, ...] = ()
    days: tuple[tuple[Period, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class RulesEntry:
    """One entry of the history, with who made it and whom it names."""

    rules: EstateRules
    lookers: tuple[str, ...]
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class RulesView:
    """The rules that hold on a day, all entries, the newest first, and who can be named."""

    now: EstateRules
    entries: tuple[RulesEntry, ...]
    choices: dict[int, str]


def rules_view(actor: Actor, on: date, estate_id: int) -> RulesView:
    """The rules of an estate.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`.
    """
    with read() as session:
        need_roll(session, actor, estate_id)
        query = select(EstateRule).where(EstateRule.estate_id == estate_id).order_by(EstateRule.id)
        rows = list(session.scalars(query))
        names = dict(session.execute(select(Account.id, Account.name)).all())
        return RulesView(
            newest((as_rules(row) for row in rows), on),
            tuple(
                RulesEntry(
                    as_rules(row),
                    tuple(names.get(one, "") for one in row.lookers),
                    names.get(row.recorded_by or 0, ""),
                    row.recorded_at,
                )
                for row in reversed(rows)
            ),
            _choices(session, estate_id),
        )


def _choices(session: Session, estate_id: int) -> dict[int, str]:
    """Accounts that run votes in this estate."""
    roles = [role for role, rights in RIGHTS.items() if Right.RUN_VOTES in rights]
    query = (
        select(Account.id, Account.name)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(
            AccountRole.role.in_(roles),
            Account.active,
            or_(Account.estate_id.is_(None), Account.estate_id == estate_id),
        )
        .order_by(Account.id)
    )
    return dict(session.execute(query).all())


def enter_rules(
    actor: Actor, now: datetime, estate_id: int, form: RulesForm, once_key: str | None = None
) -> None:
    """Enter what holds from a day on; what was entered before stays.

    Raises:
        NotAllowed, NotFound: see `db.roll.scope`.
        FieldError: a field that must be mended.
    """
    actor.need(Right.RUN_VOTES)
    source = required("source", form.source, LONGEST_LINE)
    if form.effective is None:
        raise FieldError("effective", N_("Choose the day from which it holds."))
    if not 0 <= form.proxy_cap <= MOST_PROXIES:
        raise FieldError("proxy_cap", N_("Choose a number from 0 to {n}."), n=MOST_PROXIES)
    days = dict(form.days)
    for period, number in days.items():
        if number is not None and not LEAST.get(period, 1) <= number <= LONGEST_PERIOD:
            raise FieldError(
                period.value,
                N_("Choose a number of days from {least} to {most}."),
                least=LEAST.get(period, 1),
                most=LONGEST_PERIOD,
            )
    with write() as session:
        need_roll(session, actor, estate_id, lock=True)
        if once.claim(session, once_key, new_code(), now) is not None:
            return
        if not set(form.lookers) <= set(_choices(session, estate_id)):
            raise FieldError("lookers", N_("Choose people from the list."))
        row = EstateRule(
            estate_id=estate_id,
            silent=form.silent,
            invalid=form.invalid,
            count_parking=form.count_parking,
            proxy_cap=form.proxy_cap,
            lookers=sorted(set(form.lookers)),
            notice_days=days.get(Period.NOTICE),
            agenda_days=days.get(Period.AGENDA),
            objection_days=days.get(Period.OBJECTION),
            publish_days=days.get(Period.PUBLISH),
            source=source,
            effective=form.effective,
            recorded_by=actor.account_id,
            recorded_at=now,
        )
        session.add(row)
        session.flush()
        record(
            session,
            actor,
            now,
            "estate_rules_entered",
            estate=estate_id,
            rules=row.id,
            proxy_cap=form.proxy_cap,
            count_parking=form.count_parking,
            silent=form.silent.value,
            invalid=form.invalid.value,
            lookers=sorted(set(form.lookers)),
        )
