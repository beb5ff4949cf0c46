"""Who may call what of `db`: votes."""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from datetime import timedelta

from db.votes import bundle, counting, objections, opening, preparing, reads, record
from db.votes.preparing import QuestionIn
from domain.lanes import Matter
from domain.people import Actor
from domain.tally import Invalid
from domain.timeline_of_vote import About
from domain.votes import Stage
from tests.support.votes import VoteMade, make_vote
from tests.support.who_may import Row, counted, office, readers
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


def asked(w: World, s: Side) -> str:
    """A vote with a question, of which the notice can be posted."""
    code = vote_of(w, s)
    preparing.ask(w.cast.secretary, w.now, code, [QuestionIn("question")])
    return code


def post(w: World, actor: Actor, code: str) -> str:
    """The person posts its notice."""
    preparing.post_notice(
        actor,
        w.now,
        code,
        noticed_on=w.today,
        meets_on=w.today + timedelta(days=15),
        closes_at=w.now + timedelta(days=20),
    )
    return code


def made(w: World, s: Side, until: Stage = Stage.OPEN) -> VoteMade:
    """A vote with a roll; the office and, in estate one, the committee are its tellers."""
    return make_vote(w.cast, w.now, two=s.name == "Two", until=until)


def counted_vote(w: World, s: Side) -> VoteMade:
    """The same, counted."""
    vote = made(w, s)
    counting.count_now(w.cast.secretary, vote.closes_at, vote.code)
    return vote


def tellers(side: str) -> set[str]:
    """Who was named for that side's vote; `desk_two` has a teller's account, for estate two."""
    return office(side) | ({"committee"} if side == "One" else set())


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

RUN: dict[str, Row] = {
    "votes.preparing.create": Row(
        readers,
        lambda w, s, a: preparing.create(
            a, w.now, estate_id=s.estate, matter=Matter.USE_FUND, title="vote"
        ),
    ),
    "votes.preparing.ask": Row(
        readers, lambda w, s, a: preparing.ask(a, w.now, vote_of(w, s), [QuestionIn("question")])
    ),
    "votes.preparing.post_notice": Row(readers, lambda w, s, a: post(w, a, asked(w, s))),
    "votes.preparing.withdraw_notice": Row(
        readers,
        lambda w, s, a: preparing.withdraw_notice(
            a, w.now, post(w, w.cast.secretary, asked(w, s)), "reason"
        ),
    ),
    "votes.preparing.name_tellers": Row(
        readers,
        lambda w, s, a: preparing.name_tellers(
            a, w.now, vote_of(w, s), [w.cast.secretary.account_id or 0]
        ),
    ),
    "votes.preparing.cancel": Row(
        readers, lambda w, s, a: preparing.cancel(a, w.now, vote_of(w, s), "reason")
    ),
    "votes.opening.ready": Row(readers, lambda w, s, a: opening.ready(a, w.now, vote_of(w, s))),
    "votes.opening.open_vote": Row(
        readers, lambda w, s, a: opening.open_vote(a, w.now, made(w, s, Stage.NOTICED).code)
    ),
    "votes.counting.count_now": Row(
        readers,
        lambda w, s, a: (vote := made(w, s)) and counting.count_now(a, vote.closes_at, vote.code),
    ),
    "votes.counting.publish": Row(
        readers,
        lambda w, s, a: (
            (vote := counted_vote(w, s)) and counting.publish(a, vote.closes_at, vote.code)
        ),
    ),
    # What both settle is not there in this vote: whoever may is refused for that.
    "votes.counting.choose_invalid": Row(
        tellers,
        lambda w, s, a: (
            (vote := counted_vote(w, s))
            and counting.choose_invalid(a, vote.closes_at, vote.code, Invalid.EXCLUDED, "source")
        ),
        denied_only=True,
    ),
    "votes.counting.record_draw": Row(
        readers,
        lambda w, s, a: (
            (vote := counted_vote(w, s))
            and counting.record_draw(
                a,
                vote.closes_at,
                vote.code,
                winners=["somebody"],
                how="lot",
                witnesses=("one", "two"),
                drawn_at=vote.closes_at,
            )
        ),
        denied_only=True,
    ),
    "votes.record.vote_record": Row(
        readers, lambda w, s, a: record.vote_record(a, counted_vote(w, s).code)
    ),
    "votes.bundle.recounted": Row(
        tellers, lambda w, s, a: bundle.recounted(a, w.now, counted_vote(w, s).code)
    ),
    "votes.bundle.bundle": Row(
        tellers, lambda w, s, a: bundle.bundle(a, w.now, counted_vote(w, s).code)
    ),
}

ROWS: dict[str, Row] = SHOWN | RUN
BY_CODE: set[str] = set()
OPEN: set[str] = {"votes.published.published_votes"}
# The box takes what the pages of ballots and of paper have checked.
SERVER: set[str] = {"votes.box.cast", "votes.counting.count_due"}
PLUMBING: set[str] = set()
VALUES: set[str] = {
    "votes.box.chain_of",
    "votes.hashes.rules_hash",
    "votes.opening.counts",
    "votes.ranked.ranked_ballots",
    "votes.reads.dates_of",
    "votes.results.majorities_differ",
    "votes.scope.no_such_vote",
    "votes.scope.stage_of",
}
