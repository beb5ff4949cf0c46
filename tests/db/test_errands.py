"""Errands as rows: one call, its papers, who sees it, and that no file's figure counts it."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from db import engine, metrics, personal
from db.errands import persons, public, reads, services, taking, working
from db.errands.services import ServiceWords
from db.errands.taking import ErrandWords, Taken
from db.figures import made
from db.inbox import CaseFilter, count
from db.tables import Case, Event, Report, ServiceClass
from db.tables.errands import Errand, ErrandPerson, ErrandStep
from domain.days import day_end
from domain.errands import StepKind
from domain.errors import FieldError, NotAllowed, NotFound, Refused
from domain.people import Actor
from tests.support.cast import Cast
from tests.support.clock import TestClock

# The clock stands at Monday, 2 March 2026, 9:00.
ONCE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
PHONE = "13800002001"


def service(cast: Cast, clock: TestClock, name: str = "代取药品", days: int = 2) -> str:
    words = ServiceWords(name, ServiceClass.VOLUNTEER, "社保卡\n处方", days, "健康小分队")
    return services.add_service(cast.secretary, clock.now, words)


def take(
    cast: Cast,
    clock: TestClock,
    code: str,
    *,
    actor: Actor | None = None,
    phone: str = PHONE,
    name: str = "住户子",
    household_id: int | None = None,
    papers: str = "社保卡\n处方",
    key: str = "call",
    needed_on: date | None = None,
    holder: Actor | None = None,
) -> Taken:
    words = ErrandWords(
        code,
        name,
        phone,
        household_id or cast.household_101,
        papers,
        needed_on,
        holder.account_id if holder else None,
        "腿脚不便",
    )
    return taking.take_errand(actor or cast.social_worker, clock.now, words, key)


def test_one_call_from_taking_in_to_done(cast: Cast, clock: TestClock) -> None:
    code = service(cast, clock)
    made_ = take(cast, clock, code, holder=cast.secretary)
    assert take(cast, clock, code, holder=cast.secretary) == made_  # the form was sent twice
    assert made_.number == "D2026-00001"
    assert made_.due_at == day_end(date(2026, 3, 4))
    (line,) = reads.open_errands(cast.secretary)
    assert (line.where, line.holder, line.held) == ("一小区 1号楼 1单元101", "书记乙", 2)
    working.give(
        cast.secretary, clock.forward(hours=1), line.code, cast.social_worker.account_id or 0
    )
    working.tell(
        cast.social_worker, clock.forward(hours=1), line.code, "药房缺货", told=True, once_key="t"
    )
    working.tell(cast.social_worker, clock.now, line.code, "药房缺货", told=True, once_key="t")
    working.papers_in(cast.social_worker, clock.now, line.code, "病历", "p")
    working.papers_in(cast.social_worker, clock.now, line.code, "病历", "p")
    with pytest.raises(Refused, match="社保卡、处方、病历"):
        working.finish(cast.social_worker, clock.now, line.code, "药已送到")
    card, *others = [one.code for one in reads.errand(cast.secretary, line.code).papers]
    working.papers_out(cast.social_worker, clock.now, line.code, [card])
    working.papers_out(cast.social_worker, clock.forward(days=3), line.code, [card, *others])
    working.finish(cast.social_worker, clock.now, line.code, "药已送到")
    working.finish(cast.social_worker, clock.now, line.code, "again")
    for late in (
        lambda: working.tell(cast.secretary, clock.now, line.code, "x"),
        lambda: working.cancel(cast.secretary, clock.now, line.code, "x"),
    ):
        with pytest.raises(Refused, match="over"):
            late()
    view = reads.errand(cast.secretary, line.code)
    assert [(one.kind, one.text) for one in view.steps] == [
        (StepKind.TAKEN, ""),
        (StepKind.PAPERS_IN, "社保卡、处方"),
        (StepKind.GIVEN, ""),
        (StepKind.GIVEN, ""),
        (StepKind.PROGRESS, "药房缺货"),
        (StepKind.PAPERS_IN, "病历"),
        (StepKind.PAPERS_OUT, "社保卡"),
        (StepKind.PAPERS_OUT, "处方、病历"),
        (StepKind.DONE, "药已送到"),
    ]
    assert (view.line.late, view.line.held) == (True, 0)
    assert reads.open_errands(cast.secretary) == ()
    assert [one.code for one in reads.ended_errands(cast.secretary).lines] == [line.code]
    seen = public.followed(made_.follow_code)
    assert seen is not None
    assert (seen.service, seen.held, seen.returned) == ("代取药品", (), ("社保卡", "处方", "病历"))
    shown = repr(seen)
    assert not any(word in shown for word in ("住户子", PHONE, "社工丙", "书记乙", "腿脚不便"))
    assert public.followed("2222222222") is None
    # Events hold ids and counts, and nobody's words.
    with engine.read() as session:
        for payload in session.scalars(select(Event.payload)):
            assert not any(word in payload for word in ("住户子", PHONE, "药", "社保卡"))


def test_what_is_late_comes_first_and_the_past_in_portions(
    cast: Cast, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = service(cast, clock, "补贴", 10), service(cast, clock, "快递", 0)
    for number in range(3):
        take(cast, clock, slow, key=f"slow{number}", papers="")
    take(cast, clock, quick, key="quick", papers="")
    take(cast, clock, slow, key="needed", papers="", needed_on=date(2026, 3, 3))
    lines = reads.open_errands(cast.secretary)
    assert [line.service for line in lines] == ["快递", "补贴", "补贴", "补贴", "补贴"]
    assert lines[1].due_at == day_end(date(2026, 3, 3))
    for place, line in enumerate(lines):
        at = clock.forward(minutes=place + 1)
        if place:
            working.finish(cast.secretary, at, line.code, "好")
        else:
            working.cancel(cast.secretary, at, line.code, "居民自己取了")
    monkeypatch.setattr(reads, "PORTION", 2)
    first = reads.ended_errands(cast.secretary)
    second = reads.ended_errands(cast.secretary, first.next_cursor)
    third = reads.ended_errands(cast.secretary, second.next_cursor)
    assert [len(one.lines) for one in (first, second, third)] == [2, 2, 1]
    assert third.next_cursor is None
    assert third.lines[0].reason == "居民自己取了"


@ONCE
def test_services_are_the_secretarys_and_public(cast: Cast, clock: TestClock) -> None:
    code = service(cast, clock)
    words = ServiceWords("代取药品", ServiceClass.SOCIAL, "", 1, "社工")
    with pytest.raises(NotAllowed):
        services.add_service(cast.social_worker, clock.now, words)
    with pytest.raises(FieldError):
        services.add_service(cast.secretary, clock.now, words)  # the name is taken
    other = service(cast, clock, "上门理发")
    with pytest.raises(FieldError):
        services.change_service(cast.secretary, clock.now, other, words)
    made_ = take(cast, clock, code)
    services.change_service(cast.secretary, clock.now, code, words, active=False)
    assert [line.name for line in services.services()] == ["上门理发"]
    assert [line.bring for line in services.services(also_ended=True)] == [("社保卡", "处方"), ()]
    # What was promised stays; nothing further is taken in.
    assert reads.errand(cast.secretary, made_.code).line.due_at == made_.due_at
    with pytest.raises(FieldError, match="service"):
        take(cast, clock, code, key="next")


@ONCE
def test_who_takes_in_sees_their_own_and_the_office_its_estates(
    cast: Cast, clock: TestClock
) -> None:
    code = service(cast, clock)
    own = take(cast, clock, code, actor=cast.committee, key="own")
    others = take(cast, clock, code, key="others")
    assert [line.code for line in reads.open_errands(cast.committee)] == [own.code]
    with pytest.raises(NotFound):
        reads.errand(cast.committee, others.code)
    with pytest.raises(NotFound):  # a household of the other estate
        take(cast, clock, code, actor=cast.committee, household_id=cast.household_901, key="far")
    with pytest.raises(NotAllowed):
        reads.open_errands(cast.partner_contact)
    with pytest.raises(FieldError):  # identity papers are given to nobody but the office
        working.give(cast.secretary, clock.now, own.code, cast.volunteer.account_id or 0)
    # The household list knows the number; a name that it does not know needs one.
    listed = take(cast, clock, code, phone="", key="listed")
    assert reads.errand(cast.secretary, listed.code).line.phone == "13800000101"
    with pytest.raises(FieldError, match="telephone"):
        take(cast, clock, code, phone="", name="生人", key="stranger")


@ONCE
def test_no_figure_of_files_counts_an_errand(cast: Cast, clock: TestClock) -> None:
    def figures() -> str:
        made.make(clock.now)
        first, last = date(2026, 1, 1), date(2026, 12, 31)
        with engine.read() as session:
            rows = [session.scalar(select(func.count(one.id))) for one in (Case, Report)]
        shown = metrics.figures_of(cast.secretary, first, last, clock.now)
        return repr((shown, rows, count(cast.secretary, CaseFilter(), clock.now)))

    code = service(cast, clock)
    before = figures()
    made_ = take(cast, clock, code, papers="")
    working.tell(cast.secretary, clock.now, made_.code, "在办")
    assert figures() == before
    working.finish(cast.secretary, clock.now, made_.code, "好了")
    assert figures() == before


@ONCE
def test_a_person_is_told_and_erased_and_forgotten_after_a_year(
    cast: Cast, clock: TestClock
) -> None:
    code = service(cast, clock)
    made_ = take(cast, clock, code, papers="社保卡")
    told = json.dumps(personal.export_person(cast.secretary, clock.now, PHONE), ensure_ascii=False)
    assert all(word in told for word in ("住户子", "腿脚不便", "社保卡", made_.number))
    other = take(cast, clock, code, phone="13800002002", key="other", papers="")
    personal.erase_person(cast.secretary, clock.now, PHONE)
    assert reads.errand(cast.secretary, made_.code).line.name == ""
    working.finish(cast.secretary, clock.now, other.code, "药送到住户子家")
    assert persons.erase_old(clock.now + timedelta(days=365)) == 0
    assert persons.erase_old(clock.now + timedelta(days=366)) == 1
    with engine.read() as session:
        people = session.scalars(select(ErrandPerson)).all()
        assert [(row.name, row.phone, row.household_id) for row in people] == [(None,) * 3] * 2
        texts = session.scalars(
            select(ErrandStep.text)
            .join(Errand, Errand.id == ErrandStep.errand_id)
            .where(Errand.code == other.code)
        )
        assert set(texts) == {None}
