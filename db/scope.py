"""Which objects a person may touch: the file is loaded and checked in one place."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.numbers import clean_follow_code, hashed
from db.tables import Case, Report, Task
from domain.errors import N_, NotFound
from domain.people import Actor, Right

_CODE = re.compile(r"[A-Za-z0-9_-]{1,100}")


def no_such_file() -> NotFound:
    """The answer for a file that is not there and for one that is not yours."""
    return NotFound(N_("There is no such file, or it is not yours to see."))


def code_typed(code: str) -> str:
    """The code, if it can be one: an address may hold what no database takes.

    Raises:
        NotFound: it cannot.
    """
    if _CODE.fullmatch(code) is None:
        raise no_such_file()
    return code


def sees_case(session: Session, actor: Actor, case: Case) -> bool:
    """Whether this person may read the file at all (units: only what they were given)."""
    if actor.kind == "system":
        return True
    if actor.may(Right.READ_CASES):
        return actor.sees_estate(case.estate_id)
    if actor.may(Right.READ_OWN_TASKS) and actor.unit_id is not None:
        given = select(Task.id).where(
            Task.case_id == case.id, Task.unit_id == actor.unit_id, Task.recalled_at.is_(None)
        )
        return session.execute(given.limit(1)).first() is not None
    return False


def case_to_change(session: Session, actor: Actor, code: str) -> Case:
    """The file by its code, locked until the transaction ends.

    Raises:
        NotFound: it is not there or not in this person's scope.
    """
    case = session.scalar(select(Case).where(Case.code == code_typed(code)).with_for_update())
    if case is None or not sees_case(session, actor, case):
        raise no_such_file()
    return case


def task_to_change(session: Session, actor: Actor, code: str) -> tuple[Task, Case]:
    """A task by its code with its file, locked; a unit reaches its own alone.

    Raises:
        NotFound: it is not there, was taken back, or is another unit's.
    """
    own_code = Task.code == code_typed(code)
    task = session.scalar(select(Task).where(own_code, Task.recalled_at.is_(None)))
    if task is None:
        raise no_such_file()
    case = session.scalar(select(Case).where(Case.id == task.case_id).with_for_update())
    session.refresh(task)
    own = actor.may(Right.DO_TASKS) and actor.unit_id == task.unit_id
    office = actor.may(Right.HANDLE) and case is not None and actor.sees_estate(case.estate_id)
    if case is None or not (own or office or actor.kind == "system"):
        raise no_such_file()
    return task, case


def report_followed(
    session: Session, follow_code: str, *, lock: bool = True
) -> tuple[Report, Case | None]:
    """The report that a follow code belongs to, with the file that it ended up in.

    Args:
        lock: hold the file until the transaction ends; pages that only read do not.

    Raises:
        NotFound: the same for every code that is unknown, malformed or taken back.
    """
    digest = hashed(clean_follow_code(follow_code))
    report = session.scalar(select(Report).where(Report.follow_hash == digest))
    if report is None:
        raise NotFound(N_("This code is not valid. Please check it, or ask the community office."))
    if report.case_id is None:
        return report, None
    case = session.scalar(select(Case).where(Case.id == report.case_id))
    if case is not None and case.root_id not in (None, case.id):
        case = session.get(Case, case.root_id)
    if case is not None and lock:
        session.refresh(case, with_for_update=True)
    return report, case


def reports_of(session: Session, case: Case) -> list[Report]:
    """All reports of the file and of those merged into it, in the order they came."""
    query = (
        select(Report)
        .join(Case, Report.case_id == Case.id)
        .where(Case.root_id == (case.root_id or case.id))
        .order_by(Report.received_at, Report.id)
    )
    return list(session.scalars(query))
