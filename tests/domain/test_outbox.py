"""What messages say, to whom they may go, and how long sending is tried."""

from datetime import timedelta

import pytest

from domain.outbox import (
    MESSAGES,
    URGENT_WAITS,
    WAITS,
    Recipient,
    is_mail,
    next_wait,
    service_of,
)


def test_a_message_has_one_recipient() -> None:
    with pytest.raises(ValueError, match="one recipient"):
        Recipient(account_id=1, channel_id=2)


@pytest.mark.parametrize(
    ("attempts", "urgent", "wait"),
    [
        (1, False, timedelta(minutes=1)),
        (2, False, timedelta(minutes=5)),
        (8, False, timedelta(hours=12)),
        (9, False, None),
        (1, True, timedelta(seconds=30)),
        (3, True, timedelta(minutes=2)),
        (4, True, None),
    ],
)
def test_waits_grow_and_end(attempts: int, urgent: bool, wait: timedelta | None) -> None:
    assert next_wait(attempts, urgent) == wait


def test_a_days_outage_is_sat_out_and_urgent_news_is_not_held_back_long() -> None:
    assert list(WAITS) == sorted(WAITS)
    assert sum(WAITS, timedelta()) > timedelta(days=1)
    assert sum(URGENT_WAITS, timedelta()) < timedelta(minutes=5)


@pytest.mark.parametrize(
    ("address", "mail", "shown"),
    [
        ("wang@example.com", True, "w…@example.com"),
        ("wecombot://secret-key", False, "wecombot://…"),
        ("mailtos://user:secret@example.com", False, "mailtos://…"),
        ("json://token@host/path", False, "json://…"),
    ],
)
def test_of_an_address_no_secret_is_shown(address: str, mail: bool, shown: str) -> None:
    assert is_mail(address) is mail
    assert service_of(address) == shown


@pytest.mark.parametrize("kind", MESSAGES)
def test_every_field_of_a_subject_is_one_of_its_text_or_page(kind: str) -> None:
    message = MESSAGES[kind]
    assert "link" not in message.fields
    assert bool(message.page) == ("{link}" in message.text)
