"""Who may call what of `db`: figures."""

from datetime import date

from db.figures import buildings, exact, helping, lists, overdue, reads, steps, turnout, visited
from domain.durations import Stretch
from domain.figure_words import Figure
from tests.support.who_may import Row, any_reader, counted
from tests.support.world import World


def year(world: World) -> reads.Wanted:
    """Everything that the world holds."""
    return reads.Wanted(date(world.today.year, 1, 1), date(world.today.year, 12, 1))


ROWS: dict[str, Row] = {
    "figures.reads.overview": Row(counted, lambda w, s, a: reads.overview(a, w.now, year(w))),
    "figures.helping.helping": Row(counted, lambda w, s, a: helping.helping(a, year(w))),
    "figures.buildings.by_building": Row(
        counted, lambda w, s, a: buildings.by_building(a, year(w))
    ),
    "figures.buildings.building_files": Row(
        counted, lambda w, s, a: buildings.building_files(a, year(w), s.building)
    ),
    "figures.steps.step_times": Row(counted, lambda w, s, a: steps.step_times(a, year(w))),
    "figures.steps.monthly_medians": Row(
        counted, lambda w, s, a: steps.monthly_medians(a, year(w))
    ),
    "figures.turnout.turnout": Row(counted, lambda w, s, a: turnout.turnout(a, year(w))),
    "figures.visited.visited": Row(counted, lambda w, s, a: visited.visited(a, w.now, year(w))),
    "figures.overdue.overdue": Row(counted, lambda w, s, a: overdue.overdue(a, w.now, year(w))),
    "figures.exact.exact_durations": Row(
        counted, lambda w, s, a: exact.exact_durations(a, year(w), Stretch.WALL)
    ),
    "figures.lists.listed": Row(
        any_reader,
        lambda w, s, a: lists.listed(a, w.now, year(w), lists.Listed(Figure.RECEIVED)),
    ),
    "figures.lists.all_listed": Row(
        any_reader,
        lambda w, s, a: list(lists.all_listed(a, w.now, year(w), lists.Listed(Figure.RECEIVED))),
    ),
}
BY_CODE: set[str] = set()
OPEN: set[str] = set()
SERVER: set[str] = {"figures.made.make", "figures.freezing.freeze"}
PLUMBING: set[str] = set()
VALUES: set[str] = {
    "figures.made.rollups",
    "figures.freezing.frozen_at",
    "figures.reads.months_before",
    "figures.reads.place_of",
    "figures.reads.at_place",
}
