"""The community itself: estates, buildings, households, places, units, categories."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import STRICT, Base, RowId, refers
from db.types import Word
from domain.workdays import DayBasis


class EstateKind(StrEnum):
    """Old resettlement estates stand beside newer commodity ones."""

    RESETTLEMENT = "resettlement"  # 改善安置小区
    COMMODITY = "commodity"  # 商品房小区


class UnitKind(StrEnum):
    """Who can be given a file."""

    BRANCH = "branch"  # 小区支部
    PROPERTY = "property"  # 物业企业
    PARTNER = "partner"  # 共建单位
    COMMITTEE = "committee"  # 业委会
    COMMUNITY = "community"  # 社区居委会 itself


class ServiceClass(StrEnum):
    """The micro-list's three categories 实事微清单."""

    ADMINISTRATIVE = "administrative"  # 行政便民
    VOLUNTEER = "volunteer"  # 志愿服务
    SOCIAL = "social"  # 社会服务


class Unit(Base):
    """A branch, company or partner unit that files are given to."""

    __tablename__ = "units"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    initials: Mapped[str]
    kind: Mapped[UnitKind] = mapped_column(Word(UnitKind))
    active: Mapped[bool] = mapped_column(default=True)


class Estate(Base):
    """A residential estate 小区, with the branch and the property company that serve it."""

    __tablename__ = "estates"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[EstateKind] = mapped_column(Word(EstateKind))
    branch_id: Mapped[int | None] = mapped_column(refers("units.id"))
    property_id: Mapped[int | None] = mapped_column(refers("units.id"))


class Building(Base):
    """A building 楼栋 of an estate; `position` orders them as people count them."""

    __tablename__ = "buildings"
    id: Mapped[RowId]
    estate_id: Mapped[int] = mapped_column(refers("estates.id"))
    name: Mapped[str]
    position: Mapped[int]
    __table_args__ = (UniqueConstraint("estate_id", "name"), STRICT)


class Household(Base):
    """A household 住户 by its room, such as 2单元501 or 501."""

    __tablename__ = "households"
    id: Mapped[RowId]
    building_id: Mapped[int] = mapped_column(refers("buildings.id"))
    room: Mapped[str]
    __table_args__ = (UniqueConstraint("building_id", "room"), STRICT)


class Resident(Base):
    """A person of a household, as the community's own list names them."""

    __tablename__ = "residents"
    id: Mapped[RowId]
    household_id: Mapped[int] = mapped_column(refers("households.id"), index=True)
    name: Mapped[str]
    initials: Mapped[str]
    phone: Mapped[str | None] = mapped_column(index=True)
    __table_args__ = (
        UniqueConstraint("household_id", "name"),
        # Beginnings are asked for, which PostgreSQL's plain indexes answer in few collations.
        Index("ix_residents_initials", "initials", postgresql_ops={"initials": "text_pattern_ops"}),
        Index("ix_residents_phone_tail", sql("substr(phone, length(phone) - 3)")),
        STRICT,
    )


class Category(Base):
    """What a file is about, its class in the micro-list, and how its days are counted."""

    __tablename__ = "categories"
    id: Mapped[RowId]
    slug: Mapped[str] = mapped_column(unique=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    service_class: Mapped[ServiceClass] = mapped_column(Word(ServiceClass))
    basis: Mapped[DayBasis] = mapped_column(Word(DayBasis), default=DayBasis.NATURAL)
    done_days: Mapped[int | None]  # its own limit in days; None: the community's
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)


class Place(Base):
    """A place with a QR poster; its code presets place and category of a report."""

    __tablename__ = "places"
    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(unique=True)
    estate_id: Mapped[int] = mapped_column(refers("estates.id"))
    building_id: Mapped[int | None] = mapped_column(refers("buildings.id"))
    category_id: Mapped[int | None] = mapped_column(refers("categories.id"))
    name: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (Index("ix_places_estate", "estate_id"), STRICT)


class CalendarDay(Base):
    """One day of the work calendar, from the library or as the office corrected it."""

    __tablename__ = "calendar_days"
    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    name: Mapped[str]
    edited_at: Mapped[datetime | None]
