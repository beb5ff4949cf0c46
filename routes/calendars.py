"""Calendars to subscribe to: the public activities, and everything at a person's secret address."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from db import doors
from db.activities import feeds
from db.activities.calendar import Entry
from db.now import now
from db.settings import settings
from documents.agenda_feed import FeedEntry, feed
from domain.days import as_utc
from domain.errors import NotFound
from locales import gettext as _
from routes.pages import speak
from routes.printing import base_address
from routes.visitor import address

PUBLIC_SECONDS = 900


def public_calendar(request: Request) -> Response:
    """The public activities, for anybody's calendar program."""
    language = speak(request)
    name = _("Activities")
    return _answer(
        request, name, language, feeds.public_entries(now()), f"max-age={PUBLIC_SECONDS}"
    )


def own_calendar(request: Request) -> Response:
    """Everything, for the person who made this address.

    The secret stays in the address, since calendar programs know no other way; so it opens
    dates and places alone, nobody's names, and ends when a new one is made.

    Raises:
        NotFound: the same for every address that is not valid.
    """
    language = speak(request)
    at, whence = now(), address(request)
    doors.check_guessing(at, whence)
    try:
        found = feeds.entries_of_address(at, str(request.path_params["token"]))
    except NotFound:
        doors.note_miss(at, whence)
        raise
    return _answer(request, _("Meetings and activities"), language, found, "private, no-store")


def _answer(
    request: Request, name: str, language: str, found: tuple[Entry, ...], kept: str
) -> Response:
    base = base_address(request)
    community = settings().community
    content = feed(
        f"{community} {name}".strip(),
        urlsplit(base).hostname or "desk",
        [_entry(entry, base) for entry in found],
        as_utc(now()),
        language,
    )
    return Response(content, media_type="text/calendar", headers={"Cache-Control": kept})


def _entry(entry: Entry, base: str) -> FeedEntry:
    view = entry.view
    title = entry.title or _("Joint conference")
    key = entry.code or f"{entry.day:%Y%m%d}-{entry.title}-{entry.starts_at:%H%M}"
    return FeedEntry(
        key=f"{entry.kind.value}-{key}",
        title=_("Cancelled: {title}", title=title) if entry.cancelled else title,
        starts=entry.starts_at or entry.day,
        ends=entry.ends_at,
        where=entry.where,
        words=view.words if view else "",
        link=f"{base}/activity/{view.code}" if view and view.public else "",
        cancelled=entry.cancelled,
    )


ROUTES = [
    Route("/activity/calendar.ics", public_calendar, methods=["GET"]),
    Route("/activity/feed/{token}", own_calendar, methods=["GET"]),
]
