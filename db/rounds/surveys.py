"""Surveys 入户走访: a list for each building, one final outcome a home, needs become files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db import once
from db.engine import batch, read, write
from db.events import record
from db.numbers import new_code
from db.rounds.scope import need_estate, need_office, no_such_entry, open_file
from db.tables import Building, Case, Estate, Household
from db.tables.rounds import Survey, SurveyAnswer, SurveyBuilding
from db.upsert import upsert
from domain import texts
from domain.errors import N_, FieldError, Refused
from domain.names import clean_name
from domain.people import Actor, Right
from domain.surveys import FINAL, Outcome, Tally, check_may_ask, tally

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class SurveyView:
    """A survey and how far it is, in all and by building id with the building's name."""

    code: str
    title: str
    estate: str
    closed: bool
    tally: Tally
    buildings: dict[int, tuple[str, Tally]]


@dataclass(frozen=True, slots=True)
class HomeLine:
    """One door: the last outcome, and how often nobody was at home."""

    household_id: int
    room: str
    outcome: Outcome | None
    tries: int
    note: str
    case_code: str | None

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to knock."""
        return self.outcome not in FINAL


def open_survey(
    actor: Actor,
    now: datetime,
    *,
    estate_id: int,
    title: str,
    building_ids: Iterable[int],
    once_key: str | None = None,
) -> str:
    """Open a survey of some buildings; returns its code.

    Raises:
        FieldError: no title, or buildings that are none of the estate's.
        NotFound: the estate is not in this person's scope.
    """
    need_office(actor)
    named, code, wanted = clean_name("title", title), new_code(), set(building_ids)
    with write() as session:
        need_estate(session, actor, estate_id)
        if (earlier := once.claim(session, once_key, code, now)) is not None:
            return earlier
        own = set(session.scalars(select(Building.id).where(Building.estate_id == estate_id)))
        if not wanted or not wanted <= own:
            raise FieldError("buildings", N_("Choose buildings of this estate."))
        row = Survey(
            code=code, title=named, estate_id=estate_id, opened_at=now, opened_by=actor.account_id
        )
        session.add(row)
        session.flush()
        session.add_all(SurveyBuilding(survey_id=row.id, building_id=key) for key in sorted(wanted))
        record(session, actor, now, "survey_opened", survey=row.id, buildings=len(wanted))
        return code


def close_survey(actor: Actor, now: datetime, code: str) -> None:
    """Close a survey; a repeat changes nothing."""
    need_office(actor)
    with write() as session:
        row = _survey(session, actor, code, lock=True)
        if row.closed_at is None:
            row.closed_at = now
            record(session, actor, now, "survey_closed", survey=row.id)


def answer(
    actor: Actor,
    now: datetime,
    code: str,
    household_id: int,
    *,
    outcome: Outcome,
    note: str = "",
    need: str = "",
    once_key: str | None = None,
) -> str | None:
    """Note what came of a knock; a need opens a file, whose code is returned.

    Raises:
        NotFound: the survey or the home is not in it, or not in scope.
        Refused: the survey is closed, or the home is done already.
    """
    actor.need(Right.DISPATCH)
    words = texts.fitting("note", note, LONGEST_NOTE)
    wanted = texts.fitting("need", need, texts.LONGEST_TEXT)
    with batch() as session:
        row = _survey(session, actor, code, lock=True)
        home = session.scalar(
            select(Household)
            .join(SurveyBuilding, SurveyBuilding.building_id == Household.building_id)
            .where(Household.id == household_id, SurveyBuilding.survey_id == row.id)
        )
        if home is None:
            raise no_such_entry()
        if once.claim(session, once_key, "answer", now) is not None:
            return None
        if row.closed_at is not None:
            raise Refused(N_("This survey is closed."))
        earlier = select(SurveyAnswer.outcome).where(
            SurveyAnswer.survey_id == row.id, SurveyAnswer.household_id == household_id
        )
        check_may_ask(session.scalars(earlier))
        case_id, case_code = None, None
        if wanted:
            taken = open_file(actor, now, wanted, building_id=home.building_id)
            case_id, case_code = taken.case_id, taken.case_code
        made = session.execute(
            upsert(session, SurveyAnswer)
            .values(
                survey_id=row.id,
                household_id=household_id,
                outcome=outcome,
                at=now,
                account_id=actor.account_id,
                note=words or None,
                case_id=case_id,
            )
            .on_conflict_do_nothing()
            .returning(SurveyAnswer.id)
        ).scalar_one_or_none()
        if made is None:
            check_may_ask([Outcome.DONE])
        record(
            session,
            actor,
            now,
            "survey_answered",
            case_id=case_id,
            survey=row.id,
            household=household_id,
            outcome=outcome.value,
        )
        return case_code


def surveys(actor: Actor) -> list[SurveyView]:
    """The surveys of the estates in scope, the open ones first."""
    actor.need(Right.DISPATCH)
    query = select(Survey).order_by(Survey.closed_at.is_not(None), Survey.opened_at.desc())
    if actor.estate_id is not None:
        query = query.where(Survey.estate_id == actor.estate_id)
    with read() as session:
        return [_view(session, row) for row in session.scalars(query.limit(20)).all()]


def survey(actor: Actor, code: str) -> SurveyView:
    """One survey.

    Raises:
        NotFound: there is none in scope.
    """
    actor.need(Right.DISPATCH)
    with read() as session:
        return _view(session, _survey(session, actor, code))


def homes(actor: Actor, code: str, building_id: int) -> list[HomeLine]:
    """The doors of one building, by room; no names: nobody needs them to knock.

    Raises:
        NotFound: the building is not in the survey, or the survey not in scope.
    """
    actor.need(Right.DISPATCH)
    with read() as session:
        row = _survey(session, actor, code)
        query = select(Household.id, Household.room).where(Household.building_id == building_id)
        inside = select(SurveyBuilding.id).where(
            SurveyBuilding.survey_id == row.id, SurveyBuilding.building_id == building_id
        )
        if session.execute(inside).first() is None:
            raise no_such_entry()
        knocks: dict[int, list[tuple[SurveyAnswer, str | None]]] = {}
        answers = (
            select(SurveyAnswer, Case.code)
            .outerjoin(Case, Case.id == SurveyAnswer.case_id)
            .join(Household, Household.id == SurveyAnswer.household_id)
            .where(SurveyAnswer.survey_id == row.id, Household.building_id == building_id)
            .order_by(SurveyAnswer.id)
        )
        for one, case_code in session.execute(answers):
            knocks.setdefault(one.household_id, []).append((one, case_code))
        return [
            _home(key, room, knocks.get(key, []))
            for key, room in sorted(session.execute(query).all(), key=lambda home: _floor(home[1]))
        ]


def _floor(room: str) -> tuple[str, int, str]:
    """Rooms as people count them: 2单元501 after 1单元1101, 901 before 1001."""
    unit, _, number = room.rpartition("元")
    digits = "".join(filter(str.isdigit, number))
    return unit, int(digits or 0), room


def _home(key: int, room: str, knocks: list[tuple[SurveyAnswer, str | None]]) -> HomeLine:
    last, case_code = knocks[-1] if knocks else (None, None)
    return HomeLine(
        household_id=key,
        room=room,
        outcome=last.outcome if last else None,
        tries=sum(one.outcome is Outcome.NOT_HOME for one, _ in knocks),
        note=(last.note or "") if last else "",
        case_code=case_code,
    )


def _survey(session: Session, actor: Actor, code: str, *, lock: bool = False) -> Survey:
    query: Select[Survey] = select(Survey).where(Survey.code == code)
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None or not actor.sees_estate(row.estate_id):
        raise no_such_entry()
    return row


def _view(session: Session, row: Survey) -> SurveyView:
    query = (
        select(Building.id, Building.name, func.count(Household.id))
        .join(SurveyBuilding, SurveyBuilding.building_id == Building.id)
        .outerjoin(Household, Household.building_id == Building.id)
        .where(SurveyBuilding.survey_id == row.id)
        .group_by(Building.id)
        .order_by(Building.position)
    )
    last = (
        select(func.max(SurveyAnswer.id))
        .where(SurveyAnswer.survey_id == row.id)
        .group_by(SurveyAnswer.household_id)
    )
    found: dict[int, list[Outcome]] = {}
    answers = (
        select(Household.building_id, SurveyAnswer.outcome)
        .join(Household, Household.id == SurveyAnswer.household_id)
        .where(SurveyAnswer.id.in_(last))
    )
    for building_id, outcome in session.execute(answers):
        found.setdefault(building_id, []).append(outcome)
    buildings = {
        key: (name, tally(count, found.get(key, ())))
        for key, name, count in session.execute(query).all()
    }
    everything = [one for outcomes in found.values() for one in outcomes]
    return SurveyView(
        code=row.code,
        title=row.title,
        estate=session.get_one(Estate, row.estate_id).name,
        closed=row.closed_at is not None,
        tally=tally(sum(one.homes for _, one in buildings.values()), everything),
        buildings=buildings,
    )
