"""Who may call what of `db`: the errand desk."""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from collections.abc import Callable

from db.errands import reads, services, taking, working
from db.errands.services import ServiceWords
from db.errands.taking import ErrandWords, Taken
from db.tables import ServiceClass
from domain.people import Actor
from tests.support.who_may import Row, any_reader, office, readers
from tests.support.world import Side, World, person_of


def runner(_side: str) -> set[str]:
    """Who says what the desk offers."""
    return {"secretary"}


def words(name: str) -> ServiceWords:
    """A service of that name."""
    return ServiceWords(name, ServiceClass.ADMINISTRATIVE, "身份证\n户口本", 3, "社工")


def service(world: World, side: Side) -> str:
    """A service that the desk offers."""
    return services.add_service(
        world.cast.secretary, world.now, words(f"Service{side.name}"), f"service-{side.name}"
    )


def taken(world: World, side: Side, actor: Actor | None = None, key: str = "") -> Taken:
    """An errand for a household of that side, with a paper in hand."""
    said = ErrandWords(
        service(world, side),
        f"{person_of(side.name)}errand",
        side.phone,
        household_id=side.household,
        papers="Card",
    )
    return taking.take_errand(actor or world.cast.secretary, world.now, said, key or side.name)


def empty(world: World, side: Side) -> str:
    """An errand without papers in hand."""
    code = taken(world, side).code
    working.papers_out(world.cast.secretary, world.now, code, [paper(world, code)])
    return code


def paper(world: World, code: str) -> str:
    """The errand's paper."""
    return reads.errand(world.cast.secretary, code).papers[0].code


def worked(call: Callable[[Actor, World, str], object], *, done: bool = False) -> Row:
    """Who works on an errand that the secretary took in."""
    return Row(office, lambda w, s, a: call(a, w, empty(w, s) if done else taken(w, s).code))


def own(world: World, side: Side, actor: Actor) -> object:
    """What one took in oneself, one may see."""
    made = taken(world, side, actor, "own")
    return reads.errand(actor, made.code).line.number


def listed(world: World, side: Side, actor: Actor) -> object:
    """An errand of each side stands, and the list shows what is the actor's to see."""
    taken(world, side)
    return reads.open_errands(actor)


ROWS: dict[str, Row] = {
    "errands.taking.take_errand": Row(readers, own),
    "errands.working.give": worked(
        lambda a, w, code: working.give(a, w.now, code, w.cast.social_worker.account_id or 0)
    ),
    "errands.working.tell": worked(lambda a, w, code: working.tell(a, w.now, code, "words")),
    "errands.working.papers_in": worked(
        lambda a, w, code: working.papers_in(a, w.now, code, "Book")
    ),
    "errands.working.papers_out": worked(
        lambda a, w, code: working.papers_out(a, w.now, code, [paper(w, code)])
    ),
    "errands.working.finish": worked(
        lambda a, w, code: working.finish(a, w.now, code, "done"), done=True
    ),
    "errands.working.cancel": worked(
        lambda a, w, code: working.cancel(a, w.now, code, "why"), done=True
    ),
    "errands.reads.errand": worked(lambda a, w, code: reads.errand(a, code)),
    "errands.reads.open_errands": Row(any_reader, listed),
    "errands.reads.ended_errands": Row(any_reader, lambda w, s, a: reads.ended_errands(a)),
    "errands.reads.holders": Row(any_reader, lambda w, s, a: reads.holders(a)),
    "errands.services.add_service": Row(
        runner, lambda w, s, a: services.add_service(a, w.now, words("new"))
    ),
    "errands.services.change_service": Row(
        runner, lambda w, s, a: services.change_service(a, w.now, service(w, s), words("new"))
    ),
}
BY_CODE = {"errands.public.followed"}
OPEN = {"errands.services.services"}
SERVER = {"errands.persons.erase_old"}
PLUMBING = {"errands.scope", "errands.parts"}
VALUES = {"errands.services.line_of", "errands.persons.erase"}
