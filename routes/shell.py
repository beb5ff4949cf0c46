"""The empty HTML page into which the signed-in pages are drawn, in the reader's language."""

import re

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

import locales
from locales import _
from routes.pages import TAGS, speak


class PageName(Convertor[str]):
    """One part of an address that can be a page's: small letters and underscores."""

    regex = "[a-z_]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("page", PageName())


def in_language(html: str, code: str) -> str:
    """Streamlit's page with the right `lang`, our name, and nothing that our policy blocks."""
    locales.use(code)
    title, needs_script = _("163 Desk"), _("This page needs JavaScript. The public pages do not.")
    html = html.replace('<html lang="en">', f'<html lang="{TAGS[code]}">')
    html = re.sub(r"<title>.*?</title>", f"<title>{title}</title>", html)
    html = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    html = re.sub(r'<link rel="service-desc"[^>]*>', "", html)
    html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    return re.sub(
        r"<noscript>.*?</noscript>", f"<noscript>{needs_script}</noscript>", html, flags=re.DOTALL
    )


def routes(html: str) -> list[BaseRoute]:
    """The addresses of signed-in pages.

    Args:
        html: the page as Streamlit ships it.
    """
    ready = {code: in_language(html, code) for code in locales.LANGUAGES}

    async def shell(request: Request) -> Response:
        code = speak(request)
        return HTMLResponse(
            ready[code], headers={"Content-Language": TAGS[code], "Vary": "Cookie, Accept-Language"}
        )

    return [Route("/", shell), Route("/{page:page}", shell)]
