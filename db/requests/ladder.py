"""Offering runs by itself: who is asked when, by stored times alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from db.engine import read, write
from db.events import record
from db.numbers import new_code
from db.requests import telling
from db.requests.parts import busy, end_offers, move, need_of
from db.tables.requests import HelpRequest, OfferRow, RequestRung
from db.tables.volunteers import SkillRow, VolunteerRow
from db.upsert import upsert
from db.volunteers.facts import candidates, facts_of
from domain.days import local_day
from domain.escalation import Rung, Step, step
from domain.matching import QUIET_HOURS, Ranking, rank
from domain.offers import Ended, Offer, OfferState, stands_until
from domain.people import SYSTEM, Actor
from domain.requests import Act, RequestState, Urgency
from domain.skills import RELATED, SkillKind
from domain.volunteers import Volunteer

# Read before the transaction that asks: so many that some may have become busy meanwhile.
SHORTLIST = 20
# Up to so many volunteers everybody is named with the reasons; of more, those without the skill
# are counted, as reading a year of their service would take longer than all the rest.
BY_NAME = 300


def tick(now: datetime) -> int:
    """Do what is due for every request that is being offered; returns for how many.

    Harmless to repeat, late, and on two servers: what is due follows from stored times, and
    each rung is a row that can be there once.
    """
    with read() as session:
        offering = list(
            session.scalars(
                select(HelpRequest)
                .where(HelpRequest.state == RequestState.OFFERING)
                .order_by(HelpRequest.urgency, HelpRequest.made_at, HelpRequest.id)
            )
        )
        due = [row.id for row in offering if not _due(session, row, now).nothing]
    return sum(climb(key, now) for key in due)


def climb(request_id: int, now: datetime) -> bool:
    """Do what is due for one request; whether anything was."""
    chosen = shortlist(request_id, now)
    with write() as session:
        row = session.get(HelpRequest, request_id, with_for_update=True)
        if row is None or row.state is not RequestState.OFFERING:
            return False
        return run(session, now, row, chosen)


def shortlist(request_id: int, now: datetime) -> list[int]:
    """The volunteers who would be asked first, reckoned without holding anybody up."""
    with read() as session:
        row = session.get_one(HelpRequest, request_id)
        return [one.volunteer.id for one in ranking(session, row, now).places[:SHORTLIST]]


@dataclass(frozen=True, slots=True)
class Everybody:
    """All volunteers' places; of a large community those without the skill are a number."""

    ranking: Ranking
    unskilled: int


def ranking(session: Session, row: HelpRequest, now: datetime) -> Ranking:
    """Everybody's place for this request, or why they have none."""
    return everybody(session, row, now).ranking


def everybody(session: Session, row: HelpRequest, now: datetime) -> Everybody:
    """The same, with how many were not even looked at for want of the skill."""
    need = need_of(session, row, now)
    at, unskilled = need.window.starts_at, 0
    people: Iterable[Volunteer]
    if need.skill is None or _squads(session) <= BY_NAME:
        people = candidates(session, at)
    else:
        skilled = _skilled(session, need.skill, at)
        people = facts_of(session, skilled, at).values()
        unskilled = _squads(session) - len(skilled)
    return Everybody(rank(need, people, busy(session, row), now), unskilled)


def _squads(session: Session) -> int:
    query = select(func.count(VolunteerRow.id)).where(VolunteerRow.left_on.is_(None))
    return session.scalar(query) or 0


def _skilled(session: Session, asked: SkillKind, at: datetime) -> list[int]:
    """Who has the skill or one that stands in for it; the rule looks at them once more."""
    kinds = [asked, *RELATED.get(asked, ())]
    query = (
        select(SkillRow.volunteer_id)
        .join(VolunteerRow, VolunteerRow.id == SkillRow.volunteer_id)
        .where(
            SkillRow.kind.in_(kinds),
            SkillRow.verified_at.is_not(None),
            SkillRow.valid_until.is_(None) | (SkillRow.valid_until >= local_day(at)),
            VolunteerRow.left_on.is_(None),
        )
        .distinct()
    )
    return list(session.scalars(query))


def begin(
    session: Session, actor: Actor, now: datetime, row: HelpRequest, chosen: Sequence[int]
) -> None:
    """A ladder begins, with a locked request that has just become offered."""
    row.ladder += 1
    row.offering_at = now
    session.flush()
    run(session, now, row, chosen)


