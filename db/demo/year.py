"""The demo's past year: files that are closed by now, each with its own course."""

from collections.abc import Callable
from datetime import datetime, timedelta

from db.demo.diary import office
from db.demo.file import File
from db.demo.opening import Opener
from db.demo.polls import ask
from db.tables import Channel
from domain.closing import Outcome
from domain.moves import Move

FIRST_DAY, LAST_DAY = 338, 14  # days ago: when the regular files begin and end
SPECIAL_BEFORE = 55  # turns take weeks, and must be over by now
SLOW_BEFORE = 32
# 超期集中在电梯和停车: how often work of a category is late.
LATE = {"lift": 0.5, "parking": 0.45}
LATE_ELSEWHERE = 0.05
EXTENDED = ("lift",)  # whose late work was given a later day
LATE_ANSWER, LATE_DECISION = 0.07, 0.1
ANSWERS_THE_RATING = 0.72
WITH_PHOTOS = 0.75  # of the files whose matter has a scene

# 附议: the first plain file of these categories has a twin that is merged into it.
TWINS = ("leak", "fire", "noise")

Course = Callable[[File, datetime, bool], None]


def past(opener: Opener, number: int) -> None:
    """Write so many closed files into the diary; they come faster as the posters become known."""
    rng = opener.rng
    days = [
        FIRST_DAY - (FIRST_DAY - LAST_DAY) * ((place + 0.5) / number) ** 0.5
        for place in range(number)
    ]
    old = [place for place, ago in enumerate(days) if ago > SPECIAL_BEFORE]
    turns = _turns_left(opener)
    taking = dict(zip(rng.sample(old, len(turns)), turns, strict=True))
    twins = list(TWINS)
    for place, ago in enumerate(days):
        category, turn = taking.get(place, (None, None))
        word = opener.pool.take(category, turn)
        channel = Channel.QR if turn == "withdrawn" else None
        file = opener.file(word, channel, photos=rng.random() < WITH_PHOTOS)
        late = ago > SLOW_BEFORE and rng.random() < LATE.get(word.matter.category, LATE_ELSEWHERE)
        opened = _opened(opener, ago, file)
        file.reported(opened)
        if turn is None and word.matter.poll and word.matter.poll not in opener.asked:
            opener.asked.add(word.matter.poll)
            _consulted(file, opened, late)
        else:
            run(file, opened, late)
        if turn is None and word.matter.category in twins:
            twins.remove(word.matter.category)
            again = file.later(opened, 0.2, 2)
            opener.duplicate(file, again, file.later(again, 0.3, 2))


def run(file: File, opened: datetime, late: bool) -> None:
    """All that comes after the report, up to the closing."""
    COURSES.get(file.word.turn or "", _done)(file, opened, late)


def _turns_left(opener: Opener) -> list[tuple[str, str]]:
    """The turns that reports of the pool still have to take."""
    return [
        (word.matter.category, word.turn) for word in opener.pool.left() if word.turn is not None
    ]


def _opened(opener: Opener, ago: float, file: File) -> datetime:
    """A time of day: the page is used in the evening too, the desk in office hours."""
    at = opener.diary.day(int(ago), opener.rng.choice((7, 8, 9, 10, 12, 15, 18, 19, 20, 21, 22)))
    at += timedelta(minutes=opener.rng.randrange(60))
    return at if file.channel is Channel.QR else office(at, opener.rng)


def taken_up(file: File, opened: datetime) -> datetime:
    """First answer and 受理."""
    rng = file.rng
    slow = rng.random() < LATE_ANSWER
    answered = file.later(opened, 25, 40) if slow else file.later(opened, 0.2, 6)
    file.answered(answered)
    return file.accepted(answered + timedelta(minutes=rng.randrange(5, 50)))


def settle(file: File, accepted: datetime, late: bool) -> datetime:
    """Decided and given, with a call to those who came by telephone."""
    slow = (late and file.rng.random() < LATE_DECISION * 4) or file.rng.random() < LATE_DECISION
    decided = file.later(accepted, 50, 70) if slow else file.later(accepted, 1, 22)
    file.decided(decided, decided + timedelta(days=5))
    file.called(file.later(decided, 0.5, 3))
    return decided


def work(file: File, decided: datetime, late: bool) -> datetime:
    """The unit's answer and its report of work."""
    answered = file.unit_answered(file.later(decided, 2, 20))
    done = file.later(answered, 190, 300) if late else file.later(answered, 6, 70)
    if late and file.word.matter.category in EXTENDED:
        due = decided + timedelta(days=9)
        file.asked_later(decided + timedelta(days=3), due)
        file.granted_later(decided + timedelta(days=3, hours=2), due)
    partly = file.rng.random() < (0.3 if late else 0.1)
    return file.done(done, Outcome.PARTLY_SOLVED if partly else Outcome.SOLVED)


