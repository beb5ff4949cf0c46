"""Who may call what of `db`: roll."""

# Calls stand in one expression, whatever they return.
# mypy: disable-error-code="func-returns-value"

from sqlalchemy import select

from db import engine
from db.roll import (
    exporting,
    importing,
    listing,
    looking,
    mandates,
    mandating,
    rule_entries,
    settling,
    units,
)
from db.roll.live import LiveUnit, live_units
from db.roll.mandating import MandateForm
from db.roll.rule_entries import RulesForm
from db.roll.units import UnitForm
from db.tables.roll import Mandate
from domain.mandates import MandateKind
from domain.people import Actor
from domain.photos import PhotoIn
from domain.rights import Kind
from tests.support.rolls import sheet, taken_in
from tests.support.who_may import Row, office, readers
from tests.support.world import Side, World


def _units(world: World, side: Side) -> dict[str, LiveUnit]:
    """A roll in that side's estate, by the ends of its rooms."""
    taken_in(world.now, side.estate)
    with engine.read() as session:
        return {unit.label[-3:]: unit for unit in live_units(session, side.estate)}


def _unit(world: World, side: Side) -> int:
    return _units(world, side)["101"].id


def _pair(world: World, side: Side) -> list[int]:
    found = _units(world, side)
    return [found["401"].owner_ids[0], found["402"].owner_ids[0]]


def _form(unit_id: int) -> MandateForm:
    return MandateForm(
        unit_id=unit_id,
        kind=MandateKind.GUARDIAN,
        holder_name="林十",
        written=True,
        not_of_property=True,
        paper=PhotoIn(b"full", b"thumb", 4, 3),
    )


def _mandate(world: World, side: Side) -> int:
    """One that the secretary recorded."""
    form = _form(_unit(world, side))
    mandating.record_mandate(world.cast.secretary, world.now, side.estate, form)
    with engine.read() as session:
        return session.scalars(select(Mandate.id).where(Mandate.estate_id == side.estate)).one()


def _edited(world: World, side: Side, actor: Actor) -> object:
    form = UnitForm(area="91", kind=Kind.SHOP, developer=False, owners="林一")
    return units.edit_unit(actor, world.now, side.estate, _unit(world, side), form)


ROWS: dict[str, Row] = {
    "roll.importing.preview_roll": Row(
        readers, lambda w, s, a: importing.preview_roll(a, s.estate, sheet())
    ),
    "roll.importing.import_roll": Row(
        readers, lambda w, s, a: importing.import_roll(a, w.now, s.estate, sheet())
    ),
    "roll.exporting.export_roll": Row(
        readers, lambda w, s, a: exporting.export_roll(a, w.now, s.estate)
    ),
    "roll.listing.roll": Row(readers, lambda w, s, a: listing.roll(a, w.today, s.estate)),
    "roll.looking.reveal_owner_phone": Row(
        office,
        lambda w, s, a: looking.reveal_owner_phone(
            a, w.now, s.estate, _units(w, s)["101"].owner_ids[0], "why"
        ),
    ),
    "roll.settling.settle": Row(
        readers, lambda w, s, a: settling.settle(a, w.now, s.estate, _pair(w, s), same=True)
    ),
    "roll.settling.part": Row(
        readers,
        lambda w, s, a: settling.part(
            a, w.now, s.estate, _unit(w, s), _units(w, s)["101"].owner_ids[0]
        ),
    ),
    "roll.units.roll_unit": Row(readers, lambda w, s, a: units.roll_unit(a, s.estate, _unit(w, s))),
    "roll.units.unit_choices": Row(readers, lambda w, s, a: units.unit_choices(a, s.estate)),
    "roll.units.edit_unit": Row(readers, _edited),
    "roll.units.take_off": Row(
        readers, lambda w, s, a: units.take_off(a, w.now, s.estate, _unit(w, s))
    ),
    "roll.mandates.mandates": Row(readers, lambda w, s, a: mandates.mandates(a, s.estate)),
    "roll.mandates.vote_choices": Row(readers, lambda w, s, a: mandates.vote_choices(a, s.estate)),
    "roll.mandates.mandate_paper": Row(
        readers, lambda w, s, a: mandates.mandate_paper(a, w.now, _mandate(w, s))
    ),
    "roll.mandating.record_mandate": Row(
        readers,
        lambda w, s, a: mandating.record_mandate(a, w.now, s.estate, _form(_unit(w, s))),
    ),
    "roll.mandating.revoke_mandate": Row(
        readers, lambda w, s, a: mandating.revoke_mandate(a, w.now, _mandate(w, s))
    ),
    "roll.rule_entries.rules_view": Row(
        readers, lambda w, s, a: rule_entries.rules_view(a, w.today, s.estate)
    ),
    "roll.rule_entries.enter_rules": Row(
        readers,
        lambda w, s, a: rule_entries.enter_rules(a, w.now, s.estate, RulesForm("规则", w.today)),
    ),
}
BY_CODE: set[str] = set()
OPEN: set[str] = set()
SERVER: set[str] = {"roll.naming.estate_named"}
PLUMBING: set[str] = {"roll.scope"}
VALUES: set[str] = {
    "roll.live.counted",
    "roll.live.label_of",
    "roll.mandates.right_of",
    "roll.plan.place_of",
    "roll.rules.as_rules",
}
