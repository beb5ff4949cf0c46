"""Who may call what of `db`: the joint conference, listening, partner units."""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from datetime import timedelta

from db.conference import (
    figures,
    flow,
    helping,
    holding,
    listening,
    offers,
    planning,
    reads,
    trail,
    units,
)
from db.tables import MeetingKind, ServiceClass
from tests.support.who_may import Row, any_reader, office, readers, staff, whole_office
from tests.support.world import Side, World

HELP = "please help with the ladder"


def in_conference(_side: str) -> set[str]:
    """Readers of files and units; each sees what concerns them."""
    return any_reader("") | {"property_contact", "partner_contact", "branch_contact"}


def of_unit(side: str) -> set[str]:
    """The office, and the unit's own people."""
    return staff("") | ({"property_contact"} if side == "One" else set())


def helpers(side: str) -> set[str]:
    """Units that do not work on it yet; the lead and the first partner work on side one."""
    both = {"property_contact", "partner_contact", "branch_contact"}
    return both if side == "Two" else {"branch_contact"}


def counted(_side: str) -> set[str]:
    """Whoever may see figures."""
    return any_reader("") | {"administrator", "viewer", "squad_leader"}


def unit_code(side: Side) -> str:
    return f"u-property_{side.name.lower()}"


def planned(world: World) -> str:
    """The next conference, on this very day."""
    meets_at = world.now + timedelta(hours=1)
    return planning.plan(world.cast.secretary, world.now, meets_at=meets_at, place="Hall")


def on_agenda(world: World, side: Side) -> str:
    """A file of that side, added by hand; returns its reference."""
    planned(world)
    code = side.files["deliberating"].code
    planning.add_case(world.cast.secretary, world.now, code, "asked for")
    return f"case:{code}"


def left_out(world: World, side: Side) -> str:
    planning.leave_out(world.cast.secretary, world.now, on_agenda(world, side), "not now")
    return reads.next_meeting(world.cast.secretary, world.now).left_out[0].code or ""


def running(world: World, side: Side) -> str:
    """An open conference with that file on its agenda; returns the item's code."""
    on_agenda(world, side)
    code = holding.open_conference(world.cast.secretary, world.now)
    items = reads.conference(world.cast.secretary, world.now, code).items
    wanted = side.files["deliberating"].code
    return next(one.code or "" for one in items if one.line and one.line.code == wanted)


def attended(world: World, side: Side) -> str:
    item = running(world, side)
    holding.record_presence(world.cast.secretary, world.now, [side.unit])
    return item


def called(world: World, side: Side) -> str:
    """An open call for help with a file of that side."""
    helping.ask_help(world.cast.secretary, world.now, side.files["doing"].code, HELP)
    lines = helping.open_calls(world.cast.secretary)
    return lines[-1].code


def offered(world: World, side: Side) -> str:
    return offers.offer(
        world.cast.secretary,
        world.now,
        service_class=ServiceClass.SOCIAL,
        text="a hall",
        unit_code=unit_code(side),
    )


