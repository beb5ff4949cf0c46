"""Categories: what a file is about, its class in the micro-list 实事微清单, its own limits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import once
from db.engine import read, write
from db.events import record
from db.lists import existing, insert_named, name_taken, need_signed_in
from db.numbers import new_code
from db.tables import Category, ServiceClass
from db.upsert import upsert
from domain.clocks import Promise, check_limit
from domain.errors import FieldError, Refused
from domain.names import clean_name
from domain.people import Actor, Right
from domain.workdays import DayBasis

_ADMINISTRATIVE, _VOLUNTEER, _SOCIAL = ServiceClass
_NATURAL, _WORKING = DayBasis

# What residents of such a community report, in the order of the form. Papers depend on offices
# that keep working days; everything else is promised in natural ones.
DEFAULTS: tuple[tuple[str, str, str, ServiceClass, DayBasis], ...] = (
    ("lift", "电梯", "Lifts", _SOCIAL, _NATURAL),
    ("leak", "漏水渗水", "Leaks", _SOCIAL, _NATURAL),
    ("parking", "停车", "Parking", _SOCIAL, _NATURAL),
    ("cleaning", "环境卫生", "Cleanliness", _SOCIAL, _NATURAL),
    ("noise", "噪音扰民", "Noise", _SOCIAL, _NATURAL),
    ("lighting", "公共照明", "Public lighting", _SOCIAL, _NATURAL),
    ("fire", "消防安全", "Fire safety", _SOCIAL, _NATURAL),
    ("green", "绿化", "Greenery", _SOCIAL, _NATURAL),
    ("property", "物业服务", "Property service", _SOCIAL, _NATURAL),
    ("neighbours", "邻里纠纷", "Between neighbours", _VOLUNTEER, _NATURAL),
    ("care", "助老助残", "Help for old and disabled people", _VOLUNTEER, _NATURAL),
    ("culture", "文体活动", "Culture and sport", _VOLUNTEER, _NATURAL),
    ("papers", "证件代办", "Papers and errands", _ADMINISTRATIVE, _WORKING),
    ("other", "其他", "Other", _ADMINISTRATIVE, _NATURAL),
)


@dataclass(frozen=True, slots=True)
class CategoryView:
    """One category with its name in both languages."""

    id: int
    slug: str
    name_zh: str
    name_en: str
    service_class: ServiceClass
    basis: DayBasis
    done_days: int | None
    active: bool

    def name(self, language: str) -> str:
        """Its name in a language of `locales`."""
        return self.name_en if language.startswith("en") else self.name_zh


def seed_categories(session: Session) -> None:
    """The usual categories, where there are none yet."""
    if session.scalar(select(Category.id).limit(1)) is not None:
        return
    rows = [
        {
            "slug": slug,
            "name_zh": name_zh,
            "name_en": name_en,
            "service_class": service_class,
            "basis": basis,
            "done_days": None,
            "position": position,
            "active": True,
        }
        for position, (slug, name_zh, name_en, service_class, basis) in enumerate(DEFAULTS, 1)
    ]
    session.execute(upsert(session, Category).on_conflict_do_nothing(), rows)


def categories(actor: Actor, inactive: bool = False) -> list[CategoryView]:
    """All categories in the order of the form; retired ones only where asked for."""
    need_signed_in(actor)
    query = select(Category).order_by(Category.position, Category.id)
    if not inactive:
        query = query.where(Category.active)
    with read() as session:
        return [
            CategoryView(
                row.id,
                row.slug,
                row.name_zh,
                row.name_en,
                row.service_class,
                row.basis,
                row.done_days,
                row.active,
            )
            for row in session.scalars(query)
        ]


def add_category(
    actor: Actor,
    now: datetime,
    *,
    name_zh: str,
    name_en: str,
    service_class: ServiceClass,
    basis: DayBasis = DayBasis.NATURAL,
    done_days: int | None = None,
    once_key: str | None = None,
) -> int:
    """A new category at the end of the list; returns its id.

    Raises:
        FieldError: a name is missing or taken, or the limit is none.
    """
    actor.need(Right.SET_UP)
    name_zh, name_en = _names(name_zh, name_en)
    _check_days(done_days)
    slug = new_code()
    with write() as session:
        if (earlier := once.claim(session, once_key, slug, now)) is not None:
            return session.execute(select(Category.id).where(Category.slug == earlier)).scalar_one()
        _check_free(session, name_zh, None)
        last = session.scalar(select(func.max(Category.position))) or 0
        row = insert_named(
            session,
            Category,
            slug=slug,
            name_zh=name_zh,
            name_en=name_en,
            service_class=service_class,
            basis=basis,
            done_days=done_days,
            position=last + 1,
            active=True,
        )
        record(session, actor, now, "category_added", category=row.id)
        return row.id


def change_category(
    actor: Actor,
    now: datetime,
    category_id: int,
    *,
    name_zh: str,
    name_en: str,
    service_class: ServiceClass,
    basis: DayBasis,
    done_days: int | None,
    active: bool,
) -> None:
    """Change a category; promises already given keep their limits.

    Raises:
        FieldError: a name is missing or taken, or the limit is none.
    """
    actor.need(Right.SET_UP)
    name_zh, name_en = _names(name_zh, name_en)
    _check_days(done_days)
    with write() as session:
        row = existing(session, Category, category_id)
        _check_free(session, name_zh, category_id)
        row.name_zh, row.name_en = name_zh, name_en
        row.service_class, row.basis = service_class, basis
        row.done_days, row.active = done_days, active
        record(
            session,
            actor,
            now,
            "category_changed",
            category=category_id,
            basis=basis.value,
            done_days=done_days,
            active=active,
        )


def _names(name_zh: str, name_en: str) -> tuple[str, str]:
    """Both names; a community that works in one language may leave the English one empty."""
    name_zh = clean_name("name_zh", name_zh, 20)
    return name_zh, clean_name("name_en", name_en or name_zh, 40)


def _check_free(session: Session, name_zh: str, own: int | None) -> None:
    same = select(Category.id).where(Category.name_zh == name_zh)
    if any(key != own for key in session.scalars(same)):
        raise name_taken("name_zh")


def _check_days(done_days: int | None) -> None:
    if done_days is None:
        return
    try:
        check_limit(Promise.DONE, done_days)
    except Refused as wrong:
        raise FieldError("done_days", wrong.template, **wrong.params) from None
