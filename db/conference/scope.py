"""Which conference, which item, and whose: found and checked in one place."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.scope import case_to_change, code_typed, no_such_file
from db.tables import Case
from db.tables.conference import AgendaItem, Conference, UnitReport
from domain.agenda import Key, Kind
from domain.errors import N_, NotAllowed, NotFound, Refused
from domain.people import Actor, Right


def need_reader(actor: Actor) -> None:
    """Refuse whoever has no part in a conference.

    Raises:
        NotAllowed: neither the office nor a committee nor a unit.
    """
    if not (actor.may(Right.READ_CASES) or actor.may(Right.READ_OWN_TASKS)):
        actor.need(Right.READ_CASES)


def need_whole_office(actor: Actor) -> None:
    """Refuse whoever does not answer for the whole community, as the conference does.

    Raises:
        NotAllowed: the person handles no files, or those of one estate alone.
    """
    actor.need(Right.HANDLE)
    if actor.estate_id is not None:
        raise NotAllowed(N_("The joint conference is run by who answers for all estates."))


def next_conference(session: Session) -> Conference | None:
    """The conference that is planned or running."""
    return session.scalar(select(Conference).where(Conference.ended_at.is_(None)))


def conference_to_change(session: Session) -> Conference:
    """The planned or running one, locked until the transaction ends.

    Raises:
        Refused: none is planned.
    """
    row = session.scalar(select(Conference).where(Conference.ended_at.is_(None)).with_for_update())
    if row is None:
        raise Refused(N_("No joint conference is planned. Plan the next one first."))
    return row


def conference_seen(session: Session, actor: Actor, code: str) -> Conference:
    """A conference by its code; everybody with a part in it may know that it is.

    Raises:
        NotFound: there is none.
    """
    need_reader(actor)
    row = session.scalar(select(Conference).where(Conference.code == code_typed(code)))
    if row is None:
        raise NotFound(N_("There is no such conference."))
    return row


def key_of(item: AgendaItem) -> Key:
    """What a row of the agenda is about."""
    if item.case_id is not None:
        return Key(Kind.CASE, item.case_id)
    if item.report_id is not None:
        return Key(Kind.REPORT, item.report_id)
    return Key(Kind.ITEM, item.id)


def key_typed(session: Session, actor: Actor, ref: str) -> Key:
    """What a reference such as `case:…` names.

    Raises:
        NotFound: it is not there, or not in this person's scope.
    """
    kind, _, code = ref.partition(":")
    if kind == Kind.CASE:
        return Key(Kind.CASE, case_to_change(session, actor, code).id)
    code, row = code_typed(code), None
    if kind == Kind.REPORT:
        row = session.scalar(select(UnitReport.id).where(UnitReport.code == code))
    elif kind == Kind.ITEM:
        row = session.scalar(select(AgendaItem.id).where(AgendaItem.code == code))
    if row is None:
        raise no_such_file()
    return Key(Kind(kind), row)


def open_item(
    session: Session, conference: Conference, code: str
) -> tuple[AgendaItem, Case | None]:
    """An item of the running conference with its file, both locked.

    Raises:
        Refused: the conference was not opened.
        NotFound: it is not on its agenda.
    """
    if conference.opened_at is None:
        raise Refused(N_("Open the conference first."))
    item = session.scalar(
        select(AgendaItem).where(
            AgendaItem.code == code_typed(code),
            AgendaItem.conference_id == conference.id,
            AgendaItem.left_out_at.is_(None),
        )
    )
    if item is None:
        raise NotFound(N_("This is not on the agenda any more. Load the page again."))
    if item.case_id is None:
        return item, None
    case = session.scalar(select(Case).where(Case.id == item.case_id).with_for_update())
    return item, case
