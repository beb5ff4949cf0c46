"""Strings that break programs, through every text that staff can write or look for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db import (
    accounts,
    board,
    casefile,
    categories,
    desk,
    doors,
    duplicates,
    estates,
    following,
    households,
    inbox,
    meetings,
    merging,
    moving,
    photos,
    places,
    publishing,
    rating,
    reveal,
    settings,
    sign_ins,
    sorting,
    tasklist,
    tasks,
    telling,
    units,
    work_calendar,
)
from db.inbox import CaseFilter
from db.intake import ReporterWords
from db.tables import (
    Account,
    Case,
    Category,
    Estate,
    EstateKind,
    Meeting,
    MeetingKind,
    Note,
    Place,
    Report,
    ServiceClass,
    Unit,
    UnitKind,
)
from domain.errors import DeskError
from domain.moves import Move
from domain.names import clean_line
from domain.people import Role
from domain.texts import clean
from tests.support.databases import KINDS, Databases
from tests.support.world import Made, Side, World, made_in, undone


@dataclass(frozen=True, slots=True)
class Field:
    """One text: how it is written, and the column where it is kept as `keeps` says."""

    write: Callable[[World, Side, str], object]
    column: Any = None
    keeps: Callable[[str], str] = clean


WRITTEN = {
    "desk": Field(
        lambda w, s, t: desk.take_down(
            w.cast.secretary,
            w.now,
            desk.DeskWords(t, reporter=ReporterWords(t[:40]), building_id=s.building),
            "once",
        ),
        Report.text,
    ),
    "meeting": Field(
        lambda w, s, t: meetings.open_meeting(
            w.cast.secretary, w.now, kind=MeetingKind.HEARING, title=t, held_on=w.today
        ),
        Meeting.title,
        lambda text: " ".join(clean(text).split()),
    ),
    "demands": Field(
        lambda w, s, t: meetings.take_demands(
            w.cast.secretary, w.now, s.meeting, [meetings.Demand(1, t, t[:40], t)], "once"
        )
    ),
    "answer": Field(
        lambda w, s, t: telling.answer(w.cast.secretary, w.now, s.files["new"].code, t), Note.text
    ),
    "reason": Field(
        lambda w, s, t: moving.move(w.cast.secretary, w.now, s.files["new"].code, Move.SUSPEND, t),
        Note.text,
    ),
    "merge": Field(
        lambda w, s, t: merging.merge(
            w.cast.secretary, w.now, s.files["new"].code, s.files["deliberating"].code, t
        )
    ),
    "decide": Field(
        lambda w, s, t: tasks.decide(
            w.cast.secretary,
            w.now,
            s.files["deliberating"].code,
            lead_unit_id=s.unit,
            due_on=w.today + timedelta(days=3),
            words=t,
        ),
        Note.text,
    ),
    "task answer": Field(
        lambda w, s, t: tasks.answer_task(w.cast.property_contact, w.now, s.files["doing"].task, t),
        Note.text,
    ),
    "task done": Field(
        lambda w, s, t: tasks.report_done(w.cast.property_contact, w.now, s.files["doing"].task, t),
        Note.text,
    ),
    "summary": Field(
        lambda w, s, t: publishing.show(
            w.cast.secretary,
            w.now,
            s.files["publishing"].code,
            summary=t,
            no_evidence_reason=t,
            personal_ok=True,
        )
    ),
    "comment": Field(
        lambda w, s, t: rating.rate_by_phone(
            w.cast.social_worker,
            w.now,
            s.files["rating"].code,
            s.files["rating"].report,
            5,
            "yes",
            t,
        )
    ),
    "contact": Field(
        lambda w, s, t: telling.contact(
            w.cast.secretary,
            w.now,
            s.files["new"].code,
            report_id=s.files["new"].report,
            purpose="answer",
            reached=True,
            words=t,
        )
    ),
    "reveal": Field(
        lambda w, s, t: reveal.reveal_phone(w.cast.secretary, s.files["new"].report, t, w.now),
        Note.text,
    ),
    "title": Field(
        lambda w, s, t: sorting.sort(
            w.cast.secretary,
            w.now,
            s.files["new"].code,
            title=t,
            category_id=None,
            estate_id=s.estate,
            building_id=None,
        )
    ),
    "account": Field(
        lambda w, s, t: accounts.create(
            w.cast.administrator, w.now, login="somebody", name=t, roles=[Role.VIEWER]
        ),
        Account.name,
        clean_line,
    ),
    "login": Field(
        lambda w, s, t: accounts.create(
            w.cast.administrator, w.now, login=t, name="somebody", roles=[Role.VIEWER]
        )
    ),
    "unit": Field(
        lambda w, s, t: units.add_unit(w.cast.administrator, w.now, name=t, kind=UnitKind.PARTNER),
        Unit.name,
        clean_line,
    ),
    "estate": Field(
        lambda w, s, t: estates.add_estate(
            w.cast.administrator, w.now, name=t, kind=EstateKind.COMMODITY
        ),
        Estate.name,
        clean_line,
    ),
    "building": Field(
        lambda w, s, t: estates.rename_building(w.cast.administrator, w.now, s.building, t)
    ),
    "buildings": Field(
        lambda w, s, t: estates.add_buildings(w.cast.administrator, w.now, s.estate, t)
    ),
    "category": Field(
        lambda w, s, t: categories.add_category(
            w.cast.administrator,
            w.now,
            name_zh=t,
            name_en="something",
            service_class=ServiceClass.SOCIAL,
        ),
        Category.name_zh,
        clean_line,
    ),
    "place": Field(
        lambda w, s, t: places.add_place(w.cast.administrator, w.now, name=t, estate_id=s.estate),
        Place.name,
        clean_line,
    ),
    "community": Field(lambda w, s, t: settings.change(w.cast.administrator, w.now, community=t)),
    "address": Field(lambda w, s, t: settings.change(w.cast.administrator, w.now, base_url=t)),
    "holiday": Field(
        lambda w, s, t: work_calendar.set_day(w.cast.administrator, w.now, w.today, False, t)
    ),
}

# What is looked for, or comes in an address: nothing is found, and nothing breaks.
ASKED: dict[str, Callable[[World, str], object]] = {
    "inbox": lambda w, t: inbox.inbox(w.cast.secretary, CaseFilter(query=t), w.now),
    "inbox cursor": lambda w, t: inbox.inbox(w.cast.secretary, CaseFilter(), w.now, after=t),
    "household": lambda w, t: households.find_household(w.cast.secretary, t, w.now),
    "home": lambda w, t: households.homes_by_room(w.cast.secretary, t),
    "duplicates": lambda w, t: duplicates.likely_duplicates(
        w.cast.secretary, duplicates.Draft(text=t, title=t, phone=t), w.now
    ),
    "file": lambda w, t: casefile.case_file(w.cast.secretary, t, w.now),
    "task": lambda w, t: tasklist.unit_task(w.cast.property_contact, t, w.now),
    "meeting": lambda w, t: meetings.meeting(w.cast.secretary, t),
    "photo": lambda w, t: photos.photo(w.cast.secretary, t),
    "follow": lambda w, t: following.follow_view(t, w.now),
    "board": lambda w, t: board.board(estate=t, category=t, after=t),
    "published": lambda w, t: board.board_item(t),
    "door": lambda w, t: doors.door_of_place(t),
    "session": lambda w, t: sign_ins.session_of(t, w.now),
}


@pytest.fixture(scope="module", params=KINDS)
def made(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Made]:
    with made_in(databases, request.param) as made:
        yield made


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written_is_kept_or_refused(
    made: Made, naughty_strings: list[str], name: str
) -> None:
    field, world = WRITTEN[name], made.world
    kept = 0
    with undone(made.database) as session:
        for text in naughty_strings:
            savepoint = session.begin_nested()
            try:
                field.write(world, world.one, text)
            except DeskError:
                continue  # told, beside the field
            else:
                kept += 1
                if field.column is not None:
                    newest = select(field.column).order_by(field.column.class_.id.desc()).limit(1)
                    assert session.scalar(newest) == field.keeps(text), repr(text)
            finally:
                session.expire_all()
                savepoint.rollback()
    assert kept > 0


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_for_breaks_nothing(
    made: Made, naughty_strings: list[str], name: str
) -> None:
    answered = 0
    for text in naughty_strings:
        try:
            ASKED[name](made.world, text)
        except DeskError:
            continue
        finally:
            answered += 1
    assert answered == len(naughty_strings)


@pytest.mark.parametrize("name", ["desk", "answer", "title"])
def test_too_much_is_refused(made: Made, name: str) -> None:
    with pytest.raises(DeskError):
        WRITTEN[name].write(made.world, made.world.one, "长" * 20_001)
    with made.database.read() as session:
        longest = max(map(len, session.scalars(select(Case.title))))
    assert longest < 200
