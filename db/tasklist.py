"""My tasks 我的任务: what a unit was given, without a word about who reported it."""

from dataclasses import dataclass
from datetime import datetime

from db.views import CategoryName, Page, PhotoView, Where
from domain.moves import State
from domain.people import Actor


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task in the unit's list.

    Args:
        late: not done, and its due time has passed.
        lead: the unit leads; else it assists.
    """

    code: str
    number: str
    title: str
    where: Where
    lead: bool
    given_at: datetime
    due_at: datetime
    answered_at: datetime | None
    done_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class PublicNote:
    """Words on a file that a unit may read: its own, and those that reporters read too."""

    at: datetime
    kind: str
    text: str
    own: bool
    photos: tuple[PhotoView, ...]


@dataclass(frozen=True, slots=True)
class UnitTask:
    """A task with what the unit needs to do it.

    Args:
        words: what reporters wrote, phone numbers hidden.
        order: the words of the decision.
        can_answer: it is open and the file waits for work.
    """

    line: TaskLine
    state: State
    category: CategoryName | None
    words: tuple[str, ...]
    photos: tuple[PhotoView, ...]
    order: str | None
    notes: tuple[PublicNote, ...]
    can_answer: bool


def my_tasks(
    actor: Actor, now: datetime, *, done: bool = False, after: str | None = None, limit: int = 50
) -> Page[TaskLine]:
    """The unit's open tasks, soonest due first, or its done ones, last done first.

    Raises:
        NotAllowed: this person has no unit's tasks.
    """
    raise NotImplementedError


def unit_task(actor: Actor, code: str, now: datetime) -> UnitTask:
    """One task of the person's own unit.

    Raises:
        NotFound: there is none, it was taken back, or it is another unit's.
    """
    raise NotImplementedError
