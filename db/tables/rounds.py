"""Rounds 走访: care visits, storm patrols, surveys."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.types import Word
from domain.patrols import Finding
from domain.surveys import Outcome
from domain.visits import EventKind, Tier


class CarePerson(Base):
    """Somebody who agreed to be visited; `ended_on` is the first day on which they are not."""

    __tablename__ = "care_people"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    household_id: Mapped[int] = mapped_column(refers("households.id"), index=True)
    name: Mapped[str]
    initials: Mapped[str]
    phone: Mapped[str | None]
    tier: Mapped[Tier] = mapped_column(Word(Tier))
    visitor_id: Mapped[int | None] = mapped_column(refers("volunteers.id"), index=True)
    consented_at: Mapped[datetime]
    enrolled_on: Mapped[date]
    enrolled_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    ended_on: Mapped[date | None]


class CareHealth(Base):
    """What a visitor must know of a person's health; each look at it is an event."""

    __tablename__ = "care_health"
    person_id: Mapped[int] = mapped_column(refers("care_people.id"), primary_key=True)
    text: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(refers("accounts.id"))


class CarePause(Base):
    """Days on which a person is not visited: in hospital, with their children."""

    __tablename__ = "care_pauses"
    id: Mapped[RowId]
    person_id: Mapped[int] = mapped_column(refers("care_people.id"), index=True)
    start_on: Mapped[date]
    until_on: Mapped[date | None]
    reason: Mapped[str]


class CareEvent(Base):
    """A major event that calls for visits: of one estate, or of the whole community."""

    __tablename__ = "care_events"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[EventKind] = mapped_column(Word(EventKind))
    estate_id: Mapped[int | None] = mapped_column(refers("estates.id"))
    only_tier: Mapped[bool]  # only those who are visited after events alone
    called_at: Mapped[datetime]
    called_by: Mapped[int | None] = mapped_column(refers("accounts.id"))


class CareVisit(Base):
    """One attempt to visit a person, whoever made it, and whether they were met."""

    __tablename__ = "care_visits"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(refers("care_people.id"))
    volunteer_id: Mapped[int | None] = mapped_column(refers("volunteers.id"))
    account_id: Mapped[int | None] = mapped_column(refers("accounts.id"))
    at: Mapped[datetime]
    met: Mapped[bool]
    note: Mapped[str | None]
    case_id: Mapped[int | None] = mapped_column(refers("cases.id"))
    __table_args__ = (Index("ix_care_visits_person", "person_id", "at"), STRICT)


class PatrolTemplate(Base):
    """The points that an estate's patrol looks at, in their order."""

    __tablename__ = "patrol_templates"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    estate_id: Mapped[int] = mapped_column(refers("estates.id"))
    name: Mapped[str]
    __table_args__ = (UniqueConstraint("estate_id", "name"), STRICT)


class PatrolTemplatePoint(Base):
    """One point of a template, such as the ramp of the underground garage."""

    __tablename__ = "patrol_template_points"
    id: Mapped[RowId]
    template_id: Mapped[int] = mapped_column(refers("patrol_templates.id"))
    position: Mapped[int]
    name: Mapped[str]
    building_id: Mapped[int | None] = mapped_column(refers("buildings.id"))
    __table_args__ = (UniqueConstraint("template_id", "position"), STRICT)


class Patrol(Base):
    """One patrol 排查 of an estate."""

    __tablename__ = "patrols"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    estate_id: Mapped[int] = mapped_column(refers("estates.id"))
    started_at: Mapped[datetime]
    started_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    __table_args__ = (Index("ix_patrols_started", "started_at", "id"), STRICT)


class PatrolPoint(Base):
    """One point of a patrol, and the pair that looks at it; pairs are counted from 0."""

    __tablename__ = "patrol_points"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    patrol_id: Mapped[int] = mapped_column(refers("patrols.id"))
    position: Mapped[int]
    name: Mapped[str]
    building_id: Mapped[int | None] = mapped_column(refers("buildings.id"))
    pair: Mapped[int]
    __table_args__ = (UniqueConstraint("patrol_id", "position"), STRICT)


class PatrolMember(Base):
    """A volunteer of a patrol, and where they are: see `domain.patrols.Member`."""

    __tablename__ = "patrol_members"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    patrol_id: Mapped[int] = mapped_column(refers("patrols.id"))
    volunteer_id: Mapped[int] = mapped_column(refers("volunteers.id"), index=True)
    pair: Mapped[int]
    checked_in_at: Mapped[datetime | None]
    checked_out_at: Mapped[datetime | None]
    absent_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("patrol_id", "volunteer_id"), STRICT)


class PatrolCheck(Base):
    """One look at a point; the last one says how it is."""

    __tablename__ = "patrol_checks"
    id: Mapped[RowId]
    point_id: Mapped[int] = mapped_column(refers("patrol_points.id"), index=True)
    volunteer_id: Mapped[int | None] = mapped_column(refers("volunteers.id"))
    account_id: Mapped[int | None] = mapped_column(refers("accounts.id"))
    at: Mapped[datetime]
    finding: Mapped[Finding] = mapped_column(Word(Finding))
    note: Mapped[str | None]
    photo_id: Mapped[int | None] = mapped_column(refers("photos.id"))
    case_id: Mapped[int | None] = mapped_column(refers("cases.id"))


class Survey(Base):
    """A round of home visits 入户走访 in some buildings of an estate."""

    __tablename__ = "surveys"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    estate_id: Mapped[int] = mapped_column(refers("estates.id"))
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(refers("accounts.id"))
    closed_at: Mapped[datetime | None]


class SurveyBuilding(Base):
    """One building of a survey; its list is the households that it has."""

    __tablename__ = "survey_buildings"
    id: Mapped[RowId]
    survey_id: Mapped[int] = mapped_column(refers("surveys.id"))
    building_id: Mapped[int] = mapped_column(refers("buildings.id"))
    __table_args__ = (UniqueConstraint("survey_id", "building_id"), STRICT)


class SurveyAnswer(Base):
    """One knock at a household's door; a final outcome comes once."""

    __tablename__ = "survey_answers"
    id: Mapped[RowId]
    survey_id: Mapped[int] = mapped_column(refers("surveys.id"))
    household_id: Mapped[int] = mapped_column(refers("households.id"))
    outcome: Mapped[Outcome] = mapped_column(Word(Outcome))
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(refers("accounts.id"))
    note: Mapped[str | None]
    case_id: Mapped[int | None] = mapped_column(refers("cases.id"))
    __table_args__ = (
        Index("ix_survey_answers_home", "survey_id", "household_id", "id"),
        Index(
            "uq_survey_answers_final",
            "survey_id",
            "household_id",
            unique=True,
            sqlite_where=sql("outcome <> 'not_home'"),
            postgresql_where=sql("outcome <> 'not_home'"),
        ),
        STRICT,
    )
