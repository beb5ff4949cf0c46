"""A household answers: from its follow page, by its link, in the lobby, or on the telephone."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import once, rates
from db.engine import read, write
from db.events import record
from db.numbers import clean_follow_code, hashed
from db.polls.scope import asks, need_open, no_such_poll, poll_seen
from db.scope import report_followed
from db.tables import Reporter
from db.tables.polls import Poll, PollAnswer, PollChannel, PollLink, PollOption
from db.upsert import upsert
from domain.errors import N_, FieldError, NotAllowed, NotFound
from domain.people import RESIDENT, Actor, Right

# 29^8 codes: a household's is not found by so many tries, and a network's many phones get by.
GUESSES_WITHIN = timedelta(hours=1)
GUESSES_OF_HOUSEHOLD, GUESSES_FROM_ADDRESS = 10, 40


class WrongCode(FieldError):
    """Room and code do not belong together; which of them is wrong is not said."""

    def __init__(self) -> None:
        super().__init__(
            "code", N_("Room and code do not fit together. Look at the slip once more.")
        )


def answer_by_phone(
    actor: Actor,
    now: datetime,
    code: str,
    household_id: int,
    position: int,
    key: str | None = None,
) -> None:
    """The desk writes down what a household said on the telephone.

    Raises:
        NotFound: no such poll in this person's scope.
        FieldError: no household of this poll, or no answer.
    """
    actor.need(Right.RUN_VOTES)
    with write() as session:
        poll = poll_seen(session, actor, code)
        if once.claim(session, key, "poll_answer", now) is None:
            _keep(session, actor, now, poll, household_id, position, PollChannel.PHONE)


def answer_by_follow(
    actor: Actor, now: datetime, follow_code: str, poll_code: str, position: int
) -> None:
    """A reporter answers for their household from the page of their own report.

    Raises:
        NotFound: the code is not valid, or there is no such poll.
        NotAllowed: the poll does not ask the reporter's household.
    """
    with write() as session:
        report, _ = report_followed(session, follow_code, lock=False)
        reporter = session.get(Reporter, report.reporter_id) if report.reporter_id else None
        household = reporter.household_id if reporter else None
        poll = session.scalar(select(Poll).where(Poll.code == poll_code))
        if poll is None:
            raise no_such_poll()
        if household is None or not asks(session, poll, household):
            raise NotAllowed(N_("This poll asks other households than yours."))
        _keep(session, actor, now, poll, household, position, PollChannel.FOLLOW)


def answer_by_pass(now: datetime, secret: str, position: int) -> None:
    """Who exchanged a link answers with the secret that it was exchanged for.

    Raises:
        NotFound: the secret is not valid, or was replaced.
    """
    with write() as session:
        link, poll = link_of_pass(session, secret)
        _keep(session, RESIDENT, now, poll, link.household_id, position, PollChannel.LINK)


def answer_in_lobby(
    now: datetime,
    lobby_code: str,
    household_id: int,
    household_code: str,
    position: int,
    whence: str,
) -> None:
    """Room and the code from the letterbox, typed behind the poster in the lobby.

    Args:
        whence: the visitor's network address.

    Raises:
        NotFound: no such poster.
        WrongCode: room and code do not fit together.
        TooMany: wrong too often, from this address or for this room.
    """
    limits = (
        (rates.bucket("poll:address", whence), GUESSES_FROM_ADDRESS),
        (rates.bucket("poll:household", str(household_id)), GUESSES_OF_HOUSEHOLD),
    )
    with read() as session:
        for name, most in limits:
            if rates.count(session, name, now, GUESSES_WITHIN) >= most:
                raise rates.TooMany(GUESSES_WITHIN)
    try:
        with write() as session:
            poll = session.scalar(select(Poll).where(Poll.lobby_code == lobby_code))
            if poll is None:
                raise NotFound(N_("This poster belongs to no poll any more."))
            need_open(poll, now)
            digest = hashed(clean_follow_code(household_code))
            fits = select(PollLink.id).where(
                PollLink.poll_id == poll.id,
                PollLink.household_id == household_id,
                PollLink.code_hash == digest,
            )
            if session.scalar(fits) is None:
                raise WrongCode
            _keep(session, RESIDENT, now, poll, household_id, position, PollChannel.LOBBY)
    except WrongCode:
        with write() as session:
            for name, most in limits:
                rates.take(session, name, now, limit=most + 1, within=GUESSES_WITHIN)
        raise


def link_of_pass(session: Session, secret: str) -> tuple[PollLink, Poll]:
    """The link that was exchanged for this secret, with its poll.

    Raises:
        NotFound: there is none, or not any more.
    """
    found = session.execute(
        select(PollLink, Poll)
        .join(Poll, Poll.id == PollLink.poll_id)
        .where(PollLink.pass_hash == hashed(secret))
    ).one_or_none()
    if found is None:
        raise NotFound(N_("This link is not valid any more. Ask the community office for another."))
    link, poll = found
    return link, poll


def _keep(
    session: Session,
    actor: Actor,
    now: datetime,
    poll: Poll,
    household_id: int,
    position: int,
    channel: PollChannel,
) -> None:
    """Keep the one answer of a household: the last counts, however many come at once.

    The event does not say what was chosen: nobody reads that, not even in the log.
    """
    # Whoever withdraws the poll waits until this is kept, and whoever comes later is refused.
    session.refresh(poll, with_for_update={"read": True})
    need_open(poll, now)
    if not asks(session, poll, household_id):
        raise FieldError("household", N_("This poll does not ask that household."))
    option = session.scalar(
        select(PollOption.id).where(PollOption.poll_id == poll.id, PollOption.position == position)
    )
    if option is None:
        raise FieldError("option", N_("Choose one of the answers."))
    fresh = upsert(session, PollAnswer).values(
        poll_id=poll.id,
        household_id=household_id,
        option_id=option,
        channel=channel,
        answered_at=now,
        account_id=actor.account_id,
    )
    session.execute(
        fresh.on_conflict_do_update(
            index_elements=[PollAnswer.poll_id, PollAnswer.household_id],
            set_={
                "option_id": option,
                "channel": channel,
                "changed_at": now,
                "account_id": actor.account_id,
            },
        )
    )
    record(
        session,
        actor,
        now,
        "poll_answered",
        chain=f"poll:{poll.id}",
        poll=poll.id,
        household=household_id,
        channel=channel.value,
    )
