"""The figures once more, the slow way: from a diary in plain lists, with the calendar by hand."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))


@dataclass
class Diary:
    """What was done with one file, as the test did it: (what, when, detail)."""

    opened: datetime
    entries: list[tuple[str, datetime, object]] = field(default_factory=list)

    def note(self, what: str, when: datetime, detail: object = None) -> None:
        self.entries.append((what, when, detail))


def midnight_after(when: datetime, days: int) -> datetime:
    """24:00 of the day that lies `days` after the one of `when`, in Beijing."""
    local = when.astimezone(BEIJING)
    start = datetime(local.year, local.month, local.day, tzinfo=BEIJING)
    return start + timedelta(days=days + 1)


def slow_figures(diaries: list[Diary], as_of: datetime) -> dict[str, object]:
    """All figures at `as_of`."""
    known = []
    for diary in diaries:
        if diary.opened > as_of:
            continue
        entries = [entry for entry in diary.entries if entry[1] <= as_of]
        if not any(what == "merged" for what, _, _ in entries):
            known.append((diary.opened, entries))
    return {
        "received": len(known),
        "response": _response(known, as_of),
        "vote_same_day": _polled(known, as_of),
        "decision_next_day": _decided(known, as_of),
        "done_in_time": _done(known, as_of),
        "solved": _solved(known),
        "satisfied": _satisfied(known),
        "return_rate": _returned(known),
        "reopened": _reopened(known),
        "duration": _durations(known),
        "backlog": _backlog(known, as_of),
    }


def _times(entries, *wanted):
    return [when for what, when, _ in entries if what in wanted]


def _first_round(entries):
    until = []
    for entry in entries:
        if entry[0] == "reopened":
            break
        until.append(entry)
    return until


def _response(known, as_of):
    hits = due = 0
    for opened, entries in known:
        if opened + timedelta(hours=24) <= as_of:
            due += 1
            spoken = _times(_first_round(entries), "reached", "asked", "explained", "declined")
            hits += bool(spoken) and min(spoken) - opened <= timedelta(hours=24)
    return hits, due


def _polled(known, as_of):
    hits = due = 0
    for _, entries in known:
        entries = _first_round(entries)
        for sent in _times(entries, "sent", "polled")[:1]:
            limit = midnight_after(sent, 0)
            polled = _times(entries, "polled")
            gone = _times(entries, "decided", "explained", "declined", "withdrawn", "closed")
            if not polled and gone and gone[0] < limit:
                continue
            if limit <= as_of:
                due += 1
                hits += bool(polled) and polled[0] < limit
    return hits, due


def _decided(known, as_of):
    hits = due = 0
    for _, entries in known:
        entries = _first_round(entries)
        for entered in _times(entries, "accepted")[:1]:
            limit = midnight_after(entered, 1)
            for polled in _times(entries, "polled")[:1]:
                if polled < limit:
                    limit = midnight_after(polled, 1)
            decided = _times(entries, "decided")
            gone = _times(entries, "explained", "declined", "withdrawn", "closed")
            if not decided and gone and gone[0] < limit:
                continue
            if limit <= as_of:
                due += 1
                hits += bool(decided) and decided[0] < limit
    return hits, due


def _done(known, as_of):
    hits = due = 0
    for opened, entries in known:
        entries = _first_round(entries)
        limit = midnight_after(opened, 7)
        done = None
        for what, when, _ in entries:
            if what in {"done", "explained", "declined", "ledger_closed"}:
                done = when
            if what == "sent back":
                done = None
        withdrawn = _times(entries, "withdrawn")
        if withdrawn and withdrawn[0] < limit:
            continue
        if limit <= as_of:
            due += 1
            hits += done is not None and done < limit
    return hits, due


def _ratings(entries):
    return [detail for what, _, detail in entries if what == "rated"]


def _solved(known):
    yes = reached = 0
    for _, entries in known:
        given = _ratings(entries)
        if given:
            reached += 1
            yes += given[-1][1] == "yes"
    return yes, reached


def _satisfied(known):
    levels = [level for _, entries in known for level, _ in _ratings(entries)]
    return sum(level >= 3 for level in levels), len(levels)


def _returned(known):
    asked = sum(bool(_times(entries, "shown")) for _, entries in known)
    return sum(bool(_ratings(entries)) for _, entries in known), asked


def _reopened(known):
    hits = closed = 0
    for _, entries in known:
        ends = _times(entries, "closed", "ledger_closed")
        again = _times([entry for entry in entries if entry[2] == "closed"], "reopened")
        if ends:
            closed += 1
            hits += any(
                timedelta() <= later - end <= timedelta(days=30) for end in ends for later in again
            )
    return hits, closed


def _durations(known):
    spans = []
    for opened, entries in known:
        done = None
        for what, when, _ in entries:
            if what in {"done", "explained", "declined", "ledger_closed"}:
                done = when
            if what in {"sent back", "reopened"}:
                done = None
        if done is not None:
            spans.append((done - opened).total_seconds() / 3600)
    spans.sort()
    picked = []
    for percent in (50, 75, 90):
        rank = next((n for n in range(1, len(spans) + 1) if 100 * n >= percent * len(spans)), None)
        picked.append(None if rank is None else round(spans[rank - 1], 2))
    return len(spans), *picked


def _backlog(known, as_of):
    ages = []
    for opened, entries in known:
        last = [what for what, _, _ in entries if what in {"closed", "ledger_closed", "reopened"}]
        if not last or last[-1] == "reopened":
            ages.append((as_of - opened).days)
    return len(ages), max(ages, default=None)
