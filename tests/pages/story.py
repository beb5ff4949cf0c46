"""Files at every step of the loop, made by the application's own functions."""

from dataclasses import dataclass
from datetime import timedelta

from db import intake, moving, publishing, tasks
from db.tables import Channel
from domain.moves import Move
from domain.people import RESIDENT
from tests.support.cast import Cast
from tests.support.clock import TestClock

WORDS = "电梯异响，老人不敢坐。请尽快来看看"
PHONE = "13800000001"


@dataclass(frozen=True, slots=True)
class Story:
    """Takes one file along the loop."""

    cast: Cast
    clock: TestClock

    def reported(
        self, text: str = WORDS, once: str = "a", phone: str = PHONE, place: str | None = None
    ) -> str:
        """A resident's word by QR code, at the gate unless said; returns the file's code."""
        taken = intake.take_report(
            RESIDENT,
            self.clock.now,
            text=text,
            channel=Channel.QR,
            place_code=place or self.cast.gate_code,
            reporter=intake.ReporterWords("林一", phone, None, True),
            once_key=once,
        )
        assert taken.case_code is not None
        return taken.case_code

    def accepted(self, **report: str) -> str:
        """A file in deliberation."""
        code = self.reported(**report)
        moving.move(self.cast.secretary, self.clock.now, code, Move.ACCEPT)
        return code

    def given(self, **report: str) -> tuple[str, str]:
        """A file that the property company works on; returns its code and the task's."""
        code = self.accepted(**report)
        given = tasks.decide(
            self.cast.secretary,
            self.clock.now,
            code,
            lead_unit_id=self.cast.property_one,
            due_on=self.clock.now.date() + timedelta(days=3),
            words="由物业牵头，三天内检修",
            assisting=[self.cast.partner_one],
        )
        return code, given.task_codes[0]

    def done(self, words: str = "已更换曳引轮", **report: str) -> str:
        """A file whose work was reported done, without a photo."""
        code, task = self.given(**report)
        tasks.report_done(self.cast.property_contact, self.clock.now, task, words)
        return code

    def published(self, **report: str) -> str:
        """A file that waits for its rating."""
        code = self.done(**report)
        publishing.show(
            self.cast.secretary,
            self.clock.now,
            code,
            summary="电梯已修好。",
            no_evidence_reason="机房不能拍照",
        )
        return code
