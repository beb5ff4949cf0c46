"""How a report of the pool becomes a file of the demo: where, by whom, by which door."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle

from db.demo.diary import Diary
from db.demo.estates import House
from db.demo.file import File
from db.demo.matters import Pool, Word
from db.demo.settled import Settled
from db.demo.voice import DESK
from db.tables import Channel

ESTATES = ("bali", "xinyuan", "jiangpan")
WEIGHTS = (50, 30, 20)
DOORS = (Channel.QR, Channel.PHONE, Channel.WALK_IN)
DOOR_WEIGHTS = (62, 28, 10)
# Many leave a number on the page, some do not.
LEAVES_A_PHONE = 0.7
SAME = "与前一件是同一楼栋、同一问题，合并办理，反映人一并回访。"


class Opener:
    """Makes files of reports, each with its own reporter, clerk and caller."""

    def __init__(self, diary: Diary, settled: Settled, pool: Pool, rng: random.Random) -> None:
        self.diary, self.settled, self.pool, self.rng = diary, settled, pool, rng
        self.files: list[File] = []
        self.asked: set[tuple[str, ...]] = set()  # one poll on each matter that has a question
        self._clerks: Iterator[int] = cycle(range(len(settled.people.clerks)))

    def file(
        self,
        word: Word,
        channel: Channel | None = None,
        *,
        estate: str | None = None,
        phone: bool | None = None,
        photos: bool = False,
    ) -> File:
        """The file, not yet reported.

        Args:
            channel, estate, phone: chance decides where they are not given.
            photos: those who work on it show photos, where its matter has a scene.
        """
        matter, rng = word.matter, self.rng
        if matter.lead == "committee":
            estate = "bali"
        estate = estate or rng.choices(ESTATES, WEIGHTS)[0]
        house = self._house(matter.at, estate)
        channel = channel or rng.choices(DOORS, DOOR_WEIGHTS)[0]
        home = rng.choice([home for home in house.homes if home.phone])
        turn = next(self._clerks)
        clerks = self.settled.people.clerks
        made = File(
            diary=self.diary,
            settled=self.settled,
            word=word,
            house=house,
            rng=rng,
            category=self.settled.categories[matter.category],
            lead=self.settled.lead(matter.lead, house.estate),
            clerk=clerks[turn],
            teller=clerks[(turn + 1) % len(clerks)],
            home=home,
            channel=channel,
            has_phone=channel in DESK or rng.random() < LEAVES_A_PHONE if phone is None else phone,
            shows_photos=photos and matter.picture is not None,
        )
        self.files.append(made)
        return made

    def duplicate(self, file: File, at: datetime, merged: datetime) -> File:
        """A neighbour reports the same as a new file, which is then merged into the first."""
        voices = self.pool.voices[file.word.matter.category]
        home = self.rng.choice([home for home in file.house.homes if home.phone])
        twin = replace(
            file,
            home=home,
            text=self.rng.choice(voices),
            channel=Channel.PHONE,
            has_phone=True,
            taken=None,
            codes=[],
        )
        twin.reported(at)
        twin.merged(merged, file, SAME)
        twin.called(merged + timedelta(minutes=25))
        return twin

    def _house(self, at: str, estate: str) -> House:
        try:
            return self.settled.estates.house_for(at, estate, self.rng)
        except IndexError:  # that estate has no such place
            return self.settled.estates.house_for(at, None, self.rng)
