"""A file's timeline: its events, each with who, when and the words that belong to it."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.casefile_parts import photos_by
from db.casefile_views import TimelineEntry
from db.events import facts_of
from db.names_of import names_of
from db.tables import Account, Case, Contact, Event, Note, Rating
from domain.moves import Move

# A file lives a few dozen events; a longer story shows its latest part.
LONGEST = 500
# What the desk writes of a call or of a look at a number tends to name the person.
ABOUT_REPORTERS = ("contact", "reveal")
Facts = dict[str, int | str | bool | list[int]]

_EVENTS = (
    select(Event).where(Event.case_id == bindparam("case")).order_by(Event.id.desc()).limit(LONGEST)
)
_NOTES = select(Note).where(Note.id.in_(bindparam("ids", expanding=True)))


def timeline(session: Session, case: Case, sees_reporters: bool) -> tuple[TimelineEntry, ...]:
    """What happened, oldest first; words about reporters only for who may know of them."""
    latest = session.scalars(_EVENTS, {"case": case.id})
    events = [(event, facts_of(event.payload)) for event in latest]
    said = _note_of(session, events)
    words = session.scalars(_NOTES, {"ids": list(set(said.values()))})
    notes = {note.id: note for note in words if sees_reporters or note.kind not in ABOUT_REPORTERS}
    photos = photos_by(session, "note_id", notes)
    who = names_of(session, Account, (event.actor_id for event, _ in events))
    entries = []
    for event, facts in reversed(events):
        note = notes.get(said.get(event.id, 0))
        entries.append(
            TimelineEntry(
                at=event.happened_at,
                recorded_at=event.at,
                kind=event.kind,
                move=_move(event, facts),
                who=who.get(event.actor_id),
                by_resident=facts.get("actor") == "resident",
                words=note.text if note else None,
                public=note.public if note else False,
                photos=photos.get(note.id, ()) if note else (),
                facts=facts,
            )
        )
    entries.sort(key=lambda entry: entry.at)  # stable: the order of recording within an instant
    return tuple(entries)


def _move(event: Event, facts: Facts) -> Move | None:
    name = facts.get("move")
    return Move(str(name)) if event.kind == "moved" and name in set(Move) else None


def _note_of(session: Session, events: list[tuple[Event, Facts]]) -> dict[int, int]:
    """The note of each event: its own, or that of the contact or rating it tells of."""
    said: dict[int, int] = {}
    for fact, table, column in (
        ("note", None, None),
        ("contact", Contact, Contact.note_id),
        ("rating", Rating, Rating.comment_id),
    ):
        ids = {event.id: int(str(facts[fact])) for event, facts in events if facts.get(fact)}
        if table is None or column is None:
            said.update(ids)
        elif ids:
            found = session.execute(select(table.id, column).where(table.id.in_(ids.values())))
            notes = {key: note for key, note in found if note}
            said.update({event: notes[key] for event, key in ids.items() if key in notes})
    return said
