"""The minutes of an owners' assembly with its count 业主大会会议纪要及计票记录, as a Word file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from documents.official import Paper, moment, ordinal
from documents.vote_figures import FIGURES, CountFacts, share, write_questions, write_seats
from documents.vote_notice import INVALID, SILENT, VoteFacts
from domain.papers import Stock
from domain.standing import Channel
from domain.tally import Invalid
from domain.thresholds import Lane, Weight

SEALED = ("表决事项", "计票规则", "业主名册")
CHANNEL = {Channel.ONLINE: "在线表决", Channel.PAPER: "纸质表决票", Channel.PROXY: "代理人表决"}


@dataclass(frozen=True, slots=True)
class DrawFacts:
    """The draw that settled a tie."""

    tied: tuple[str, ...]
    winners: tuple[str, ...]
    how: str
    witnesses: tuple[str, str]
    drawn_at: datetime


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """What the minutes record beside the figures.

    Args:
        returned: what stands, by channel.
        invalid: the rule in force for invalid ballots, with `invalid_source` where the tellers
            entered it after the count.
        sealed: SHA-256 of questions, rules and roll as they were sealed.
        chain: number and hash of the last event; anybody's copy of the bundle ends with it.
    """

    opened_at: datetime | None
    counted_at: datetime
    served: Weight
    returned: Mapping[Channel, Weight]
    papers: Stock | None
    tellers: tuple[str, ...]
    invalid: Invalid
    invalid_source: str
    draw: DrawFacts | None
    sealed: tuple[str, str, str]
    chain: tuple[int, str]


def minutes(facts: VoteFacts, count: CountFacts, record: MinutesFacts) -> bytes:
    """The minutes, to be signed by the tellers."""
    paper = Paper(f"{facts.estate}业主大会会议纪要及计票记录")
    heads = iter(range(1, 20))

    def heading(words: str) -> None:
        paper.heading(f"{ordinal(next(heads))}、{words}")

    heading("会议")
    paper.text(f"会议事项：{facts.title}。")
    if record.opened_at is not None and facts.closes_at is not None:
        paper.text(f"表决时间：{moment(record.opened_at)}至{moment(facts.closes_at)}。")
    paper.text(f"计票时间：{moment(record.counted_at)}。")
    paper.text(f"计票人：{'、'.join(record.tellers)}。")
    heading("名册、送达和回收")
    paper.table(FIGURES, _turnout(count.roll, record))
    heading("纸质表决票核对")
    paper.text(_papers(record.papers))
    heading("计票规则")
    for line in (SILENT[facts.silent] if facts.lane is not Lane.ELECTION else "", _invalid(record)):
        if line:
            paper.text(line)
    if facts.rules_source:
        paper.text(f"依据：{facts.rules_source}。")
    heading("计票结果")
    if facts.lane is Lane.ELECTION:
        write_seats(paper, count.seating)
    write_questions(paper, count, both_ways=True)
    if record.draw is not None:
        heading("抽签")
        paper.text(_draw(record.draw))
    heading("封存和复算")
    paper.text(
        "表决事项、计票规则和业主名册在开启表决时封存；每张表决票的事件依次以哈希相连。"
        "任何持有复算包的人都可以用公开的程序重新计算，结果应当与本记录一致。"
    )
    for name, value in zip(SEALED, record.sealed, strict=True):
        paper.small(f"{name}（SHA-256）：{value}")
    paper.small(f"事件链第{record.chain[0]}条，末条哈希：{record.chain[1]}")
    paper.signed(
        "计票人（签名）：＿＿＿＿＿＿＿＿", "监票人（签名）：＿＿＿＿＿＿＿＿", "    年  月  日"
    )
    return paper.data()


def _turnout(roll: Weight, record: MinutesFacts) -> list[tuple[str, ...]]:
    rows = [("业主名册", *share(roll, roll)), ("已送达", *share(record.served, roll))]
    total = Weight()
    for channel, words in CHANNEL.items():
        weight = record.returned.get(channel, Weight())
        total += weight
        rows.append((f"收回：{words}", *share(weight, roll)))
    return [*rows, ("收回合计", *share(total, roll))]


def _papers(stock: Stock | None) -> str:
    if stock is None or not stock.printed:
        return "本次表决没有印制纸质表决票。"
    return (
        f"印制{stock.printed}张 = 发出{stock.issued}张 + 未用{stock.unused}张"
        f" + 作废{stock.spoiled}张；收回{stock.received}张，由两名计票人分别录入、"
        f"不一致的由第三人核定，已入箱{stock.settled}张。"
    )


def _invalid(record: MinutesFacts) -> str:
    if record.invalid is Invalid.BOTH:
        return "无效票分别按计入和不计入参与表决计算，两种结果一致；所列数字为计入参与表决的结果。"
    source = f"（依据：{record.invalid_source}）" if record.invalid_source else ""
    return INVALID[record.invalid] + source


def _draw(draw: DrawFacts) -> str:
    return (
        f"{'、'.join(draw.tied)}同意比例相同。{moment(draw.drawn_at)}，在{draw.witnesses[0]}、"
        f"{draw.witnesses[1]}见证下抽签（方式：{draw.how}），抽中依次为：{'、'.join(draw.winners)}。"
    )
