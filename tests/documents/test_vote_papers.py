"""A vote's Word files: opened again, their figures and legal wording stand there."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import docx
import pytest
from docx.shared import Cm, Pt

from documents.official import moment, ordinal
from documents.vote_figures import CountFacts
from documents.vote_minutes import DrawFacts, MinutesFacts, minutes
from documents.vote_notice import VoteFacts, notice
from documents.vote_result import result_notice
from domain.election import Seating, elect
from domain.papers import Stock
from domain.standing import Channel
from domain.tally import Invalid, Silent, Tally, result
from domain.thresholds import Lane, Weight

FACTS = VoteFacts(
    estate="一小区",
    title="使用维修资金更换电梯",
    explanation="两部电梯超过使用年限。",
    lane=Lane.ORDINARY,
    article="《民法典》第二百七十八条第一款第（五）项",
    questions=(("更换1号楼电梯", "预算30万元"), ("粉刷楼道", "")),
    seats=None,
    noticed_on=date(2026, 7, 1),
    meets_on=date(2026, 7, 16),
    closes_at=datetime(2026, 7, 20, 10, 0, tzinfo=UTC),
    objections_until=date(2026, 7, 8),
    publish_by=date(2026, 7, 23),
    silent=Silent.STRICT,
    invalid=Invalid.BOTH,
    count_parking=False,
    rules_source="业主大会议事规则第三条",
    contact="测试社区居委会",
)
# The worked example: strict reaches no quorum, following the majority passes.
ROLL = Weight(9_000_000, 900)
TALLY = Tally(
    yes=Weight(3_000_000, 300),
    no=Weight(1_500_000, 150),
    abstain=Weight(500_000, 50),
    silent=Weight(3_600_000, 350),
)
SEALED = ("a" * 64, "b" * 64, "c" * 64)


def text_of(data: bytes) -> str:
    """All words of a Word file, tables with bars between their cells."""
    made = docx.Document(BytesIO(data))
    lines = [paragraph.text for paragraph in made.paragraphs]
    for table in made.tables:
        lines += ["|".join(cell.text for cell in row.cells) for row in table.rows]
    return "\n".join(lines)


def count(silent: Silent = Silent.STRICT, differ: frozenset[str] = frozenset()) -> CountFacts:
    both = {
        way: tuple(
            result(name, Lane.ORDINARY, ROLL, TALLY, way, Invalid.BOTH)
            for name, _text in FACTS.questions
        )
        for way in Silent
    }
    return CountFacts(
        lane=Lane.ORDINARY,
        roll=ROLL,
        questions=both[silent],
        tallies={name: TALLY for name, _text in FACTS.questions},
        strict=both[Silent.STRICT],
        following=both[Silent.FOLLOW_MAJORITY],
        differ=differ,
        seating=Seating(),
    )


def record(**changed: object) -> MinutesFacts:
    values: dict[str, object] = {
        "opened_at": datetime(2026, 7, 16, 1, 0, tzinfo=UTC),
        "counted_at": datetime(2026, 7, 20, 12, 5, tzinfo=UTC),
        "served": Weight(8_600_000, 850),
        "returned": {
            Channel.ONLINE: Weight(4_000_000, 400),
            Channel.PAPER: Weight(900_000, 95),
            Channel.PROXY: Weight(100_000, 5),
        },
        "papers": Stock(120, 100, 17, 3, 95, 95),
        "tellers": ("书记乙", "社工丙"),
        "invalid": Invalid.BOTH,
        "invalid_source": "",
        "draw": None,
        "sealed": SEALED,
        "chain": (512, "d" * 64),
    }
    return MinutesFacts(**(values | changed))  # type: ignore[arg-type]


def test_the_notice_says_what_the_law_asks_of_it() -> None:
    text = text_of(notice(FACTS))
    assert text.startswith("关于召开一小区业主大会会议的公告")
    for words in (
        "全体业主：",
        "《民法典》第二百七十八条第一款第（五）项",
        "自2026年7月16日起，至2026年7月20日18时00分止",
        "1. 更换1号楼电梯：预算30万元",
        "2. 粉刷楼道。",
        "专有部分面积占比三分之二以上的业主且人数占比三分之二以上的业主参与表决",
        "参与表决专有部分面积过半数的业主且参与表决人数过半数的业主同意",
        "承租人等物业使用人没有表决权",
        "车位面积不计入表决权",
        "至2026年7月8日止",
        "至迟于2026年7月23日",
        "计票规则的依据：业主大会议事规则第三条",
        "特此公告。",
    ):
        assert words in text, words
    assert text.rstrip().endswith("2026年7月1日")


@pytest.mark.parametrize(
    ("lane", "majority"),
    [
        (Lane.SPECIAL, "四分之三以上的业主且参与表决人数四分之三以上的业主同意"),
        (Lane.ELECTION, "每张表决票同意的人数不得超过7名"),
        (Lane.COMMITTEE, "经全体委员过半数同意"),
    ],
)
def test_each_lane_names_its_own_majority(lane: Lane, majority: str) -> None:
    text = text_of(notice(replace(FACTS, lane=lane, seats=7)))
    assert majority in text
    assert ("业主大会会议的公告" in text) is (lane is not Lane.COMMITTEE)


def test_silence_is_explained_as_the_rules_have_it_and_never_in_an_election() -> None:
    following = replace(FACTS, silent=Silent.FOLLOW_MAJORITY)
    assert "计入已投票的多数意见" in text_of(notice(following))
    assert "多数意见" not in text_of(notice(replace(following, lane=Lane.ELECTION, seats=5)))
    assert "不计入参与表决" in text_of(notice(FACTS))


def test_a_notice_before_its_days_are_fixed_leaves_blanks() -> None:
    bare = replace(
        FACTS,
        noticed_on=None,
        meets_on=None,
        closes_at=None,
        objections_until=None,
        publish_by=None,
    )
    text = text_of(notice(bare))
    assert "＿＿年＿＿月＿＿日" in text
    assert "2026" not in text


def test_the_result_has_every_figure_and_its_outcome() -> None:
    data = result_notice(
        FACTS, count(), published_on=date(2026, 7, 22), objections_until=date(2026, 7, 29)
    )
    text = text_of(data)
    # Of 900 heads 500 took part: 55.55 %, cut and not rounded.
    assert "参与表决500户、50,000.00平方米，占总户数的55.55%" in text
    assert "同意300户、30,000.00平方米，占参与表决户数的60.00%" in text
    assert text.count("未达到法定比例") == 2
    assert "同意|300|60.00%|30,000.00|60.00%" in text
    assert "请于2026年7月29日前以书面形式提出" in text
    assert "《民法典》第二百八十条" in text


def test_the_minutes_hold_both_ways_and_the_seals() -> None:
    text = text_of(minutes(FACTS, count(), record()))
    assert "未投票不计入的算法" in text
    assert re.search(r"未投票从众的算法：参与表决850户.*结论：通过", text)
    assert "业主名册|900|100.00%|90,000.00|100.00%" in text
    assert "已送达|850|94.44%|86,000.00|95.55%" in text
    assert "收回：纸质表决票|95|10.55%|9,000.00|10.00%" in text
    assert "收回合计|500|55.55%|50,000.00|55.55%" in text
    assert "印制120张 = 发出100张 + 未用17张 + 作废3张" in text
    assert "计票人：书记乙、社工丙" in text
    for seal in (*SEALED, "d" * 64):
        assert seal in text
    assert "第512条" in text
    assert "多数意见不一致" not in text
    assert "多数意见不一致" in text_of(
        minutes(FACTS, count(differ=frozenset({"粉刷楼道"})), record())
    )


def test_the_minutes_say_who_decided_how_invalid_ballots_count() -> None:
    chosen = record(invalid=Invalid.EXCLUDED, invalid_source="业委会第3次会议决定")
    text = text_of(minutes(FACTS, count(), chosen))
    assert "无效票不计入参与表决。（依据：业委会第3次会议决定）" in text
    assert "两种结果一致" in text_of(minutes(FACTS, count(), record()))


def test_a_draw_stands_in_the_minutes_with_its_witnesses() -> None:
    roll = Weight(600, 6)
    names = ("甲", "乙", "丙", "丁", "戊", "己")
    tallies = {
        name: Tally(yes=Weight(500 if place < 4 else 400, 5 if place < 4 else 4))
        for place, name in enumerate(names)
    }
    tallies = {name: replace(one, no=Weight(600, 6) - one.yes) for name, one in tallies.items()}
    found = elect(roll, tallies, 5, ("己",), Invalid.BOTH)
    election = CountFacts(
        Lane.ELECTION, roll, found.candidates, tallies, (), (), frozenset(), found.seating
    )
    draw = DrawFacts(
        ("戊", "己"), ("己",), "摇号", ("见证人一", "见证人二"), datetime(2026, 7, 21, tzinfo=UTC)
    )
    facts = replace(FACTS, lane=Lane.ELECTION, seats=5)
    text = text_of(minutes(facts, election, record(draw=draw)))
    assert "戊、己同意比例相同" in text
    assert "在见证人一、见证人二见证下抽签（方式：摇号），抽中依次为：己" in text
    assert re.search(r"当选委员（5名，按名次）：.*己。", text)
    assert "候补委员（1名，按名次）：戊。" in text
    assert "未投票" not in text.replace("已送达未投票", "")


def test_a_vote_without_paper_says_so() -> None:
    none = record(papers=Stock(0, 0, 0, 0, 0, 0))
    assert "没有印制纸质表决票" in text_of(minutes(FACTS, count(), none))


def test_an_official_paper_is_a4_with_chinese_type() -> None:
    made = docx.Document(BytesIO(notice(FACTS)))
    section = made.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    # Word keeps twentieths of a point.
    assert abs(section.page_width - Cm(21)) < Pt(1)
    assert abs(section.page_height - Cm(29.7)) < Pt(1)
    fonts = {run.font.name for paragraph in made.paragraphs for run in paragraph.runs}
    assert fonts == {"宋体", "黑体", "仿宋"}
    assert made.core_properties.author == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一")],
)
def test_headings_count_in_chinese(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_times_are_the_communitys() -> None:
    assert moment(datetime(2026, 7, 20, 16, 30, tzinfo=UTC)) == "2026年7月21日00时30分"


def test_control_characters_in_peoples_words_do_not_break_the_file() -> None:
    odd = replace(FACTS, explanation="第一行\n第二行\x0b\ufffe", title="a<b>&\x00")
    assert "第二行" in text_of(notice(odd))
