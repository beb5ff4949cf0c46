"""The text of a message that leaves the house, in the language that is spoken now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain import labels
from domain.clocks import Promise
from domain.days import local_time
from domain.outbox import MESSAGES
from domain.reminders import Rung
from domain.visits import EVENT_KIND, EventKind
from locales import gettext as _
from locales.times import moment_words


@dataclass(frozen=True, slots=True)
class Text:
    """One message as it is sent or pasted."""

    subject: str
    body: str

    @property
    def whole(self) -> str:
        """What is pasted into a chat."""
        return f"{self.subject}\n{self.body}"


def render(kind: str, words: Mapping[str, str | int], community: str, base_url: str) -> Text:
    """Put the text together.

    Args:
        words: what it was posted with; see `db.outbox.post.notify`.
        community: signs the text, as a group may be told by several.
        base_url: the public address; without it a page is not linked.
    """
    message = MESSAGES[kind]
    said = {name: _said(name, value) for name, value in words.items()}
    link = f"{base_url}/{message.page.format(**words)}" if base_url and message.page else ""
    body = _(message.text, **said, link=link).strip()
    return Text(_(message.subject, **said), f"{body}\n{community}" if community else body)


def _said(name: str, value: str | int) -> str:
    """A word of a message as people read it."""
    if name == "rung":
        return _(labels.RUNG[Rung(str(value))])
    if name == "promise":
        return _(labels.PROMISE[Promise(str(value))])
    if name == "event":
        return _(EVENT_KIND[EventKind(str(value))])
    if name.endswith("_at"):
        return moment_words(local_time(datetime.fromisoformat(str(value))))
    return str(value)
