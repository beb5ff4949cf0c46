"""The base of all tables, and the column shapes that many share."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import ForeignKey, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column

from db.types import Day, Flag, Instant, Json, Key

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

RowId = Annotated[int, mapped_column(Key, primary_key=True)]


class Base(DeclarativeBase):
    """Typed tables; STRICT on SQLite, so that a wrong type is refused and not kept."""

    metadata = MetaData(naming_convention=NAMING)
    __table_args__: Any = {"sqlite_strict": True}  # noqa: RUF012 – SQLAlchemy types it so
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: Key,
        str: Text(),
        bool: Flag,
        datetime: Instant,
        date: Day,
        dict[str, Any]: Json,
    }


def refers(column: str) -> ForeignKey:
    """A foreign key; rows are never deleted under their children."""
    return ForeignKey(column, ondelete="RESTRICT")


STRICT = {"sqlite_strict": True}
