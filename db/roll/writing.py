"""Owners' rows as an import or an edit leaves them."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db.roll.plan import FIRST_NEW, People
from db.tables.roll import Owner
from domain.initials import pinyin_initials
from domain.roll_cells import is_company
from domain.roll_matching import Mention

_FACTS = ("name", "phone", "document_hash")


def keep_owners(session: Session, estate_id: int, who: People) -> dict[int, int]:
    """Rows for the owners that have none; returns the row of each number in `who`.

    What a new mention adds to somebody who is on the roll already is filled in.
    """
    told: dict[int, list[Mention]] = defaultdict(list)
    for one in who.mentions:
        told[who.matched.same[one.owner]].append(one)
    new = [root for root in told if root >= FIRST_NEW]
    made = _insert(session, estate_id, [told[root] for root in new], who.tails)
    rows = dict(zip(new, made, strict=True))
    known = [root for root in told if root < FIRST_NEW]
    for start in range(0, len(known), 5_000):
        some = select(Owner).where(Owner.id.in_(known[start : start + 5_000]))
        for owner in session.scalars(some):
            _fill(owner, told[owner.id], who.tails)
    return {
        number: rows.get(root := who.matched.same.get(number, number), root)
        for unit in who.numbers
        for number in unit
    }


def _insert(
    session: Session,
    estate_id: int,
    people: list[list[Mention]],
    tails: Mapping[str, str | None],
) -> list[int]:
    if not people:
        return []
    values = []
    for told in people:
        name = told[0].name
        document = next((one.document for one in told if one.document), None)
        values.append(
            {
                "estate_id": estate_id,
                "name": name,
                "initials": pinyin_initials(name),
                "phone": next((one.phone for one in told if one.phone), None),
                "company": is_company(name),
                "document_hash": document,
                "document_tail": tails.get(document) if document else None,
            }
        )
    # Rows in the order of the values come one by one on SQLite; these come in any order, and
    # who has the same facts may have either row.
    table = Owner.__table__
    rows: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for key, *facts in session.connection().execute(
        insert(table).returning(table.c.id, *(table.c[name] for name in _FACTS)),  # type: ignore[arg-type]
        values,
    ):
        rows[tuple(facts)].append(key)
    return [rows[tuple(one[name] for name in _FACTS)].pop() for one in values]


def _fill(owner: Owner, told: list[Mention], tails: Mapping[str, str | None]) -> None:
    for one in told:
        owner.phone = owner.phone or one.phone
        if owner.document_hash is None and one.document is not None:
            owner.document_hash, owner.document_tail = one.document, tails.get(one.document)
