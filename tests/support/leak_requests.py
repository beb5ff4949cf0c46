"""Who may call what of `db`: requests."""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from sqlalchemy import select

from db import engine
from db.requests import answering, asking, dispatching, looking, mine, reading
from db.requests.asking import Asked
from db.tables.requests import Assignment, HelpRequest, OfferRow
from db.tables.volunteers import VolunteerRow
from domain.people import Actor
from domain.requests import Authority, Called, Urgency
from tests.support.helpers import enlist
from tests.support.who_may import Row, in_units, office, readers
from tests.support.world import Side, World

HELPER = "leak-helper"


def desk(side: str) -> set[str]:
    """The office, and squad leaders where no squad was named."""
    return office(side) | {"squad_leader"}


def any_desk(_side: str) -> set[str]:
    """The same, for lists of everybody's own."""
    return office("Two") | {"squad_leader"}


def desk_and_helper(side: str) -> set[str]:
    """Whose offer it is, and the desk that answers for who telephones."""
    return desk(side) | {"volunteer"}


def asking_for_help(side: str) -> set[str]:
    """The desk, units, and residents by the public page."""
    return desk(side) | in_units("") | {"resident"}


def the_helper(_side: str) -> set[str]:
    """The cast's volunteer, whom `_helper` puts into a squad."""
    return {"volunteer"}


def _helper(world: World, side: Side) -> None:
    """The cast's volunteer becomes one of a squad, and is free."""
    with engine.write() as session:
        known = session.scalar(select(VolunteerRow).where(VolunteerRow.name == HELPER))
        if known is None:
            account = world.cast.volunteer.account_id
            enlist(session, world.now, HELPER, account_id=account, estate_id=side.estate)


def request(world: World, side: Side, *, start: bool = False) -> str:
    """A request at that side's building, made by the secretary."""
    _helper(world, side)
    asked = Asked(
        "help",
        urgency=Urgency.EMERGENCY,
        called=Called.DESK,
        building_id=side.building,
        name=f"Helped{side.name}",
        phone="13700000000",
    )
    code = asking.ask(world.cast.secretary, world.now, asked).code
    if start:
        dispatching.start(world.cast.secretary, world.now, code)
    return code


def offer(world: World, side: Side) -> str:
    """An open offer to the cast's volunteer."""
    code = request(world, side, start=True)
    with engine.read() as session:
        query = select(OfferRow.code).join(HelpRequest, HelpRequest.id == OfferRow.request_id)
        return session.scalars(query.where(HelpRequest.code == code)).one()


def task(world: World, side: Side, *steps: str) -> str:
    """A task in the hands of the cast's volunteer."""
    code = answering.accept(world.cast.secretary, world.now, offer(world, side)).task_code
    for step in steps:
        getattr(answering, step)(world.cast.secretary, world.now, code)
    return code


def done(world: World, side: Side) -> str:
    """A request whose helper has left."""
    code = task(world, side, "set_out", "arrive", "leave")
    with engine.read() as session:
        query = select(HelpRequest.code).join(Assignment, Assignment.request_id == HelpRequest.id)
        return session.scalars(query.where(Assignment.code == code)).one()


def _volunteer_only(world: World, side: Side, actor: Actor) -> object:
    _helper(world, side)
    return mine.my_help(actor, world.now)


