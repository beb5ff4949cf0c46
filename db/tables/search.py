"""What the full-text search reads of each file."""

from sqlalchemy import ARRAY, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, refers
from db.types import Key


class CaseText(Base):
    """All words of a file, normalised; written by `db.search.index_case` alone.

    `position` sorts as the files were opened. On PostgreSQL `keys` has the text's search terms
    for a GIN index; on SQLite they stand in the FTS5 table `case_terms`, whose rowid is
    `position`.
    """

    __tablename__ = "case_texts"
    position: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(refers("cases.id"), unique=True)
    text: Mapped[str]
    keys: Mapped[list[int] | None] = mapped_column(ARRAY(Integer).with_variant(Text(), "sqlite"))
