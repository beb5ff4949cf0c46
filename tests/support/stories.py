"""Files that have come to a certain point, by the functions that people use."""

from datetime import datetime, timedelta

from db import intake, moving, publishing, tasks
from db.tables import Channel
from domain.moves import Move, State
from domain.people import RESIDENT
from tests.support.cast import Cast


def report(
    cast: Cast,
    now: datetime,
    words: str = "电梯异响，老人不敢坐。请尽快来看看",
    *,
    name: str = "林一",
    phone: str = "13800000001",
    household_id: int | None = None,
    place_code: str | None = None,
    channel: Channel = Channel.QR,
    into: str | None = None,
    held_for: str | None = None,
) -> intake.Taken:
    """A report, at the gate of estate one unless a place is given."""
    who = intake.ReporterWords(name, phone, household_id, True)
    return intake.take_report(
        RESIDENT if channel is Channel.QR and into is None else cast.secretary,
        now,
        text=words,
        channel=channel,
        place_code=place_code or cast.gate_code,
        reporter=who,
        into=into,
        held_for=held_for,
    )


def to_doing(cast: Cast, now: datetime, code: str, *, assisting: bool = True) -> str:
    """Accepted, decided and given to the property company of estate one; the lead's task."""
    moving.move(cast.secretary, now, code, Move.ACCEPT)
    given = tasks.decide(
        cast.secretary,
        now,
        code,
        lead_unit_id=cast.property_one,
        due_on=(now + timedelta(days=3)).date(),
        words="由物业牵头，三天内检修",
        assisting=[cast.partner_one] if assisting else [],
    )
    assert given.state is State.DOING
    return given.task_codes[0]


def to_rating(cast: Cast, now: datetime, code: str) -> None:
    """Done and published; the reporters are asked to rate."""
    task = to_doing(cast, now, code)
    tasks.report_done(cast.property_contact, now, task, "已更换导靴")
    publishing.show(
        cast.secretary,
        now,
        code,
        summary="三号楼电梯已检修，运行平稳。",
        no_evidence_reason="维修现场不便拍照",
    )