def finish(file: File, done: datetime, late: bool, summary: str = "") -> datetime:
    """Published, asked, rated or not, and closed; returns when."""
    rng, private = file.rng, file.word.matter.at == "home" and file.rng.random() < 0.25
    shown = file.shown(file.later(done, 1, 26), summary, private)
    if rng.random() < ANSWERS_THE_RATING:
        rated = file.later(shown, 2, 60)
        level, solved, comment = opinion(file, late)
        file.rated(rated, level, solved, comment)
        file.called(rated + timedelta(minutes=30))  # neighbours who reported the same
        return file.closed(file.later(rated, 1, 30))
    if file.has_phone:
        first = file.called(file.later(shown, 3, 24), reached=False)
        second = file.called(file.later(first, 20, 30), reached=False)
        # A reporter whose news is told by the page alone was called about the rating instead.
        return file.closed(file.later(second, 1, 20))
    return file.closed(file.later(shown, 7 * 24 + 1, 8 * 24))


def opinion(file: File, late: bool) -> tuple[int, str, str]:
    """Level, solved or not, and perhaps a comment."""
    rng, matter = file.rng, file.word.matter
    weights = (6, 22, 36, 24, 12) if late else (56, 29, 10, 4, 1)
    level = rng.choices((5, 4, 3, 2, 1), weights)[0]
    solved = "yes" if level >= 4 else "partly" if level == 3 else "no"
    said = matter.praise if level >= 4 else matter.blame
    comment = rng.choice(said) if said and rng.random() < 0.7 else ""
    return level, solved, comment


def _done(file: File, opened: datetime, late: bool) -> None:
    finish(file, work(file, settle(file, taken_up(file, opened), late), late), late)


def _consulted(file: File, opened: datetime, late: bool) -> None:
    """The neighbours are asked the same day, and the conference decides the next."""
    accepted = taken_up(file, opened)
    closed = ask(file, accepted + timedelta(minutes=25))
    finish(file, work(file, settle(file, closed, False), late), late)


def _reopened(file: File, opened: datetime, late: bool) -> None:
    closed = finish(file, work(file, settle(file, taken_up(file, opened), late), late), late)
    again = file.turn(file.later(closed, 60, 160), Move.REOPEN)
    file.called(file.later(again, 0.3, 2))
    _done_again(file, file.later(again, 0.5, 4))


def _done_again(file: File, at: datetime) -> None:
    file.answered(at)
    accepted = file.accepted(at + timedelta(minutes=20))
    finish(file, work(file, settle(file, accepted, False), False), False)


def _sent_back(file: File, opened: datetime, late: bool) -> None:
    done = work(file, settle(file, taken_up(file, opened), late), False)
    back = file.turn(file.later(done, 2, 20), Move.SEND_BACK)
    finish(file, file.done(file.later(back, 10, 50)), late)


def _recalled(file: File, opened: datetime, late: bool) -> None:
    decided = settle(file, taken_up(file, opened), late)
    recalled = file.turn(file.later(decided, 5, 24), Move.RECALL)
    again = file.later(recalled, 1, 5)
    other = file.settled.lead("property", file.house.estate)
    file.given(again, again + timedelta(days=4), other)
    finish(file, work(file, again, False), False)


def _suspended(file: File, opened: datetime, late: bool) -> None:
    decided = settle(file, taken_up(file, opened), False)
    stopped = file.turn(file.later(decided, 5, 24), Move.SUSPEND)
    file.called(file.later(stopped, 0.5, 4))
    on = file.move(file.later(stopped, 14 * 24, 17 * 24), Move.RESUME)
    finish(file, work(file, on, False), False)


def _asked(file: File, opened: datetime, late: bool) -> None:
    asked = file.turn(file.later(opened, 0.5, 5), Move.ASK)
    file.called(file.later(asked, 0.2, 2))
    told = file.supplied(file.later(asked, 3, 40))
    accepted = file.accepted(file.later(told, 0.3, 4))
    finish(file, work(file, settle(file, accepted, late), late), late)


def _answer(kind: Move) -> Course:
    def course(file: File, opened: datetime, late: bool) -> None:
        accepted = taken_up(file, opened)
        said = file.turn(file.later(accepted, 1, 20), kind)
        # Told first: one call does not both tell the answer and ask for the rating.
        told = file.called(file.later(said, 0.5, 4))
        finish(file, told, kind is Move.DECLINE, "{estate}居民反映事项：" + file.reason(kind))

    return course


def _withdrawn(file: File, opened: datetime, late: bool) -> None:
    accepted = taken_up(file, opened)
    back = file.withdrawn(file.later(accepted, 8, 60))
    shown = file.shown(file.later(back, 1, 20), private=True)
    file.called(file.later(shown, 1, 5), reached=True)
    file.rated(file.later(shown, 6, 40), 4, "yes")
    file.closed(file.later(shown, 45, 70))


COURSES: dict[str, Course] = {
    "reopened": _reopened,
    "sent_back": _sent_back,
    "recalled": _recalled,
    "suspended": _suspended,
    "asked": _asked,
    "explained": _answer(Move.EXPLAIN),
    "passed_on": _answer(Move.PASS_ON),
    "declined": _answer(Move.DECLINE),
    "withdrawn": _withdrawn,
}
