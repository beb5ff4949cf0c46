"""提事: a resident's word becomes a file, by whichever door it comes in."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db import clock_rows, once
from db.engine import write
from db.events import record
from db.numbers import ALPHABET, FOLLOW_LENGTH, case_number, hashed, new_code
from db.photos import PhotoIn, store
from db.scope import case_to_change, no_such_file
from db.search import index_case
from db.tables import (
    Building,
    Case,
    Category,
    Channel,
    Household,
    Photo,
    Place,
    Report,
    Reporter,
    Setting,
)
from db.upsert import upsert
from domain import texts
from domain.clocks import Promise
from domain.errors import N_, FieldError, NotFound, Refused
from domain.initials import pinyin_initials
from domain.moves import OPEN_STATES, State
from domain.people import Actor, Right
from domain.private_text import normal_phone

_CHOSEN = "chosen"  # in a held report's `extra`
_FOLLOW_SECRET = "follow_secret"


@dataclass(frozen=True, slots=True)
class ReporterWords:
    """Who reports, as they said it; every field may be empty."""

    name: str = ""
    phone: str = ""
    household_id: int | None = None
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a report.

    Args:
        case_code, number: None while the report is held back.
        follow_code: for the reporter alone; only its hash is kept.
        repeated: the same form had been sent before, and this is what it made.
    """

    report_id: int
    case_id: int | None
    case_code: str | None
    number: str | None
    follow_code: str
    held: bool
    repeated: bool


@dataclass(frozen=True, slots=True)
class Where:
    """Where a matter is, and what it is about, as far as it was said."""

    estate_id: int | None = None
    building_id: int | None = None
    place_id: int | None = None
    category_id: int | None = None


def take_report(
    actor: Actor,
    now: datetime,
    *,
    text: str,
    channel: Channel,
    place_code: str | None = None,
    estate_id: int | None = None,
    building_id: int | None = None,
    category_id: int | None = None,
    title: str | None = None,
    reporter: ReporterWords | None = None,
    photos: Sequence[PhotoIn] = (),
    meeting_id: int | None = None,
    into: str | None = None,
    held_for: str | None = None,
    once_key: str | None = None,
) -> Taken:
    """Keep a report: a new file, a further voice on an open one, or held back for the desk.

    Args:
        place_code: from the poster's address; presets estate, building and category.
        title: the clerk's; else made from the first sentence.
        into: code of an open file that this is about; no new file is made then.
        held_for: why flooding held it back; it has no file until somebody lets it in.
        once_key: the form's key; a second sending returns the first one's result.

    Raises:
        FieldError: a field that must be mended; nothing was kept.
        NotFound: no such place, estate, building or file in this person's scope.
    """
    if actor.kind != "resident":
        actor.need(Right.TAKE_IN)
    words = texts.required("text", text)
    named = texts.fitting("title", title or "")
    who = _checked(reporter)
    with write() as session:
        once_key = once_key or secrets.token_urlsafe(16)
        follow = follow_code(session, once_key)
        earlier = once.claim(session, once_key, "report", now)
        if earlier is not None:
            return _repeated(session, follow)
        where = _where(session, actor, place_code, estate_id, building_id, category_id, who)
        report = Report(
            text=words,
            channel=channel,
            place_id=where.place_id,
            meeting_id=meeting_id,
            recorded_by=actor.account_id,
            received_at=now,
            follow_hash=hashed(follow),
            held_for=held_for,
            # What was chosen besides the poster, for when the report is let in.
            extra=_chosen(where) if held_for else None,
        )
        case = None
        if into is not None:
            case = _open_file(session, actor, into)
        elif held_for is None:
            case = open_case(session, now, named or texts.title_of(words), where)
        report.case_id = case.id if case else None
        report.reporter_id = _keep_reporter(session, who, now)
        session.add(report)
        session.flush()
        for photo in photos:
            store(session, photo, now, case_id=report.case_id, report_id=report.id)
        _record_taken(session, actor, now, report, case, further=into is not None)
        if case is not None:
            index_case(session, case.id)
        return _taken(report, case, follow, repeated=False)


def open_case(session: Session, opened_at: datetime, title: str, where: Where) -> Case:
    """A new file with its first promises, in the caller's transaction."""
    case = Case(
        code=new_code(),
        number=case_number(session, opened_at),
        title=title,
        state=State.NEW,
        estate_id=where.estate_id,
        building_id=where.building_id,
        place_id=where.place_id,
        category_id=where.category_id,
        opened_at=opened_at,
        round=1,
    )
    session.add(case)
    session.flush()
    case.root_id = case.id
    clock_rows.start(session, case, Promise.FIRST_ANSWER, opened_at)
    clock_rows.start(session, case, Promise.DONE, opened_at)
    return case


def let_in(actor: Actor, now: datetime, report_id: int) -> Taken:
    """A held-back report is genuine: it becomes a file, its clocks counting from its receipt."""
    actor.need(Right.HANDLE)
    with write() as session:
        report = _held(session, actor, report_id)
        chosen = (report.extra or {}).get(_CHOSEN, {})
        where = Where(place_id=report.place_id, **chosen)
        case = open_case(session, report.received_at, texts.title_of(report.text), where)
        report.case_id, report.settled_at = case.id, now
        session.execute(update(Photo).where(Photo.report_id == report.id).values(case_id=case.id))
        record(session, actor, now, "report_let_in", case_id=case.id, report=report.id)
        _record_taken(session, actor, now, report, case, further=False)
        index_case(session, case.id)
        return _taken(report, case, "", repeated=False)


