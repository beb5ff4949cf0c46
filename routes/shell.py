"""The empty HTML page into which the signed-in pages are drawn, in the reader's language."""

import re

from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

import locales
from documents import mark
from locales import _
from routes.pages import TAGS, speak


class PageName(Convertor[str]):
    """One part of an address that can be a page's: small letters and underscores."""

    regex = "[a-z_]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class NotStreamlits(PageName):
    """Any address but those of Streamlit's own parts."""

    regex = "(?!_stcore/|media/|component/|static/|auth/).*"


register_url_convertor("page", PageName())
register_url_convertor("other", NotStreamlits())


def in_language(html: str, code: str) -> str:
    """Streamlit's page with the right `lang`, our name, and nothing that our policy blocks."""
    locales.use(code)
    title, needs_script = _("163 Desk"), _("This page needs JavaScript. The public pages do not.")
    html = html.replace('<html lang="en">', f'<html lang="{TAGS[code]}">')
    html = html.replace('href="./favicon.png"', f'href="{mark.URI}"')
    html = re.sub(r"<title>.*?</title>", f"<title>{title}</title>", html)
    html = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    html = re.sub(r'<link rel="service-desc"[^>]*>', "", html)
    html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    return re.sub(
        r"<noscript>.*?</noscript>", f"<noscript>{needs_script}</noscript>", html, flags=re.DOTALL
    )


async def icon(_request: Request) -> Response:
    """Our mark, under the names by which browsers ask for one unasked."""
    return Response(
        mark.SVG, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"}
    )


def routes(html: str, first: str) -> list[BaseRoute]:
    """The addresses of signed-in pages.

    Args:
        html: the page as Streamlit ships it.
        first: the page that is served at the root, and not known under its own name.
    """
    ready = {code: in_language(html, code) for code in locales.LANGUAGES}

    async def shell(request: Request) -> Response:
        code = speak(request)
        return HTMLResponse(
            ready[code], headers={"Content-Language": TAGS[code], "Vary": "Cookie, Accept-Language"}
        )

    async def to_first(_request: Request) -> Response:
        return RedirectResponse("/", 303)

    async def nothing(_request: Request) -> Response:
        raise HTTPException(404)

    return [
        Route("/favicon.png", icon),
        Route("/favicon.ico", icon),
        Route("/", shell),
        Route(f"/{first}", to_first),
        Route("/{page:page}", shell),
        # Streamlit would answer any other address with the page of the signed-in side.
        Route("/{rest:other}", nothing),
    ]
