"""Who may call what of `db`: the after-school class.

The class is the whole community's, so both sides are the same. Its staff in this world are the
secretary and a leader whom the secretary named; the volunteer teaches the course.
"""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from datetime import timedelta

from db.classes import agreeing, children, courses, enrolling, lesson_reads, lessons, reads, terms
from db.classes.courses import CourseWords
from db.classes.enrolling import ChildWords, Contacts
from db.rounds.care_query import visitors
from db.volunteers import people, slips
from db.volunteers.people import Profile
from domain.classes import ClassConsent, Presence
from domain.people import Actor
from domain.volunteers import Squad
from tests.support.who_may import Row, signed_in
from tests.support.world import Side, World

CONTACTS = Contacts("Guardian", "13900001111", "Aunt", "13900002222")


def runner(_side: str) -> set[str]:
    """Who opens terms and names their staff."""
    return {"secretary"}


def class_staff(_side: str) -> set[str]:
    """Who answers for the term: a social worker who was not named does not."""
    return {"secretary", "squad_leader"}


def taught(_side: str) -> set[str]:
    """The same and the course's teacher."""
    return class_staff("") | {"volunteer"}


def term(world: World, side: Side) -> str:
    """A term that is on, with the leader on its staff."""
    office, now = world.cast.secretary, world.now
    code = terms.open_term(
        office,
        now,
        name="Term",
        starts_on=world.today,
        ends_on=world.today + timedelta(days=6),
        once_key=f"term-{side.name}",
    )
    terms.name_staff(office, now, code, world.cast.squad_leader.account_id or 0)
    return code


def teacher(world: World) -> int:
    """The world's volunteer, entered as one."""
    office, now = world.cast.secretary, world.now
    code = people.register(office, now, Profile("Teacher", Squad.HARMONY))
    slips.link(office, now, code, "volunteer")
    return next(key for key, name in visitors(office).items() if name == "Teacher")


def course(world: World, side: Side) -> str:
    """A course with a lesson today."""
    words = CourseWords(
        "Chess", world.today.weekday(), 570, 630, 2, place="Hall", teacher_id=teacher(world)
    )
    return courses.add_course(
        world.cast.secretary, world.now, term(world, side), words, f"course-{side.name}"
    )


def enrolled(world: World, side: Side, *, name: str = "Child") -> tuple[str, str]:
    """A course and a child in it."""
    code = course(world, side)
    return code, enrol(world, world.cast.secretary, code, name)


def enrol(world: World, actor: Actor, code: str, name: str = "Child") -> str:
    """A child whose guardian agreed to everything."""
    child = ChildWords(name, "2", CONTACTS)
    return enrolling.enrol(actor, world.now, [code], child, ClassConsent).code


def began(world: World, side: Side) -> tuple[str, str]:
    """A lesson at which the child is."""
    code, child = enrolled(world, side)
    lessons.note(world.cast.secretary, world.now, code, child, Presence.PRESENT)
    return code, child


def empty(world: World, side: Side) -> str:
    """A lesson from which the child has gone home."""
    code, child = began(world, side)
    lessons.hand_over(world.cast.secretary, world.now, code, child, None)
    return code


def other(world: World, side: Side) -> str:
    """A further course of the same term."""
    words = CourseWords("Drawing", (world.today.weekday() + 1) % 7, 990, 1080, 2, place="Hall")
    return courses.add_course(world.cast.secretary, world.now, term(world, side), words)


def fetcher(world: World, side: Side) -> tuple[str, str]:
    """A child, and somebody more who may fetch it."""
    _, child = enrolled(world, side)
    return child, agreeing.add_fetcher(world.cast.secretary, world.now, child, "Uncle")


