"""The figures of a counted vote as its papers write them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from documents.official import Paper, ordinal
from domain.election import Seating
from domain.tally import Result, Tally
from domain.thresholds import Lane, Outcome, Weight, percent
from domain.vote_words import square_metres

OUTCOME = {
    Outcome.PASS: "通过",
    Outcome.FAIL: "未通过",
    Outcome.NO_QUORUM: "参与表决的业主未达到法定比例，未形成决定",
    Outcome.NO_MEETING: "出席委员未过半数，会议无效",
    Outcome.ADVISORY: "仅供参考",
    Outcome.DEPENDS_ON_INVALID: "结果取决于无效票的认定，待认定",
}
FIGURES = ("项目", "户数", "户数占比", "面积（平方米）", "面积占比")


@dataclass(frozen=True, slots=True)
class CountFacts:
    """A counted vote.

    Args:
        questions: as they count under the vote's own rules, in the order asked.
        strict, following: with silent owners left out, and following the majority; empty in
            an election.
        differ: questions whose majorities by area and by heads differ.
    """

    lane: Lane
    roll: Weight
    questions: tuple[Result, ...]
    tallies: Mapping[str, Tally]
    strict: tuple[Result, ...]
    following: tuple[Result, ...]
    differ: frozenset[str]
    seating: Seating


def share(weight: Weight, whole: Weight) -> tuple[str, str, str, str]:
    """Heads, their share, area, its share; shares are cut and never rounded."""
    return (
        f"{weight.heads:,}",
        f"{percent(weight.heads, whole.heads)}%",
        square_metres(weight.area),
        f"{percent(weight.area, whole.area)}%",
    )


def question_rows(question: Result, tally: Tally) -> list[tuple[str, ...]]:
    """Every figure of one question."""
    return [
        ("参与表决", *share(question.participating, question.roll)),
        ("同意", *share(tally.yes, question.participating)),
        ("不同意", *share(tally.no, question.participating)),
        ("弃权", *share(tally.abstain, question.participating)),
        ("无效", *share(tally.invalid, question.participating)),
        ("已送达未投票", *share(tally.silent, question.roll)),
    ]


def conclusion(question: Result) -> str:
    """One question's outcome with the figures that it rests on."""
    yes, whole, roll = question.approving, question.participating, question.roll
    return (
        f"参与表决{whole.heads:,}户、{square_metres(whole.area)}平方米，"
        f"占总户数的{percent(whole.heads, roll.heads)}%、"
        f"总面积的{percent(whole.area, roll.area)}%；"
        f"同意{yes.heads:,}户、{square_metres(yes.area)}平方米，"
        f"占参与表决户数的{percent(yes.heads, whole.heads)}%、"
        f"参与表决面积的{percent(yes.area, whole.area)}%。"
        f"结论：{OUTCOME[question.outcome]}。"
    )


def write_questions(paper: Paper, count: CountFacts, *, both_ways: bool) -> None:
    """Each question with its figures and its outcome.

    Args:
        both_ways: whether strict and follow-majority stand side by side.
    """
    for place, question in enumerate(count.questions, start=1):
        paper.text(f"（{ordinal(place)}）{question.question}")
        paper.table(FIGURES, question_rows(question, count.tallies[question.question]))
        paper.text(conclusion(question))
        if both_ways:
            for line in _both(count, question.question):
                paper.text(line)


def _both(count: CountFacts, name: str) -> Iterator[str]:
    strict = next((row for row in count.strict if row.question == name), None)
    following = next((row for row in count.following if row.question == name), None)
    if strict is None or following is None:
        return
    if name in count.differ:
        yield "按面积和按户数的多数意见不一致，未投票的表决权不计入任何一方。"
    yield f"未投票不计入的算法：{conclusion(strict)}"
    yield f"未投票从众的算法：{conclusion(following)}"


def write_seats(paper: Paper, seating: Seating) -> None:
    """Who is elected and who are alternates."""
    for words, names in (
        ("当选委员", seating.elected),
        ("候补委员", seating.alternates),
        ("同意比例相同、待抽签确定", seating.needs_lot),
    ):
        if names:
            paper.text(f"{words}（{len(names)}名，按名次）：{'、'.join(names)}。")
    if not any((seating.elected, seating.alternates, seating.needs_lot)):
        paper.text("没有候选人达到法定同意比例。")
