"""The tick: what runs without a person, on one server at a time."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import anyio
from anyio import to_thread

from db import backup, leases, once, personal, rates, reminding, sign_ins
from db.activities import persons as guests
from db.classes import erasing
from db.elections import consultations
from db.errands import persons
from db.figures import freezing, made
from db.now import now
from db.requests import ladder, looking
from db.votes import counting
from domain.outline import outline
from jobs import sending

log = logging.getLogger(__name__)

EVERY_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do again and again.

    Args:
        every: the least time between two runs, over all servers.
        run: does what is due at the moment it is given; what it returns is logged.
    """

    name: str
    every: timedelta
    run: Callable[[datetime], object]


JOBS: tuple[Job, ...] = (
    Job("reminders", timedelta(minutes=1), reminding.raise_due),
    Job("offers", timedelta(seconds=10), ladder.tick),
    Job("sending", timedelta(seconds=20), sending.run),
    Job("count_votes", timedelta(minutes=1), counting.count_due),
    Job("figures", timedelta(minutes=1), made.make),
    Job("freeze_figures", timedelta(hours=1), freezing.freeze),
    Job("clean_rates", timedelta(hours=1), rates.clean),
    Job("clean_once_keys", timedelta(hours=6), once.clean),
    Job("clean_sign_ins", timedelta(hours=6), sign_ins.clean),
    Job("backup", timedelta(minutes=15), backup.nightly),
    Job("anonymise", timedelta(hours=24), personal.tick),
    Job("anonymise_requests", timedelta(hours=24), looking.erase_old),
    Job("anonymise_questions", timedelta(hours=24), consultations.erase_old),
    Job("anonymise_classes", timedelta(hours=24), erasing.erase_old),
    Job("anonymise_errands", timedelta(hours=24), persons.erase_old),
    Job("anonymise_activities", timedelta(hours=24), guests.erase_old),
)


def run_due(moment: datetime, jobs: tuple[Job, ...] = JOBS) -> list[str]:
    """Run the jobs whose time has come; returns the names of those that ran here.

    A job's lease lasts until its next run is due and is not given back, so that no other
    server, and not this one either, runs it before. A failure is logged and ends nothing.
    """
    ran = []
    for job in jobs:
        try:
            holder = secrets.token_hex(8)
            if not leases.take(f"job:{job.name}", holder, moment, job.every.total_seconds()):
                continue
            result = job.run(moment)
            ran.append(job.name)
            if result:
                log.info("job ran", extra={"job": job.name, "result": result})
        except Exception as error:
            log.error("job failed", extra={"job": job.name, "where": outline(error)})
    return ran


async def forever() -> None:
    """Tick until cancelled."""
    while True:
        await to_thread.run_sync(lambda: run_due(now()))
        await anyio.sleep(EVERY_SECONDS)
