"""How one message is handed to its service: mail by SMTP, everything else by Apprise."""

import logging
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formataddr, localtime
from typing import Any

from apprise import Apprise, AppriseAsset, NotifyFormat
from apprise.plugins.email.base import NotifyEmail

from db.outbox.queue import Parcel
from documents.messages import Text

# It names addresses, which hold secrets, when a service does not answer.
logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)

SENDER = AppriseAsset(app_id="163 Desk", app_desc="163 Desk")
SECONDS = 15  # the longest that a mail server may keep silent
# Plain HTTP receivers, which can tell a repeat by a header. Chats' robots have no place for one.
WITH_HEADER = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
REPEAT_HEADER = "X-Message-Id"

REFUSED = "refused"  # the service answered, but did not take it
NO_ANSWER = "no_answer"
BAD_ADDRESS = "bad_address"


def deliver(parcel: Parcel, text: Text) -> str | None:
    """Send it; returns None when it was accepted, else a slug of what was wrong."""
    plugin: Any = Apprise.instantiate(parcel.address, asset=SENDER)
    if plugin is None:
        return BAD_ADDRESS
    if isinstance(plugin, NotifyEmail):
        return _mail(plugin, parcel.code, text)
    if parcel.address.partition("://")[0].lower() in WITH_HEADER:
        plugin.headers[REPEAT_HEADER] = parcel.code
    took = plugin.notify(title=text.subject, body=text.body, body_format=NotifyFormat.TEXT)
    return None if took else REFUSED


def _mail(plugin: Any, code: str, text: Text) -> str | None:
    """By our own SMTP: Apprise makes a new Message-ID at each attempt.

    Apprise still reads the address and knows the servers of the large mail providers.
    """
    name, sender = plugin.from_addr
    mail = EmailMessage()
    mail["Subject"] = text.subject
    mail["From"] = formataddr((name or "", sender))
    mail["To"] = ", ".join(formataddr((who or "", address)) for who, address in plugin.targets)
    mail["Message-ID"] = f"<{code}@{sender.rpartition('@')[2]}>"
    mail["Date"] = localtime()
    mail["Auto-Submitted"] = "auto-generated"  # nobody's out-of-office note answers it
    mail.set_content(text.body)
    try:
        with _connected(plugin) as server:
            if plugin.user and plugin.password:
                server.login(plugin.user, plugin.password)
            server.send_message(mail)
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
        return REFUSED
    except (OSError, smtplib.SMTPException):
        return NO_ANSWER
    return None


def _connected(plugin: Any) -> smtplib.SMTP:
    """The mail server, over TLS unless the address says otherwise."""
    safe = ssl.create_default_context()
    if not plugin.verify_certificate:
        safe.check_hostname, safe.verify_mode = False, ssl.CERT_NONE
    if plugin.secure_mode == "ssl":
        return smtplib.SMTP_SSL(plugin.smtp_host, plugin.port, timeout=SECONDS, context=safe)
    server = smtplib.SMTP(plugin.smtp_host, plugin.port, timeout=SECONDS)
    if plugin.secure_mode == "starttls":
        server.starttls(context=safe)
    return server
