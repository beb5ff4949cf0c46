"""Parts of every change to an errand, inside its transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from db.events import record
from db.names_of import accounts_in
from db.numbers import new_code
from db.tables.errands import Errand, ErrandPaper, ErrandStep
from domain.errands import StepKind
from domain.errors import N_, FieldError
from domain.people import RIGHTS, Actor, Right

# Errands carry identity papers: only the office itself has them in hand.
HOLDING = tuple(role for role, rights in RIGHTS.items() if Right.HANDLE in rights)


def step(
    session: Session,
    actor: Actor,
    now: datetime,
    errand: Errand,
    kind: StepKind,
    text: str = "",
    *,
    told: bool = False,
) -> None:
    """Note what the resident reads on the follow page."""
    session.add(
        ErrandStep(
            errand_id=errand.id,
            kind=kind,
            at=now,
            by=actor.account_id,
            text=text or None,
            told=told,
        )
    )
    session.flush()


def add_papers(
    session: Session, actor: Actor, now: datetime, errand: Errand, names: Sequence[str]
) -> None:
    """Take papers over; nothing happens without any."""
    if not names:
        return
    session.add_all(
        ErrandPaper(
            code=new_code(),
            errand_id=errand.id,
            name=name,
            received_at=now,
            received_by=actor.account_id,
        )
        for name in names
    )
    session.flush()
    step(session, actor, now, errand, StepKind.PAPERS_IN, "、".join(names))
    record(session, actor, now, "errand_papers_in", errand=errand.id, papers=len(names))


def holders(session: Session) -> dict[int, str]:
    """Who can be given an errand, by account."""
    return accounts_in(session, HOLDING)


def check_holder(session: Session, account_id: int | None) -> int | None:
    """The account, if it can be given an errand.

    Raises:
        FieldError: it cannot.
    """
    if account_id is not None and account_id not in holders(session):
        raise FieldError("holder", N_("Choose somebody from the list."))
    return account_id
