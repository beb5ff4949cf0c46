"""The notice of an owners' assembly 业主大会会议公告 as a Word file, in the usual wording."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from documents.official import Paper, day, moment, ordinal
from domain.tally import Invalid, Silent
from domain.thresholds import Lane

MAJORITY = {
    Lane.ORDINARY: (
        "本次表决应当由专有部分面积占比三分之二以上的业主且人数占比三分之二以上的业主参与表决，"
        "并经参与表决专有部分面积过半数的业主且参与表决人数过半数的业主同意，方为通过。"
    ),
    Lane.SPECIAL: (
        "本次表决应当由专有部分面积占比三分之二以上的业主且人数占比三分之二以上的业主参与表决，"
        "并经参与表决专有部分面积四分之三以上的业主且参与表决人数四分之三以上的业主同意，方为通过。"
    ),
    Lane.ELECTION: (
        "本次选举应当由专有部分面积占比三分之二以上的业主且人数占比三分之二以上的业主参与表决；"
        "候选人经参与表决专有部分面积过半数的业主且参与表决人数过半数的业主同意，方可当选，"
        "并按同意比例从高到低确定；末位席位同意比例相同的，在两名见证人在场时抽签决定。"
    ),
    Lane.COMMITTEE: (
        "业主委员会会议应当有过半数的委员出席，作出决定应当经全体委员过半数同意；"
        "委员不得委托他人代为参加。"
    ),
}
SILENT = {
    Silent.STRICT: "已送达但未投票的表决权，不计入参与表决。",
    Silent.FOLLOW_MAJORITY: (
        "依据本小区议事规则，已送达但在规定时间内未投票的表决权，计入已投票的多数意见；"
        "按面积和按人数的多数意见不一致的，不计入参与表决。"
    ),
}
INVALID = {
    Invalid.BOTH: "",
    Invalid.PARTICIPATES: "无效票计入参与表决，不计为同意。",
    Invalid.EXCLUDED: "无效票不计入参与表决。",
}


@dataclass(frozen=True, slots=True)
class VoteFacts:
    """What all papers of a vote say of it.

    Args:
        article: the article that has the owners decide it.
        questions: names and texts; of an election the candidates with their statements.
        objections_until: last day of the display of roll and questions.
        publish_by: last day to publish the result.
        contact: where ballots, objections and questions are taken.
    """

    estate: str
    title: str
    explanation: str
    lane: Lane
    article: str
    questions: tuple[tuple[str, str], ...]
    seats: int | None
    noticed_on: date | None
    meets_on: date | None
    closes_at: datetime | None
    objections_until: date | None
    publish_by: date | None
    silent: Silent
    invalid: Invalid
    count_parking: bool
    rules_source: str
    contact: str


def notice(facts: VoteFacts) -> bytes:
    """The notice; days that are not fixed yet are left as blanks to fill in."""
    committee = facts.lane is Lane.COMMITTEE
    meeting = "业主委员会会议" if committee else "业主大会会议"
    paper = Paper(f"关于召开{facts.estate}{meeting}的公告")
    paper.to("各位委员" if committee else "全体业主")
    basis = f"{facts.article}、" if facts.article else ""
    paper.text(
        f"根据{basis}《物业管理条例》和本小区业主大会议事规则的规定，现就召开{facts.estate}"
        f"{meeting}、对“{facts.title}”进行表决的有关事项公告如下："
    )
    for place, (head, lines) in enumerate(_sections(facts), start=1):
        paper.heading(f"{ordinal(place)}、{head}")
        for line in lines:
            paper.text(line)
    paper.text("特此公告。")
    paper.signed(
        "（召集人盖章）", f"{day(facts.noticed_on)}" if facts.noticed_on else "    年  月  日"
    )
    return paper.data()


def _sections(facts: VoteFacts) -> Iterator[tuple[str, list[str]]]:
    begin = day(facts.meets_on) if facts.meets_on else "＿＿年＿＿月＿＿日"
    end = moment(facts.closes_at) if facts.closes_at else "＿＿年＿＿月＿＿日＿＿时"
    if facts.lane is Lane.COMMITTEE:
        yield "会议时间", [f"会议于{begin}召开。"]
        yield "议题", matters(facts)
        yield "通过条件", [MAJORITY[facts.lane]]
        return
    yield (
        "会议形式和表决时间",
        [
            "会议采用书面征求意见的形式，业主可以在线表决，也可以填写纸质表决票。",
            f"表决时间：自{begin}起，至{end}止。逾期送达的表决票不予计入。",
        ],
    )
    yield "候选人" if facts.lane is Lane.ELECTION else "表决事项", matters(facts)
    yield "表决权", list(rights(facts))
    yield "通过条件", [line for line in conditions(facts) if line]
    yield (
        "送达和表决方式",
        [
            "表决票逐户送达，以业主本人打开个人表决链接、签收或者送达照片为凭。",
            (
                "表决截止前可以更改，以最后一次为准；同一表决权既在线表决又交回本人签名的纸质表决票的，"
                "以纸质表决票为准，不重复计算。"
            ),
            (
                "业主不能亲自表决的，可以书面委托代理人；业主本人表决的，以本人意见为准。"
                "物业服务企业工作人员不得担任代理人。"
            ),
        ],
    )
    until = f"，至{day(facts.objections_until)}止" if facts.objections_until else ""
    yield (
        "公示和异议",
        [
            (
                f"业主名册和{'候选人名单' if facts.lane is Lane.ELECTION else '表决事项'}"
                f"自本公告之日起公示{until}。有异议的，请在公示期内以书面形式提出。"
            ),
        ],
    )
    published = f"至迟于{day(facts.publish_by)}" if facts.publish_by else "在计票结束后"
    yield (
        "结果公告",
        [
            (
                f"表决结果{published}在小区内公告。表决保密、可复算：个人选择不公开，"
                "计票人和议事规则指定的人员可以依据全部表决票重新计算结果。"
            ),
            *([f"咨询和异议受理：{facts.contact}。"] if facts.contact else []),
        ],
    )


def matters(facts: VoteFacts) -> list[str]:
    """The explanation and the numbered questions; only what stands here is voted on."""
    lines = [facts.explanation] if facts.explanation else []
    if facts.lane is Lane.ELECTION and facts.seats:
        lines.append(f"应选委员{facts.seats}名，每张表决票同意的人数不得超过{facts.seats}名。")
    for place, (name, text) in enumerate(facts.questions, start=1):
        lines.append(f"{place}. {name}" + (f"：{text}" if text else "。"))
    return lines


def rights(facts: VoteFacts) -> Iterator[str]:
    """Who votes, with how much."""
    yield "表决权以开启表决时封存的业主名册为准，按专有部分面积和业主人数分别计算。"
    yield (
        "同一业主拥有两个以上专有部分的，按一人计算，面积合并；一个专有部分由两人以上共有的，"
        "按一人计算，由共有人推选一人表决；建设单位尚未出售和虽已出售但尚未交付的部分，按一人计算。"
        "承租人等物业使用人没有表决权。"
    )
    yield "车位面积计入表决权。" if facts.count_parking else "车位面积不计入表决权。"


def conditions(facts: VoteFacts) -> Iterator[str]:
    """When it is carried, and what abstaining, invalid and silent count as."""
    yield MAJORITY[facts.lane]
    yield "弃权计入参与表决，不计为同意。"
    yield INVALID[facts.invalid]
    if facts.lane is not Lane.ELECTION:
        yield SILENT[facts.silent]
    if facts.rules_source:
        yield f"计票规则的依据：{facts.rules_source}。"
