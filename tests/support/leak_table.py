"""Every function of `db` that a person can reach, and who may call it on whose object.

Written from the product's roles and not from the table of rights, so that the two can disagree.
"""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from pathlib import Path

from db import (
    accounts,
    audit,
    backup,
    calls,
    categories,
    desk,
    duplicates,
    estates,
    extending,
    held,
    household_import,
    households,
    inbox,
    intake,
    ledger,
    meetings,
    metrics,
    passwords,
    personal,
    places,
    settings,
    tasklist,
    today,
    units,
    work_calendar,
)
from db.inbox import CaseFilter
from db.tables import Channel, EstateKind, MeetingKind, ServiceClass, UnitKind
from domain.household_rows import Roll
from domain.ledger import Ledger
from domain.people import Actor, Role
from domain.workdays import DayBasis
from tests.support import (
    leak_activities,
    leak_ballots,
    leak_classes,
    leak_conference,
    leak_elections,
    leak_errands,
    leak_figures,
    leak_micro,
    leak_outbox,
    leak_polls,
    leak_requests,
    leak_roll,
    leak_rounds,
    leak_volunteers,
    leak_votes,
)
from tests.support.cast import PASSWORD
from tests.support.leak_files import FILES
from tests.support.who_may import (
    Row,
    administrator,
    any_reader,
    anybody,
    auditors,
    choosers,
    counted,
    in_units,
    readers,
    reporting,
    signed_in,
    staff,
    whole_office,
)
from tests.support.world import Side, World


def own_password(_world: World, _side: Side, actor: Actor) -> object:
    return passwords.change_password(actor, _world.now, PASSWORD, "another-long-password-1")


# What holds many things at once: the call goes through, and shows each person's own alone.
LISTS: dict[str, Row] = {
    "audit.audit": Row(auditors, lambda w, s, a: audit.audit(a, w.now)),
    "calls.calls": Row(staff, lambda w, s, a: calls.calls(a, w.now)),
    "calls.count_calls": Row(staff, lambda w, s, a: calls.count_calls(a, w.now)),
    "duplicates.likely_duplicates": Row(
        any_reader,
        lambda w, s, a: duplicates.likely_duplicates(
            a, duplicates.Draft(text=f"Words{s.name}new", phone=s.phone), w.now
        ),
    ),
    "held.held_reports": Row(staff, lambda w, s, a: held.held_reports(a, w.now)),
    "held.count_held": Row(staff, lambda w, s, a: held.count_held(a, w.now)),
    "households.find_household": Row(
        any_reader, lambda w, s, a: households.find_household(a, "101 901 住户", w.now)
    ),
    "households.household": Row(
        readers, lambda w, s, a: households.household(a, s.household, w.now)
    ),
    "households.homes_by_room": Row(
        any_reader, lambda w, s, a: households.homes_by_room(a, "1号楼901")
    ),
    "meetings.meetings": Row(any_reader, lambda w, s, a: meetings.meetings(a)),
    "inbox.inbox": Row(
        any_reader, lambda w, s, a: inbox.inbox(a, CaseFilter(query=f"Words{s.name}"), w.now)
    ),
    "inbox.count": Row(any_reader, lambda w, s, a: inbox.count(a, CaseFilter(), w.now)),
    "extending.asked_later": Row(staff, lambda w, s, a: extending.asked_later(a)),
    "tasklist.my_tasks": Row(in_units, lambda w, s, a: tasklist.my_tasks(a, w.now)),
    "today.today": Row(anybody, lambda w, s, a: today.today(a, w.now)),
    "metrics.figures_of": Row(
        counted, lambda w, s, a: metrics.figures_of(a, w.today, w.today, w.now)
    ),
    "estates.estates": Row(signed_in, lambda w, s, a: estates.estates(a)),
    "estates.buildings": Row(signed_in, lambda w, s, a: estates.buildings(a, s.estate)),
    "places.places": Row(choosers, lambda w, s, a: places.places(a, s.estate)),
    "categories.categories": Row(signed_in, lambda w, s, a: categories.categories(a)),
    "units.units": Row(signed_in, lambda w, s, a: units.units(a)),
    "ledger.already_there": Row(
        any_reader, lambda w, s, a: ledger.already_there(a, Ledger((), (), (), 0))
    ),
    "personal.export_person": Row(
        whole_office, lambda w, s, a: personal.export_person(a, w.now, s.phone)
    ),
}

