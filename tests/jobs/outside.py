"""The world outside of the house: a real mail server and a real HTTP endpoint on this machine."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.ports import free_port


@dataclass
class Got:
    """One message as it arrived."""

    to: str
    id: str
    subject: str
    body: str


@dataclass
class Outside:
    """What arrived, in order.

    Args:
        before_answer: called when a message has arrived and before the sender learns of it.
        answer: what the mail server says then; the endpoint answers 500 for anything but 250.
    """

    mail_port: int
    http_port: int
    got: list[Got] = field(default_factory=list)
    before_answer: Callable[[Got], None] = lambda _got: None
    answer: str = "250 OK"
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def mail_server(self) -> str:
        """As the administrator writes it."""
        return f"mailto://127.0.0.1:{self.mail_port}?from=desk@example.com&mode=insecure"

    def hook(self, name: str) -> str:
        """A group's endpoint."""
        return f"json://127.0.0.1:{self.http_port}/{name}"

    def arrived(self, got: Got) -> str:
        """A message came in."""
        if self.answer.startswith("250"):
            with self.lock:
                self.got.append(got)
            self.before_answer(got)
        return self.answer

    def bodies(self, to: str) -> list[str]:
        """The first lines of what one recipient got, in order."""
        return [one.body.splitlines()[0] for one in self.got if one.to == to]


@contextmanager
def outside() -> Iterator[Outside]:
    """Both servers, until the end."""
    world = Outside(free_port(), free_port())

    class Mail:
        async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
            mail: EmailMessage = message_from_bytes(envelope.content, policy=policy.default)  # type: ignore[arg-type,assignment]
            body = mail.get_content()
            return world.arrived(
                Got(str(mail["To"]), str(mail["Message-ID"]), str(mail["Subject"]), body)
            )

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            got = Got(self.path, self.headers["X-Message-Id"], sent["title"], sent["message"])
            self.send_response(200 if world.arrived(got).startswith("250") else 500)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    mails = Controller(Mail(), hostname="127.0.0.1", port=world.mail_port)
    hooks = ThreadingHTTPServer(("127.0.0.1", world.http_port), Hook)
    mails.start()
    threading.Thread(target=hooks.serve_forever, daemon=True).start()
    try:
        yield world
    finally:
        mails.stop()
        hooks.shutdown()
        hooks.server_close()
