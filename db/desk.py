"""代办点: what the errand desk takes down while somebody is on the phone or at the counter."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import batch
from db.intake import ReporterWords, Taken, take_report
from db.tables import Channel
from db.telling import contact
from domain import texts
from domain.errors import N_, FieldError
from domain.people import Actor, Right

CHANNELS = (Channel.PHONE, Channel.WALK_IN)


@dataclass(frozen=True, slots=True)
class DeskWords:
    """What the clerk wrote down.

    Args:
        text: the matter in one line; its first sentence becomes the title.
        more: details, which follow it on lines of their own.
        answered: whether the reporter got an answer in the same conversation.
        into: code of an open file that this is one more voice on.
    """

    text: str
    more: str = ""
    channel: Channel = Channel.PHONE
    reporter: ReporterWords | None = None
    estate_id: int | None = None
    building_id: int | None = None
    place_code: str | None = None
    category_id: int | None = None
    answered: bool = False
    into: str | None = None


def take_down(actor: Actor, now: datetime, words: DeskWords, once: str) -> Taken:
    """Keep what the desk was told, and the answer that was given at once.

    Raises:
        FieldError: a field that must be mended; nothing was kept.
        NotAllowed: this person may not take in reports, or not record an answer.
    """
    actor.need(Right.TAKE_IN)
    if words.channel not in CHANNELS:
        raise FieldError("channel", N_("Choose telephone or walk-in."))
    text = texts.required("text", words.text)
    more = texts.fitting("more", words.more, texts.LONGEST_TEXT)
    with batch():
        taken = take_report(
            actor,
            now,
            text=f"{text}\n{more}" if more else text,
            channel=words.channel,
            place_code=words.place_code,
            estate_id=words.estate_id,
            building_id=words.building_id,
            category_id=words.category_id,
            reporter=words.reporter,
            into=words.into,
            once_key=once,
        )
        if words.answered and taken.case_code is not None:
            contact(
                actor,
                now,
                taken.case_code,
                report_id=taken.report_id,
                purpose="answer",
                reached=True,
                key=f"{once}:answered",
            )
        return taken
