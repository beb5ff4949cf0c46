"""The papers of a committee election as Word files: group, candidates, the committee's filing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from documents.official import Paper, day
from domain.committees import Office
from domain.preparation import Member, Seat

_SEATS = {
    Seat.OWNER: "业主代表",
    Seat.STREET: "街道办事处代表",
    Seat.COMMUNITY: "社区居民委员会代表",
    Seat.BRANCH: "小区党支部代表",
    Seat.DEVELOPER: "建设单位代表",
}
_OFFICES = {
    Office.CHAIR: "主任",
    Office.VICE: "副主任",
    Office.MEMBER: "委员",
    Office.ALTERNATE: "候补委员",
}
_BLANK_DAY = "    年  月  日"
# 《业主大会和业主委员会指导规则》 art. 33 lists them.
_FILED_WITH = (
    "业主大会成立和业主委员会选举的情况（会议纪要、计票记录、结果公告）",
    "管理规约",
    "业主大会议事规则",
    "业主大会决定的其他重大事项",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate as the display names them; `units` is where they own."""

    number: int
    name: str
    units: str
    recommended: str
    statement: str


@dataclass(frozen=True, slots=True)
class Seated:
    """A name of the committee's list."""

    name: str
    office: Office


def group_notice(estate: str, members: Sequence[Member], named_on: date | None = None) -> bytes:
    """筹备组成员名单公告."""
    paper = Paper(f"{estate}业主大会筹备组成员名单公告")
    paper.to("全体业主")
    paper.text(
        f"为做好{estate}业主大会会议和业主委员会选举工作，依据《业主大会和业主委员会指导规则》"
        "第九条至第十一条的规定成立筹备组，现将成员名单公告如下："
    )
    paper.table(
        ("序号", "姓名", "身份", "政治面貌", "职务"),
        [
            (
                str(number),
                one.name,
                _SEATS[one.seat],
                "中共党员" if one.party else "",
                "组长" if one.heads else "成员",
            )
            for number, one in enumerate(members, start=1)
        ],
    )
    paper.text("对名单有异议的，请以书面形式向社区居民委员会提出。")
    paper.signed("（街道办事处、社区居民委员会盖章）", day(named_on) if named_on else _BLANK_DAY)
    return paper.data()


def candidates_display(
    estate: str,
    seats: int,
    candidates: Sequence[Standing],
    *,
    displayed_on: date | None,
    until_on: date | None,
    waived: str = "",
) -> bytes:
    """业主委员会委员候选人公示.

    Args:
        displayed_on, until_on: left as blanks to fill in while they are not fixed.
        waived: why there are fewer candidates than 1.2 a seat.
    """
    paper = Paper(f"{estate}业主委员会委员候选人公示")
    paper.to("全体业主")
    begin, end = (day(on) if on else "＿＿年＿＿月＿＿日" for on in (displayed_on, until_on))
    paper.text(
        f"{estate}业主委员会应选委员{seats}名。经业主推荐和本人自荐，并由筹备组核查资格，"
        f"现将{len(candidates)}名候选人公示如下（排名按表决票上的顺序）："
    )
    paper.table(
        ("序号", "姓名", "房屋", "推荐方式"),
        [(str(one.number), one.name, one.units, one.recommended) for one in candidates],
    )
    for one in candidates:
        if one.statement:
            paper.text(f"{one.number}. {one.name}：{one.statement}")
    if waived:
        paper.text(f"候选人人数少于应选人数1.2倍的原因：{waived}")
    paper.text(
        f"公示期自{begin}起至{end}止。对候选人资格有异议的，请在公示期内以书面形式、"
        "署真实姓名向筹备组提出，筹备组将核实并答复。"
    )
    paper.signed("（筹备组盖章）", day(displayed_on) if displayed_on else _BLANK_DAY)
    return paper.data()


def filing_list(
    estate: str,
    members: Sequence[Seated],
    *,
    seats: int,
    elected_on: date,
    begins_on: date,
    ends_on: date,
    file_by: date,
) -> bytes:
    """业主委员会备案表, with the list of what is filed with it."""
    paper = Paper(f"{estate}业主委员会备案表")
    paper.table(
        ("事项", "内容"),
        (
            ("物业管理区域", estate),
            ("应选委员人数", f"{seats}名"),
            ("选举产生日期", day(elected_on)),
            ("任期", f"{day(begins_on)}至{day(ends_on)}"),
            ("备案期限", f"自选举产生之日起30日内，即{day(file_by)}前"),
        ),
    )
    paper.heading("一、委员和候补委员名单")
    paper.table(
        ("序号", "姓名", "职务"),
        [
            (str(number), one.name, _OFFICES[one.office])
            for number, one in enumerate(members, start=1)
        ],
    )
    paper.heading("二、随附材料")
    for number, words in enumerate(_FILED_WITH, start=1):
        paper.text(f"{number}. {words}")
    paper.text(
        "依据《物业管理条例》第十六条、《业主大会和业主委员会指导规则》第三十三条，"
        "向物业所在地的区、县人民政府房地产行政主管部门和街道办事处办理备案。"
    )
    paper.signed(f"{estate}业主委员会（盖章）", _BLANK_DAY)
    return paper.data()
