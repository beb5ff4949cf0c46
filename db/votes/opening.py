"""A person opens the vote: the readiness list, then roll and rules are frozen and hashed."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from db import once
from db.engine import read, write
from db.roll.live import LiveUnit, live_units
from db.roll.rules import rules_of
from db.tables.votes import (
    Objection,
    Teller,
    Turnout,
    Vote,
    VoteOwner,
    VoteRight,
    VoteUnit,
)
from db.votes.candidates_ready import group_size, undeclared
from db.votes.hashes import questions_hash, roll_hash, rules_hash
from db.votes.scope import asked, note, vote_seen, vote_to_change
from db.votes.secret import secret_of
from domain.days import local_day
from domain.errors import N_, Refused
from domain.people import Actor, Right
from domain.rights import Kind, right_name
from domain.thresholds import Lane
from domain.timetable import DEFAULTS, Period
from domain.votes import NEED_WORDS, Prepared, Ready, Stage, readiness

# Without 0/O, 1/I/L, so that a pseudonym can be read from paper.
_LETTERS = "23456789abcdefghjkmnpqrstwxyz"


def ready(actor: Actor, now: datetime, code: str) -> tuple[Ready, ...]:
    """The readiness list of a vote that is not open yet."""
    actor.need(Right.RUN_VOTES)
    with read() as session:
        return readiness(_prepared(session, vote_seen(session, actor, code), now), now)


def open_vote(actor: Actor, now: datetime, code: str, key: str | None = None) -> None:
    """Open the vote: copy and hash the roll and the rules; from now on ballots are taken.

    Raises:
        Refused: something of the readiness list is missing; it is named.
    """
    with write() as session:
        vote = vote_to_change(session, actor, now, code)
        if once.claim(session, key, "opened", now) is not None:
            return
        vote_to_change(session, actor, now, code, Stage.NOTICED)
        if vote.lane is Lane.COMMITTEE:
            raise Refused(N_("A committee's vote is recorded at its meeting, not opened."))
        missing = [line for line in readiness(_prepared(session, vote, now), now) if not line.met]
        if missing:
            raise Refused(NEED_WORDS[missing[0].need])
        if vote.questions_hash != questions_hash(session, vote):
            raise Refused(N_("The questions are not those of the notice. Post a new notice."))
        rules = rules_of(session, vote.estate_id, local_day(now))
        vote.silent, vote.invalid = rules.silent, rules.invalid
        vote.count_parking, vote.proxy_cap = rules.count_parking, rules.proxy_cap
        vote.rules_source = rules.source
        vote.opened_at, vote.opened_by = now, actor.account_id
        secret_of(session)  # there from now on, so that no ballot has to make it
        freeze(session, vote.id, live_units(session, vote.estate_id), vote.count_parking)
        vote.rules_hash = rules_hash(vote)
        vote.roll_hash = roll_hash(session, vote.id)
        note(
            session,
            actor,
            now,
            vote,
            "vote_opened",
            questions=vote.questions_hash,
            rules=vote.rules_hash,
            roll=vote.roll_hash,
        )


def _prepared(session: Session, vote: Vote, now: datetime) -> Prepared:
    def many(query: object) -> int:
        return int(session.execute(query).scalar_one() or 0)  # type: ignore[call-overload]

    units = live_units(session, vote.estate_id)
    rules = rules_of(session, vote.estate_id, local_day(now))
    questions = asked(session, vote)
    default = next(one for one in DEFAULTS if one.period is Period.NOTICE).days
    return Prepared(
        lane=vote.lane,
        questions=len(questions),
        noticed_on=vote.noticed_on,
        meets_on=vote.meets_on,
        notice_days=default if vote.notice_days is None else vote.notice_days,
        closes_at=vote.closes_at,
        rights=len(
            {_live_right(one) for one in units if counts(one.kind, rules.count_parking)} - {""}
        ),
        doubts=sum(
            one.doubt is not None or not _live_right(one)
            for one in units
            if counts(one.kind, rules.count_parking)
        ),
        tellers=many(select(func.count()).where(Teller.vote_id == vote.id)),
        open_objections=many(
            select(func.count()).where(
                Objection.vote_id == vote.id, Objection.answered_at.is_(None)
            )
        ),
        has_rules=bool(rules.source),
        seats=vote.seats,
        candidates=len(questions),
        waived=bool(vote.waived),
        undeclared=undeclared(session, vote, questions),
        group=group_size(session, vote.id),
    )


def counts(kind: Kind, count_parking: bool) -> bool:
    """Whether a unit of that kind carries a vote; parking only where the rules say so."""
    return kind is not Kind.PARKING or count_parking


def _live_right(unit: LiveUnit) -> str:
    """The right that a unit of the live roll belongs to; empty while nobody owns it."""
    if not unit.developer and not unit.owner_ids:
        return ""
    return right_name(map(str, unit.owner_ids), unit.developer)


def freeze(session: Session, vote_id: int, units: Sequence[LiveUnit], count_parking: bool) -> None:
    """Copy the roll for one vote, under pseudonyms made for it, and start its turnout at zero."""
    names = _pseudonyms("p", {one for unit in units for one in unit.owner_ids})
    labels = _pseudonyms("u", [unit.id for unit in units])
    if names:
        session.execute(
            insert(VoteOwner),
            [
                {"vote_id": vote_id, "owner_id": owner, "pseudonym": name}
                for owner, name in names.items()
            ],
        )
    keys = {
        unit.id: right_name((names[one] for one in unit.owner_ids), unit.developer)
        for unit in units
        if unit.developer or unit.owner_ids
    }
    counted = [unit for unit in units if unit.id in keys and counts(unit.kind, count_parking)]
    rights = _rights(session, vote_id, counted, keys)
    session.execute(
        insert(VoteUnit),
        [
            {
                "vote_id": vote_id,
                "pseudonym": labels[unit.id],
                "label": unit.label,
                "kind": unit.kind,
                "area": unit.area,
                "owners": "" if unit.developer else keys[unit.id],
                "developer": unit.developer,
                "building_id": unit.building_id,
                "household_id": unit.household_id,
                "right_id": rights.get(keys[unit.id]) if counts(unit.kind, count_parking) else None,
            }
            for unit in units
            if unit.id in keys
        ],
    )


def _rights(
    session: Session, vote_id: int, units: Sequence[LiveUnit], keys: dict[int, str]
) -> dict[str, int]:
    """Make the rights and their turnout rows; returns the rights' ids by key."""
    of_right: dict[str, list[LiveUnit]] = defaultdict(list)
    for unit in units:
        of_right[keys[unit.id]].append(unit)
    rows = []
    heads, areas = Counter[int](), Counter[int]()
    for key in sorted(of_right):
        # Where its largest unit lies; of equal ones the first on the roll.
        home = max(of_right[key], key=lambda unit: unit.area).building_id
        area = sum(unit.area for unit in of_right[key])
        rows.append({"vote_id": vote_id, "key": key, "area": area, "building_id": home})
        heads[home or 0] += 1
        areas[home or 0] += area
    session.execute(insert(VoteRight), rows)
    session.execute(
        insert(Turnout),
        [
            {"vote_id": vote_id, "building": one, "heads": heads[one], "area": areas[one]}
            for one in sorted(heads)
        ],
    )
    found = session.execute(select(VoteRight.key, VoteRight.id).where(VoteRight.vote_id == vote_id))
    return dict(found.all())


def _pseudonyms(prefix: str, ids: set[int] | Sequence[int]) -> dict[int, str]:
    """A random name for each id, so that neither order nor number says who it is."""
    taken: set[str] = set()
    made = {}
    for one in sorted(ids):
        name = ""
        while not name or name in taken:
            name = prefix + "".join(secrets.choice(_LETTERS) for _ in range(7))
        taken.add(name)
        made[one] = name
    return made
