"""实事微清单: the public list of services and matters, and the sheet of it to hang up."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from db.micro.matters import Tally, Wanted
from db.micro.public import public_list
from db.micro.services import helping_skills, offers
from db.now import now
from db.settings import settings
from documents import micro_list_print, printing
from domain import labels, micro_labels
from domain.days import local_day
from domain.micro_list import (
    SERVICES,
    SHELVES,
    UNSORTED,
    Offer,
    OfferKind,
    PublicMatter,
    Shelf,
    last_day_of,
)
from domain.skills import SKILL
from domain.texts import title_of
from domain.workdays import DayBasis
from locales import gettext as _
from locales.times import day_words, limit_words
from routes.pages import page, speak
from routes.printing import base_address, printed, whole_number
from routes.visitor import actor

PRINTED = "/print/list"
MOST_PRINTED = 300  # lines that are still read on a wall


def show(request: Request) -> Response:
    """The list; which part of it stands in the address."""
    language = speak(request)
    at = now()
    wanted, after = _asked(request), request.query_params.get("after")
    found = public_list(at, wanted, after)
    today, kept = local_day(at), _kept(wanted)
    return page(
        request,
        "micro_list.html",
        tallies=[_row(tally, kept) for tally in found.tallies],
        matters=[
            told(matter, lambda day: day_words(day, today), language) for matter in found.matters
        ],
        heading=heading(wanted),
        narrowed=bool(kept or after),
        older=_address(kept | {"after": found.after}) if found.after else None,
        newest=_address(kept) if after else None,
        services=grouped(offers(), language),
        skills=[_(SKILL[kind]) for kind in helping_skills(today)],
    )


def show_printed(request: Request) -> Response:
    """The same on paper, A4 or A3; nothing on it that is not public.

    Raises:
        NotAllowed: nobody is signed in.
    """
    language = speak(request)
    actor(request)
    at, wanted = now(), _asked(request)
    found = public_list(at, wanted, limit=MOST_PRINTED)
    today = local_day(at)
    html = printing.page(
        micro_list_print.NAME,
        language,
        **micro_list_print.values(
            paper=request.query_params.get("paper", ""),
            query=_kept(wanted),
            community=settings().community,
            heading=heading(wanted),
            made=day_words(today),
            tallies=[_row(tally, {}) for tally in found.tallies],
            matters=[told(matter, date.isoformat, language) for matter in found.matters],
            more=found.after is not None,
            address=f"{base_address(request)}/list",
        ),
    )
    return printed(html, micro_list_print.NAME)


def heading(wanted: Wanted) -> str:
    """What the list is narrowed to, in words."""
    parts = [_(SHELVES[wanted.shelf])]
    if wanted.service is not None:
        parts.insert(0, _(micro_labels.SERVICE[wanted.service]))
    if wanted.year is not None:
        parts.append(str(wanted.year))
    return " · ".join(parts)


def told(matter: PublicMatter, said: Callable[[date], str], language: str) -> dict[str, object]:
    """A matter in the reader's language, its days as `said` says them."""

    def day(at: datetime | None) -> str | None:
        return said(local_day(at)) if at else None

    category = matter.category(language)
    return {
        "code": matter.code,
        "number": matter.number,
        "title": title_of(matter.summary) if matter.summary else category or _("not sorted yet"),
        "about": " · ".join(
            part
            for part in (
                _(micro_labels.SERVICE[matter.service or UNSORTED]),
                category if matter.summary else None,
                matter.estate,
                matter.lead,
            )
            if part
        ),
        "opened": day(matter.opened_at),
        "limit": day(last_day_of(matter.limit_at)),
        "late": matter.late,
        "done": day(matter.done_at),
        "closed": day(matter.closed_at),
        "state": _("struck off") if matter.closed_at else _(labels.STEP[matter.step]),
        "outcome": _(labels.OUTCOME[matter.outcome]) if matter.outcome else None,
    }


def grouped(found: Sequence[Offer], language: str) -> list[dict[str, object]]:
    """The services by category: errands, then what is taken in."""

    def told_one(offer: Offer) -> dict[str, object]:
        return {
            "name": offer.name(language),
            "bring": offer.bring,
            "limit": _limit(offer),
            "doer": offer.doer,
        }

    groups = {
        name: rows
        for name in SERVICES
        if (rows := [offer for offer in found if offer.service == name])
    }
    return [
        {
            "name": _(micro_labels.SERVICE[name]),
            "key": name,
            "errands": [
                told_one(one) for one in groups.get(name, ()) if one.kind is OfferKind.ERRAND
            ],
            "matters": [
                told_one(one) for one in groups.get(name, ()) if one.kind is OfferKind.MATTER
            ],
        }
        for name in SERVICES
    ]


def _row(tally: Tally, kept: dict[str, str]) -> dict[str, object]:
    base = {key: value for key, value in kept.items() if key == "year"}
    return {
        "name": _(micro_labels.SERVICE[tally.service]),
        "cells": [
            {
                "n": str(tally.of(shelf)),
                "href": _address(base | {"service": tally.service, "shelf": shelf.value}),
                "shelf": _(SHELVES[shelf]),
            }
            for shelf in Shelf
        ],
    }


def _asked(request: Request) -> Wanted:
    """The filter that the address means; what it does not know narrows nothing."""
    service = request.query_params.get("service", "")
    shelf = request.query_params.get("shelf", "")
    year = whole_number(request.query_params.get("year", ""), 4)
    return Wanted(
        service=service if service in (*SERVICES, UNSORTED) else None,
        shelf=Shelf(shelf) if shelf in frozenset(Shelf) else Shelf.FILED,
        year=year if 2000 <= year <= 2999 else None,
    )


def _kept(wanted: Wanted) -> dict[str, str]:
    kept = {"service": wanted.service, "year": str(wanted.year) if wanted.year else None}
    shelf = wanted.shelf.value if wanted.shelf is not Shelf.FILED else None
    return {key: value for key, value in (kept | {"shelf": shelf}).items() if value}


def _address(params: dict[str, str]) -> str:
    return f"/list?{urlencode(params)}#matters" if params else "/list"


def _limit(offer: Offer) -> str | None:
    limit = offer.limit
    return limit_words(limit.days, limit.basis is DayBasis.WORKING) if limit else None


ROUTES = [
    Route("/list", show, methods=["GET"]),
    Route(PRINTED, show_printed, methods=["GET"]),
]
