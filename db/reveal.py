"""A reporter's whole phone number, shown once it is written down who saw it and why."""

from datetime import datetime

from domain.people import Actor


def reveal_phone(actor: Actor, report_id: int, reason: str, now: datetime) -> str:
    """The number, after an event and the reason in the file's notes.

    Raises:
        NotAllowed: this person may not see numbers.
        FieldError: no reason.
        NotFound: no such report in scope, or it has no number.
    """
    raise NotImplementedError
