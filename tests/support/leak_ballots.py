"""Who may call what of `db`: service, links and paper of an owners' vote."""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from datetime import timedelta

from db.engine import write
from db.tables.roll import Mandate
from db.votes import keying, links, paper_desk, papers, proxies, serving
from domain.mandates import MandateKind
from domain.people import Actor
from domain.standing import Choice
from tests.support.votes import VoteMade, make_vote
from tests.support.who_may import Row, readers
from tests.support.world import PHOTO, Side, World

READ = {1: Choice.YES, 2: Choice.NO}


def runs(side: str) -> set[str]:
    """Who runs the votes of an estate; in these votes they are its tellers as well."""
    return readers(side)


def vote(w: World, s: Side) -> VoteMade:
    """An open vote of that side."""
    return make_vote(w.cast, w.now, two=s.name == "Two")


def code(w: World, s: Side) -> str:
    return vote(w, s).code


def issued(w: World, s: Side) -> str:
    """A vote whose ballot 1 was given to an owner, of three."""
    made = vote(w, s)
    papers.print_papers(made.by, w.now, made.code, 3)
    papers.issue_papers(made.by, w.now, made.code, [made.rights["李红",]])
    return made.code


def handed_in(w: World, s: Side) -> str:
    """The same, and it came back signed."""
    made = issued(w, s)
    papers.receive(w.cast.secretary, w.now, made, 1)
    return made


def proxy(w: World, s: Side, actor: Actor) -> object:
    """A link for a proxy of that side's vote."""
    made = vote(w, s)
    with write() as session:
        row = Mandate(
            estate_id=s.estate,
            vote_id=made.id,
            owner_id=made.owners["李红"],
            right=str(made.owners["李红"]),
            kind=MandateKind.PROXY,
            holder_name="holder",
            recorded_at=w.now - timedelta(days=1),
        )
        session.add(row)
        session.flush()
        mandate = row.id
    return proxies.issue_proxy_link(actor, w.now, made.code, mandate)


def one_link(w: World, s: Side, actor: Actor) -> object:
    made = vote(w, s)
    return links.issue_link(actor, w.now, made.code, made.rights["李红",])


def one_paper(w: World, s: Side, actor: Actor) -> object:
    made = vote(w, s)
    papers.print_papers(made.by, w.now, made.code, 1)
    return papers.issue_papers(actor, w.now, made.code, [made.rights["李红",]])


def one_signed(w: World, s: Side, actor: Actor) -> object:
    made = vote(w, s)
    return serving.serve_signed(actor, w.now, made.code, [made.units["1号楼 1单元102"]])


def one_photo(w: World, s: Side, actor: Actor) -> object:
    made = vote(w, s)
    unit = made.units["1号楼 1单元102"]
    return serving.serve_with_photo(actor, w.now, made.code, [unit], PHOTO)


ROWS: dict[str, Row] = {
    "votes.links.issue_link": Row(runs, one_link),
    "votes.links.issue_for_building": Row(
        runs, lambda w, s, a: links.issue_for_building(a, w.now, code(w, s), s.building)
    ),
    "votes.links.issue_for_unserved": Row(
        runs, lambda w, s, a: links.issue_for_unserved(a, w.now, code(w, s))
    ),
    "votes.links.link_lines": Row(
        runs, lambda w, s, a: links.link_lines(a, code(w, s), s.building)
    ),
    "votes.proxies.proxy_lines": Row(runs, lambda w, s, a: proxies.proxy_lines(a, code(w, s))),
    "votes.proxies.issue_proxy_link": Row(runs, proxy),
    "votes.serving.served_buildings": Row(
        runs, lambda w, s, a: serving.served_buildings(a, code(w, s))
    ),
    "votes.serving.served_units": Row(
        runs, lambda w, s, a: serving.served_units(a, code(w, s), s.building)
    ),
    "votes.serving.serve_signed": Row(runs, one_signed),
    "votes.serving.serve_with_photo": Row(runs, one_photo),
    "votes.papers.print_papers": Row(
        runs, lambda w, s, a: papers.print_papers(a, w.now, code(w, s), 2)
    ),
    "votes.papers.sheets": Row(runs, lambda w, s, a: papers.sheets(a, issued(w, s), 1, 3)),
    "votes.papers.issue_papers": Row(runs, one_paper),
    "votes.papers.spoil": Row(runs, lambda w, s, a: papers.spoil(a, w.now, issued(w, s), 2)),
    "votes.papers.receive": Row(runs, lambda w, s, a: papers.receive(a, w.now, issued(w, s), 1)),
    "votes.papers.take_back": Row(
        runs, lambda w, s, a: papers.take_back(a, w.now, handed_in(w, s), 1)
    ),
    "votes.paper_desk.paper_desk": Row(
        runs, lambda w, s, a: paper_desk.paper_desk(a, handed_in(w, s))
    ),
    "votes.paper_desk.record_hand_count": Row(
        runs,
        lambda w, s, a: paper_desk.record_hand_count(
            a, w.now, issued(w, s), unused=2, spoiled=0, received=0
        ),
    ),
    "votes.keying.keying_form": Row(runs, lambda w, s, a: keying.keying_form(a, code(w, s))),
    "votes.keying.key_paper": Row(
        runs, lambda w, s, a: keying.key_paper(a, w.now, handed_in(w, s), 1, READ)
    ),
}
BY_CODE: set[str] = {
    "votes.ballot_page.ballot_page",
    "votes.ballot_page.candidate_photo",
    "votes.ballot_page.cast_ballot",
    "votes.ballot_page.first_held",
    "votes.links.exchange",
    "votes.receipts.receipt",
}
OPEN: set[str] = set()
SERVER: set[str] = set()
PLUMBING: set[str] = set()
VALUES: set[str] = {
    "votes.links.no_such_link",
    "votes.papers.number_typed",
    "votes.papers.paper_key",
}
