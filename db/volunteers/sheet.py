"""A squad's list from Excel: who is new goes in, who is known stays, what is wrong is named."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import batch, read
from db.tables import Building, Estate
from db.tables.volunteers import VolunteerRow
from db.volunteers.people import Profile, register
from db.volunteers.scope import is_office, need_squad
from db.volunteers.skills import add_skill
from domain.errors import N_, NotAllowed
from domain.names import loose_key
from domain.people import Actor, Right
from domain.sheet_rows import RefusedRow
from domain.volunteer_rows import VolunteerList
from domain.volunteer_rows import VolunteerRow as SheetRow
from domain.volunteers import Squad

FROM_SHEET = "名册导入，证明待核"  # a proof that somebody still has to see
AT_ONCE = 200  # rows in one transaction


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or, as a preview, would do."""

    entered: int
    already_there: int
    refused: tuple[RefusedRow, ...]


def preview_volunteers(actor: Actor, listed: VolunteerList) -> ImportResult:
    """What `import_volunteers` would do; writes nothing."""
    actor.need(Right.DISPATCH)
    with read() as session:
        fresh, known, refused = _sorted(session, actor, listed)
    return ImportResult(len(fresh), known, (*listed.refused, *refused))


def import_volunteers(
    actor: Actor,
    now: datetime,
    listed: VolunteerList,
    progress: Callable[[float], None] | None = None,
) -> ImportResult:
    """Take in who is not there yet; running it twice adds nobody.

    Somebody is known by name and squad. Skills wait for a leader who has seen the proof.
    """
    actor.need(Right.DISPATCH)
    with read() as session:
        fresh, known, refused = _sorted(session, actor, listed)
    for start in range(0, len(fresh), AT_ONCE):
        with batch():
            for row, profile in fresh[start : start + AT_ONCE]:
                code = register(actor, now, profile)
                for kind in row.skills:
                    add_skill(actor, now, code, kind, FROM_SHEET)
        if progress is not None:
            progress(min(start + AT_ONCE, len(fresh)) / len(fresh))
    return ImportResult(len(fresh), known, (*listed.refused, *refused))


def _sorted(
    session: Session, actor: Actor, listed: VolunteerList
) -> tuple[list[tuple[SheetRow, Profile]], int, list[RefusedRow]]:
    estates = {loose_key(row.name): row.id for row in session.scalars(select(Estate))}
    buildings = {
        (row.estate_id, loose_key(row.name)): row.id for row in session.scalars(select(Building))
    }
    there = {
        (name, squad)
        for name, squad in session.execute(select(VolunteerRow.name, VolunteerRow.squad))
    }
    allowed = {squad for squad in Squad if _answers_for(session, actor, squad)}
    fresh: list[tuple[SheetRow, Profile]] = []
    known, refused = 0, []
    for row in listed.rows:
        if (row.name, row.squad) in there:
            known += 1
            continue
        estate = estates.get(loose_key(row.estate)) if row.estate else None
        building = buildings.get((estate or 0, loose_key(row.building))) if row.building else None
        if row.squad not in allowed:
            reason = N_("This is another squad's. Ask its leader or the community office.")
        elif row.estate and (estate is None or not actor.sees_estate(estate)):
            reason = N_("There is no estate “{name}”. Correct the name, or add the estate first.")
        elif actor.estate_id is not None and estate is None:
            reason = N_("Name the estate: you answer for one alone.")
        elif row.building and building is None:
            reason = N_("There is no building “{building}” there. Correct it, or leave it empty.")
        else:
            there.add((row.name, row.squad))
            fresh.append((row, _profile(row, estate, building)))
            continue
        params: dict[str, object] = {"name": row.estate, "building": row.building}
        said = {name: value for name, value in params.items() if f"{{{name}}}" in reason}
        refused.append(RefusedRow(row.line, reason, said))
    return fresh, known, refused


def _profile(row: SheetRow, estate: int | None, building: int | None) -> Profile:
    return Profile(
        row.name,
        row.squad,
        phone=row.phone or "",
        estate_id=estate,
        building_id=building,
        can_do=row.can_do,
        cannot_do=row.cannot_do,
        insured_until=row.insured_until,
        consents=row.consents,
    )


def _answers_for(session: Session, actor: Actor, squad: Squad) -> bool:
    if is_office(actor):
        return True
    try:
        need_squad(session, actor, squad)
    except NotAllowed:
        return False
    return True