ROWS: dict[str, Row] = {
    "conference.figures.figures": Row(
        counted, lambda w, s, a: figures.figures(a, w.now, w.today, w.today)
    ),
    "conference.flow.flow": Row(
        in_conference, lambda w, s, a: (running(w, s), flow.flow(a, w.now))[1]
    ),
    "conference.helping.ask_help": Row(
        office, lambda w, s, a: helping.ask_help(a, w.now, s.files["doing"].code, HELP)
    ),
    "conference.helping.close_help": Row(
        office, lambda w, s, a: helping.close_help(a, w.now, called(w, s))
    ),
    "conference.helping.open_calls": Row(
        lambda side: staff("") | {"property_contact", "partner_contact", "branch_contact"},
        lambda w, s, a: (called(w, s), helping.open_calls(a))[1],
    ),
    "conference.helping.claim": Row(helpers, lambda w, s, a: helping.claim(a, w.now, called(w, s))),
    "conference.holding.open_conference": Row(
        whole_office, lambda w, s, a: (planned(w), holding.open_conference(a, w.now))
    ),
    "conference.holding.record_presence": Row(
        whole_office,
        lambda w, s, a: (running(w, s), holding.record_presence(a, w.now, [s.unit])),
    ),
    "conference.holding.decide_item": Row(
        whole_office,
        lambda w, s, a: holding.decide_item(
            a, w.now, running(w, s), lead_unit_id=s.unit, due_on=w.today, words="do it"
        ),
    ),
    "conference.holding.note_item": Row(
        whole_office, lambda w, s, a: holding.note_item(a, w.now, running(w, s), "heard")
    ),
    "conference.holding.postpone_item": Row(
        whole_office, lambda w, s, a: holding.postpone_item(a, w.now, running(w, s), "later")
    ),
    "conference.holding.end_conference": Row(
        whole_office, lambda w, s, a: (attended(w, s), holding.end_conference(a, w.now))
    ),
    "conference.listening.plan_talk": Row(
        readers,
        lambda w, s, a: listening.plan_talk(
            a,
            w.now,
            kind=MeetingKind.HEARING,
            title="Talk",
            starts_at=w.now,
            place="Hall",
            estate_id=s.estate,
        ),
    ),
    "conference.listening.move_talk": Row(
        readers,
        lambda w, s, a: listening.move_talk(a, w.now, s.meeting, starts_at=w.now, place="Hall"),
    ),
    "conference.listening.talks": Row(any_reader, lambda w, s, a: listening.talks(a)),
    "conference.listening.talk": Row(readers, lambda w, s, a: listening.talk(a, w.now, s.meeting)),
    "conference.offers.offer": Row(
        of_unit,
        lambda w, s, a: offers.offer(
            a, w.now, service_class=ServiceClass.SOCIAL, text="new", unit_code=unit_code(s)
        ),
    ),
    "conference.offers.end_offer": Row(
        of_unit, lambda w, s, a: offers.end_offer(a, w.now, offered(w, s))
    ),
    "conference.offers.report": Row(
        of_unit, lambda w, s, a: offers.report(a, w.now, "report", unit_code=unit_code(s))
    ),
    "conference.planning.plan": Row(
        whole_office,
        lambda w, s, a: planning.plan(a, w.now, meets_at=w.now, place="Hall"),
    ),
    "conference.planning.move": Row(
        whole_office, lambda w, s, a: planning.move(a, w.now, on_agenda(w, s), up=True)
    ),
    "conference.planning.add_case": Row(
        whole_office,
        lambda w, s, a: (planned(w), planning.add_case(a, w.now, s.files["new"].code, "why")),
    ),
    "conference.planning.add_words": Row(
        whole_office, lambda w, s, a: (planned(w), planning.add_words(a, w.now, "words"))
    ),
    "conference.planning.leave_out": Row(
        whole_office, lambda w, s, a: planning.leave_out(a, w.now, on_agenda(w, s), "why")
    ),
    "conference.planning.put_back": Row(
        whole_office, lambda w, s, a: planning.put_back(a, w.now, left_out(w, s))
    ),
    "conference.reads.next_meeting": Row(
        in_conference, lambda w, s, a: (on_agenda(w, s), reads.next_meeting(a, w.now))[1]
    ),
    "conference.reads.coming": Row(in_conference, lambda w, s, a: (planned(w), reads.coming(a))[1]),
    "conference.reads.conference": Row(
        in_conference,
        lambda w, s, a: (
            running(w, s),
            reads.conference(a, w.now, reads.next_meeting(w.cast.secretary, w.now).code or ""),
        )[1],
    ),
    "conference.reads.conferences": Row(
        in_conference,
        lambda w, s, a: (
            planned(w),
            holding.open_conference(w.cast.secretary, w.now),
            reads.conferences(a),
        )[2],
    ),
    "conference.trail.trail": Row(
        readers, lambda w, s, a: (called(w, s), trail.trail(a, s.files["doing"].code))[1]
    ),
    "conference.units.unit_list": Row(staff, lambda w, s, a: units.unit_list(a, w.now)),
    "conference.units.unit_page": Row(
        of_unit, lambda w, s, a: (offered(w, s), units.unit_page(a, w.now, unit_code(s)))[1]
    ),
}
BY_CODE: set[str] = set()
OPEN = {"conference.trail.public_trail"}
SERVER: set[str] = set()
PLUMBING = {"conference.scope", "conference.filling", "conference.lines"}
VALUES = {"conference.figures.work_of_decision", "conference.flow.passes", "conference.reads.stage"}
