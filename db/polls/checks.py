"""Are polls whole? Each answer is of a household that was asked, in time, and told of once."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.events import facts_of
from db.polls.scope import buildings_of
from db.tables import Building, Case, Event, Household
from db.tables.polls import Poll, PollAnswer, PollOption
from db.verify_cases import Finding
from domain.errors import N_

Told = Mapping[int, tuple[str, datetime]]  # by household: the way of its last answer, and when


def faults_of_polls(session: Session) -> Iterator[Finding]:
    """Every fault, with the file's number.

    What was chosen stands in no event, so an answer that was exchanged for another of the same
    poll is not found; an answer that was added, removed or given to another household is.
    """
    for poll, number in session.execute(
        select(Poll, Case.number).join(Case, Case.id == Poll.case_id).order_by(Poll.id)
    ):
        for what in _faults(session, poll):
            yield Finding(
                N_("Poll of file {number}: {what}"),
                {"number": number, "what": Finding(what, {})},
            )


def _faults(session: Session, poll: Poll) -> Iterator[str]:
    answers = session.scalars(select(PollAnswer).where(PollAnswer.poll_id == poll.id)).all()
    options = set(session.scalars(select(PollOption.id).where(PollOption.poll_id == poll.id)))
    if any(answer.option_id not in options for answer in answers):
        yield N_("an answer is none of its own")
    asked = _asked(session, poll)
    if any(answer.household_id not in asked for answer in answers):
        yield N_("a household answered that it does not ask")
    kept = {
        row.household_id: (row.channel.value, row.changed_at or row.answered_at) for row in answers
    }
    if any(not poll.opened_at <= at < poll.closes_at for _, at in kept.values()):
        yield N_("an answer was kept outside of its time")
    if kept != _told(session, poll):
        yield N_("its answers are not those that its events tell of")


def _asked(session: Session, poll: Poll) -> set[int]:
    query = (
        select(Household.id)
        .join(Building, Building.id == Household.building_id)
        .where(buildings_of(poll), Household.id <= poll.newest_household_id)
    )
    return set(session.scalars(query))


def _told(session: Session, poll: Poll) -> Told:
    query = select(Event.payload, Event.happened_at).where(
        Event.chain == f"poll:{poll.id}", Event.kind == "poll_answered"
    )
    told = {}
    for payload, at in session.execute(query.order_by(Event.seq)):
        facts = facts_of(payload)
        told[int(str(facts["household"]))] = (str(facts["channel"]), at)
    return told
