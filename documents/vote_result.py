"""The notice of the result 业主大会表决结果公告 as a Word file."""

from datetime import date

from documents.official import Paper, day, moment
from documents.vote_figures import CountFacts, write_questions, write_seats
from documents.vote_notice import VoteFacts
from domain.thresholds import Lane


def result_notice(
    facts: VoteFacts, count: CountFacts, *, published_on: date | None, objections_until: date | None
) -> bytes:
    """The notice; while the result is not published yet its day is a blank."""
    committee = facts.lane is Lane.COMMITTEE
    meeting = "业主委员会会议" if committee else "业主大会会议"
    paper = Paper(f"{facts.estate}{meeting}表决结果公告")
    paper.to("全体业主")
    period = (
        f"自{day(facts.meets_on)}至{moment(facts.closes_at)}"
        if facts.meets_on and facts.closes_at
        else "在公告的时间内"
    )
    paper.text(
        f"{facts.estate}{meeting}就“{facts.title}”{period}进行表决。经计票，现将结果公告如下："
    )
    paper.heading("一、表决结果")
    if facts.lane is Lane.ELECTION:
        write_seats(paper, count.seating)
    write_questions(paper, count, both_ways=False)
    paper.heading("二、效力和异议")
    paper.text(
        "业主大会的决定对全体业主具有法律约束力。" if not committee else "以上决定予以公告。"
    )
    if objections_until is not None:
        paper.text(f"对结果有异议的，请于{day(objections_until)}前以书面形式提出。")
    paper.text(
        "业主认为决定侵害其合法权益的，可以自知道或者应当知道决定作出之日起一年内请求人民法院撤销"
        "（《民法典》第二百八十条）。"
    )
    paper.text("特此公告。")
    paper.signed("（盖章）", day(published_on) if published_on else "    年  月  日")
    return paper.data()
