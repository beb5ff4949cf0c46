"""The whole roll as Excel and CSV."""

from db.now import now
from db.roll.exporting import COLUMNS, export_roll
from pages.parts import export
from pages.parts.who import actor
from pages.parts.words import _


def download(estate_id: int, estate: str) -> None:
    """The whole roll, in the columns that the import reads; reading it writes an event."""
    who, at = actor(), now()
    export.downloads(
        export.Table(
            "roll",
            _("Owners' roll"),
            COLUMNS,
            lambda: export_roll(who, at, estate_id),
            [estate],
            notes=[_("That this was downloaded is recorded. It holds names: keep it safe.")],
        ),
        "roll_export",
    )
