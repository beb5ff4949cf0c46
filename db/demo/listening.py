"""The demo's two meetings, a 睦邻恳谈 and a 社区夜话: each demand becomes a file."""

from datetime import datetime

from db import meetings
from db.demo.estates import WITHIN_BUILDING
from db.demo.file import File
from db.demo.matters import Word
from db.demo.opening import Opener
from db.demo.year import run
from db.tables import Channel, MeetingKind
from domain.days import local_day

DEMANDS = 5  # of each meeting
MEETINGS = (
    (MeetingKind.HEARING, "三盛巴厘岛睦邻恳谈会", "bali", 150, 15),
    (MeetingKind.NIGHT_TALK, "菖蒲新苑社区夜话", "xinyuan", 20, 19),
)
# Matters that people of any estate bring to a meeting.
_AT = WITHIN_BUILDING | {"yard", "gate"}


def listen(opener: Opener) -> None:
    """Write both meetings and what came of their demands into the diary."""
    for kind, title, estate, ago, hour in MEETINGS:
        words = [opener.pool.take(fits=_fits) for _ in range(DEMANDS)]
        files = [opener.file(word, Channel.MEETING, estate=estate) for word in words]
        held = opener.diary.day(ago, hour, 40)
        _demands(opener, kind, title, held, files)
        for file in files:
            run(file, held, late=False)


def _fits(word: Word) -> bool:
    return word.matter.at in _AT and word.matter.lead != "committee" and word.turn is None


def _demands(
    opener: Opener, kind: MeetingKind, title: str, held: datetime, files: list[File]
) -> None:
    clerk = files[0].clerk
    lines = [
        meetings.Demand(
            line=number,
            text=file.words,
            speaker=file.home.name,
            room=f"{file.house.name}{file.home.room}",
            phone=file.home.phone or "",
            category_id=file.category,
        )
        for number, file in enumerate(files, 1)
    ]
    estate_id = opener.settled.estates.ids[files[0].house.estate]

    def act(now: datetime) -> None:
        code = meetings.open_meeting(
            clerk, now, kind=kind, title=title, held_on=local_day(now), estate_id=estate_id
        )
        entered = meetings.take_demands(clerk, now, code, lines, f"demo:{code}", consent=True)
        if entered.refused:
            raise entered.refused[0].error
        for file, (_, taken) in zip(files, entered.taken, strict=True):
            file.taken = taken

    opener.diary.add(held, act)
