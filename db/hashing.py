"""Passwords are hashed with argon2id, a few at a time."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

_hasher = PasswordHasher()  # RFC 9106's second choice: 64 MiB, three passes
# Each hash takes its 64 MiB: a crowd at the door must not take all the memory.
_turns = threading.BoundedSemaphore(4)

# What an unknown login is compared with, so that the answer takes as long as a known one's.
NOBODY = _hasher.hash("no account has this password")


def hash_password(password: str) -> str:
    """The text to store: parameters, salt and hash."""
    with _turns:
        return _hasher.hash(password)


def matches(password: str, stored: str) -> bool:
    """Whether this is the password that was hashed."""
    with _turns:
        try:
            return _hasher.verify(stored, password)
        except (Argon2Error, InvalidHashError):
            return False