ROWS: dict[str, Row] = {
    "classes.terms.open_term": Row(
        runner,
        lambda w, s, a: terms.open_term(
            a, w.now, name="new", starts_on=w.today, ends_on=w.today + timedelta(days=9)
        ),
    ),
    "classes.terms.change_term": Row(
        runner,
        lambda w, s, a: terms.change_term(
            a,
            w.now,
            term(w, s),
            name="new",
            starts_on=w.today,
            ends_on=w.today + timedelta(days=9),
            free=[w.today],
        ),
    ),
    "classes.terms.name_staff": Row(
        runner,
        lambda w, s, a: terms.name_staff(
            a, w.now, term(w, s), w.cast.social_worker.account_id or 0
        ),
    ),
    "classes.terms.release_staff": Row(
        runner,
        lambda w, s, a: terms.release_staff(
            a, w.now, term(w, s), w.cast.squad_leader.account_id or 0
        ),
    ),
    "classes.terms.nameable": Row(runner, lambda w, s, a: terms.nameable(a)),
    "classes.terms.staff": Row(runner, lambda w, s, a: terms.staff(a, term(w, s))),
    "classes.courses.add_course": Row(
        runner,
        lambda w, s, a: courses.add_course(
            a, w.now, term(w, s), CourseWords("new", 0, 990, 1080, 2, place="Hall")
        ),
    ),
    "classes.courses.change_course": Row(
        runner,
        lambda w, s, a: courses.change_course(
            a, w.now, course(w, s), CourseWords("new", 0, 990, 1080, 3, place="Hall")
        ),
    ),
    "classes.enrolling.enrol": Row(class_staff, lambda w, s, a: enrol(w, a, course(w, s))),
    "classes.enrolling.change_child": Row(
        class_staff,
        lambda w, s, a: enrolling.change_child(
            a, w.now, enrolled(w, s)[1], ChildWords("Child", "3", CONTACTS)
        ),
    ),
    "classes.children.attendance": Row(
        class_staff, lambda w, s, a: children.attendance(a, w.now, enrolled(w, s)[1])
    ),
    "classes.enrolling.join": Row(
        class_staff,
        lambda w, s, a: enrolling.join(a, w.now, enrolled(w, s)[1], other(w, s)),
    ),
    "classes.enrolling.leave": Row(
        class_staff,
        lambda w, s, a: enrolling.leave(a, w.now, *reversed(enrolled(w, s))),
    ),
    "classes.agreeing.give_consent": Row(
        class_staff,
        lambda w, s, a: agreeing.give_consent(a, w.now, enrolled(w, s)[1], ClassConsent.DATA),
    ),
    "classes.agreeing.withdraw_consent": Row(
        class_staff,
        lambda w, s, a: agreeing.withdraw_consent(a, w.now, enrolled(w, s)[1], ClassConsent.DATA),
    ),
    "classes.agreeing.add_fetcher": Row(
        class_staff,
        lambda w, s, a: agreeing.add_fetcher(a, w.now, enrolled(w, s)[1], "Uncle"),
    ),
    "classes.agreeing.end_fetcher": Row(
        class_staff, lambda w, s, a: agreeing.end_fetcher(a, w.now, *fetcher(w, s))
    ),
    "classes.children.look": Row(
        taught, lambda w, s, a: children.look(a, w.now, enrolled(w, s)[0])
    ),
    "classes.children.look_at_term": Row(
        class_staff, lambda w, s, a: children.look_at_term(a, w.now, term(w, s))
    ),
    "classes.lessons.begin": Row(taught, lambda w, s, a: lessons.begin(a, w.now, course(w, s))),
    "classes.lessons.note": Row(
        taught, lambda w, s, a: lessons.note(a, w.now, *enrolled(w, s), Presence.ABSENT)
    ),
    "classes.lessons.hand_over": Row(
        taught, lambda w, s, a: lessons.hand_over(a, w.now, *began(w, s), None)
    ),
    "classes.lessons.end": Row(taught, lambda w, s, a: lessons.end(a, w.now, empty(w, s))),
    "classes.lessons.cancel": Row(
        class_staff,
        lambda w, s, a: lessons.cancel(a, w.now, course(w, s), w.today, "storm"),
    ),
    "classes.lesson_reads.today": Row(signed_in, lambda w, s, a: lesson_reads.today(a, w.now)),
    "classes.lesson_reads.lessons": Row(
        class_staff, lambda w, s, a: lesson_reads.lessons(a, course(w, s))
    ),
    "classes.reads.terms": Row(signed_in, lambda w, s, a: reads.terms(a)),
    "classes.reads.term": Row(signed_in, lambda w, s, a: reads.term(a, w.now, term(w, s))),
}
BY_CODE: set[str] = set()
OPEN: set[str] = set()
SERVER = {"classes.erasing.erase_old"}
PLUMBING = {"classes.scope", "classes.planning", "classes.seats"}
VALUES = {"classes.agreeing.number", "classes.agreeing.fetchers"}
