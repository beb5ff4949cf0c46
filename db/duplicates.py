"""Likely duplicates 疑似重复 of what is being typed, or of a file, with the reasons."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.casefile import seen_case
from db.engine import read
from db.inbox_query import CaseFilter, select_ids
from db.search import position_of, search
from db.tables import Building, Case, Estate, Place, Report, Reporter
from db.views import Where
from domain.bigrams import query_phrases
from domain.likeness import Reason, Sketch, candidates_ranked
from domain.moves import OPEN_STATES, State
from domain.people import Actor, Right
from domain.private_text import normal_phone

# Pieces of the text that others are looked up by. Four characters are mostly a word and its
# neighbour (电梯坏了); two alone would bring up half of all files.
PROBES = 8
PROBE_LENGTH = 4
HITS_EACH = 15
LOOK_BACK = timedelta(days=180)
NEIGHBOURS = 30  # newest open files of the same building
VOICES = 20  # newest reports of the same person


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been typed so far; whatever is not known yet stays empty."""

    text: str = ""
    title: str = ""
    estate_id: int | None = None
    building_id: int | None = None
    category_id: int | None = None
    phone: str = ""
    household_id: int | None = None


@dataclass(frozen=True, slots=True)
class DuplicateHint:
    """An open file that may be about the same matter."""

    code: str
    number: str
    title: str
    state: State
    where: Where
    opened_at: datetime
    score: float
    reasons: tuple[Reason, ...]


def likely_duplicates(
    actor: Actor, draft: Draft, now: datetime, limit: int = 5
) -> tuple[DuplicateHint, ...]:
    """The open files most like what is being typed.

    Raises:
        NotAllowed: this person may not read files.
    """
    actor.need(Right.READ_CASES)
    phone = normal_phone(draft.phone)
    sketch = Sketch(
        id=None,
        title=draft.title,
        text=draft.text,
        estate_id=draft.estate_id,
        building_id=draft.building_id,
        category=str(draft.category_id) if draft.category_id else None,
        reporter_key=_key(actor, phone, draft.household_id, None),
        at=now,
    )
    with read() as session:
        people = _same_people(session, actor, phone, draft.household_id)
        return _hints(session, actor, sketch, people, now, limit)


def duplicates_of(
    actor: Actor, code: str, now: datetime, limit: int = 5
) -> tuple[DuplicateHint, ...]:
    """The open files most like this one.

    Raises:
        NotFound: there is no such file in scope.
    """
    actor.need(Right.READ_CASES)
    with read() as session:
        case = seen_case(session, actor, code)
        sketch = _sketches(session, actor, [case.id], None)[0]
        query = select(Reporter).join(Report, Report.reporter_id == Reporter.id)
        first = session.scalar(query.where(Report.case_id == case.id).order_by(Report.id).limit(1))
        people = _same_people(session, actor, first.phone, first.household_id) if first else set()
        return _hints(session, actor, sketch, people, now, limit)


def _hints(
    session: Session,
    actor: Actor,
    sketch: Sketch,
    people: set[int],
    now: datetime,
    limit: int,
) -> tuple[DuplicateHint, ...]:
    ids = people | _same_words(session, sketch, now)
    if isinstance(sketch.building_id, int):
        near = CaseFilter(building_id=sketch.building_id)
        ids |= set(select_ids(session, actor, near, now, NEIGHBOURS))
    query = select(Case.id).where(Case.id.in_(ids), Case.state.in_(OPEN_STATES))
    if actor.estate_id is not None:
        query = query.where(Case.estate_id == actor.estate_id)
    others = _sketches(session, actor, session.scalars(query), sketch.reporter_key)
    ranked = candidates_ranked(sketch, others, limit)
    rows = {
        case.id: (case, Where(*where))
        for case, *where in session.execute(
            select(Case, Estate.name, Building.name, Place.name)
            .outerjoin(Estate, Estate.id == Case.estate_id)
            .outerjoin(Building, Building.id == Case.building_id)
            .outerjoin(Place, Place.id == Case.place_id)
            .where(Case.id.in_([other.id for other, _ in ranked]))
        )
    }
    hints = []
    for other, likeness in ranked:
        case, where = rows[int(str(other.id))]
        hints.append(
            DuplicateHint(
                code=case.code,
                number=case.number,
                title=case.title,
                state=case.state,
                where=where,
                opened_at=case.opened_at,
                score=likeness.score,
                reasons=likeness.reasons,
            )
        )
    return tuple(hints)


def probes(text: str) -> list[str]:
    """Pieces of a text, evenly spread, by which others with the same words are found."""
    runs = ["".join(term[0] for term in phrase) + phrase[-1][1:] for phrase in query_phrases(text)]
    pieces = [
        run[start : start + PROBE_LENGTH]
        for run in runs
        if len(run) > 1
        for start in range(max(1, len(run) - PROBE_LENGTH + 1))
    ]
    step = max(1, len(pieces) / PROBES)
    chosen = [pieces[int(n * step)] for n in range(PROBES) if int(n * step) < len(pieces)]
    return list(dict.fromkeys(chosen))


def _same_words(session: Session, sketch: Sketch, now: datetime) -> set[int]:
    since = position_of(min(now, sketch.at) - LOOK_BACK, 0)
    asked = probes(f"{sketch.title}\n{sketch.text[:2_000]}")
    return {
        hit.case_id for probe in asked for hit in search(session, probe, HITS_EACH, since=since)
    }


def _same_people(
    session: Session, actor: Actor, phone: str | None, household_id: int | None
) -> set[int]:
    """Files that the same person or household reported; only for who may know of it."""
    if not actor.may(Right.REVEAL) or not (phone or household_id):
        return set()
    newest = select(Reporter.id).order_by(Reporter.id.desc()).limit(VOICES)
    people: set[int] = set()
    if phone:
        people.update(session.scalars(newest.where(Reporter.phone == phone)))
    if household_id:
        people.update(session.scalars(newest.where(Reporter.household_id == household_id)))
    query = select(Report.case_id).where(Report.reporter_id.in_(people))
    return {case_id for case_id in session.scalars(query) if case_id is not None}


def _key(actor: Actor, phone: str | None, household_id: int | None, name: str | None) -> Hashable:
    """What tells one reporter from another, for who may know."""
    if not actor.may(Right.REVEAL):
        return None
    if phone:
        return phone
    return ("household", household_id) if household_id else name or None


def _sketches(session: Session, actor: Actor, ids: Iterable[int], asked: Hashable) -> list[Sketch]:
    """The files as the rule compares them: by their first words, and by any voice asked for."""
    wanted = list(ids)
    reports = (
        select(Report.case_id, Report.text, Reporter.phone, Reporter.household_id, Reporter.name)
        .outerjoin(Reporter, Reporter.id == Report.reporter_id)
        .where(Report.case_id.in_(wanted))
        .order_by(Report.id)
    )
    words: dict[int, str] = {}
    voices: dict[int, list[Hashable]] = {}
    for case_id, text, phone, household_id, name in session.execute(reports):
        words.setdefault(case_id or 0, text)
        voices.setdefault(case_id or 0, []).append(_key(actor, phone, household_id, name))
    return [
        Sketch(
            id=case.id,
            title=case.title,
            text=words.get(case.id, ""),
            estate_id=case.estate_id,
            building_id=case.building_id,
            category=str(case.category_id) if case.category_id else None,
            reporter_key=asked if asked in (keys := voices.get(case.id, [None])) else keys[0],
            at=case.opened_at,
        )
        for case in session.scalars(select(Case).where(Case.id.in_(wanted)))
    ]
