"""Plain HTML pages: one helper that speaks the reader's language and sets the headers."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

import locales
from db.settings import settings
from documents import mark

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGE_COOKIE = "desk_language"
LANGUAGE_SECONDS = 365 * 24 * 3600
TAGS = {locales.CHINESE: "zh-CN", locales.ENGLISH: "en"}
NAMES = {locales.CHINESE: "中文", locales.ENGLISH: "English"}

STYLE = "\n".join(
    (TEMPLATES / name).read_text(encoding="utf-8").strip() for name in ("style.css", "public.css")
)
# The one style element is named by its hash, so pages carry no style attributes and no script.
_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
PLAIN_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


# What the last page knew: pages that tell of an outage must not ask the database again.
_remembered: dict[str, Any] = {"community": "", "demo": False}


@cache
def environment() -> Environment:
    """The templates: everything escaped, nothing undefined, words through gettext."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        _=locales.gettext,
        gettext=locales.gettext,
        ngettext=locales.ngettext,
        css=Markup(STYLE),  # noqa: S704 – our own file
        mark=mark.URI,
    )
    return made


def speak(request: Request) -> str:
    """Choose the reader's language (`?lang=`, cookie, browser) and use it from now on."""
    asked = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    code = locales.choose(asked, request.headers.get("accept-language", ""))
    locales.use(code)
    return code


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    cache_control: str = "no-store",
    ask: bool = True,
    **context: Any,
) -> HTMLResponse:
    """One HTML page in the reader's language; call it from a thread, as it asks the database.

    Args:
        template: a file of `routes/templates`, which extends `base.html`.
        cache_control: `no-store` unless the page is the same for everyone.
        ask: False leaves the database alone and shows the community as last known.
        context: what the template shows; residents' words are escaped there. Texts that are
            translated before the call need `speak(request)` first.
    """
    code = speak(request)
    other = locales.ENGLISH if code == locales.CHINESE else locales.CHINESE
    query = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
    common = {
        "lang": TAGS[code],
        "other": {
            "href": "?" + urlencode([*query, ("lang", other)]),
            "lang": TAGS[other],
            "name": NAMES[other],
        },
        **(_community() if ask else _remembered),
    }
    html = environment().get_template(template).render(**(common | context))
    response = HTMLResponse(
        html,
        status_code=status,
        headers={
            "Content-Security-Policy": PLAIN_POLICY,
            "Content-Language": TAGS[code],
            "Cache-Control": cache_control,
        },
    )
    if request.query_params.get("lang") in locales.LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE,
            code,
            max_age=LANGUAGE_SECONDS,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
    return response


def message(
    request: Request,
    title: str,
    text: str,
    *,
    status: int,
    link: tuple[str, str] | None = None,
    request_id: str = "",
) -> HTMLResponse:
    """A page that says one thing, whatever the database does; `link`: an address, its words."""
    return page(
        request,
        "message.html",
        ask=False,
        status=status,
        title=title,
        text=text,
        link={"href": link[0], "text": link[1]} if link else None,
        request_id=request_id,
    )


def _community() -> dict[str, Any]:
    now = settings()
    _remembered.update(community=now.community, demo=now.demo)
    return dict(_remembered)
