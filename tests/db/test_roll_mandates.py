"""Who speaks for whom on the roll, and the estate's own rules."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.engine import Database
from db.roll import listing, mandates, mandating, rule_entries, settling
from db.roll.rule_entries import RulesForm
from db.roll.rules import rules_of
from db.tables import Account
from db.tables.roll import Mandate
from db.tables.votes import Vote
from domain.errors import FieldError, NotFound, Refused
from domain.mandates import MandateKind, NoMandate
from domain.photos import PhotoIn
from domain.tally import Silent
from domain.thresholds import Lane
from domain.timetable import Period
from tests.support.cast import Cast
from tests.support.clock import TestClock
from tests.support.rolls import doubtful, live, mandate

pytestmark = pytest.mark.usefixtures("taken")


def vote_in(database: Database, cast: Cast, clock: TestClock, estate: int) -> int:
    with database.write() as session:
        row = Vote(
            code=f"vote-{estate}",
            estate_id=estate,
            lane=Lane.ORDINARY,
            matter="other",
            title="测试表决",
            explanation="测试",
            created_at=clock.now,
        )
        session.add(row)
        session.flush()
        return row.id


def test_a_proxy_holds_as_many_rights_as_the_rules_allow(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    found = live(database, cast)
    rule_entries.enter_rules(
        cast.committee,
        clock.now,
        cast.estate_one,
        RulesForm("议事规则第九条", clock.now.date(), proxy_cap=1),
    )
    vote = vote_in(database, cast, clock, cast.estate_one)
    args = (cast.committee, clock.now, cast.estate_one)
    first, couple = found["1号楼 1单元101"], found["1号楼 1单元201"]
    mandating.record_mandate(*args, mandate(first, vote_id=vote), "once")
    mandating.record_mandate(*args, mandate(first, vote_id=vote), "once")
    with pytest.raises(Refused):  # the other flat of the same right
        mandating.record_mandate(*args, mandate(found["1号楼 1单元102"], vote_id=vote))
    with pytest.raises(NoMandate):
        mandating.record_mandate(*args, mandate(couple, vote_id=vote))
    with database.read() as session:
        (held,) = mandates.mandates_of(session, cast.estate_one, vote)
        assert mandates.mandates_of(session, cast.estate_one, None) == []
    assert held.right == str(first.owner_ids[0])
    mandating.revoke_mandate(cast.committee, clock.now, held.id)
    mandating.record_mandate(*args, mandate(couple, vote_id=vote))
    (now, before) = mandates.mandates(cast.committee, cast.estate_one)
    assert (now.units, now.vote, now.revoked_at) == (("1号楼 1单元201",), "测试表决", None)
    assert before.revoked_at is not None


def test_the_property_companys_people_speak_for_nobody(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    unit = live(database, cast)["1号楼 1单元101"]
    vote = vote_in(database, cast, clock, cast.estate_one)
    with database.read() as session:
        staff = session.get_one(Account, cast.property_contact.account_id).name
    with pytest.raises(NoMandate):
        mandating.record_mandate(
            cast.secretary,
            clock.now,
            cast.estate_one,
            mandate(unit, vote_id=vote, holder_name=staff),
        )
    other = vote_in(database, cast, clock, cast.estate_two)
    with pytest.raises(NotFound):
        mandating.record_mandate(
            cast.secretary, clock.now, cast.estate_one, mandate(unit, vote_id=other)
        )


def test_a_mandate_follows_its_owners_when_they_turn_out_to_be_one(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    unit = live(database, cast)["1号楼 1单元402"]
    guardian = mandate(unit, kind=MandateKind.GUARDIAN, paper=PhotoIn(b"full", b"thumb", 4, 3))
    mandating.record_mandate(cast.secretary, clock.now, cast.estate_one, guardian)
    settling.settle(cast.secretary, clock.now, cast.estate_one, doubtful(cast, clock), same=True)
    after = live(database, cast)["1号楼 1单元402"]
    with database.read() as session:
        (held,) = mandates.mandates_of(session, cast.estate_one, None)
    assert held.right == str(after.owner_ids[0])
    assert mandates.mandate_paper(cast.committee, clock.now, held.id) == b"full"
    developer = live(database, cast)["1号楼 1单元202"]
    mandating.record_mandate(
        cast.secretary,
        clock.now,
        cast.estate_one,
        mandate(developer, kind=MandateKind.COMPANY),
    )
    with database.read() as session:
        assert session.scalars(select(Mandate.right).order_by(Mandate.id)).all()[-1] == "DEVELOPER"


def test_rules_are_entered_anew_and_none_is_overwritten(
    cast: Cast, database: Database, clock: TestClock
) -> None:
    today = clock.now.date()
    args = (cast.committee, clock.now, cast.estate_one)
    me = cast.committee.account_id or 0
    rule_entries.enter_rules(
        *args,
        RulesForm(
            "第一版",
            today,
            silent=Silent.FOLLOW_MAJORITY,
            proxy_cap=2,
            lookers=(me,),
            days=((Period.NOTICE, 20), (Period.OBJECTION, None)),
        ),
        "once",
    )
    rule_entries.enter_rules(*args, RulesForm("不该有", today), "once")
    rule_entries.enter_rules(
        *args, RulesForm("第二版", today + timedelta(days=10), count_parking=True)
    )
    with database.read() as session:
        before, now, later = (
            rules_of(session, cast.estate_one, today + timedelta(days=days)) for days in (-1, 0, 10)
        )
    assert (before.source, before.proxy_cap, before.effective) == ("", 3, None)
    assert (now.source, now.silent, now.lookers) == ("第一版", Silent.FOLLOW_MAJORITY, (me,))
    assert [(one.period, one.days) for one in now.numbers] == [(Period.NOTICE, 20)]
    assert (later.source, later.count_parking, later.numbers) == ("第二版", True, ())
    view = rule_entries.rules_view(cast.secretary, today, cast.estate_one)
    assert [entry.rules.source for entry in view.entries] == ["第二版", "第一版"]
    assert view.entries[1].lookers == (view.choices[me],)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"source": ""}, "source"),
        ({"effective": None}, "effective"),
        ({"proxy_cap": 21}, "proxy_cap"),
        ({"days": ((Period.NOTICE, 14),)}, "notice"),
        ({"days": ((Period.PUBLISH, 0),)}, "publish"),
        ({"lookers": (987,)}, "lookers"),
    ],
)
def test_rules_below_the_law_are_refused_beside_their_field(
    cast: Cast, clock: TestClock, changed: dict[str, object], field: str
) -> None:
    good = {"source": "规则", "effective": date(2026, 1, 1)}
    with pytest.raises(FieldError) as refused:
        rule_entries.enter_rules(
            cast.secretary,
            clock.now,
            cast.estate_one,
            RulesForm(**good | changed),  # type: ignore[arg-type]
        )
    assert refused.value.field == field


def test_parking_counts_from_the_day_of_the_rule(cast: Cast, clock: TestClock) -> None:
    today = clock.now.date()
    rule_entries.enter_rules(
        cast.secretary, clock.now, cast.estate_one, RulesForm("车位计入", today, count_parking=True)
    )
    before = listing.roll(cast.secretary, today - timedelta(days=1), cast.estate_one).totals
    after = listing.roll(cast.secretary, today, cast.estate_one).totals
    assert after.area - before.area == 1272
    assert after.heads == before.heads  # 林一's
