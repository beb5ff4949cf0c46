"""Who may call what of `db`: votes."""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from db.votes import objections, preparing, reads
from domain.lanes import Matter
from domain.people import Actor
from domain.timeline_of_vote import About
from tests.support.who_may import Row, counted, readers
from tests.support.world import Side, World


def vote_of(w: World, s: Side) -> str:
    """A vote of that side that is being prepared; whoever asks has no part in it."""
    return preparing.create(
        w.cast.secretary,
        w.now,
        estate_id=s.estate,
        matter=Matter.USE_FUND,
        title=f"vote {s.name}",
    )


def figures(side: str) -> set[str]:
    """Who sees figures, each of their own estates."""
    return {*readers(side), "administrator", "squad_leader", "viewer"}


def answered(w: World, s: Side, actor: Actor) -> None:
    """The person answers an objection that the office wrote down."""
    code, office = vote_of(w, s), w.cast.secretary
    objections.record_objection(office, w.now, code, about=About.ROLL, text="words", by="somebody")
    (found,) = objections.objections(office, w.now, code)
    objections.answer_objection(actor, w.now, code, found.id, "answer")


SHOWN: dict[str, Row] = {
    "votes.reads.votes": Row(counted, lambda w, s, a: reads.votes(a, w.now)),
    "votes.reads.vote_view": Row(figures, lambda w, s, a: reads.vote_view(a, w.now, vote_of(w, s))),
    "votes.reads.result_view": Row(figures, lambda w, s, a: reads.result_view(a, vote_of(w, s))),
    "votes.reads.votes_of_case": Row(
        counted, lambda w, s, a: reads.votes_of_case(a, w.now, s.files["new"].code)
    ),
    "votes.reads.possible_tellers": Row(
        readers, lambda w, s, a: reads.possible_tellers(a, vote_of(w, s))
    ),
    "votes.objections.objections": Row(
        readers, lambda w, s, a: objections.objections(a, w.now, vote_of(w, s))
    ),
    "votes.objections.record_objection": Row(
        readers,
        lambda w, s, a: objections.record_objection(
            a, w.now, vote_of(w, s), about=About.ROLL, text="words", by="somebody"
        ),
    ),
    "votes.objections.answer_objection": Row(readers, lambda w, s, a: answered(w, s, a)),
}

ROWS: dict[str, Row] = SHOWN
BY_CODE: set[str] = set()
OPEN: set[str] = {"votes.published.published_votes"}
SERVER: set[str] = set()
PLUMBING: set[str] = set()
VALUES: set[str] = set()
