"""What an address and its quiet hours must be before they are kept."""

import re

from domain.errors import N_, FieldError
from domain.names import clean_line
from domain.outbox import is_mail
from domain.quiet_hours import QuietHours, written

_MAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[A-Za-z0-9.\-]{1,190}")
LONGEST = 500


def checked_address(field: str, typed: str) -> str:
    """An e-mail address, or one that Apprise understands.

    Raises:
        FieldError: it is neither.
    """
    address = clean_line(typed)
    if is_mail(address):
        if _MAIL.fullmatch(address) is None:
            raise FieldError(field, N_("This is no e-mail address. Check how it is written."))
        return address
    from apprise import Apprise  # on the first use: it brings a hundred services along

    if len(address) > LONGEST or Apprise.instantiate(address) is None:
        raise FieldError(
            field,
            N_(
                "No service understands this address. Write it as name://key, such as the "
                "examples under the field."
            ),
        )
    return address


def checked_quiet(start: str, end: str) -> tuple[str | None, str | None]:
    """Quiet hours as they are kept.

    Raises:
        FieldError: see `domain.quiet_hours.written`.
    """
    hours: QuietHours | None = written(clean_line(start), clean_line(end))
    return (f"{hours.start:%H:%M}", f"{hours.end:%H:%M}") if hours else (None, None)
