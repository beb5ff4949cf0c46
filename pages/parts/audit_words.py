"""What the audit log says of each kind of event; those of files are in `domain.labels`."""

from db.audit import AuditLine
from db.exports import Exported
from domain import (
    activity_events,
    classes,
    conference,
    errands,
    labels,
    request_labels,
    round_events,
    volunteer_events,
    vote_events,
)
from domain.errors import N_
from domain.moves import Move
from pages.parts.export_names import NAMES
from pages.parts.words import _

HOUSE = {
    "account_changed": N_("An account was changed"),
    "account_created": N_("An account was opened"),
    "anonymised": N_("Persons were taken out of a file"),
    "backed_up": N_("A backup was made"),
    "backup_downloaded": N_("A backup was downloaded"),
    "building_added": N_("A building was added"),
    "building_renamed": N_("A building was renamed"),
    "calendar_day_cleared": N_("A day of the work calendar was taken back"),
    "calendar_day_set": N_("A day of the work calendar was set"),
    "calendar_year_confirmed": N_("A year of the work calendar was confirmed"),
    "category_added": N_("A category was added"),
    "category_changed": N_("A category was changed"),
    "community_started": N_("The community was set up"),
    "estate_added": N_("An estate was added"),
    "estate_changed": N_("An estate was changed"),
    "households_imported": N_("Households were taken in"),
    "list_exported": N_("A list was taken along as a table"),
    "meeting_opened": N_("A meeting was opened"),
    "password_changed": N_("A password was changed"),
    "password_reset": N_("A password was set by a one-time code"),
    "person_erased": N_("A person was erased"),
    "person_exported": N_("A person's data were exported"),
    "place_added": N_("A QR place was added"),
    "place_changed": N_("A QR place was changed"),
    "poll_answered": N_("A household answered a poll"),
    "poll_link_issued": N_("A household got a new link to a poll"),
    "poll_slips_issued": N_("Slips for a poll were made"),
    "report_discarded": N_("A held report was discarded"),
    "report_held": N_("A report was held back"),
    "reset_code_given": N_("A one-time code was made"),
    "restored": N_("A backup was restored"),
    "setting_changed": N_("A setting was changed"),
    "signed_in": N_("Signed in"),
    "signed_out": N_("Signed out"),
    "unit_added": N_("A unit was added"),
    "unit_changed": N_("A unit was changed"),
    **request_labels.OF_HOUSE,
    **vote_events.OF_VOTE,
    **round_events.OF_HOUSE,
    **conference.OF_HOUSE,
    **volunteer_events.OF_HOUSE,
    **activity_events.OF_HOUSE,
    **classes.EVENTS,
    **errands.EVENTS,
    "estate_rules_entered": N_("An estate's voting rules were entered"),
    "mandate_recorded": N_("A mandate was recorded"),
    "mandate_revoked": N_("A mandate was revoked"),
    "mandate_seen": N_("A mandate's paper was looked at"),
    "owner_parted": N_("An owner was told apart from another"),
    "owner_phone_revealed": N_("An owner's number was shown whole"),
    "owners_merged": N_("Owners were found to be one person"),
    "owners_settled": N_("It was settled whether owners are one person"),
    "roll_exported": N_("An owners' roll was exported"),
    "roll_imported": N_("An owners' roll was taken in"),
    "roll_unit_changed": N_("A unit of the roll was changed"),
    "roll_unit_removed": N_("A unit was taken off the roll"),
}
MOVED = "moved"
# What the numbers of an event count or name.
FACT = {
    "account": N_("account"),
    "answered": N_("households that answered"),
    "asked": N_("households that were asked"),
    "branch": N_("branch"),
    "building": N_("building"),
    "category": N_("category"),
    "channel": N_("way of answering"),
    "contact": N_("call"),
    "decision": N_("decision row"),
    "estate": N_("estate"),
    "household": N_("household row"),
    "households": N_("households"),
    "into": N_("into file"),
    "level": N_("satisfaction"),
    "note": N_("note"),
    "persons": N_("people"),
    "phones": N_("telephone numbers"),
    "poll": N_("poll row"),
    "place": N_("place row"),
    "rating": N_("rating row"),
    "list": N_("list"),
    "reached": N_("reached"),
    "report": N_("report"),
    "round": N_("round"),
    "rows": N_("rows"),
    "sign_in": N_("sign-in"),
    "size": N_("bytes"),
    "task": N_("task"),
    "unit": N_("unit"),
    "year": N_("year"),
}
# Said already by other columns, or of no use to a reader.
_UNSAID = frozenset({"actor", "case", "happened", "move", "was", "to"})


def kinds() -> dict[str, str]:
    """All kinds with their words, to choose from."""
    known = {MOVED: _("A file was moved")}
    known |= {kind: _(said) for kind, said in labels.EVENT.items()}
    known |= {kind: _(said) for kind, said in HOUSE.items()}
    return dict(sorted(known.items(), key=lambda entry: entry[1]))


def what(line: AuditLine, known: dict[str, str]) -> str:
    """The event in words; a move says which one."""
    if line.kind == MOVED and line.facts.get("move") in set(Move):
        return _(labels.MOVED[Move(str(line.facts["move"]))])
    return known.get(line.kind, line.kind)


def facts(line: AuditLine) -> str:
    """The numbers of the event, as they were recorded."""
    return ", ".join(
        f"{_(FACT.get(name, name))} {_list_name(value) if name == 'list' else value}"
        for name, value in line.facts.items()
        if name not in _UNSAID
    )


def _list_name(value: object) -> str:
    known = value in frozenset(Exported)
    return _(NAMES[Exported(str(value))]) if known else str(value)
