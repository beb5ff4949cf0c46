"""The micro-list: every number equals its list, in every scope, and the ledger holds them all."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from sqlalchemy import select, update

from db import engine
from db.micro import matters as micro
from db.micro.matters import Wanted, ledger, matters, tallies
from db.micro.public import public_list
from db.tables import Case, Category
from documents import micro_ledger
from domain.errors import NotFound
from domain.micro_list import SERVICES, UNSORTED, Shelf
from domain.moves import State
from domain.people import Actor
from tests.pages.story import Story
from tests.support.cast import Cast
from tests.support.clock import TestClock

YEARS = (None, 2025, 2026)


def many(cast: Cast, clock: TestClock) -> None:
    """Files of every category, state, estate and of two years."""
    story = Story(cast, clock)
    for n in range(24):
        story.reported(text=f"第{n}件事", once=f"m{n}")
    states = (State.NEW, State.CLOSED, State.DOING, State.MERGED)
    with engine.write() as session:
        kinds = [*session.scalars(select(Category.id).order_by(Category.id)), None]
        for place, key in enumerate(session.scalars(select(Case.id).order_by(Case.id))):
            early = place % 5 == 0
            session.execute(
                update(Case)
                .where(Case.id == key)
                .values(
                    category_id=kinds[place % len(kinds)],
                    state=states[place % 3 if place % 11 else 3],
                    estate_id=(cast.estate_one, cast.estate_two)[place % 7 == 3],
                    opened_at=clock.now.replace(year=2025 if early else 2026),
                )
            )


def whole(actor: Actor, clock: TestClock, wanted: Wanted) -> list[str]:
    """The list, three at a time."""
    found: list[str] = []
    after: str | None = None
    while True:
        page = matters(actor, clock.now, wanted, after, 3)
        found += [matter.number for matter in page.lines]
        if (after := page.next_cursor) is None:
            return found


def test_every_number_equals_its_list(cast: Cast, clock: TestClock) -> None:
    many(cast, clock)
    scopes = (
        (cast.secretary, None),
        (cast.secretary, cast.estate_two),
        (cast.committee, None),
        (cast.committee, cast.estate_one),
    )
    seen = 0
    for (actor, estate), year in product(scopes, YEARS):
        of = {
            tally.service: tally
            for tally in tallies(actor, Wanted(None, Shelf.FILED, estate, year))
        }
        everything: list[str] = []
        for service, shelf in product((*SERVICES, UNSORTED), Shelf):
            listed = whole(actor, clock, Wanted(service, shelf, estate, year))
            assert len(listed) == len(set(listed))
            assert len(listed) == (of[service].of(shelf).n if service in of else 0)
            everything += listed if shelf is Shelf.FILED else []
        assert sorted(everything) == sorted(
            whole(actor, clock, Wanted(None, Shelf.FILED, estate, year))
        )
        seen += len(everything)
    assert seen > 50
    with pytest.raises(NotFound):
        tallies(cast.committee, Wanted(estate_id=cast.estate_two))
    elsewhere = replace(cast.committee, estate_id=cast.estate_two)
    assert set(whole(elsewhere, clock, Wanted())).isdisjoint(whole(cast.committee, clock, Wanted()))


def test_nobody_reads_words_that_were_not_reviewed(cast: Cast, clock: TestClock) -> None:
    many(cast, clock)
    shown = public_list(clock.now, Wanted(), limit=100)
    assert len(shown.matters) == sum(tally.filed.n for tally in shown.tallies)
    for matter in shown.matters:
        assert (matter.code, matter.summary, matter.estate, matter.lead, matter.outcome) == (
            (None,) * 5
        )


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_much_is_counted_to_a_limit(
    cast: Cast, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(cast, clock)
    monkeypatch.setattr(micro, "COUNT_TO", 2)
    found = {tally.service: str(tally.filed) for tally in tallies(cast.secretary, Wanted())}
    assert set(found.values()) == {"2+"}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_ledger_has_the_columns_that_committees_keep(cast: Cast, clock: TestClock) -> None:
    story = Story(cast, clock)
    story.published()
    clock.forward(days=1)
    story.given(text="楼道灯不亮", once="b")
    found = ledger(cast.secretary, clock.now, Wanted())
    first, second = micro_ledger.rows(found, "zh_CN")
    head = micro_ledger.header()
    assert head[:3] == ["序号", "编号", "服务类别"]
    row = dict(zip(head, first, strict=True))
    assert (row["序号"], row["问题"], row["提出时间"]) == (
        1,
        "电梯异响，老人不敢坐",
        date(2026, 3, 2),
    )
    assert (row["承办单位"], row["办结时限"], row["办结时间"]) == (
        "一号物业公司",
        date(2026, 3, 9),
        date(2026, 3, 2),
    )
    assert (row["是否按时"], row["办理结果"], row["是否销号"], row["销号时间"]) == (
        "按时",
        "已解决",
        "否",
        None,
    )
    other = dict(zip(head, second, strict=True))
    assert (other["序号"], other["办结时间"], other["协办单位"]) == (2, None, "第一共建单位")