def discard(actor: Actor, now: datetime, report_id: int) -> None:
    """A held-back report is a flood's: it is kept, but never becomes a file."""
    actor.need(Right.HANDLE)
    with write() as session:
        report = _held(session, actor, report_id)
        report.settled_at = now
        record(session, actor, now, "report_discarded", report=report.id)


def _checked(reporter: ReporterWords | None) -> ReporterWords | None:
    """The reporter's words, cleaned; None where nothing was said."""
    if reporter is None:
        return None
    name = texts.fitting("name", reporter.name, 40)
    phone = texts.clean(reporter.phone)
    if phone and normal_phone(phone) is None:
        raise FieldError(
            "phone", N_("This is not a telephone number. Correct it, or leave the field empty.")
        )
    if not (name or phone or reporter.household_id):
        return None
    return ReporterWords(name, normal_phone(phone) or "", reporter.household_id, reporter.consent)


def _keep_reporter(session: Session, who: ReporterWords | None, now: datetime) -> int | None:
    if who is None:
        return None
    row = Reporter(
        name=who.name or None,
        initials=pinyin_initials(who.name) if who.name else None,
        phone=who.phone or None,
        household_id=who.household_id,
        consent_at=now if who.consent else None,
    )
    session.add(row)
    session.flush()
    return row.id


def _where(
    session: Session,
    actor: Actor,
    place_code: str | None,
    estate_id: int | None,
    building_id: int | None,
    category_id: int | None,
    who: ReporterWords | None,
) -> Where:
    """Put together from the poster, what was chosen, and the reporter's household."""
    preset = Where()
    if place_code is not None:
        place = session.scalar(select(Place).where(Place.code == place_code, Place.active))
        if place is None:
            raise NotFound(N_("This poster is no longer in use. Please report without it."))
        preset = _of_place(place)
    building_id = building_id or preset.building_id
    if building_id is None and estate_id is None and who and who.household_id:
        household = session.get(Household, who.household_id)
        building_id = household.building_id if household else None
    if building_id is not None:
        building = session.get(Building, building_id)
        if building is None or estate_id not in (None, building.estate_id):
            raise FieldError("building", N_("This building is not in that estate. Choose again."))
        estate_id = building.estate_id
    estate_id = estate_id or preset.estate_id
    if not actor.sees_estate(estate_id):
        raise FieldError("estate", N_("Choose an estate that you are responsible for."))
    category_id = category_id or preset.category_id
    if category_id is not None and session.get(Category, category_id) is None:
        raise FieldError("category", N_("Choose a category from the list."))
    return Where(estate_id, building_id, preset.place_id, category_id)


def _chosen(where: Where) -> dict[str, dict[str, int | None]]:
    ids = {
        "estate_id": where.estate_id,
        "building_id": where.building_id,
        "category_id": where.category_id,
    }
    return {_CHOSEN: ids}


def _of_place(place: Place) -> Where:
    return Where(place.estate_id, place.building_id, place.id, place.category_id)


def _open_file(session: Session, actor: Actor, code: str) -> Case:
    case = case_to_change(session, actor, code)
    if case.state not in OPEN_STATES:
        raise Refused(N_("That file is closed or merged. Open a new one, or reopen it first."))
    return case


def _held(session: Session, actor: Actor, report_id: int) -> Report:
    report = session.scalar(select(Report).where(Report.id == report_id).with_for_update())
    if report is None or report.held_for is None or report.settled_at is not None:
        raise no_such_file()
    place = session.get(Place, report.place_id) if report.place_id else None
    if not actor.sees_estate(place.estate_id if place else None):
        raise no_such_file()
    return report


def _record_taken(
    session: Session,
    actor: Actor,
    now: datetime,
    report: Report,
    case: Case | None,
    *,
    further: bool,
) -> None:
    if case is None:
        record(session, actor, now, "report_held", report=report.id)
    elif further:
        record(session, actor, now, "report_added", case_id=case.id, report=report.id)
    else:
        record(
            session,
            actor,
            now,
            "opened",
            case_id=case.id,
            happened_at=case.opened_at,
            report=report.id,
            to=State.NEW.value,
            round=1,
        )


def follow_code(session: Session, once_key: str) -> str:
    """The same form always gets the same code, so that a retry shows what the first try made."""
    secret = session.scalar(select(Setting.value).where(Setting.name == _FOLLOW_SECRET))
    if secret is None:
        fresh = upsert(session, Setting).values(name=_FOLLOW_SECRET, value=secrets.token_hex(32))
        session.execute(fresh.on_conflict_do_nothing())
        secret = session.scalar(select(Setting.value).where(Setting.name == _FOLLOW_SECRET))
    digest = hmac.digest(bytes.fromhex(str(secret)), once_key.encode(), sha256)
    number = int.from_bytes(digest, "big")
    symbols = []
    for _ in range(FOLLOW_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        symbols.append(ALPHABET[place])
    return "".join(symbols)


def _repeated(session: Session, follow: str) -> Taken:
    report = session.scalar(select(Report).where(Report.follow_hash == hashed(follow)))
    if report is None:
        raise Refused(N_("This form was used before. Load the page again and fill in a new one."))
    case = session.get(Case, report.case_id) if report.case_id else None
    return _taken(report, case, follow, repeated=True)


def _taken(report: Report, case: Case | None, follow: str, *, repeated: bool) -> Taken:
    return Taken(
        report_id=report.id,
        case_id=case.id if case else None,
        case_code=case.code if case else None,
        number=case.number if case else None,
        follow_code=follow,
        held=case is None,
        repeated=repeated,
    )
