"""The secret from which links and receipt codes are made, so that a repeat makes the same."""

import hmac
import secrets
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.numbers import ALPHABET
from db.tables import Setting
from db.upsert import upsert

_NAME = "ballot_secret"
RECEIPT_LENGTH = 12  # 29^12, about 58 bits: a million receipts do not meet each other


def secret_of(session: Session) -> bytes:
    """This database's secret; made when it is first needed, in a transaction that writes."""
    query = select(Setting.value).where(Setting.name == _NAME)
    found = session.scalar(query)
    if found is None:
        fresh = upsert(session, Setting).values(name=_NAME, value=secrets.token_hex(32))
        session.execute(fresh.on_conflict_do_nothing())
        found = session.scalars(query).one()
    return bytes.fromhex(str(found))


def receipt_of(session: Session, of: str) -> str:
    """The code on a receipt; the same for the same ballot, sent however often."""
    number = int.from_bytes(hmac.digest(secret_of(session), f"receipt|{of}".encode(), sha256))
    letters = []
    for _ in range(RECEIPT_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)
