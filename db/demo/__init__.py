"""The demo community: the article's figures, a year of history, and something to do today.

125 matters (files that stand on their own; duplicates that were merged into them come on top),
26 partner units, three estates. All of it is made by the same functions that people use, at the
times that it pretends to have happened, so that clocks, events and tellings are true.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db import reminding, settings
from db.categories import categories
from db.demo import estates, people, roll, units, votes
from db.demo.activities import enliven
from db.demo.classes import teach
from db.demo.conference import confer
from db.demo.diary import Diary
from db.demo.errands import serve
from db.demo.listening import DEMANDS, MEETINGS, listen
from db.demo.matters import Pool
from db.demo.old_ledger import ROWS, import_old
from db.demo.opening import Opener
from db.demo.pictures import picture
from db.demo.requests import help_neighbours
from db.demo.rounds import go_round
from db.demo.settled import Settled
from db.demo.standing import OPEN_FILES, stand
from db.demo.storm import HAZARDS, walk
from db.demo.volunteers import muster
from db.demo.year import past
from db.engine import batch
from db.figures import freezing, made
from db.now import now as server_now
from db.seeding import seed_defaults
from db.tables import Account, Case, Estate, Unit
from db.upsert import advisory_lock
from domain.errors import N_, Refused
from domain.people import SYSTEM

COMMUNITY = "菖蒲社区"
MATTERS = 125
SETTLED_AGO = timedelta(days=345)
REMINDED_CLOSELY = 15  # days


def load(
    progress: Callable[[int, int], None], now: datetime | None = None, seed: int = 163
) -> None:
    """Fill an empty database with the demo community, in one transaction.

    Args:
        progress: told what is done and of how much, many times a second.
        now: the moment at which the story arrives; the server's clock where it is not given.
        seed: the same seed and moment give the same story; codes are random always.

    Raises:
        Refused: the database is not empty.
    """
    arrived = now or server_now()
    rng = random.Random(seed)  # noqa: S311 – a story, no secret
    begun = arrived - SETTLED_AGO
    with batch() as session:
        advisory_lock(session, "first_visit")
        _need_empty(session)
        seed_defaults(session)
        settings.change(SYSTEM, begun, demo=True, community=COMMUNITY)
        settled = _settle(begun, rng)
        diary, pool = Diary(arrived), Pool(rng)
        opener = Opener(diary, settled, pool, rng)
        stand(opener)
        listen(opener)
        past(opener, MATTERS - OPEN_FILES - len(MEETINGS) * DEMANDS - ROWS - HAZARDS)
        import_old(opener, begun + timedelta(hours=1))
        help_neighbours(diary, settled, muster(diary, settled, begun))
        go_round(diary, settled)
        walk(diary, settled)
        teach(diary, settled)
        serve(diary, settled)
        enliven(diary, settled)
        roll.fill(diary, settled, begun)
        votes.vote(diary, settled)
        confer(diary, settled, opener.files, begun)
        _remind(diary, begun)
        diary.play(progress)
        session.execute(update(Account).values(seen_at=diary.day(1, 17, 40)))
        made.make(arrived)
        freezing.freeze(arrived)
    picture.cache_clear()


def _remind(diary: Diary, begun: datetime) -> None:
    """The tick, as seldom as will do: once a day, and near the end as often as it is seen."""
    for ago in range((diary.now - begun).days - 1, 0, -1):
        for hour in (16,) if ago > REMINDED_CLOSELY else (8, 10, 12, 14, 16):
            diary.add(diary.day(ago, hour, 35), _tick)
    for share in (0.3, 0.6, 1):
        diary.add(diary.today(share), _tick)


def _tick(now: datetime) -> None:
    reminding.raise_due(now)


def _need_empty(session: Session) -> None:
    for table in (Account, Case, Estate, Unit):
        if session.scalar(select(table.id).limit(1)) is not None:
            raise Refused(
                N_("The demo community needs an empty database. Set DATABASE_URL to a new one.")
            )


def _settle(now: datetime, rng: random.Random) -> Settled:
    known = units.found(now)
    built = estates.build(now, known, rng)
    hired = people.hire(now, known, built.ids)
    kinds = {category.slug: category.id for category in categories(SYSTEM)}
    return Settled(known, built, hired, kinds)
