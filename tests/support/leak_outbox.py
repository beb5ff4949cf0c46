"""Who may call what of `db`: outbox."""

from db import engine
from db.outbox import addresses, channels, desk, post
from db.scope import case_to_change
from domain.outbox import Recipient, Topic
from domain.people import Actor
from tests.support.who_may import Row, administrator, office, staff
from tests.support.world import Side, World


def themselves(_side: str) -> set[str]:
    """The viewer, whose address it is; without any role the account is still the same."""
    return {"administrator", "viewer", "nobody"}


def a_channel(world: World) -> int:
    return channels.add_channel(
        world.cast.administrator,
        world.now,
        name="group",
        address="json://127.0.0.1",
        topics=[Topic.HELP],
        language="en",
    )


def somebody(world: World) -> Recipient:
    to = Recipient(account_id=world.cast.viewer.account_id)
    addresses.set_address(
        world.cast.administrator,
        world.now,
        to,
        address="json://127.0.0.1",
        consent=True,
        language="en",
    )
    return to


def settle(world: World, side: Side, actor: Actor) -> object:
    """A message about a file of that side that found no way out."""
    with engine.write() as session:
        case = case_to_change(session, world.cast.secretary, side.files["new"].code)
        words = {"number": case.number, "code": case.code}
        key = post.notify(
            session, world.now, to=Recipient(), kind="reopened", words=words, case_id=case.id
        )
    desk.settle(actor, world.now, key)
    return None


ROWS: dict[str, Row] = {
    "outbox.channels.channels": Row(administrator, lambda w, s, a: channels.channels(a)),
    "outbox.channels.add_channel": Row(
        administrator,
        lambda w, s, a: channels.add_channel(
            a, w.now, name="new", address="json://127.0.0.1", topics=[], language="en"
        ),
    ),
    "outbox.channels.change_channel": Row(
        administrator,
        lambda w, s, a: channels.change_channel(
            a, w.now, a_channel(w), name="new", topics=[], language="en"
        ),
    ),
    "outbox.channels.try_channel": Row(
        administrator, lambda w, s, a: channels.try_channel(a, w.now, a_channel(w))
    ),
    "outbox.channels.mail_server_set": Row(
        administrator, lambda w, s, a: channels.mail_server_set(a)
    ),
    "outbox.channels.set_mail_server": Row(
        administrator,
        lambda w, s, a: channels.set_mail_server(a, w.now, "mailto://u:p@mail.example.com"),
    ),
    "outbox.addresses.addresses": Row(administrator, lambda w, s, a: addresses.addresses(a)),
    "outbox.addresses.set_address": Row(
        themselves,
        lambda w, s, a: addresses.set_address(
            a,
            w.now,
            Recipient(account_id=w.cast.viewer.account_id),
            address="json://127.0.0.1",
            consent=True,
            language="en",
        ),
    ),
    "outbox.addresses.withdraw_address": Row(
        themselves,
        lambda w, s, a: addresses.withdraw_address(a, w.now, somebody(w)),
    ),
    "outbox.addresses.try_address": Row(
        themselves,
        lambda w, s, a: addresses.try_address(a, w.now, somebody(w)),
    ),
    "outbox.desk.to_hand_over": Row(staff, lambda w, s, a: desk.to_hand_over(a, w.now)),
    "outbox.desk.settle": Row(office, settle),
    "outbox.desk.sending_log": Row(administrator, lambda w, s, a: desk.sending_log(a)),
    "outbox.desk.try_again": Row(administrator, lambda w, s, a: desk.try_again(a, w.now)),
}
BY_CODE: set[str] = set()
OPEN: set[str] = set()
SERVER = {"outbox.queue.claim", "outbox.queue.sent", "outbox.queue.failed"}
PLUMBING = {"outbox.checks"}
VALUES = {"outbox.desk.fate", "outbox.queue.recipient_of"}