ROWS: dict[str, Row] = {
    "requests.asking.ask": Row(
        asking_for_help,
        lambda w, s, a: asking.ask(
            a,
            w.now,
            Asked("help", building_id=s.building, phone="13700000000", consent=True),
            key=f"ask-{s.name}",
        ),
    ),
    "requests.asking.sort": Row(
        desk,
        lambda w, s, a: asking.sort(a, w.now, request(w, s), Asked("help", building_id=s.building)),
    ),
    "requests.dispatching.start": Row(
        desk, lambda w, s, a: dispatching.start(a, w.now, request(w, s))
    ),
    "requests.dispatching.offer_to": Row(
        desk, lambda w, s, a: dispatching.offer_to(a, w.now, request(w, s), f"v-{HELPER}")
    ),
    "requests.dispatching.not_reached": Row(
        desk, lambda w, s, a: dispatching.not_reached(a, w.now, offer(w, s))
    ),
    "requests.dispatching.escalate": Row(
        desk, lambda w, s, a: dispatching.escalate(a, w.now, request(w, s, start=True))
    ),
    "requests.dispatching.transfer": Row(
        desk,
        lambda w, s, a: dispatching.transfer(a, w.now, request(w, s), Authority.AMBULANCE, "worse"),
    ),
    "requests.dispatching.cancel": Row(
        desk, lambda w, s, a: dispatching.cancel(a, w.now, request(w, s), "over")
    ),
    "requests.dispatching.duplicate": Row(
        desk,
        lambda w, s, a: dispatching.duplicate(a, w.now, request(w, s), _number(request(w, s))),
    ),
    "requests.dispatching.close": Row(
        desk, lambda w, s, a: dispatching.close(a, w.now, done(w, s))
    ),
    "requests.dispatching.absent": Row(
        desk, lambda w, s, a: dispatching.absent(a, w.now, task(w, s), "did not come")
    ),
    "requests.answering.accept": Row(
        desk_and_helper, lambda w, s, a: answering.accept(a, w.now, offer(w, s))
    ),
    "requests.answering.decline": Row(
        desk_and_helper, lambda w, s, a: answering.decline(a, w.now, offer(w, s))
    ),
    "requests.answering.set_out": Row(
        desk_and_helper, lambda w, s, a: answering.set_out(a, w.now, task(w, s))
    ),
    "requests.answering.arrive": Row(
        desk_and_helper, lambda w, s, a: answering.arrive(a, w.now, task(w, s, "set_out"))
    ),
    "requests.answering.leave": Row(
        desk_and_helper,
        lambda w, s, a: answering.leave(a, w.now, task(w, s, "set_out", "arrive")),
    ),
    "requests.answering.release": Row(
        desk_and_helper, lambda w, s, a: answering.release(a, w.now, task(w, s), "cannot")
    ),
    "requests.reading.board": Row(
        any_desk, lambda w, s, a: (request(w, s), reading.board(a, w.now))[1]
    ),
    "requests.reading.ended": Row(any_desk, lambda w, s, a: reading.ended(a, w.now)),
    "requests.reading.waiting": Row(any_desk, lambda w, s, a: reading.waiting(a)),
    "requests.reading.of_unit": Row(
        in_units, lambda w, s, a: (request(w, s), reading.of_unit(a, w.now))[1]
    ),
    "requests.reading.of_case": Row(
        readers, lambda w, s, a: reading.of_case(a, s.files["doing"].code, w.now)
    ),
    "requests.reading.request_view": Row(
        desk, lambda w, s, a: reading.request_view(a, request(w, s), w.now)
    ),
    "requests.reading.ranked": Row(desk, lambda w, s, a: reading.ranked(a, request(w, s), w.now)),
    "requests.mine.my_help": Row(the_helper, _volunteer_only),
    "requests.looking.look": Row(desk, lambda w, s, a: looking.look(a, w.now, request(w, s))),
    "requests.looking.look_by_task": Row(
        the_helper, lambda w, s, a: looking.look_by_task(a, w.now, task(w, s))
    ),
}


def _number(code: str) -> str:
    with engine.read() as session:
        return session.scalars(select(HelpRequest.number).where(HelpRequest.code == code)).one()


BY_CODE: set[str] = {"requests.public.followed", "requests.public.take_back"}
OPEN: set[str] = {"requests.public.admit"}
SERVER: set[str] = {
    "requests.ladder.tick",
    "requests.ladder.climb",
    "requests.ladder.shortlist",
    "requests.looking.erase_old",
}
PLUMBING: set[str] = {"requests.scope", "requests.parts", "requests.telling", "requests.views"}
VALUES: set[str] = {"requests.dispatching.need_called"}
