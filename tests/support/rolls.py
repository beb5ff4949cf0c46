"""Small rolls for tests, taken in by the application's own function."""

from datetime import datetime

from db.engine import Database
from db.roll import listing
from db.roll.importing import RollResult, import_roll, preview_roll
from db.roll.live import LiveUnit, live_units
from db.roll.mandating import MandateForm
from domain.mandates import MandateKind
from domain.people import SYSTEM, Actor
from domain.roll_rows import RollSheet, read_sheet
from tests.support.cast import Cast
from tests.support.clock import TestClock

HEADER = ("楼栋", "房号", "建筑面积", "用途", "产权人", "证件号", "电话", "开发商持有")
BUILDER = "测试置业有限公司"
# Of the cast's building one: one person with two flats and parking, a couple, the developer's
# three, and two of one name that nothing tells apart.
ROWS: tuple[tuple[object, ...], ...] = (
    ("1号楼", "1单元101", 89.5, "住宅", "林一", "", "13800000001", ""),
    ("1号楼", "1单元102", 90.25, "住宅", "林一", "", "13800000001", ""),
    ("1号楼", "1单元201", 120, "住宅", "林二、林三", "", "13800000002", ""),
    ("1号楼", "1单元202", 120, "住宅", BUILDER, "", "", "是"),
    ("1号楼", "1单元301", 120, "住宅", BUILDER, "", "", ""),
    ("1号楼", "1单元302", 88, "住宅", "林四", "", "", "是"),
    ("1号楼", "1单元401", 88, "住宅", "王伟", "", "13800000005", ""),
    ("1号楼", "1单元402", 88, "住宅", "王伟", "", "", ""),
    ("", "地下车位B1-001", 12.72, "车位", "林一", "", "13800000001", ""),
)


def sheet(*rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> RollSheet:
    """The rows as if they were read from a file, from line 2 on; without any, `ROWS`."""
    return read_sheet(header, list(enumerate(rows or ROWS, start=2)))


def taken_in(
    now: datetime,
    estate_id: int,
    *rows: tuple[object, ...],
    actor: Actor = SYSTEM,
    apply_changes: bool = False,
) -> RollResult:
    """Import the rows into an estate; without any, `ROWS`."""
    return import_roll(actor, now, estate_id, sheet(*rows), apply_changes=apply_changes)


def seen(estate_id: int, *rows: tuple[object, ...]) -> RollResult:
    """What an import would do."""
    return preview_roll(SYSTEM, estate_id, sheet(*rows))


def live(database: Database, cast: Cast) -> dict[str, LiveUnit]:
    """The units of estate one by their labels."""
    with database.read() as session:
        return {unit.label: unit for unit in live_units(session, cast.estate_one)}


def doubtful(cast: Cast, clock: TestClock) -> tuple[int, ...]:
    """The owners of one name of whom nothing tells whether they are one."""
    shown = listing.roll(cast.secretary, clock.now.date(), cast.estate_one)
    (question,) = shown.questions
    return tuple(owner.id for owner in question.owners)


def mandate(unit: LiveUnit, **changed: object) -> MandateForm:
    """A form for somebody to speak for a unit, changed as wished."""
    good = MandateForm(
        unit_id=unit.id,
        kind=MandateKind.PROXY,
        holder_name="林十",
        holder_phone="13800000010",
        written=True,
        not_of_property=True,
    )
    return MandateForm(**{name: changed.get(name, getattr(good, name)) for name in good.__slots__})  # type: ignore[arg-type]
