"""Who may call what of `db`: the errand desk."""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from db.errands import services
from db.errands.services import ServiceWords
from db.tables import ServiceClass
from tests.support.who_may import Row
from tests.support.world import Side, World


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


ROWS: dict[str, Row] = {
    "errands.services.add_service": Row(
        runner, lambda w, s, a: services.add_service(a, w.now, words("new"))
    ),
    "errands.services.change_service": Row(
        runner, lambda w, s, a: services.change_service(a, w.now, service(w, s), words("new"))
    ),
}
BY_CODE: set[str] = set()
OPEN = {"errands.services.services"}
SERVER = {"errands.persons.erase_old"}
PLUMBING = {"errands.scope"}
VALUES = {"errands.services.line_of"}
