"""An owners' vote for tests: its roll as rows, everything after it by the real functions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import engine
from db.tables.elections import GroupMember
from db.tables.roll import EstateRule, Owner, Ownership, RollUnit
from db.tables.votes import Question, Vote, VoteOwner, VoteRight, VoteUnit
from db.votes import opening, preparing
from db.votes.preparing import QuestionIn
from domain.days import local_day
from domain.initials import pinyin_initials
from domain.lanes import Matter
from domain.people import Actor
from domain.preparation import Seat
from domain.rights import Kind, right_name
from domain.tally import Invalid, Silent
from domain.thresholds import Lane
from domain.votes import Stage
from tests.support.cast import Cast

MATTERS = {
    Lane.ORDINARY: Matter.USE_FUND,
    Lane.SPECIAL: Matter.COMMON_PARTS,
    Lane.ELECTION: Matter.ELECT,
}
QUESTIONS = (QuestionIn("更换1号楼电梯", "使用维修资金"), QuestionIn("粉刷楼道", "使用维修资金"))
CANDIDATES = ("候选甲", "候选乙", "候选丙", "候选丁", "候选戊", "候选己", "候选庚")


@dataclass(frozen=True, slots=True)
class U:
    """One line of the roll; area in 0.01 m². Without owners it is the developer's.

    Args:
        building: which of the estate's buildings, 1 or 2; None for parking outside.
    """

    room: str
    area: int
    owners: tuple[str, ...] = ()
    building: int | None = 1
    kind: Kind = Kind.DWELLING


# Six heads on 607.25 m²: one owner of two flats, a joint pair, the developer's two flats.
UNITS = (
    U("1单元101", 8_950, ("张明",)),
    U("1单元102", 10_000, ("李红",)),
    U("1单元103", 6_000, ("张明",)),
    U("商铺1", 4_000, ("王强",), kind=Kind.SHOP),
    U("2单元501", 12_000, ("陈静", "赵勇"), building=2),
    U("2单元502", 7_525, building=2),
    U("2单元503", 8_000, building=2),
    U("2单元504", 4_250, ("周丽",), building=2),
    U("车位B1-001", 1_200, ("李红",), building=None, kind=Kind.PARKING),
)


@dataclass(frozen=True, slots=True)
class VoteMade:
    """A vote that was made, by what addresses and forms carry of it.

    Args:
        rights: ids of the frozen rights by owners' sorted names, () for the developer; empty until
            the vote is open.
        units: ids of the frozen units by label, such as 1号楼 1单元101; likewise.
        owners: ids of the owners by name.
        tellers: the people named, in order.
    """

    code: str
    id: int
    estate: int
    by: Actor
    closes_at: datetime
    rights: dict[tuple[str, ...], int]
    units: dict[str, int]
    owners: dict[str, int]
    tellers: tuple[Actor, ...]


def make_vote(
    cast: Cast,
    now: datetime,
    *,
    units: Sequence[U] = UNITS,
    lane: Lane = Lane.ORDINARY,
    questions: Sequence[QuestionIn] = QUESTIONS,
    candidates: Sequence[str] = CANDIDATES,
    seats: int = 5,
    two: bool = False,
    until: Stage = Stage.OPEN,
    closes_at: datetime | None = None,
    silent: Silent = Silent.STRICT,
    invalid: Invalid = Invalid.BOTH,
    count_parking: bool = False,
    proxy_cap: int = 2,
    roll: bool = True,
    case_code: str | None = None,
) -> VoteMade:
    """Make a vote that was prepared in time and stands at `until`, opened now.

    Args:
        two: in estate two, of which the committee member sees nothing.
        until: PREPARING, NOTICED or OPEN.
        closes_at: by default a week from now.
        roll: False where the estate's roll is there already.
    """
    estate = cast.estate_two if two else cast.estate_one
    ends = closes_at or now + timedelta(days=7)
    early = now - timedelta(days=20)
    if roll:
        with engine.write() as session:
            build_roll(session, cast, units, two=two)
            session.add(
                EstateRule(
                    estate_id=estate,
                    silent=silent,
                    invalid=invalid,
                    count_parking=count_parking,
                    proxy_cap=proxy_cap,
                    lookers=[],
                    source="业主大会议事规则第三条",
                    effective=local_day(early) - timedelta(days=100),
                    recorded_at=early,
                )
            )
    by = cast.secretary
    code = preparing.create(
        by,
        early,
        estate_id=estate,
        matter=MATTERS[lane],
        title="关于电梯和楼道的表决",
        explanation="请在截止前表决。",
        seats=seats if lane is Lane.ELECTION else None,
        case_code=case_code,
    )
    tellers = (cast.secretary, cast.social_worker, *(() if two else (cast.committee,)))
    if lane is Lane.ELECTION:
        _stand(code, candidates)
    else:
        preparing.ask(by, early, code, questions)
    preparing.name_tellers(by, early, code, [one.account_id or 0 for one in tellers])
    if until is not Stage.PREPARING:
        preparing.post_notice(
            by,
            early,
            code,
            noticed_on=local_day(early),
            meets_on=local_day(now),
            closes_at=ends,
        )
    if until is Stage.OPEN:
        opening.open_vote(by, now, code)
    return _made(code, estate, by, ends, tellers)


def build_roll(session: Session, cast: Cast, units: Sequence[U], *, two: bool = False) -> None:
    """Put units and their owners on the roll, by plain rows; nobody among them is doubtful."""
    estate = cast.estate_two if two else cast.estate_one
    buildings = (
        {1: cast.building_three, 2: cast.building_three}
        if two
        else {1: cast.building_one, 2: cast.building_two}
    )
    owners: dict[str, Owner] = {}
    for number, name in enumerate(dict.fromkeys(name for unit in units for name in unit.owners)):
        owners[name] = Owner(
            estate_id=estate,
            name=name,
            initials=pinyin_initials(name),
            phone=f"137{estate % 10}{number:07d}",
            document_hash=sha256(name.encode()).hexdigest(),
            document_tail=f"{number:04d}",
        )
    session.add_all(owners.values())
    session.flush()
    for unit in units:
        row = RollUnit(
            estate_id=estate,
            building_id=buildings[unit.building] if unit.building else None,
            key=f"{unit.building} {unit.room}",
            room=unit.room,
            kind=unit.kind,
            area=unit.area,
            developer=not unit.owners,
        )
        session.add(row)
        session.flush()
        session.add_all(
            Ownership(roll_unit_id=row.id, owner_id=owners[name].id, phone=owners[name].phone)
            for name in unit.owners
        )


def _stand(code: str, candidates: Sequence[str]) -> None:
    """A preparation group, and candidates whose declarations are there."""
    with engine.write() as session:
        vote = session.scalars(select(Vote).where(Vote.code == code)).one()
        session.add_all(
            Question(
                vote_id=vote.id,
                position=position,
                name=name,
                text=f"{name}愿意为大家服务。",
                about={
                    "seen_on": "2026-01-01",
                    "cleared": {"not_owner": "房产证已核对"},
                },
            )
            for position, name in enumerate(candidates, start=1)
        )
        session.add(
            GroupMember(vote_id=vote.id, position=1, name="筹备甲", seat=Seat.STREET, heads=True)
        )


def _made(
    code: str, estate: int, by: Actor, closes_at: datetime, tellers: tuple[Actor, ...]
) -> VoteMade:
    with engine.read() as session:
        vote = session.scalars(select(Vote).where(Vote.code == code)).one()
        owners = {
            name: key
            for key, name in session.execute(
                select(Owner.id, Owner.name).where(Owner.estate_id == estate)
            )
        }
        names = {key: name for name, key in owners.items()}
        of_pseudonym = {
            pseudonym: names[key]
            for key, pseudonym in session.execute(
                select(VoteOwner.owner_id, VoteOwner.pseudonym).where(VoteOwner.vote_id == vote.id)
            )
        }
        keys = {
            right_name((), developer=True): (),
            **{
                key: tuple(sorted(of_pseudonym[one] for one in key.split("+")))
                for (key,) in session.execute(
                    select(VoteRight.key).where(
                        VoteRight.vote_id == vote.id, VoteRight.key != "DEVELOPER"
                    )
                )
            },
        }
        rights = {
            keys[key]: right
            for right, key in session.execute(
                select(VoteRight.id, VoteRight.key).where(VoteRight.vote_id == vote.id)
            )
        }
        units = {
            label: unit
            for unit, label in session.execute(
                select(VoteUnit.id, VoteUnit.label).where(VoteUnit.vote_id == vote.id)
            )
        }
        return VoteMade(code, vote.id, estate, by, closes_at, rights, units, owners, tellers)


def tells_a_choice(text: str) -> bool:
    """Whether a text, such as a value's repr, holds what somebody voted."""
    return re.search(r"\b(yes|no|abstain|invalid)\b", text) is not None
