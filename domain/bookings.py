"""Rooms of the activity centre 文化活动中心: time in quarter hours, each taken once a room."""

from datetime import UTC, datetime, timedelta

from domain.days import as_utc
from domain.errors import N_, FieldError

QUARTER = timedelta(minutes=15)
LONGEST = timedelta(hours=16)  # longer is a mistyped date; exhibitions are booked day by day
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def quarters(starts_at: datetime, ends_at: datetime) -> range:
    """The quarter hours that a booking touches, counted since 1970; a begun one counts whole.

    A booking that ends at 10:00 and one that begins then share none.

    Raises:
        FieldError: it ends before it begins, or lasts longer than `LONGEST`.
    """
    lasts = as_utc(ends_at) - as_utc(starts_at)
    if lasts <= timedelta(0):
        raise FieldError("ends", N_("The end must lie after the beginning."))
    if lasts > LONGEST:
        raise FieldError(
            "ends",
            N_("This lasts longer than {hours} hours. Book each day by itself."),
            hours=int(LONGEST.total_seconds() // 3600),
        )
    first = (as_utc(starts_at) - _BEGINNING) // QUARTER
    beyond = -((_BEGINNING - as_utc(ends_at)) // QUARTER)
    return range(first, beyond)