# Taking in, and setting up the house.
HOUSE: dict[str, Row] = {
    "intake.take_report": Row(
        reporting,
        lambda w, s, a: intake.take_report(
            a, w.now, text="words", channel=Channel.PHONE, building_id=s.building
        ),
    ),
    "desk.take_down": Row(
        readers,
        lambda w, s, a: desk.take_down(
            a, w.now, desk.DeskWords("words", building_id=s.building), f"{s.name}-once"
        ),
    ),
    "meetings.open_meeting": Row(
        readers,
        lambda w, s, a: meetings.open_meeting(
            a,
            w.now,
            kind=MeetingKind.HEARING,
            title="Talk",
            held_on=w.today,
            estate_id=s.estate,
        ),
    ),
    "meetings.meeting": Row(readers, lambda w, s, a: meetings.meeting(a, s.meeting)),
    "meetings.take_demands": Row(
        readers,
        lambda w, s, a: meetings.take_demands(
            a, w.now, s.meeting, [meetings.Demand(1, "words")], f"{s.name}-once"
        ),
    ),
    "ledger.import_ledger": Row(
        any_reader, lambda w, s, a: ledger.import_ledger(a, w.now, Ledger((), (), (), 0))
    ),
    "personal.erase_person": Row(
        whole_office, lambda w, s, a: personal.erase_person(a, w.now, s.phone)
    ),
    "personal.anonymise": Row(administrator, lambda w, s, a: personal.anonymise(a, w.now)),
    "accounts.accounts": Row(administrator, lambda w, s, a: accounts.accounts(a)),
    "accounts.create": Row(
        administrator,
        lambda w, s, a: accounts.create(
            a, w.now, login="new.person", name="new", roles=[Role.VIEWER]
        ),
    ),
    "accounts.change": Row(
        administrator,
        lambda w, s, a: accounts.change(
            a, w.now, w.cast.viewer.account_id or 0, name="x", roles=[Role.VIEWER], active=True
        ),
    ),
    "passwords.reset_code": Row(
        administrator,
        lambda w, s, a: passwords.reset_code(a, w.now, w.cast.viewer.account_id or 0),
    ),
    "passwords.change_password": Row(signed_in, own_password),
    "backup.backup_by": Row(
        administrator, lambda w, s, a: backup.backup_by(a, w.now), denied_only=True
    ),
    "backup.backups": Row(administrator, lambda w, s, a: backup.backups(a)),
    "backup.backup_file": Row(
        administrator, lambda w, s, a: backup.backup_file(a, w.now, "x"), denied_only=True
    ),
    "backup.restore": Row(
        administrator, lambda w, s, a: backup.restore(a, w.now, Path("x")), denied_only=True
    ),
    "categories.add_category": Row(
        administrator,
        lambda w, s, a: categories.add_category(
            a, w.now, name_zh="新", name_en="new", service_class=ServiceClass.SOCIAL
        ),
    ),
    "categories.change_category": Row(
        administrator,
        lambda w, s, a: categories.change_category(
            a,
            w.now,
            w.cast.lifts,
            name_zh="新",
            name_en="new",
            service_class=ServiceClass.SOCIAL,
            basis=DayBasis.NATURAL,
            done_days=None,
            active=True,
        ),
    ),
    "estates.add_estate": Row(
        administrator,
        lambda w, s, a: estates.add_estate(a, w.now, name="new", kind=EstateKind.COMMODITY),
    ),
    "estates.change_estate": Row(
        administrator,
        lambda w, s, a: estates.change_estate(
            a,
            w.now,
            s.estate,
            name="new",
            kind=EstateKind.COMMODITY,
            branch_id=None,
            property_id=s.unit,
        ),
    ),
    "estates.add_buildings": Row(
        administrator, lambda w, s, a: estates.add_buildings(a, w.now, s.estate, "9号楼")
    ),
    "estates.rename_building": Row(
        administrator, lambda w, s, a: estates.rename_building(a, w.now, s.building, "9号楼")
    ),
    "household_import.preview_households": Row(
        administrator,
        lambda w, s, a: household_import.preview_households(a, Roll((), (), 0, 0)),
    ),
    "household_import.import_households": Row(
        administrator,
        lambda w, s, a: household_import.import_households(a, w.now, Roll((), (), 0, 0)),
    ),
    "places.add_place": Row(
        administrator, lambda w, s, a: places.add_place(a, w.now, name="new", estate_id=s.estate)
    ),
    "places.change_place": Row(
        administrator, lambda w, s, a: places.change_place(a, w.now, s.place, name="new")
    ),
    "settings.change": Row(
        administrator, lambda w, s, a: settings.change(a, w.now, community="new")
    ),
    "units.add_unit": Row(
        administrator, lambda w, s, a: units.add_unit(a, w.now, name="new", kind=UnitKind.PARTNER)
    ),
    "units.change_unit": Row(
        administrator, lambda w, s, a: units.change_unit(a, w.now, s.unit, name="new")
    ),
    "work_calendar.year_view": Row(
        administrator, lambda w, s, a: work_calendar.year_view(a, w.today.year)
    ),
    "work_calendar.unknown_years": Row(
        anybody, lambda w, s, a: work_calendar.unknown_years(a, w.today, w.today)
    ),
    "work_calendar.set_day": Row(
        administrator, lambda w, s, a: work_calendar.set_day(a, w.now, w.today, False, "closed")
    ),
    "work_calendar.clear_day": Row(
        administrator,
        lambda w, s, a: (
            work_calendar.set_day(w.cast.administrator, w.now, w.today, False, "closed"),
            work_calendar.clear_day(a, w.now, w.today),
        ),
    ),
    "work_calendar.confirm_year": Row(
        administrator, lambda w, s, a: work_calendar.confirm_year(a, w.now, w.today.year)
    ),
}

