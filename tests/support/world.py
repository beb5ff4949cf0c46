"""Two estates that mirror each other, with files at every step: who sees whose shows at once."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import engine, intake, meetings, merging, moving, publishing, rating, tasks, telling
from db.tables import Channel, MeetingKind, Photo, Telling
from domain.moves import Move
from domain.people import RESIDENT, Actor
from domain.photos import PhotoIn
from tests.support.cast import Cast, settle
from tests.support.clock import MONDAY_NINE
from tests.support.databases import Databases

PHOTO = PhotoIn(b"\xff\xd8full", b"\xff\xd8thumb", 40, 30)
# The files of each side, by the step that each stands at. The last five were given to units.
STEPS = ("new", "deliberating", "coordinating", "doing", "publishing", "rating", "ready", "closed")
GIVEN = STEPS[3:]


@dataclass(frozen=True, slots=True)
class File:
    """One file, by what addresses and forms carry of it."""

    code: str
    report: int
    follow: str
    photo: str
    task: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One estate's objects; `words` and `people` are what its files say and who said it.

    Args:
        merged: a file that was merged into `files["new"]`.
        held: report that flooding held back.
        telling: of the merged file's reporter, waiting for a call.
    """

    name: str
    estate: int
    building: int
    household: int
    place: int
    place_code: str
    unit: int
    files: dict[str, File]
    merged: File
    held: int
    held_photo: str
    telling: int
    meeting: str

    @property
    def phone(self) -> str:
        """The reporters' number."""
        return phone_of(self.name)


@dataclass(frozen=True, slots=True)
class World:
    """The cast, both sides, and persons that the cast lacks."""

    cast: Cast
    now: datetime
    one: Side
    two: Side
    desk_two: Actor  # a social worker who is responsible for estate two alone
    nobody: Actor  # an account without any role

    @property
    def people(self) -> dict[str, Actor]:
        """Everybody who could call a function."""
        others = {"desk_two": self.desk_two, "nobody": self.nobody, "resident": RESIDENT}
        return self.cast.people | others

    @property
    def today(self) -> date:
        """The community's date."""
        return self.now.date()


def words_of(side: str, step: str) -> str:
    """What the file at that step of that side says."""
    return f"Words{side}{step}"


def person_of(side: str) -> str:
    """Part of every reporter's name of that side."""
    return f"Person{side}"


def phone_of(side: str) -> str:
    """The number of every reporter of that side."""
    return {"One": "13911112222", "Two": "13933334444"}[side]


@dataclass(frozen=True, slots=True)
class Made:
    """A world in a database of its own, which all tests of a file share."""

    world: World
    database: engine.Database


@contextmanager
def made_in(databases: Databases, kind: str) -> Iterator[Made]:
    """A world in a fresh database, in use until the end."""
    url = databases.fresh(kind)
    database = engine.use(url)
    assert database is not None
    with database.write() as session:
        cast = settle(session, MONDAY_NINE)
    yield Made(build_world(cast, MONDAY_NINE), database)
    engine.use(None)
    databases.forget(url)


class _Undo(Exception):
    """Leaves a batch without keeping anything."""


@contextmanager
def undone(database: engine.Database) -> Iterator[Session]:
    """Whatever is written inside is taken back at the end."""
    with suppress(_Undo), database.batch() as session:
        yield session
        raise _Undo


def build_world(cast: Cast, now: datetime) -> World:
    """Make both sides in the current database, by the functions that people use."""
    return World(
        cast=cast,
        now=now,
        one=_side(cast, now, "One"),
        two=_side(cast, now, "Two"),
        desk_two=replace(cast.social_worker, estate_id=cast.estate_two),
        nobody=replace(cast.viewer, roles=frozenset()),
    )


def _side(cast: Cast, now: datetime, name: str) -> Side:
    one = name == "One"
    place_code = cast.gate_code if one else cast.garden_code

    def take(step: str, held_for: str | None = None) -> File:
        taken = intake.take_report(
            RESIDENT,
            now,
            text=words_of(name, step),
            channel=Channel.QR,
            place_code=place_code,
            reporter=intake.ReporterWords(f"{person_of(name)}{step}", phone_of(name), consent=True),
            photos=[PHOTO],
            held_for=held_for,
        )
        with engine.read() as session:
            query = select(Photo.code).where(Photo.report_id == taken.report_id)
            photo = session.scalars(query).one()
        return File(taken.case_code or "", taken.report_id, taken.follow_code, photo)

    files = {step: _advance(cast, now, take(step), name, step) for step in STEPS}
    merged, held = take("merged"), take("held", held_for="flood:address")
    merging.merge(cast.secretary, now, merged.code, files["new"].code, "the same matter")
    with engine.read() as session:
        query = select(Telling.id).where(Telling.report_id == merged.report, Telling.by_phone)
        told = session.scalars(query).one()
    return Side(
        name=name,
        estate=cast.estate_one if one else cast.estate_two,
        building=cast.building_one if one else cast.building_three,
        household=cast.household_101 if one else cast.household_901,
        place=cast.gate if one else cast.garden,
        place_code=place_code,
        unit=cast.property_one if one else cast.property_two,
        files=files,
        merged=merged,
        held=held.report,
        held_photo=held.photo,
        telling=told,
        meeting=_meeting(cast, now, name),
    )


def _meeting(cast: Cast, now: datetime, side: str) -> str:
    return meetings.open_meeting(
        cast.secretary,
        now,
        kind=MeetingKind.NIGHT_TALK,
        title=words_of(side, "meeting"),
        held_on=now.date(),
        estate_id=cast.estate_one if side == "One" else cast.estate_two,
    )


def _advance(cast: Cast, now: datetime, file: File, side: str, step: str) -> File:
    """Bring a new file to its step."""
    wanted, office = STEPS.index(step), cast.secretary
    unit = cast.property_one if side == "One" else cast.property_two
    helper = cast.partner_one if side == "One" else cast.partner_two
    if wanted >= STEPS.index("deliberating"):
        moving.move(office, now, file.code, Move.ACCEPT)
    if wanted < STEPS.index("coordinating"):
        return file
    given = tasks.decide(
        office,
        now,
        file.code,
        lead_unit_id=unit,
        due_on=now.date() + timedelta(days=3),
        words="decided",
        assisting=[helper],
        give_now=step in GIVEN,
    )
    telling.contact(
        office,
        now,
        file.code,
        report_id=file.report,
        purpose="answer",
        reached=True,
        words=f"{person_of(side)} said so",
    )
    if wanted >= STEPS.index("publishing"):
        worker = replace(cast.property_contact, unit_id=unit)
        tasks.report_done(worker, now, given.task_codes[0], "done")
    if wanted >= STEPS.index("rating"):
        publishing.show(office, now, file.code, summary="It was done.", no_evidence_reason="none")
    if step in {"ready", "closed"}:
        rating.rate_by_follow(RESIDENT, now, file.follow, 5, "yes")
    if step == "closed":
        publishing.close(office, now, file.code)
    return replace(file, task=given.task_codes[0] if given.task_codes else "")
