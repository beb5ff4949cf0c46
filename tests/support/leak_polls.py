"""Who may call what of `db`: polls."""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from datetime import timedelta

from db.polls import answering, homes, links, opening, reads
from domain.people import Actor
from tests.support.who_may import Row, any_reader, counted, readers
from tests.support.world import Side, World


def draft(world: World, side: Side) -> opening.PollDraft:
    """A question that is one side's own."""
    return opening.PollDraft(
        f"Poll{side.name}", ("yes", "no"), world.now + timedelta(hours=3), side.estate
    )


def opened(world: World, side: Side) -> str:
    """A poll on that side, opened by the office; taken back with the call."""
    return opening.open_poll(
        world.cast.secretary, world.now, side.files["deliberating"].code, draft(world, side)
    )


def sees_figures(side: str) -> set[str]:
    """Who sees one estate's figures: its readers, and who sees all without persons."""
    return readers(side) | (counted(side) - any_reader(side))


def listed(world: World, side: Side, actor: Actor) -> object:
    opened(world, world.one)
    opened(world, world.two)
    return reads.polls(actor, world.now)


ROWS: dict[str, Row] = {
    "polls.opening.send": Row(
        readers,
        lambda w, s, a: opening.send(a, w.now, s.files["deliberating"].code),
    ),
    "polls.opening.open_poll": Row(
        readers,
        lambda w, s, a: opening.open_poll(a, w.now, s.files["deliberating"].code, draft(w, s)),
    ),
    "polls.opening.withdraw": Row(
        readers, lambda w, s, a: opening.withdraw(a, w.now, opened(w, s), "a slip")
    ),
    "polls.answering.answer_by_phone": Row(
        readers,
        lambda w, s, a: answering.answer_by_phone(a, w.now, opened(w, s), s.household, 1),
    ),
    "polls.links.issue_slips": Row(
        readers, lambda w, s, a: links.issue_slips(a, w.now, opened(w, s), s.building)
    ),
    "polls.links.issue_link": Row(
        readers, lambda w, s, a: links.issue_link(a, w.now, opened(w, s), s.household)
    ),
    "polls.homes.homes": Row(
        readers, lambda w, s, a: homes.homes(a, opened(w, s), "1号楼1单元101")
    ),
    "polls.reads.polls": Row(counted, listed),
    "polls.reads.polls_of_case": Row(
        readers,
        lambda w, s, a: reads.polls_of_case(a, w.now, s.files["deliberating"].code),
    ),
    "polls.reads.poll_view": Row(
        sees_figures, lambda w, s, a: reads.poll_view(a, w.now, opened(w, s))
    ),
}
# Reached by a code or secret that a household, or who stands in the lobby, holds.
BY_CODE: set[str] = {
    "polls.answering.answer_by_follow",
    "polls.answering.answer_by_pass",
    "polls.answering.answer_in_lobby",
    "polls.links.exchange",
    "polls.public.lobby",
    "polls.public.poll_of_pass",
}
OPEN: set[str] = set()
SERVER: set[str] = set()
PLUMBING: set[str] = {"polls.scope"}
VALUES: set[str] = set()
