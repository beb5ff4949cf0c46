"""The functions on one file or task; see `leak_table`."""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from datetime import date, timedelta

from db import (
    casefile,
    duplicates,
    extending,
    intake,
    merging,
    moving,
    photos,
    publishing,
    rating,
    reveal,
    sorting,
    tasklist,
    tasks,
    telling,
)
from domain.moves import Move
from domain.people import SYSTEM, Actor
from tests.support.who_may import Row, given, its_unit, office, photographed, readers
from tests.support.world import Side, World


def code(side: Side, step: str) -> str:
    return side.files[step].code


def later(world: World, days: int = 3) -> date:
    return world.today + timedelta(days=days)


def refuse_later(world: World, side: Side, actor: Actor) -> object:
    task = side.files["doing"].task
    extending.ask_later(SYSTEM, world.now, task, later(world, 30), "parts")
    return extending.refuse_later(actor, world.now, task, "no")


FILES: dict[str, Row] = {
    "casefile.case_file": Row(
        readers, lambda w, s, a: casefile.case_file(a, code(s, "doing"), w.now)
    ),
    "duplicates.duplicates_of": Row(
        readers, lambda w, s, a: duplicates.duplicates_of(a, code(s, "new"), w.now)
    ),
    "merging.merge": Row(
        office,
        lambda w, s, a: merging.merge(a, w.now, code(s, "new"), code(s, "deliberating"), "why"),
    ),
    "merging.unmerge": Row(office, lambda w, s, a: merging.unmerge(a, w.now, s.merged.code, "why")),
    "moving.move": Row(
        office, lambda w, s, a: moving.move(a, w.now, code(s, "new"), Move.SUSPEND, "why")
    ),
    "moving.supply_by_phone": Row(
        office,
        lambda w, s, a: (
            moving.move(w.cast.secretary, w.now, code(s, "new"), Move.ASK, "where?"),
            moving.supply_by_phone(a, w.now, code(s, "new"), "here"),
        ),
    ),
    "publishing.add_missing": Row(
        office,
        lambda w, s, a: publishing.add_missing(
            a, w.now, code(s, "rating"), no_evidence_reason="why"
        ),
    ),
    "publishing.close": Row(office, lambda w, s, a: publishing.close(a, w.now, code(s, "ready"))),
    "publishing.draft_summary": Row(
        office, lambda w, s, a: publishing.draft_summary(a, w.now, code(s, "publishing"), "done")
    ),
    "publishing.show": Row(
        office,
        lambda w, s, a: publishing.show(
            a, w.now, code(s, "publishing"), summary="done", no_evidence_reason="why"
        ),
    ),
    "rating.rate_by_phone": Row(
        office,
        lambda w, s, a: rating.rate_by_phone(
            a, w.now, code(s, "rating"), s.files["rating"].report, 5, "yes"
        ),
    ),
    "reveal.reveal_phone": Row(
        office, lambda w, s, a: reveal.reveal_phone(a, s.files["new"].report, "to call", w.now)
    ),
    "sorting.sort": Row(
        office,
        lambda w, s, a: sorting.sort(
            a,
            w.now,
            code(s, "new"),
            title="sorted",
            category_id=w.cast.lifts,
            estate_id=s.estate,
            building_id=s.building,
        ),
    ),
    "tasks.decide": Row(
        office,
        lambda w, s, a: tasks.decide(
            a,
            w.now,
            code(s, "deliberating"),
            lead_unit_id=s.unit,
            due_on=later(w),
            words="decided",
        ),
    ),
    "tasks.give": Row(
        office,
        lambda w, s, a: tasks.give(
            a, w.now, code(s, "coordinating"), unit_id=s.unit, due_on=later(w)
        ),
    ),
    "telling.answer": Row(
        office, lambda w, s, a: telling.answer(a, w.now, code(s, "new"), "we come")
    ),
    "telling.contact": Row(
        office,
        lambda w, s, a: telling.contact(
            a,
            w.now,
            s.merged.code,
            report_id=s.merged.report,
            purpose="merged",
            reached=True,
            telling_id=s.telling,
        ),
    ),
    "extending.ask_later": Row(
        its_unit,
        lambda w, s, a: extending.ask_later(a, w.now, s.files["doing"].task, later(w, 30), "parts"),
    ),
    "extending.grant_later": Row(
        office,
        lambda w, s, a: extending.grant_later(
            a, w.now, s.files["doing"].task, later(w, 30), "parts"
        ),
    ),
    "extending.refuse_later": Row(
        office,
        refuse_later,
    ),
    "tasks.answer_task": Row(
        given, lambda w, s, a: tasks.answer_task(a, w.now, s.files["doing"].task, "soon")
    ),
    "tasks.report_done": Row(
        given, lambda w, s, a: tasks.report_done(a, w.now, s.files["doing"].task, "done")
    ),
    "tasklist.unit_task": Row(
        its_unit, lambda w, s, a: tasklist.unit_task(a, s.files["doing"].task, w.now)
    ),
    "photos.photo": Row(
        photographed, lambda w, s, a: photos.photo(a, s.files["doing"].photo, small=True)
    ),
    "intake.let_in": Row(office, lambda w, s, a: intake.let_in(a, w.now, s.held)),
    "intake.discard": Row(office, lambda w, s, a: intake.discard(a, w.now, s.held)),
}
