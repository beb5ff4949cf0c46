"""A committee's vote is its meeting: one form records who was there and how each one voted."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once
from db.elections.terms import sitting_on, term_on
from db.engine import read, write
from db.tables.elections import Attendance, CommitteeMember
from db.tables.votes import Turnout, Vote, VoteRight, VoteUnit
from db.votes.box import BallotIn, take
from db.votes.counting import count_now
from db.votes.hashes import questions_hash, roll_hash, rules_hash
from db.votes.scope import asked, note, vote_seen, vote_to_change
from domain.ballots import check_choices, write_choices
from domain.days import as_utc, local_day, local_time
from domain.errors import N_, FieldError, Refused
from domain.people import Actor, Right
from domain.rights import Kind
from domain.standing import Channel, Choice
from domain.thresholds import Lane
from domain.votes import Stage

SOURCE = "《业主大会和业主委员会指导规则》第三十七条、第三十八条"


@dataclass(frozen=True, slots=True)
class MeetingForm:
    """What the form asks: the members in office on the posted day, and the posted questions.

    Args:
        questions: position and name.
        present: after the meeting who was there, by member id; None before.
    """

    meets_on: date | None
    members: tuple[tuple[int, str], ...]
    questions: tuple[tuple[int, str], ...]
    present: dict[int, bool] | None


def meeting_form(actor: Actor, now: datetime, code: str) -> MeetingForm:
    """The form for one committee's vote.

    Raises:
        NotFound: there is no such vote, or it is not yours.
    """
    actor.need(Right.RUN_VOTES)
    with read() as session:
        vote = vote_seen(session, actor, code)
        _need_committee(vote)
        held = session.execute(
            select(CommitteeMember.id, CommitteeMember.name, Attendance.present)
            .join(Attendance, Attendance.member_id == CommitteeMember.id)
            .where(Attendance.vote_id == vote.id)
            .order_by(CommitteeMember.position)
        ).all()
        day = vote.meets_on or local_day(now)
        members = (
            [(row.id, row.name) for row in held]
            if held
            else [(row.id, row.name) for row in _sitting(session, vote, day)]
        )
        return MeetingForm(
            meets_on=vote.meets_on,
            members=tuple(members),
            questions=tuple((one.position, one.name) for one in asked(session, vote)),
            present={row.id: row.present for row in held} if held else None,
        )


def record_meeting(
    actor: Actor,
    now: datetime,
    code: str,
    *,
    held_at: datetime,
    choices: Mapping[int, Mapping[int, Choice]],
    key: str | None = None,
) -> None:
    """Record the meeting and count it: more than half present, more than half of all in favour.

    Args:
        held_at: when it ended, on the day for which the agenda was posted.
        choices: of every member who was there, by member id: a choice for each question. Who is
            left out was absent; nobody votes for an absent member.

    Raises:
        FieldError: a day for which nothing was posted, a stranger, a question left out.
        Refused: no agenda was posted, or the estate has no committee.
    """
    with write() as session:
        vote = vote_to_change(session, actor, now, code)
        _need_committee(vote)
        if once.claim(session, key, "meeting", now) is None:
            vote_to_change(session, actor, now, code, Stage.NOTICED)
            _record(session, actor, now, vote, held_at, choices)
    # Counting locks what the meeting has written, in a transaction of its own; were it cut off
    # here, the tick would count it.
    count_now(actor, now, code)


def _record(
    session: Session,
    actor: Actor,
    now: datetime,
    vote: Vote,
    held_at: datetime,
    choices: Mapping[int, Mapping[int, Choice]],
) -> None:
    day = local_day(held_at)
    if held_at > now:
        raise FieldError("held_at", N_("Record the meeting once it is over."))
    if day != vote.meets_on:
        raise FieldError(
            "held_at",
            N_("The agenda was posted for {day}. Post another day anew."),
            day=vote.meets_on,
        )
    members = _sitting(session, vote, day)
    if not members:
        raise Refused(N_("The estate has no committee on the list. Enter its members first."))
    if set(choices) - {one.id for one in members}:
        raise FieldError("members", N_("Only members in office vote, and nobody for them."))
    if not choices:
        raise FieldError("members", N_("Tick who was there."))
    if vote.questions_hash != questions_hash(session, vote):
        raise Refused(N_("The questions are not those of the notice. Post a new notice."))
    positions = {one.position for one in asked(session, vote)}
    for one in choices.values():
        check_choices(one, positions, None, by_hand=False)
    vote.opened_by = actor.account_id
    vote.opened_at = vote.closes_at = as_utc(held_at)
    vote.rules_source = SOURCE
    rights = _freeze(session, vote, members)
    vote.rules_hash = rules_hash(vote)
    vote.roll_hash = roll_hash(session, vote.id)
    session.flush()
    note(
        session,
        actor,
        now,
        vote,
        "meeting_recorded",
        members=len(members),
        present=len(choices),
        held_at=local_time(held_at).isoformat(),
        questions=vote.questions_hash,
        rules=vote.rules_hash,
        roll=vote.roll_hash,
    )
    for member in members:
        if member.id in choices:
            take(
                session,
                BallotIn(
                    actor=actor,
                    vote_id=vote.id,
                    right_id=rights[member.id],
                    channel=Channel.PAPER,
                    choices=write_choices(choices[member.id]),
                    receipt=secrets.token_urlsafe(16),  # kept in the minutes, nobody asks for it
                    now=now,
                ),
            )
    session.add_all(
        Attendance(
            vote_id=vote.id,
            member_id=one.id,
            right_id=rights[one.id],
            present=one.id in choices,
        )
        for one in members
    )


def _freeze(session: Session, vote: Vote, members: list[CommitteeMember]) -> dict[int, int]:
    """One right a member, of no area; returns the rights' ids by member."""
    rights: dict[int, int] = {}
    for number, member in enumerate(sorted(members, key=lambda _: secrets.randbits(64)), start=1):
        name = f"m{number}"  # in no order that says who it is
        right = VoteRight(vote_id=vote.id, key=name, area=0)
        session.add(right)
        session.flush()
        rights[member.id] = right.id
        session.add(
            VoteUnit(
                vote_id=vote.id,
                pseudonym=name,
                label=member.name,
                kind=Kind.DWELLING,
                area=0,
                owners=name,
                developer=False,
                right_id=right.id,
            )
        )
    session.add(Turnout(vote_id=vote.id, building=0, heads=len(members), area=0))
    session.flush()
    return rights


def _sitting(session: Session, vote: Vote, day: date) -> list[CommitteeMember]:
    term = term_on(session, vote.estate_id, day)
    return sitting_on(session, term, day) if term else []


def _need_committee(vote: Vote) -> None:
    if vote.lane is not Lane.COMMITTEE:
        raise Refused(N_("Owners vote on this, not the committee's meeting."))
