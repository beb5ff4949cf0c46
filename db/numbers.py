"""Numbers and codes that are given out once: case numbers, random codes for addresses."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from db.tables import Counter
from db.upsert import upsert
from domain.days import COMMUNITY_ZONE

# Read aloud on the phone and typed with a thumb: no 0/O, 1/I/L, U/V.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
FOLLOW_LENGTH = 10  # 29^10, about 48 bits, beside a rate limit on guessing
CODE_BYTES = 12  # 96 bits: addresses of signed-in pages


def next_value(session: Session, name: str) -> int:
    """The counter's next value, counted in SQL so that no two writers get the same."""
    fresh = upsert(session, Counter).values(name=name, value=1)
    value: int = session.execute(
        fresh.on_conflict_do_update(
            index_elements=[Counter.name], set_={"value": Counter.value + 1}
        ).returning(Counter.value)
    ).scalar_one()
    return value


def case_number(session: Session, opened_at: datetime) -> str:
    """The next number of the opening year, such as 2026-000123."""
    year = opened_at.astimezone(COMMUNITY_ZONE).year
    return f"{year}-{next_value(session, f'case:{year}'):06d}"


def new_code() -> str:
    """A random code for an address."""
    return secrets.token_urlsafe(CODE_BYTES)


def new_follow_code() -> str:
    """A code that a resident can read aloud and type, such as 7KQ2M-XW94T without its dash."""
    return "".join(secrets.choice(ALPHABET) for _ in range(FOLLOW_LENGTH))


def clean_follow_code(typed: str) -> str:
    """What was meant by a typed code: case, spaces and dashes do not matter."""
    return "".join(typed.upper().split()).replace("-", "")


def hashed(secret: str) -> str:
    """What is stored of a code or cookie: its SHA-256, enough for secrets of 48 bits and more."""
    return hashlib.sha256(secret.encode()).hexdigest()
