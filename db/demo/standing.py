"""What stands open in the demo now: every state, deadlines today and tomorrow, and late work."""

from datetime import datetime, timedelta

from db import intake
from db.demo.file import File
from db.demo.opening import SAME, Opener
from db.demo.polls import ask
from db.demo.year import finish, settle, taken_up, work
from db.tables import Channel
from domain.closing import Outcome
from domain.moves import Move
from domain.people import RESIDENT
from domain.polls import proposed_close

OPEN_FILES = 30
QR, PHONE, WALK_IN = Channel.QR, Channel.PHONE, Channel.WALK_IN


def stand(opener: Opener) -> None:
    """Write the open files into the diary."""
    before = len(opener.pool)
    for part in (_new, _deliberating, _late_lifts, _doing, _at_the_end, _aside):
        part(opener)
    made = before - len(opener.pool)
    if made != OPEN_FILES:
        raise ValueError(f"{made} open files instead of {OPEN_FILES}")


def _take(
    opener: Opener,
    category: str,
    channel: Channel = QR,
    *,
    turn: str | None = None,
    at: str | None = None,
    estate: str | None = "bali",
    phone: bool = True,
    photos: bool = True,
) -> File:
    word = opener.pool.take(category, turn, at)
    return opener.file(word, channel, estate=estate, phone=phone, photos=photos)


def _new(opener: Opener) -> None:
    diary = opener.diary
    _take(opener, "noise", phone=False).reported(diary.today(0.97))
    _take(opener, "lighting", PHONE, estate="xinyuan").reported(diary.today(0.6))
    # Its first answer is due today.
    _take(opener, "cleaning", estate="jiangpan").reported(diary.now - timedelta(hours=21))
    # Nobody has answered this one in time.
    first = _take(opener, "parking", at="yard")
    first.reported(diary.day(2, 7, 15))
    _held_back(opener)
    apart = _take(opener, "parking", at="yard", estate="jiangpan")
    apart.answered(apart.reported(diary.day(1, 9, 5)) + timedelta(hours=1))
    apart.merged(diary.day(1, 10, 30), first, SAME)
    apart.unmerged(diary.today(0.35), "反映的是另一个小区的路段，分开办理。")
    care = _take(opener, "care", WALK_IN, estate="xinyuan")
    care.answered(care.reported(diary.day(1, 16, 30)) + timedelta(minutes=4))


def _held_back(opener: Opener) -> None:
    """One report that looks like a flood and waits for the desk."""
    house = opener.settled.estates.house_for("lobby", "bali", opener.rng)
    poster = opener.settled.estates.poster("lobby", house)

    def act(now: datetime) -> None:
        intake.take_report(
            RESIDENT,
            now,
            text="门厅的灯又闪了，灯！灯！灯！已经扫码说了好多遍！",
            channel=QR,
            place_code=poster,
            held_for="flood:address",
        )

    opener.diary.add(opener.diary.today(0.8), act)


def _deliberating(opener: Opener) -> None:
    diary = opener.diary
    leak = _take(opener, "leak", PHONE, at="roof", estate="xinyuan")
    leak.answered(leak.reported(diary.day(2, 9, 20)) + timedelta(hours=2))
    leak.accepted(diary.day(1, 10, 10))  # to be decided by tonight
    parking = _take(opener, "parking", at="garage")
    parking.answered(parking.reported(diary.day(4, 20, 5)) + timedelta(hours=13))
    parking.accepted(diary.day(3, 9, 40))  # was to be decided the day before yesterday
    culture = _take(opener, "culture", WALK_IN, at="centre")
    culture.answered(culture.reported(diary.day(1, 11, 0)) + timedelta(minutes=2))
    opener.asked.add(culture.word.matter.poll)
    ask(culture, culture.accepted(diary.today(0.4)), proposed_close(diary.now))
    vote = _take(opener, "lift", turn="vote", estate="xinyuan")
    accepted = taken_up(vote, vote.reported(diary.day(33, 19, 40)))
    vote.turn(vote.later(accepted, 20, 40), Move.TO_VOTE)
    for category, ago in (("fire", 2), ("cleaning", 3)):
        file = _take(opener, category)
        file.answered(file.reported(diary.day(ago, 8, 50)) + timedelta(hours=1))
        file.accepted(diary.day(ago, 14, 0))
        file.decided(diary.day(1, 15, 30), diary.now + timedelta(days=5), give=False)


