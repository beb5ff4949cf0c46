"""Requests for help in tests: made, asked about, looked at."""

from datetime import datetime, timedelta

from sqlalchemy import select

from db import engine
from db.requests import asking, dispatching, mine, reading
from db.requests.asking import Asked
from db.tables.outbox import Outgoing
from domain.people import Actor
from domain.requests import Called, Urgency
from domain.skills import SkillKind
from tests.support.cast import Cast

MINUTE = timedelta(minutes=1)
FEVER = Asked(
    need="孩子发烧，需要会看儿科的邻居",
    urgency=Urgency.EMERGENCY,
    skill=SkillKind.PAEDIATRICS,
    called=Called.FAMILY,
    name="住户子",
    phone="13800000101",
    door="1单元101",
    health="青霉素过敏",
)
READING = Asked(need="陪老人读报")


def emergency(cast: Cast, now: datetime) -> str:
    """A fever is asked about, and volunteers are being found; the code."""
    code = asking.ask(cast.secretary, now, FEVER).code
    dispatching.start(cast.secretary, now, code)
    return code


def asked_of(cast: Cast, code: str, now: datetime) -> list[str]:
    """Whom the request was offered to, in their order."""
    view = reading.request_view(cast.secretary, code, now)
    return [offer.volunteer for offer in view.offers]


def offer_of(actor: Actor, now: datetime) -> str:
    """The code of a volunteer's newest offer."""
    return mine.my_help(actor, now).offers[0].code


def state(cast: Cast, code: str, now: datetime) -> str:
    """Where a request stands."""
    return reading.request_view(cast.secretary, code, now).line.state.value


def told(kind: str) -> list[int | None]:
    """Who gets messages of a kind."""
    with engine.read() as session:
        rows = session.scalars(select(Outgoing).where(Outgoing.kind == kind).order_by(Outgoing.id))
        return [row.volunteer_id or row.account_id for row in rows]
