"""The certificate: confirmed hours of some days, each minute once, never rounded up."""

from datetime import date, datetime, timedelta

import pytest

from domain.certificates import Certificate, certificate, hours_text
from domain.days import COMMUNITY_ZONE
from domain.errors import Refused
from domain.service_hours import Piece, Source
from domain.volunteers import Squad

JUNE = (date(2026, 6, 1), date(2026, 6, 30))


def at(day: int, clock: str, month: int = 6) -> datetime:
    hours, minutes = clock.split(":")
    start = datetime(2026, month, 1, tzinfo=COMMUNITY_ZONE)
    return start + timedelta(days=day - 1, hours=int(hours), minutes=int(minutes))


def make(pieces: list[Piece], days: tuple[date, date] = JUNE) -> Certificate:
    return certificate(
        name="甲",
        number="0001",
        squad=Squad.HEALTH,
        joined_on=date(2026, 1, 1),
        first=days[0],
        last=days[1],
        issued_on=date(2026, 7, 1),
        pieces=pieces,
    )


def piece(key: int, start: datetime, end: datetime, source: Source = Source.REQUEST) -> Piece:
    return Piece(key, source, start, end, confirmed=True)


def test_kinds_are_added_up_by_themselves_and_overlaps_once_in_all() -> None:
    paper = make(
        [
            piece(1, at(1, "09:00"), at(1, "11:00")),
            piece(2, at(1, "10:00"), at(1, "12:00"), Source.VISIT),
            Piece(3, Source.VISIT, at(2, "10:00"), at(2, "12:00"), confirmed=False),
        ]
    )
    assert (paper.times, paper.total.minutes) == (2, 180)
    assert [(kind, n, total.minutes) for kind, n, total in paper.by_source] == [
        (Source.REQUEST, 1, 120),
        (Source.VISIT, 1, 120),
    ]


def test_a_night_over_the_end_of_the_month_is_cut_at_midnight() -> None:
    night = [piece(1, at(30, "22:00"), at(31, "02:00")), piece(2, at(0, "23:00"), at(1, "01:00"))]
    assert make(night).total.minutes == 120 + 60


def test_nothing_confirmed_makes_no_paper() -> None:
    with pytest.raises(Refused):
        make([piece(1, at(1, "09:00", 7), at(1, "11:00", 7))])
    with pytest.raises(Refused):
        make([piece(1, at(1, "09:00"), at(1, "11:00"))], (JUNE[1], JUNE[0]))


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0.0"), (5, "0.0"), (6, "0.1"), (59, "0.9"), (60, "1.0"), (95, "1.5"), (150, "2.5")],
)
def test_hours_are_cut_and_never_rounded_up(minutes: int, text: str) -> None:
    assert hours_text(minutes) == text
