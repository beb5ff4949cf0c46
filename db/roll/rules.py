"""The estate's rules of procedure: a row for each time they were entered, none overwritten."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables.roll import EstateRule
from domain.roll_rules import EstateRules, newest
from domain.timetable import LocalNumber, Period

DAYS = {
    Period.NOTICE: "notice_days",
    Period.AGENDA: "agenda_days",
    Period.OBJECTION: "objection_days",
    Period.PUBLISH: "publish_days",
}


def rules_of(session: Session, estate_id: int, on: date) -> EstateRules:
    """What holds on a day; the house's defaults where nobody entered anything."""
    query = select(EstateRule).where(EstateRule.estate_id == estate_id).order_by(EstateRule.id)
    return newest((as_rules(row) for row in session.scalars(query)), on)


def as_rules(row: EstateRule) -> EstateRules:
    """The row in the rules' own words."""
    return EstateRules(
        silent=row.silent,
        invalid=row.invalid,
        count_parking=row.count_parking,
        proxy_cap=row.proxy_cap,
        numbers=tuple(
            LocalNumber(period, days, row.source, row.effective)
            for period, name in DAYS.items()
            if (days := getattr(row, name)) is not None
        ),
        lookers=tuple(row.lookers),
        source=row.source,
        effective=row.effective,
    )
