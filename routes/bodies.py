"""Bodies of the public forms that carry photos: bounded, parsed, and sent once."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Message

from db.engine import DatabaseDown
from documents.photos import FIELD, MOST_BYTES, check_size, shrink
from domain.errors import N_, FieldError
from domain.photos import MOST_PHOTOS, PhotoIn
from domain.texts import clean
from locales import gettext as _
from routes.pages import message, page, speak

MOST_TEXT = 1024 * 1024
MOST_BODY = MOST_PHOTOS * MOST_BYTES + MOST_TEXT
# A browser shows our answer only once it has sent its body: so much is read and thrown away
# for it, as from a phone with photos of 20 MB and more. Beyond that the line is cut.
MOST_READ = 256 * 1024 * 1024


class BodyTooLarge(Exception):
    """The body is larger than `MOST_BODY`."""


class BodyBroken(Exception):
    """The body is no form."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One chosen file; its content is read only if its size is a photo's."""

    size: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Body:
    """A form as it was sent: text fields as typed (of a repeated one the last), and files."""

    fields: dict[str, str]
    files: tuple[Upload, ...]

    def typed(self, field: str) -> str:
        """A text field; a missing one, or a file in its place, counts as nothing."""
        return self.fields.get(field, "")

    def once_key(self, *words: str) -> str | None:
        """The key under which this sending is done once.

        The words are part of it: whoever goes back, writes something else and sends the same
        form again has said something new, and it must not be lost as a repeat.
        """
        key = self.typed("once")
        if not key:
            return None
        whole = "\x00".join((key, *map(clean, words)))
        return sha256(whole.encode(errors="replace")).hexdigest()

    def photos(self) -> list[PhotoIn]:
        """The checked photos.

        Raises:
            FieldError: too many, or one that cannot be taken.
        """
        if len(self.files) > MOST_PHOTOS:
            raise FieldError(
                FIELD, N_("Up to {most} photos are possible. Choose again."), most=MOST_PHOTOS
            )
        photos = []
        for number, file in enumerate(self.files, start=1):
            check_size(file.size, number)
            photos.append(shrink(file.content, number))
        return photos


def new_key() -> str:
    """The once-only key that a form carries."""
    return secrets.token_urlsafe(16)


async def read_body(request: Request) -> Body:
    """The sent form; its files are spooled to disk while they come in.

    Raises:
        BodyTooLarge: known from its length, or found while reading.
        BodyBroken: cut off, malformed, or with more parts than any form of ours has.
    """
    if _length(request) > MOST_BODY:
        await _drain(request, 0)
        raise BodyTooLarge
    seen = 0

    async def receive() -> Message:
        nonlocal seen
        message = await request.receive()
        seen += len(message.get("body", b""))
        if seen > MOST_BODY:
            if message.get("more_body", False):
                await _drain(request, seen)
            raise BodyTooLarge
        return message

    capped = Request(request.scope, receive)
    try:
        async with capped.form(max_files=12, max_fields=40, max_part_size=MOST_TEXT) as form:
            return await _body(form)
    except (HTTPException, MultiPartException, ClientDisconnect, ValueError, KeyError):
        raise BodyBroken from None


async def _body(form: FormData) -> Body:
    fields, files = {}, []
    for name, part in form.multi_items():
        if not isinstance(part, UploadFile):
            fields[name] = part
        elif name == FIELD and (part.filename or part.size):  # inputs left empty do not count
            size = part.size or 0
            files.append(Upload(size, await part.read() if size <= MOST_BYTES else b""))
    return Body(fields, tuple(files))


def _length(request: Request) -> int:
    value = request.headers.get("content-length", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0


async def _drain(request: Request, seen: int) -> None:
    more = True
    while more and seen <= MOST_READ:
        message = await request.receive()
        seen += len(message.get("body", b""))
        more = message["type"] == "http.request" and message.get("more_body", False)


def refusal(request: Request, error: BodyTooLarge | BodyBroken) -> Response:
    """The page for a body that could not be taken."""
    speak(request)
    if isinstance(error, BodyTooLarge):
        return message(
            request,
            _("The photos are too large"),
            _(
                "Up to {most} photos of {limit} MB each are possible. Go back, choose smaller "
                "ones and send again.",
                most=MOST_PHOTOS,
                limit=MOST_BYTES // 1024 // 1024,
            ),
            status=413,
        )
    return message(
        request,
        _("This did not arrive whole"),
        _("The connection was probably interrupted. Go back and send it again, please."),
        status=400,
    )


def unsent(
    request: Request, error: DatabaseDown, fields: Mapping[str, str], *, lost: bool
) -> Response:
    """The page for words that could not be saved just now: it holds them and can be resent.

    Args:
        lost: whether files were chosen, which no page can give back to a browser.
    """
    told = _(error.template, **error.params)
    return page(request, "unsent.html", ask=False, status=503, told=told, fields=fields, lost=lost)