def run(session: Session, now: datetime, row: HelpRequest, chosen: Sequence[int]) -> bool:
    """What is due for a locked request that is being offered; whether anything was.

    Args:
        chosen: the shortlist; they are looked at once more before they are asked.
    """
    todo = _due(session, row, now)
    if todo.nothing:
        return False
    end_offers(session, SYSTEM, now, row, Ended.TIME, only=todo.expire)
    for rung in todo.rungs:
        _raise(session, now, row, rung)
    if todo.ask:
        asked = _ask(session, now, row, chosen, todo.ask)
        if asked == 0 and row.urgency is Urgency.ROUTINE and not _open(session, row):
            move(session, SYSTEM, now, row, Act.RUN_OUT)
            telling.waits(session, now, row)
    if Rung.SECRETARY in todo.rungs:
        move(session, SYSTEM, now, row, Act.ESCALATE)
    return True


def send(
    session: Session, actor: Actor, now: datetime, row: HelpRequest, volunteer_id: int
) -> str | None:
    """Offer the request to one volunteer; its code, or None where they were just asked.

    An open routine offer to them gives way to an emergency.
    """
    if row.urgency is Urgency.EMERGENCY:
        _give_way(session, now, volunteer_id)
    until = stands_until(row.urgency, now)
    made = session.execute(
        upsert(session, OfferRow)
        .values(
            code=new_code(),
            request_id=row.id,
            ladder=row.ladder,
            volunteer_id=volunteer_id,
            state=OfferState.SENT,
            sent_at=now,
            sent_by=actor.account_id,
            expires_at=until,
        )
        .on_conflict_do_nothing()
        .returning(OfferRow.id, OfferRow.code)
    ).one_or_none()
    if made is None:
        return None
    session.execute(
        update(VolunteerRow).where(VolunteerRow.id == volunteer_id).values(last_offered_at=now)
    )
    record(
        session,
        actor,
        now,
        "offer_sent",
        request=row.id,
        offer=made.id,
        volunteer=volunteer_id,
    )
    telling.offered(session, now, row, volunteer_id, until)
    return str(made.code)


def _due(session: Session, row: HelpRequest, now: datetime) -> Step:
    if row.offering_at is None:
        return Step()
    ladder = RequestRung.request_id == row.id, RequestRung.ladder == row.ladder
    raised = set(session.scalars(select(RequestRung.rung).where(*ladder)))
    query = select(OfferRow).where(OfferRow.request_id == row.id, OfferRow.ladder == row.ladder)
    offers = [
        Offer(one.id, one.volunteer_id, one.state, one.sent_at, one.expires_at)
        for one in session.scalars(query)
    ]
    due = step(row.urgency, row.offering_at, now, raised, offers)
    if due.ask and row.urgency is Urgency.ROUTINE and QUIET_HOURS.holds(now):
        return Step(expire=due.expire)  # nobody is asked before the morning
    return due


def _raise(session: Session, now: datetime, row: HelpRequest, rung: Rung) -> None:
    made = session.execute(
        upsert(session, RequestRung)
        .values(request_id=row.id, ladder=row.ladder, rung=rung, raised_at=now)
        .on_conflict_do_nothing()
        .returning(RequestRung.id)
    ).scalar_one_or_none()
    if made is None:
        return
    told = telling.climbed(session, now, row, rung)
    record(
        session,
        SYSTEM,
        now,
        "request_rung",
        request=row.id,
        rung=rung.value,
        told=told or None,
    )


def _ask(
    session: Session, now: datetime, row: HelpRequest, chosen: Sequence[int], many: int
) -> int:
    need = need_of(session, row, now)
    people = facts_of(session, chosen, need.window.starts_at).values()
    sent = 0
    for place in rank(need, people, busy(session, row), now).places:
        if sent < many and send(session, SYSTEM, now, row, place.volunteer.id):
            sent += 1
    return sent


def _open(session: Session, row: HelpRequest) -> bool:
    query = select(OfferRow.id).where(
        OfferRow.request_id == row.id, OfferRow.state == OfferState.SENT
    )
    return session.scalar(query.limit(1)) is not None


def _give_way(session: Session, now: datetime, volunteer_id: int) -> None:
    found = session.execute(
        select(OfferRow.id, HelpRequest)
        .join(HelpRequest, HelpRequest.id == OfferRow.request_id)
        .where(
            OfferRow.volunteer_id == volunteer_id,
            OfferRow.state == OfferState.SENT,
            HelpRequest.urgency == Urgency.ROUTINE,
        )
    ).one_or_none()
    if found is not None:
        end_offers(session, SYSTEM, now, found[1], Ended.GAVE_WAY, only=[found[0]])