ROWS = FILES | LISTS | HOUSE
ROOMS = (
    leak_roll,
    leak_polls,
    leak_votes,
    leak_ballots,
    leak_elections,
    leak_volunteers,
    leak_requests,
    leak_rounds,
    leak_outbox,
    leak_figures,
    leak_conference,
    leak_micro,
    leak_errands,
    leak_classes,
    leak_activities,
)

# Reached by a code that only the reporter holds; whoever calls, the code decides.
BY_CODE = {
    "following.follow_view",
    "moving.supply",
    "moving.withdraw_by_follow",
    "photos.followed_photo",
    "rating.rate_by_follow",
}
# For everybody, or for nobody in particular: what is public, signing in, the server itself.
OPEN = {
    "accounts.any_account",
    "board.board",
    "board.board_item",
    "doors.admit",
    "doors.categories",
    "doors.category_id",
    "doors.check_guessing",
    "doors.door_of_estate",
    "doors.door_of_place",
    "doors.estates",
    "doors.give_back",
    "doors.note_miss",
    "first_visit.check_set_up_code",
    "first_visit.set_up_code",
    "first_visit.start_empty",
    "passwords.reset_password",
    "photos.public_photo",
    "settings.settings",
    "sign_ins.actor_of",
    "sign_ins.demo_roles",
    "sign_ins.here",
    "sign_ins.session_of",
    "sign_ins.sign_in",
    "sign_ins.sign_in_demo",
    "sign_ins.sign_out",
    "sign_ins.touch",
}
# Run by the server and at the shell; a page or route that called one would be a hole, which
# `test_pages_and_routes_call_nothing_of_the_servers_own` looks for.
SERVER = {
    "backup.backup",
    "backup.nightly",
    "backup.folder",
    "dump_files.check",
    "dump_files.holds_anything",
    "dump_files.keep_aside",
    "dump_files.put_in_place",
    "dump_files.write",
    "leases.release",
    "leases.take",
    "once.clean",
    "personal.tick",
    "reminding.raise_due",
    "seeding.seed",
    "sign_ins.clean",
    "verify.verify",
}
# Modules of building blocks: plumbing, values, parts that work inside somebody's transaction.
PLUMBING = {
    *("casefile_parts", "clock_rows", "cursors", "engine", "events", "guards", "hashing", "lines"),
    *("lists", "now", "numbers", "rates", "schema", "scope", "search", "search_terms"),
    *("standings", "steps", "types", "upsert"),
}
VALUES = {
    "accounts.clean_login",
    "duplicates.probes",
    "metrics.as_json",
    "moving.possible",
    "places.new_place_code",
}

for room in ROOMS:
    ROWS |= room.ROWS
    BY_CODE |= room.BY_CODE
    OPEN |= room.OPEN
    SERVER |= room.SERVER
    PLUMBING |= room.PLUMBING
    VALUES |= room.VALUES
