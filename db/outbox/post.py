"""Posting: a message is written down in the transaction of the fact that it tells."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.numbers import new_code
from db.outbox.routes import routes
from db.tables.outbox import NoticeChannel, Outgoing
from domain.errors import N_, Refused
from domain.outbox import MESSAGES, Recipient

Words = Mapping[str, str | int]


def notify(
    session: Session,
    now: datetime,
    *,
    to: Recipient,
    kind: str,
    words: Words,
    urgent: bool = False,
    case_id: int | None = None,
    request_id: int | None = None,
) -> int:
    """Post one message; returns its row id. Without an address it waits for the office.

    Args:
        kind: of `domain.outbox.MESSAGES`.
        words: ids, codes and numbers for its text; a time is an ISO text under a name that
            ends in `_at`. Never a person's name or words.
        urgent: goes out in quiet hours too, and is given up soon if it cannot be sent.

    Raises:
        KeyError: no such kind, or one of its words is missing (a mistake of the caller).
    """
    missing = MESSAGES[kind].fields - set(words)
    if missing:
        raise KeyError(f"{kind} needs {', '.join(sorted(missing))}")
    row = Outgoing(
        code=new_code(),
        account_id=to.account_id,
        volunteer_id=to.volunteer_id,
        channel_id=to.channel_id,
        kind=kind,
        words=dict(words),
        urgent=urgent,
        by_hand=to not in routes(session, [to]),
        case_id=case_id,
        request_id=request_id,
        created_at=now,
        next_try_at=now,
        attempts=0,
    )
    session.add(row)
    session.flush()
    return row.id


def announce(
    session: Session,
    now: datetime,
    *,
    kind: str,
    words: Words,
    urgent: bool = False,
    case_id: int | None = None,
    request_id: int | None = None,
    paste: bool = True,
) -> list[int]:
    """Post to every group channel that takes this kind.

    Args:
        paste: where there is no such channel, the office is given the text to paste.
    """
    topic = MESSAGES[kind].topic
    query = select(NoticeChannel).where(NoticeChannel.active).order_by(NoticeChannel.id)
    found = [row.id for row in session.scalars(query) if topic in row.topics]
    to = [Recipient(channel_id=key) for key in found] or [Recipient()] * paste
    return [
        notify(
            session,
            now,
            to=one,
            kind=kind,
            words=words,
            urgent=urgent,
            case_id=case_id,
            request_id=request_id,
        )
        for one in to
    ]


def post_test(session: Session, now: datetime, to: Recipient) -> None:
    """Post a test message.

    Raises:
        Refused: there is no way to send it.
    """
    if to not in routes(session, [to]):
        raise Refused(
            N_("Nothing can be sent there: switch it on, or set the mail server for e-mail first.")
        )
    notify(session, now, to=to, kind="test", words={}, urgent=True)


def accounts_reached(session: Session, account_ids: Iterable[int]) -> list[int]:
    """Those of these accounts that have an address, in the order of their ids."""
    to = {Recipient(account_id=key): key for key in account_ids}
    return sorted(to[one] for one in routes(session, to))