def _given(file: File, ago: int, due: datetime, helpers: tuple[str, ...] = ()) -> datetime:
    """Reported so many days ago and given the next day."""
    opened = file.reported(file.diary.day(ago, 8, 30))
    file.answered(opened + timedelta(hours=2))
    file.accepted(opened + timedelta(hours=3))
    decided = file.decided(file.diary.day(ago - 1, 10, 45), due, helpers)
    file.called(decided + timedelta(hours=3))
    return decided


def _late_lifts(opener: Opener) -> None:
    diary = opener.diary
    for ago in (14, 12, 10):
        file = _take(opener, "lift", PHONE if ago == 12 else QR)
        decided = _given(file, ago, diary.day(ago - 5, 12))
        file.unit_answered(decided + timedelta(hours=26))
        if ago == 14:
            voices = opener.pool.voices["lift"]
            file.joined(diary.day(9, 9, 30), voices[0], opener.rng.choice(file.house.homes))
            opener.duplicate(file, diary.day(8, 10, 15), diary.day(8, 11, 0))
    parking = _take(opener, "parking", at="yard")
    parking.unit_answered(_given(parking, 11, diary.day(6, 12), ("police",)) + timedelta(days=1))


def _doing(opener: Opener) -> None:
    diary = opener.diary
    lamp = _take(opener, "lighting", at="yard", estate="xinyuan")
    _given(lamp, 7, diary.now)  # due today
    leak = _take(opener, "leak", at="lobby")
    answered = leak.unit_answered(
        _given(leak, 6, diary.now + timedelta(days=1)) + timedelta(hours=20)
    )
    leak.asked_later(answered + timedelta(days=1), diary.now + timedelta(days=5))
    papers = _take(opener, "papers", PHONE, estate="xinyuan")
    _given(papers, 3, diary.now + timedelta(days=3))
    fire = _take(opener, "fire", at="stairs")
    _given(fire, 4, diary.now + timedelta(days=2), ("fire", "power"))
    again = _take(opener, "lift", turn="reopened")
    closed = _closed(again, 38)
    again.turn(diary.day(1, 10, 0), Move.REOPEN)
    if closed >= diary.day(1, 10, 0):
        raise ValueError("the reopened file was not closed in time")


def _closed(file: File, ago: int) -> datetime:
    accepted = taken_up(file, file.reported(file.diary.day(ago, 9, 15)))
    return finish(file, work(file, settle(file, accepted, False), False), False)


def _at_the_end(opener: Opener) -> None:
    diary = opener.diary
    for category, ago, reported in (("green", 5, 1), ("property", 4, 0)):
        file = _take(opener, category)
        _given(file, ago, diary.now + timedelta(days=2))
        file.done(diary.day(1, 16, 0) if reported else diary.today(0.4))
    declined = _take(opener, "property", PHONE, turn="declined")
    taken = declined.reported(diary.day(2, 10, 5))
    declined.answered(taken + timedelta(minutes=30))
    declined.turn(diary.today(0.3), Move.DECLINE)
    for place, category in enumerate(("lighting", "cleaning", "noise")):
        file = _take(opener, category, (PHONE, QR, QR)[place], phone=place < 2)
        _given(file, 8, diary.day(2, 12))
        file.done(diary.day(4, 15, 20), Outcome.SOLVED)
        shown = file.shown(diary.day(3, 9, 50 + place))
        if place == 1:  # rated, and ready to be closed
            file.rated(shown + timedelta(hours=11), 5, "yes", "处理得很快，谢谢。")


def _aside(opener: Opener) -> None:
    diary = opener.diary
    green = _take(opener, "green", turn="asked")
    asked = green.turn(green.reported(diary.day(2, 18, 30)) + timedelta(hours=16), Move.ASK)
    green.called(asked + timedelta(hours=1), reached=False)
    for category, ago in (("parking", 24), ("leak", 16)):
        file = _take(opener, category, PHONE, turn="suspended")
        decided = _given(file, ago, diary.now + timedelta(days=12))
        file.called(file.turn(decided + timedelta(hours=28), Move.SUSPEND) + timedelta(hours=1))
